package workspace_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// diary is a log that many write to.
type diary struct {
	mu      sync.Mutex
	written bytes.Buffer
}

// Write implements io.Writer.
func (d *diary) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.written.Write(p)
}

func (d *diary) String() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.written.String()
}

// TestNoSecretReachesTheLogOrTheData takes every way that a secret goes, and then looks for it in the log, at
// its most talkative, in the figures and in every file of the data folder but those that are there for it.
func TestNoSecretReachesTheLogOrTheData(t *testing.T) {
	dir := t.TempDir()
	fillFromTemplate(t, dir)
	var log diary
	d := &door{}
	server, err := workspace.Start(context.WithoutCancel(t.Context()), workspace.ServeConfig{Config: workspace.Config{
		DataDir: dir, Demo: &demo.Config{Quiet: true}, Clock: d.now, Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}})
	if err != nil {
		t.Fatal(err)
	}
	d.Server = server
	stopped := false
	t.Cleanup(func() {
		if !stopped {
			_ = server.Stop() // the test failed already
		}
	})
	maya := userOf(t, server, "maya")
	secrets := map[string]string{"password": maya.Password, "key": maya.APIKey}
	learn := func(got reply, want int) map[string]string {
		t.Helper()
		if got.StatusCode != want {
			t.Fatalf("%d %s", got.StatusCode, got.body)
		}
		found := map[string]string{}
		for _, m := range regexp.MustCompile(`"(token|device_token|secret|api_key)":"([^"]+)"`).FindAllStringSubmatch(got.body, -1) {
			found[m[1]] = m[2]
		}
		return found
	}

	// Right and wrong, at every door where a secret is shown.
	signIn := func(word, code string) reply {
		body, err := json.Marshal(map[string]string{"username": "maya", "password": word, "code": code, "device": "tower", "device_token": secrets["device token"]})
		if err != nil {
			t.Fatal(err)
		}
		return d.ask(t, http.MethodPost, "/session", string(body), nil)
	}
	secrets["wrong password"] = "MARKER-wrong-password"
	learn(signIn(secrets["wrong password"], "MARKER-code"), http.StatusUnauthorized)
	in := learn(signIn(maya.Password, ""), http.StatusOK)
	secrets["token"], secrets["device token"] = in["token"], in["device_token"]
	token := bearer(in["token"])
	made := learn(d.does(t, token, map[string]any{"action": "generate_totp"}), http.StatusOK)
	secrets["authenticator"] = made["secret"]
	code := d.code(t, made["secret"])
	learn(d.does(t, token, map[string]any{"action": "configure_totp", "secret": made["secret"], "code": code}), http.StatusOK)
	got := d.does(t, token, map[string]any{"action": "configure_otp", "code": d.code(t, made["secret"])})
	codes := regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}`).FindAllString(got.body, -1)
	if len(codes) != 10 {
		t.Fatal(got.body)
	}
	secrets["backup code"], secrets["used backup code"] = codes[0], codes[1]
	learn(signIn(maya.Password, codes[1]), http.StatusOK)
	learn(d.ask(t, http.MethodPost, "/session/confirm", `{"password":"MARKER-wrong-password","code":"MARKER-code"}`, token), http.StatusForbidden)
	secrets["new key"] = learn(d.does(t, token, map[string]any{"action": "reset_remote", "reset_type": "api_key", "entity_type": "User", "entity_key": personOf("maya"), "entity_data": map[string]any{"identifier": "farm"}}), http.StatusOK)["api_key"]
	learn(d.does(t, byKey("maya", "cb_MARKER-wrong-key"), map[string]any{"action": "query", "expression": "User"}), http.StatusUnauthorized)
	learn(d.ask(t, http.MethodGet, "/component/get?id=0c1f1d3a-8a5c-4f0e-9a54-0d6c1f4e9b01&username=maya&apiKey="+url.QueryEscape(secrets["new key"]), "", nil), http.StatusNotFound)
	learn(d.ask(t, http.MethodGet, "/socket.io/1/?api_user=maya&api_key="+url.QueryEscape(secrets["new key"]), "", nil), http.StatusOK)
	secrets["new password"] = "MARKER-new-password-of-maya's"
	learn(d.does(t, token, map[string]any{
		"action": "reset_remote", "reset_type": "password", "entity_type": "User", "entity_key": personOf("maya"),
		"entity_data": map[string]any{"old_password": maya.Password, "new_password": secrets["new password"]},
	}), http.StatusOK)
	form := url.Values{"username": {"maya"}, "password": {secrets["new password"]}, "code": {codes[2]}}.Encode()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.URL+"/user/api_credentials?redirect_url="+url.QueryEscape("http://localhost:51234/")+"&identifier=connect", strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	handed, err := http.DefaultTransport.RoundTrip(request) // which follows nothing
	if err != nil {
		t.Fatal(err)
	}
	if err := handed.Body.Close(); err != nil {
		t.Fatal(err)
	}
	address, err := url.Parse(handed.Header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	secrets["handed key"] = address.Query().Get("api_key")
	secrets["used handed code"] = codes[2]
	figures := d.ask(t, http.MethodGet, "/metrics", "", nil).body
	stopped = true
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}

	places := map[string]string{"the log": log.String(), "the figures": figures}
	err = filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "demo-users.json" {
			return err
		}
		content, err := os.ReadFile(path)
		places[path] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(places["the log"], "/session") {
		t.Error("the log says nothing")
	}
	for name, secret := range secrets {
		if secret == "" {
			t.Errorf("there is no %s", name)
		}
		for place, content := range places {
			if secret != "" && (strings.Contains(content, secret) || strings.Contains(content, strings.ReplaceAll(secret, "-", "")) && strings.HasPrefix(name, "used")) {
				t.Errorf("the %s stands in %s", name, place)
			}
		}
	}
	for place, content := range places {
		if strings.Contains(content, "MARKER") {
			t.Errorf("what somebody typed stands in %s", place)
		}
	}
}
