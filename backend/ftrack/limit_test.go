package ftrack_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

func TestASilentHubCountsAsGone(t *testing.T) {
	f := newFake(t)
	f.socket = func(conn *websocket.Conn, r *http.Request) {
		h := hub{t, conn, r.Context()}
		h.subscription()
		h.read() // says nothing more
	}
	client := f.client()
	client.Impatient(50 * time.Millisecond)
	began := time.Now()
	err := client.Listen(t.Context(), func(domain.Position) {}, func() {})
	if took := time.Since(began); domain.CodeOf(err) != domain.Offline || took > 5*time.Second {
		t.Errorf("%v after %v", err, took)
	}
}

func TestListenEndsWithItsContext(t *testing.T) {
	f := newFake(t)
	f.socket = func(conn *websocket.Conn, r *http.Request) {
		h := hub{t, conn, r.Context()}
		h.subscription()
		h.read()
	}
	ctx, cancel := context.WithCancel(t.Context())
	if err := f.client().Listen(ctx, func(domain.Position) { cancel() }, func() {}); ctx.Err() == nil || domain.CodeOf(err) != domain.Internal {
		t.Errorf("%v", err)
	}
}

func TestAnAnswerWithoutEndIsNotRead(t *testing.T) {
	endless := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for block := make([]byte, 1<<20); ; {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	}))
	defer endless.Close()
	client := ftrack.New(ftrack.Config{Address: endless.URL, Token: token})
	if _, err := client.Inbox(t.Context(), 0, 10); domain.CodeOf(err) != domain.Unsupported {
		t.Errorf("%v", err)
	}
	if _, _, err := client.Picture(t.Context(), "p", 64); err == nil {
		t.Error("a picture without end was taken")
	}
}

func TestVeryManyRowsGoInSeveralRequests(t *testing.T) {
	f := newFake(t)
	f.answer = func(wire.Operation) any { return wire.Answer{Action: "update", Data: map[string]any{}} }
	action := domain.Action{Verb: domain.MarkRead, At: noon}
	for n := range 1201 {
		action.Items = append(action.Items, domain.NotificationID(fmt.Sprint(n)))
	}
	if err := f.client().Do(t.Context(), action); err != nil {
		t.Fatal(err)
	}
	f.mu.Lock()
	requests := len(f.requests)
	f.mu.Unlock()
	if did := len(f.operations()); did != 1201 || requests != 3 {
		t.Errorf("%d operations in %d requests", did, requests)
	}
}
