package workspace_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// start serves a workspace for the length of a test.
func start(t *testing.T, dir string, show *demo.Config) *workspace.Server {
	t.Helper()
	server, err := workspace.Start(context.WithoutCancel(t.Context()), workspace.ServeConfig{Config: workspace.Config{
		DataDir: dir, Version: "1.2.3", Demo: show, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	return server
}

// call posts operations as one of the demo's people and gives the answers.
func call(t *testing.T, server *workspace.Server, username, operations string) []map[string]any {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/api", strings.NewReader(operations))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("ftrack-user", username)
	request.Header.Set("ftrack-api-key", userOf(t, server, username).APIKey)
	body := do(t, request, http.StatusOK)
	var answers []map[string]any
	if err := json.Unmarshal(body, &answers); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return answers
}

func userOf(t *testing.T, server *workspace.Server, username string) workspace.DemoUser {
	t.Helper()
	for _, user := range server.Users {
		if user.Username == username {
			return user
		}
	}
	t.Fatalf("%s is not among %v", username, server.Users)
	return workspace.DemoUser{}
}

func do(t *testing.T, request *http.Request, want int) []byte {
	t.Helper()
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != want {
		t.Fatalf("%s %s: %d, want %d: %s", request.Method, request.URL.Path, answer.StatusCode, want, body)
	}
	return body
}

func rows(t *testing.T, server *workspace.Server, username, query string) []any {
	t.Helper()
	text, err := json.Marshal([]map[string]string{{"action": "query", "expression": query}})
	if err != nil {
		t.Fatal(err)
	}
	found, ok := call(t, server, username, string(text))[0]["data"].([]any)
	if !ok {
		t.Fatalf("%s: no rows", query)
	}
	return found
}

func TestMayaFindsSomeDaysOfNotificationsADozenUnread(t *testing.T) {
	server := start(t, t.TempDir(), &demo.Config{Quiet: true})
	all := rows(t, server, "maya", "select id, created_at from Notification")
	unread := rows(t, server, "maya", "select id from Notification where read_at is none and done_at is none")
	if len(all) < 25 || len(all) > 45 {
		t.Errorf("%d notifications, want 25 to 45", len(all))
	}
	if len(unread) != 12 {
		t.Errorf("%d unread, want 12", len(unread))
	}
	days := map[string]bool{}
	for _, row := range all {
		entity, _ := row.(map[string]any)
		created, _ := entity["created_at"].(map[string]any)
		day, _ := created["value"].(string)
		days[day[:10]] = true
	}
	if len(days) < 3 {
		t.Errorf("all on %v", days)
	}
}

func TestWhileThePeopleWorkMayaHearsOfItWithinFiveSeconds(t *testing.T) {
	server := start(t, t.TempDir(), &demo.Config{})
	before := len(rows(t, server, "maya", "select id from Notification"))
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if len(rows(t, server, "maya", "select id from Notification")) > before {
			return
		}
	}
	t.Error("nothing in five seconds")
}

func TestARestartFindsEverythingAsItWas(t *testing.T) {
	dir := t.TempDir()
	first := start(t, dir, &demo.Config{Quiet: true})
	notes := len(rows(t, first, "maya", "select id from Note"))
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	second := start(t, dir, &demo.Config{Quiet: true})
	if userOf(t, first, "maya") != userOf(t, second, "maya") {
		t.Error("maya has another password or key")
	}
	if got := len(rows(t, second, "maya", "select id from Note")); got != notes {
		t.Errorf("%d notes after the restart, %d before", got, notes)
	}
}

func TestTheDemosSecretsAreForTheOwnerAloneAndDifferByFolder(t *testing.T) {
	dir := t.TempDir()
	one := start(t, dir, &demo.Config{Quiet: true})
	info, err := os.Stat(filepath.Join(dir, "demo-users.json"))
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	other := start(t, t.TempDir(), &demo.Config{Quiet: true})
	a, b := userOf(t, one, "ines"), userOf(t, other, "ines")
	if a.Password == b.Password || a.APIKey == b.APIKey || a.Role != demo.RoleAdministrator {
		t.Errorf("%v and %v", a, b)
	}
}

func TestASecondServerOnOneFolderSaysSo(t *testing.T) {
	dir := t.TempDir()
	start(t, dir, nil)
	_, err := workspace.Start(t.Context(), workspace.ServeConfig{Config: workspace.Config{DataDir: dir}})
	if domain.CodeOf(err) != domain.Conflict {
		t.Errorf("%v, want a conflict", err)
	}
}

func TestBrowsersAndProbesAreAnswered(t *testing.T) {
	server := start(t, t.TempDir(), nil)
	for _, path := range []string{"/", "/healthz", "/readyz"} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		do(t, request, http.StatusOK)
	}
}

func TestBeforeItRunsAWorkspaceSaysItIsNotReady(t *testing.T) {
	w, err := workspace.New(workspace.Config{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	answer := httptest.NewRecorder()
	w.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/readyz", http.NoBody))
	if answer.Code != http.StatusServiceUnavailable || answer.Header().Get("Retry-After") == "" {
		t.Errorf("%d %v", answer.Code, answer.Header())
	}
}
