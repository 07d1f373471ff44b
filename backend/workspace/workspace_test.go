package workspace_test

import (
	"bytes"
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
	"github.com/callboard/callboard/backend/workspace/store/storetest"
)

// start serves a workspace for the length of a test.
func start(t *testing.T, dir string, show *demo.Config) *workspace.Server {
	t.Helper()
	if show != nil && show.Quiet {
		fillFromTemplate(t, dir)
	}
	return startWith(t, workspace.Config{DataDir: dir, Demo: show})
}

func startWith(t *testing.T, cfg workspace.Config) *workspace.Server {
	t.Helper()
	cfg.Version, cfg.Log = "1.2.3", slog.New(slog.NewTextHandler(t.Output(), nil))
	server, err := workspace.Start(context.WithoutCancel(t.Context()), workspace.ServeConfig{Config: cfg})
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

// TestADemoStudioOnItsFirstDays looks at one studio, because filling one takes a while.
func TestADemoStudioOnItsFirstDays(t *testing.T) {
	dir := t.TempDir()
	server := start(t, dir, &demo.Config{Quiet: true})

	t.Run("maya finds some days of notifications, a dozen unread", func(t *testing.T) {
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
	})
	t.Run("its secrets are for its owner alone", func(t *testing.T) {
		info, err := os.Stat(filepath.Join(dir, "demo-users.json"))
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v", info.Mode())
		}
	})
	t.Run("a password opens a session and an API key does not pass for one", func(t *testing.T) {
		maya := userOf(t, server, "maya")
		signIn(t, server, maya.Username, maya.Password, http.StatusOK)
		signIn(t, server, maya.Username, maya.APIKey, http.StatusUnauthorized)
	})
	t.Run("a restart finds everything as it was", func(t *testing.T) {
		notes := len(rows(t, server, "maya", "select id from Note"))
		if err := server.Stop(); err != nil {
			t.Fatal(err)
		}
		again := start(t, dir, &demo.Config{Quiet: true})
		if userOf(t, server, "maya") != userOf(t, again, "maya") {
			t.Error("maya has another password or key")
		}
		if got := len(rows(t, again, "maya", "select id from Note")); got != notes {
			t.Errorf("%d notes after the restart, %d before", got, notes)
		}
	})
	t.Run("another folder has other secrets, and people at work tell maya within five seconds", func(t *testing.T) {
		busy := start(t, t.TempDir(), &demo.Config{})
		started := time.Now()
		if a, b := userOf(t, server, "ines"), userOf(t, busy, "ines"); a.Password == b.Password || a.APIKey == b.APIKey {
			t.Error("ines has the same secrets in both")
		}
		before := len(rows(t, busy, "maya", "select id from Notification"))
		for time.Since(started) < 5*time.Second {
			if len(rows(t, busy, "maya", "select id from Notification")) > before {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Error("nothing in five seconds")
	})
}

func signIn(t *testing.T, server *workspace.Server, username, password string, want int) {
	t.Helper()
	body, err := json.Marshal(map[string]string{"username": username, "password": password, "device": "test"})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/session", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	do(t, request, want)
}

func TestASecondServerOnOneFolderSaysSo(t *testing.T) {
	dir := t.TempDir()
	start(t, dir, nil)
	if _, err := workspace.Start(t.Context(), workspace.ServeConfig{Config: workspace.Config{DataDir: dir}}); domain.CodeOf(err) != domain.Conflict {
		t.Errorf("%v, want a conflict", err)
	}
	if _, err := workspace.ListUsers(t.Context(), workspace.Config{DataDir: dir}); domain.CodeOf(err) != domain.Conflict {
		t.Errorf("%v, want a conflict", err)
	}
}

func TestTwoServersShareAPostgreSQLDatabase(t *testing.T) {
	database := storetest.PostgreSQL(t).Database
	keys := filepath.Join(t.TempDir(), "keys.json")
	first := startWith(t, workspace.Config{DataDir: t.TempDir(), Database: database, Keys: keys, Demo: &demo.Config{Quiet: true}})
	second := startWith(t, workspace.Config{DataDir: t.TempDir(), Database: database, Keys: keys})
	second.Users = first.Users
	call(t, first, "tomas", `[{"action":"create","entity_type":"Note","entity_data":{"id":"shared","content":"on both"}}]`)
	if found := rows(t, second, "tomas", "select id from Note where id is shared"); len(found) != 1 {
		t.Errorf("the other server finds %v", found)
	}
	if _, err := workspace.Start(t.Context(), workspace.ServeConfig{Config: workspace.Config{DataDir: t.TempDir(), Database: database}}); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("a server without the keys: %v", err)
	}
	office := workspace.Config{DataDir: t.TempDir(), Database: database, Keys: keys}
	if err := workspace.AddUser(t.Context(), office, workspace.NewUser{Username: "zoe", Role: "User", Password: "correct horse"}); err != nil {
		t.Fatal(err)
	}
	signIn(t, second, "zoe", "correct horse", http.StatusOK)
}

func TestADamagedDatabaseIsRefusedAndLeftAsItIs(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "workspace.db")
	damaged := bytes.Repeat([]byte("no database "), 1000)
	if err := os.WriteFile(path, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := workspace.Start(t.Context(), workspace.ServeConfig{Config: workspace.Config{DataDir: dir}})
	if err == nil || !strings.Contains(err.Error(), "workspace.db") {
		t.Errorf("%v, want an error that names the file", err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, damaged) {
		t.Errorf("the file was touched: %v", err)
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
	alive := httptest.NewRecorder()
	w.Handler().ServeHTTP(alive, httptest.NewRequest(http.MethodGet, "/healthz", http.NoBody))
	if alive.Code != http.StatusOK {
		t.Errorf("it does not say that it lives: %d", alive.Code)
	}
}
