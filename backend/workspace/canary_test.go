package workspace_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// TestPlantedSecretsAreNeitherLoggedNorKept has one person do all that has to do with secrets, while no mail
// can leave, and looks for each secret in everything that is left behind: the log, the database with outbox
// and audit, and the other files but those that are made for secrets.
func TestPlantedSecretsAreNeitherLoggedNorKept(t *testing.T) {
	dir, log := t.TempDir(), &quiet{}
	fillFromTemplate(t, dir)
	server, err := workspace.Start(context.WithoutCancel(t.Context()), workspace.ServeConfig{Config: workspace.Config{
		DataDir: dir, Demo: &demo.Config{Quiet: true}, SMTP: "smtp://callboard:planted-mail-password@127.0.0.1:1",
		Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}})
	if err != nil {
		t.Fatal(err)
	}
	planted := map[string]string{
		"the mail server's password": "planted-mail-password", "a wrong password": "planted-wrong-4711", "a new password": "planted-new-4711",
		"a password typed as a name": "planted-name-4711", "a wrong token": "planted-token-4711",
	}
	const wrongCode = "918273" // six digits stand in many files by chance: it is looked for in the audit alone
	send := func(method, path, bearer string, body any, want int) map[string]any {
		t.Helper()
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		request, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Ftrack-Strict-Api", "true")
		if bearer != "" {
			request.Header.Set("Authorization", "Bearer "+bearer)
		}
		answer := do(t, request, want)
		var one map[string]any
		var several []map[string]any
		switch {
		case len(answer) == 0:
		case json.Unmarshal(answer, &one) == nil:
		case json.Unmarshal(answer, &several) == nil && len(several) == 1:
			one = several[0]
		default:
			t.Fatalf("%s", answer)
		}
		return one
	}
	change := func(bearer string, op map[string]any, want int) map[string]any {
		t.Helper()
		answer := send(http.MethodPost, "/api", bearer, []any{op}, want)
		data, _ := answer["data"].(map[string]any)
		return data
	}
	word := func(of map[string]any, name string) string {
		t.Helper()
		text, _ := of[name].(string)
		if text == "" {
			t.Fatalf("there is no %s in %v", name, of)
		}
		return text
	}
	maya := userOf(t, server, "maya")
	id := id(t, server, `User where username is "maya"`)

	// Wrong ones.
	send(http.MethodPost, "/session", "", map[string]any{"username": "maya", "password": planted["a wrong password"]}, http.StatusUnauthorized)
	send(http.MethodPost, "/session", "", map[string]any{"username": planted["a password typed as a name"], "password": "x"}, http.StatusUnauthorized)
	send(http.MethodPost, "/session/forgot", "", map[string]any{"login": "maya"}, http.StatusAccepted)
	fillIn(t, server.URL+"/reset", url.Values{"token": {planted["a wrong token"]}, "password": {planted["a new password"]}, "again": {planted["a new password"]}}, http.StatusNotFound)
	send(http.MethodPost, "/api", planted["a wrong token"], []any{map[string]any{"action": "query", "expression": "User"}}, http.StatusUnauthorized)

	// Right ones.
	in := send(http.MethodPost, "/session", "", map[string]any{"username": "maya", "password": maya.Password, "device": "tower"}, http.StatusOK)
	session := word(in, "token")
	planted["a session"], planted["a device"] = session, word(in, "device_token")
	made := change(session, map[string]any{"action": "generate_totp"}, http.StatusOK)
	planted["an authenticator's secret"] = word(made, "secret")
	code := func() string {
		t.Helper()
		code, err := totp.GenerateCode(planted["an authenticator's secret"], time.Now())
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	change(session, map[string]any{"action": "configure_totp", "code": wrongCode, "secret": planted["an authenticator's secret"]}, http.StatusForbidden)
	send(http.MethodPost, "/api", session, []any{map[string]any{"action": "configure_totp", "code": code(), "secret": planted["an authenticator's secret"]}}, http.StatusOK)
	key := change(session, map[string]any{"action": "reset_remote", "reset_type": "api_key", "entity_type": "User", "entity_key": []string{id}, "entity_data": map[string]any{"identifier": "farm"}}, http.StatusOK)
	planted["an API key"] = word(key, "api_key")
	send(http.MethodPost, "/api", session, []any{map[string]any{
		"action": "reset_remote", "reset_type": "password", "entity_type": "User", "entity_key": []string{id},
		"entity_data": map[string]any{"old_password": maya.Password, "new_password": planted["a new password"]},
	}}, http.StatusOK)
	send(http.MethodPost, "/session", "", map[string]any{"username": "maya", "password": planted["a new password"], "code": wrongCode}, http.StatusUnauthorized)
	used := code()
	if waiting := waitingJobs(t, server); waiting < 3 {
		t.Errorf("%d letters wait", waiting)
	}
	if err := server.Stop(); err != nil {
		t.Error(err)
	}

	for what, secret := range planted {
		if strings.Contains(log.String(), secret) {
			t.Errorf("%s is in the log", what)
		}
	}
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		for what, secret := range planted {
			if bytes.Contains(content, []byte(secret)) {
				t.Errorf("%s is in %s", what, filepath.Base(path))
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	audited := 0
	err = workspace.ReadAudit(t.Context(), workspace.Config{DataDir: dir}, workspace.AuditFilter{User: "maya"}, func(e workspace.AuditEntry) error {
		text, err := json.Marshal(e)
		audited++
		if bytes.Contains(text, []byte(`"`+wrongCode+`"`)) || bytes.Contains(text, []byte(`"`+used+`"`)) {
			t.Errorf("a code is in the audit: %s", text)
		}
		return err
	})
	if err != nil || audited < 7 {
		t.Errorf("%d entries about maya: %v", audited, err)
	}
}

// waitingJobs is how many jobs lie in the outbox, as the figures say.
func waitingJobs(t *testing.T, server *workspace.Server) (waiting int) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/metrics", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(do(t, request, http.StatusOK))) {
		if n, err := fmt.Sscanf(line, `callboard_outbox_jobs{state="waiting"} %d`, &waiting); err == nil && n == 1 {
			return waiting
		}
	}
	t.Fatal("the figures tell nothing of the outbox")
	return 0
}
