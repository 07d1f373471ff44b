package events_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

func TestHandshakesOfStrangersAndForgersAreRefused(t *testing.T) {
	s := newStage(t)
	if status, _ := s.handshake(t, ""); status != http.StatusUnauthorized {
		t.Errorf("a stranger: %d", status)
	}
	_, body := s.handshake(t, "maya")
	sid, _, _ := strings.Cut(body, ":")
	for _, forged := range []string{"x", sid[:len(sid)-2], "." + sid, strings.ToUpper(sid)} {
		_, answer, err := websocket.Dial(t.Context(), s.server.URL+"/socket.io/1/websocket/"+forged, nil) //nolint:bodyclose // the library closes it
		if err == nil || answer == nil || answer.StatusCode != http.StatusUnauthorized {
			t.Errorf("%q: %v", forged, err)
		}
	}
	s.gate.mu.Lock()
	s.gate.out["maya"] = true
	s.gate.mu.Unlock()
	if _, _, err := websocket.Dial(t.Context(), s.server.URL+"/socket.io/1/websocket/"+sid, nil); err == nil { //nolint:bodyclose // the library closes it
		t.Error("somebody put out since the handshake came in")
	}
}

// enters says whether a handshake's sid opens a socket here.
func (s *stage) enters(t *testing.T, sid string) bool {
	t.Helper()
	ws, _, err := websocket.Dial(t.Context(), s.server.URL+"/socket.io/1/websocket/"+sid, nil) //nolint:bodyclose // a websocket has none
	if err != nil {
		return false
	}
	return ws.CloseNow() == nil
}

func TestAnyReplicaBelievesAHandshakeForAMinute(t *testing.T) {
	one, other := newStage(t), newStage(t)
	_, body := one.handshake(t, "maya")
	sid, _, _ := strings.Cut(body, ":")
	if !other.enters(t, sid) {
		t.Error("another replica does not believe it")
	}
	other.passed.Store(int64(time.Minute + 2*time.Second))
	if other.enters(t, sid) {
		t.Error("it is believed after more than a minute")
	}
}

func TestAPersonsConnectionsAreBounded(t *testing.T) {
	s := newStage(t)
	for range 256 {
		s.dial(t, "maya")
	}
	_, body := s.handshake(t, "maya")
	sid, _, _ := strings.Cut(body, ":")
	ws, _, err := websocket.Dial(t.Context(), s.server.URL+"/socket.io/1/websocket/"+sid, nil) //nolint:bodyclose // a websocket has none
	if err != nil {
		t.Fatal(err)
	}
	(&socket{t: t, ws: ws}).ends("one person may have 256 connections")
	s.dial(t, "tomas")
}

func TestAServerThatStopsSaysSo(t *testing.T) {
	s := newStage(t)
	maya := s.dial(t, "maya")
	s.stop()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	if _, text, err := maya.ws.Read(ctx); err != nil || string(text) != "0::" {
		t.Errorf("%q, %v", text, err)
	}
	if _, _, err := maya.ws.Read(ctx); websocket.CloseStatus(err) != websocket.StatusGoingAway {
		t.Errorf("it ended with %v", err)
	}
	if status, body := s.handshake(t, "maya"); status == http.StatusOK {
		sid, _, _ := strings.Cut(body, ":")
		ws, _, err := websocket.Dial(ctx, s.server.URL+"/socket.io/1/websocket/"+sid, nil) //nolint:bodyclose // a websocket has none
		if err == nil {
			(&socket{t: t, ws: ws}).ends("the server stops")
		}
	}
}
