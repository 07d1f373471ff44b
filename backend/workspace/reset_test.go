package workspace_test

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"log/slog"
	"mime/quotedprintable"
	"net/http"
	netmail "net/mail"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// quiet is a buffer that several may write to.
type quiet struct {
	mu   sync.Mutex
	text bytes.Buffer // guarded by mu
}

func (q *quiet) Write(p []byte) (int, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.text.Write(p)
}

func (q *quiet) String() string {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.text.String()
}

// letters waits for so many .eml files, and gives what they say.
func letters(t *testing.T, dir string, want int) (said []string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		files, err := filepath.Glob(filepath.Join(dir, "mail", "*.eml"))
		if err != nil {
			t.Fatal(err)
		}
		if len(files) < want {
			if time.Now().After(end) {
				t.Fatalf("%d letters came, not %d", len(files), want)
			}
			continue
		}
		for _, name := range files {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			message, err := netmail.ReadMessage(bytes.NewReader(raw))
			if err != nil { // it is being written
				said = nil
				break
			}
			body, err := io.ReadAll(quotedprintable.NewReader(message.Body))
			if err != nil {
				t.Fatal(err)
			}
			said = append(said, message.Header.Get("To")+"\n"+message.Header.Get("Subject")+"\n"+string(body))
		}
		if len(said) == want {
			return said
		}
	}
}

// fillIn sends a form as a browser does that somebody forged headers for.
func fillIn(t *testing.T, address string, values url.Values, want int) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(values.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Host = "evil.example"
	for name, value := range map[string]string{
		"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7",
		"Forwarded": `for=198.51.100.7;host=evil.example;proto=https`, "X-Original-URL": "https://evil.example/", "X-Host": "evil.example",
	} {
		request.Header.Set(name, value)
	}
	return string(do(t, request, want))
}

var resetLink = regexp.MustCompile(`https?://\S+/reset\?token=(\S+)`)

// TestAPasswordIsResetThroughARealMail goes the whole way with forged headers, and looks for the secrets in
// everything that is left behind.
func TestAPasswordIsResetThroughARealMail(t *testing.T) {
	const planted = "planted-password-4711"
	dir, log := t.TempDir(), &quiet{}
	fillFromTemplate(t, dir)
	server, err := workspace.Start(context.WithoutCancel(t.Context()), workspace.ServeConfig{Config: workspace.Config{
		DataDir: dir, Demo: &demo.Config{Quiet: true}, BaseURL: "https://callboard.aurora.example/", Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}})
	if err != nil {
		t.Fatal(err)
	}
	stopped := false
	stop := func() {
		if !stopped {
			stopped = true
			if err := server.Stop(); err != nil {
				t.Error(err)
			}
		}
	}
	defer stop()
	same := fillIn(t, server.URL+"/forgot", url.Values{"login": {"nobody"}}, http.StatusOK)
	if said := fillIn(t, server.URL+"/forgot", url.Values{"login": {"maya@aurora.example"}}, http.StatusOK); said != same {
		t.Errorf("%s\nis not\n%s", said, same)
	}
	letter := letters(t, dir, 1)[0]
	found := resetLink.FindStringSubmatch(letter)
	if found == nil || !strings.HasPrefix(found[0], "https://callboard.aurora.example/reset?token=") || strings.Contains(letter, "evil") || !strings.Contains(letter, "Network address: 127.0.0.1") {
		t.Fatalf("%s", letter)
	}
	token := found[1]
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/reset?token="+token, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // a scanner of mail looks first
		if body := do(t, request, http.StatusOK); !bytes.Contains(body, []byte(`value="maya"`)) || bytes.Contains(body, []byte("evil")) {
			t.Errorf("%s", body)
		}
	}
	chosen := url.Values{"token": {token}, "password": {planted}, "again": {planted}}
	if said := fillIn(t, server.URL+"/reset", chosen, http.StatusOK); !strings.Contains(said, "is saved") {
		t.Errorf("%s", said)
	}
	fillIn(t, server.URL+"/reset", chosen, http.StatusNotFound)
	signIn(t, server, "maya", userOf(t, server, "maya").Password, http.StatusUnauthorized)
	signIn(t, server, "maya", planted, http.StatusOK)
	for _, said := range letters(t, dir, 2) {
		if !strings.Contains(said, "maya@aurora.example") || said != letter && !strings.Contains(said, "Your password was reset") {
			t.Errorf("%s", said)
		}
	}
	stop()

	if strings.Contains(log.String(), token) || strings.Contains(log.String(), planted) {
		t.Errorf("a secret is in the log: %s", log)
	}
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, ".eml") {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(token)) || bytes.Contains(content, []byte(planted)) {
			t.Errorf("a secret is in %s", filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestTheAppAsksForANewPasswordWithoutLearningAnything asks by JSON, as the app's page does.
func TestTheAppAsksForANewPasswordWithoutLearningAnything(t *testing.T) {
	dir := t.TempDir()
	server := start(t, dir, &demo.Config{Quiet: true})
	ask := func(kind, body string, want int) string {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/session/forgot", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", kind)
		return string(do(t, request, want))
	}
	answers := map[string]bool{}
	for _, login := range []string{"maya", "nobody", "", "maya@aurora.example"} {
		answers[ask("application/json", `{"login":"`+login+`"}`, http.StatusAccepted)] = true
	}
	if len(answers) != 1 {
		t.Errorf("%v", answers)
	}
	ask("text/plain", `{"login":"maya"}`, http.StatusUnsupportedMediaType)
	ask("application/json", `{"login":["maya"]}`, http.StatusBadRequest)
	ask("application/json", `{"login":"`+strings.Repeat("a", 1<<20)+`"}`, http.StatusRequestEntityTooLarge)
	letters(t, dir, 2)
}
