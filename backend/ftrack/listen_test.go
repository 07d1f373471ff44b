package ftrack_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// hub is the server's side of a socket.
type hub struct {
	t    *testing.T
	conn *websocket.Conn
	ctx  context.Context
}

func (h hub) send(text string) { _ = h.conn.Write(h.ctx, websocket.MessageText, []byte(text)) }

func (h hub) read() string {
	_, text, err := h.conn.Read(h.ctx)
	if err != nil {
		return ""
	}
	return string(text)
}

// subscription reads the client's subscriptions and confirms them.
func (h hub) subscription() {
	for range ftrack.Topics {
		packet, err := wire.ParsePacket(h.read())
		if err != nil {
			h.t.Error(err)
		}
		event, err := packet.Event()
		if err != nil || event.Topic != wire.TopicSubscribe {
			h.t.Errorf("the client began with %+v, %v", event, err)
		}
		h.send(wire.AckPacket(packet.ID, nil).String())
	}
}

func (h hub) hint(topic, data string) {
	packet, err := wire.EventPacket("", wire.Event{Topic: topic, ID: "e1", Data: []byte(data)})
	if err != nil {
		h.t.Error(err)
	}
	h.send(packet.String())
}

// listening starts Listen against a played hub; hints come on the channel, the end on the other.
func listening(t *testing.T, play func(hub)) (<-chan domain.Position, <-chan error) {
	t.Helper()
	hints, _, ended := listeningToAll(t, play)
	return hints, ended
}

// listeningToAll is listening with the hints about the account too.
func listeningToAll(t *testing.T, play func(hub)) (<-chan domain.Position, <-chan bool, <-chan error) {
	t.Helper()
	f := newFake(t)
	f.socket = func(conn *websocket.Conn, r *http.Request) {
		play(hub{t, conn, r.Context()})
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	hints, account, ended := make(chan domain.Position, 10), make(chan bool, 10), make(chan error, 1)
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		ended <- f.client().Listen(ctx, func(p domain.Position) { hints <- p }, func() { account <- true })
	}()
	t.Cleanup(func() { cancel(); <-finished })
	return hints, account, ended
}

func TestAChangedAccountIsAHintOfItsOwn(t *testing.T) {
	hints, account, ended := listeningToAll(t, func(h hub) {
		h.subscription()
		h.hint(wire.TopicAccount, `{"epoch":"e"}`)
		h.read()
	})
	<-hints
	select {
	case <-account:
	case <-hints:
		t.Error("the inbox was said to have grown")
	case err := <-ended:
		t.Error(err)
	}
}

func TestAHintComesWithTheSubscriptionAndWithEveryEvent(t *testing.T) {
	hints, ended := listening(t, func(h hub) {
		h.send("1::")
		h.subscription()
		h.send("2::")
		if beat := h.read(); beat != "2::" {
			t.Errorf("a heartbeat was answered with %q", beat)
		}
		h.hint(wire.TopicInbox, `{"epoch":"e","seq":7}`)
		h.read() // until the client has gone
	})
	for _, want := range []domain.Position{{}, {Epoch: "e", Seq: 7}} {
		select {
		case got := <-hints:
			if got != want {
				t.Errorf("hint %+v, want %+v", got, want)
			}
		case err := <-ended:
			t.Fatalf("ended with %v before %+v", err, want)
		}
	}
}

func TestNonsenseOnTheSocketEndsTheConnection(t *testing.T) {
	for name, packet := range map[string]string{
		"no packet":     "hello",
		"empty":         "",
		"no JSON":       "5:::{",
		"hint a number": `5:::{"name":"ftrack.event","args":[{"topic":"callboard.inbox","id":"x","data":5}]}`,
		"disconnect":    "0::",
		"error":         "7:::no",
		"refused":       `6:::1+[{"success":false,"message":"no"}]`,
	} {
		_, ended := listening(t, func(h hub) {
			h.subscription()
			h.send(packet)
			h.read()
		})
		if err := <-ended; err == nil || domain.CodeOf(err) == domain.Internal {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestALostConnectionIsOffline(t *testing.T) {
	_, ended := listening(t, func(h hub) { h.subscription() })
	if err := <-ended; domain.CodeOf(err) != domain.Offline {
		t.Errorf("ended with %v", err)
	}
}
