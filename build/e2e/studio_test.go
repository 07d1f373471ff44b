//go:build e2e

package e2e

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/callboard/callboard/build/testbed"
)

// studio is a running callboard-server with the demo show and nobody at work in it.
type studio struct {
	data   string
	listen string
	cmd    *exec.Cmd
	URL    string
	Users  json.RawMessage
}

// program is one of the programs that ./dev built.
func program(t *testing.T, name string) string {
	t.Helper()
	folder := os.Getenv("CALLBOARD_BIN")
	if folder == "" {
		t.Fatal("run by ./dev test, which builds the programs and sets CALLBOARD_BIN")
	}
	return filepath.Join(folder, name)
}

// serve starts a server on a free port; Resume starts it again on the same one.
func serve(t *testing.T) *studio {
	t.Helper()
	address, err := testbed.FreeAddress(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s := &studio{data: t.TempDir(), listen: address}
	s.resume(t)
	t.Cleanup(func() { s.kill() })
	return s
}

func (s *studio) resume(t *testing.T) {
	t.Helper()
	s.cmd = exec.Command(program(t, "callboard-server"), "serve", "--quiet-demo", "--data", s.data, "--listen", s.listen)
	log, err := os.OpenFile(filepath.Join(s.data, "..", "server.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	s.cmd.Stderr = log
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		t.Fatalf("the server's first line: %v", err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }() // it says no more there; a full pipe would stop it
	var first struct {
		URL   string          `json:"url"`
		Users json.RawMessage `json:"users"`
	}
	if err := json.Unmarshal(line, &first); err != nil {
		t.Fatalf("the server's first line %q: %v", line, err)
	}
	s.URL, s.Users = first.URL, first.Users
}

// kill ends the server as kill -9 does.
func (s *studio) kill() {
	_ = s.cmd.Process.Kill() // it may be dead already
	_ = s.cmd.Wait()         // how it ended is known
}

func (s *studio) password(t *testing.T, username string) string {
	t.Helper()
	var users []struct{ Username, Password string }
	if err := json.Unmarshal(s.Users, &users); err != nil {
		t.Fatal(err)
	}
	for _, user := range users {
		if user.Username == username {
			return user.Password
		}
	}
	t.Fatalf("the demo has no %s", username)
	return ""
}

// write writes a note to maya with the official client and gives its id.
func (s *studio) write(t *testing.T, text string) (id string) {
	t.Helper()
	var note struct{ ID string }
	s.client(t, &note, "write", "tomas", "maya", text)
	return note.ID
}

// read tells whether maya has read the notification of a note, as the server has it.
func (s *studio) read(t *testing.T, note string) bool {
	t.Helper()
	var row struct{ Read bool }
	s.client(t, &row, "read", "-", "maya", note)
	return row.Read
}

// work has somebody do something to a task with the official client, and gives the name of its shot.
func (s *studio) work(t *testing.T, action, who string, artist ...string) (shot string) {
	t.Helper()
	var done struct{ Shot string }
	s.script(t, &done, append([]string{"work.mjs", action, who}, artist...)...)
	return done.Shot
}

func (s *studio) client(t *testing.T, out any, args ...string) {
	t.Helper()
	s.script(t, out, append([]string{"note.mjs"}, args...)...)
}

// script runs a script of the official client with its arguments and reads what it says.
func (s *studio) script(t *testing.T, out any, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "node", args...)
	cmd.Env = append(os.Environ(), "CALLBOARD_URL="+s.URL, "CALLBOARD_USERS="+string(s.Users))
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		t.Fatalf("the official client: %v", err)
	}
	if err := json.Unmarshal(text, out); err != nil {
		t.Fatalf("the official client said %q: %v", text, err)
	}
}

// eventually asks until the answer is yes, and fails the test after a while.
func eventually(t *testing.T, what string, ask func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		if ask() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("it never happened that %s", what)
}

// seat is a person's virtual desktop with Callboard on it.
type seat struct {
	*testbed.Desktop
	app  *testbed.Process
	page *testbed.Page
}

func sit(t *testing.T, without testbed.Without) *seat {
	t.Helper()
	desktop, err := testbed.Start(t.Context(), testbed.Config{Dir: t.TempDir(), Without: without})
	if err != nil {
		t.Fatal(err)
	}
	s := &seat{Desktop: desktop}
	t.Cleanup(func() {
		if t.Failed() {
			_ = s.Screenshot(context.Background(), shot("failed-"+t.Name())) // the failure itself is what counts
			t.Logf("the app said:\n%s", desktop.Log("callboard-inspect"))
		}
		if err := desktop.Stop(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// open starts the app and reaches its page.
func (s *seat) open(t *testing.T) {
	t.Helper()
	address, err := testbed.FreeAddress(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if s.app, err = s.Run([]string{"WEBKIT_INSPECTOR_HTTP_SERVER=" + address}, program(t, "callboard-inspect")); err != nil {
		t.Fatal(err)
	}
	if s.page, err = testbed.Inspect(t.Context(), address); err != nil {
		t.Fatal(err)
	}
}

// signIn signs maya in through the page, as a person does.
func (s *seat) signIn(t *testing.T, at *studio) {
	t.Helper()
	s.signInAs(t, at, "maya")
}

func (s *seat) signInAs(t *testing.T, at *studio, username string) {
	t.Helper()
	s.await(t, `document.querySelector("input[autocomplete=username]")`)
	for field, value := range map[string]string{"url": at.URL, "username": username, "current-password": at.password(t, username)} {
		s.do(t, fmt.Sprintf(`(() => {
			const input = document.querySelector("input[autocomplete=%s]");
			input.value = %q;
			input.dispatchEvent(new InputEvent("input", { bubbles: true }));
		})()`, field, value))
	}
	s.do(t, `document.querySelector("form").requestSubmit()`)
	s.await(t, `document.querySelector("[data-row]")`)
}

func (s *seat) await(t *testing.T, expression string) {
	t.Helper()
	if err := s.page.Await(t.Context(), expression); err != nil {
		t.Fatal(err)
	}
}

func (s *seat) do(t *testing.T, expression string) {
	t.Helper()
	if err := s.page.Eval(t.Context(), expression, nil); err != nil {
		t.Fatal(err)
	}
}

// rowOf is the list's row that carries a text, as an expression in the page.
func rowOf(text string) string {
	return fmt.Sprintf(`[...document.querySelectorAll("[data-row]")].find((row) => row.innerText.includes(%q))`, text)
}

// rowsOf is how many rows carry a text.
func rowsOf(text string) string {
	return fmt.Sprintf(`[...document.querySelectorAll("[data-row]")].filter((row) => row.innerText.includes(%q)).length`, text)
}

// toasts counts the toasts whose body carries a text.
func (s *seat) toasts(t *testing.T, text string) (matching []testbed.Toast) {
	t.Helper()
	all, err := s.Toasts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, toast := range all {
		if toast.Body == text {
			matching = append(matching, toast)
		}
	}
	return matching
}

// shot is where a screenshot goes.
func shot(name string) string {
	folder := os.Getenv("CALLBOARD_SHOTS")
	if folder == "" {
		folder = os.TempDir()
	}
	return filepath.Join(folder, "e2e-"+filepath.Base(name)+".png")
}

func (s *seat) picture(t *testing.T, name string) {
	t.Helper()
	time.Sleep(300 * time.Millisecond) // the X server draws after the page is done
	if err := s.Screenshot(t.Context(), shot(name)); err != nil {
		t.Error(err)
	}
}
