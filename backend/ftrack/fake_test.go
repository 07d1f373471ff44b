package ftrack_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/coder/websocket"

	"github.com/callboard/callboard/backend/ftrack"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

const token = "secret-token"

// fake is a fake server: real HTTP and a real socket, answers by hand.
type fake struct {
	*httptest.Server
	// answer gives the result of one operation.
	answer func(wire.Operation) any
	// socket plays the server's side of the event hub, after the client was let in.
	socket func(*websocket.Conn, *http.Request)

	mu       sync.Mutex // guards what follows
	asked    []wire.Operation
	requests []*http.Request
}

// newFake starts a fake that lets in whoever holds token.
func newFake(t *testing.T) *fake {
	t.Helper()
	f := &fake{answer: func(wire.Operation) any { return wire.PageOf([]any{}, nil) }}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api", f.api)
	mux.HandleFunc("GET /socket.io/1/", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "sid1:15:25:websocket") })
	mux.HandleFunc("GET /socket.io/1/websocket/sid1", func(w http.ResponseWriter, r *http.Request) {
		conn, err := websocket.Accept(w, r, nil)
		if err != nil {
			return
		}
		defer func() { _ = conn.CloseNow() }()
		f.socket(conn, r)
	})
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		f.requests = append(f.requests, r)
		f.mu.Unlock()
		if r.Header.Get("Authorization") != "Bearer "+token {
			http.Error(w, `{"exception":"InvalidCredentialsError","content":"no","error_code":null}`, http.StatusUnauthorized)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(f.Close)
	return f
}

func (f *fake) api(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	ops, err := wire.ParseOperations(body)
	if err != nil {
		refuse(w, err)
		return
	}
	results := make([]any, len(ops))
	for i, op := range ops {
		f.mu.Lock()
		f.asked = append(f.asked, op)
		f.mu.Unlock()
		results[i] = f.answer(op)
		if err, refused := results[i].(error); refused {
			refuse(w, err)
			return
		}
	}
	answer, err := wire.EncodeAnswers(results, wire.Mode{Strict: true})
	if err != nil {
		refuse(w, err)
		return
	}
	_, _ = w.Write(answer)
}

func refuse(w http.ResponseWriter, err error) {
	body, status := wire.EncodeError(err)
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// operations are those carried out so far.
func (f *fake) operations() []wire.Operation {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]wire.Operation(nil), f.asked...)
}

// connections counts the different connections that requests came on.
func (f *fake) connections() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	seen := map[string]bool{}
	for _, r := range f.requests {
		seen[r.RemoteAddr] = true
	}
	return len(seen)
}

func (f *fake) client() *ftrack.Client {
	return ftrack.New(ftrack.Config{Address: f.URL, Token: token, Version: "0.1"})
}

// row is a notification as the server writes one.
func row(seq int, values map[string]any) wire.Entity {
	all := map[string]any{
		"id": "n" + strings.Repeat("i", seq), "seq": seq, "kind": "note", "kinds": json.RawMessage(`["note"]`),
		"reasons": json.RawMessage(`[{"kind":"note","rule":"recipient"}]`), "subject": json.RawMessage(`{"path":[],"text":"<b>hi</b>"}`),
		"created_at": noon,
	}
	for name, value := range values {
		all[name] = value
	}
	return wire.Entity{Type: "Notification", Key: []string{"id"}, Values: all}
}
