package ftracktest

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/coder/websocket"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// hub is the sockets that are open.
type hub struct {
	connections map[*connection]bool // true once it has subscribed; guarded by the server's mu
	connected   int                  // how many there ever were
}

// connection is one socket. What is to be sent waits in out; end closes it.
type connection struct {
	out chan string
	end context.CancelFunc
}

// Hint tells everybody who has subscribed how far the inbox has come.
func (s *Server) Hint() {
	s.mu.Lock()
	at := domain.Position{Epoch: s.epoch, Seq: s.seq}
	s.mu.Unlock()
	packet, err := wire.EventPacket("", wire.Event{Topic: wire.TopicInbox, ID: "hint", Data: asJSON(at)})
	if err != nil { // the event is ours
		panic(err)
	}
	s.Say(packet.String())
}

// Say sends a text to everybody who has subscribed.
func (s *Server) Say(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c, subscribed := range s.hub.connections {
		if !subscribed {
			continue
		}
		select {
		case c.out <- text:
		default: // who does not read misses it, as with a real server
		}
	}
}

// Cut ends all connections of the event hub.
func (s *Server) Cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.hub.connections {
		c.end()
	}
}

// Connections says how many sockets were ever opened.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hub.connected
}

func (s *Server) socket(w http.ResponseWriter, r *http.Request) {
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	ctx, end := context.WithCancel(r.Context())
	c := &connection{out: make(chan string, 256), end: end}
	s.mu.Lock()
	s.hub.connections[c] = false
	s.hub.connected++
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.hub.connections, c)
		s.mu.Unlock()
	}()
	heard := make(chan struct{})
	go func() {
		defer close(heard)
		s.hear(ctx, conn, c)
	}()
	defer func() {
		end()
		_ = conn.CloseNow()
		<-heard
	}()
	for {
		select {
		case text := <-c.out:
			if conn.Write(ctx, websocket.MessageText, []byte(text)) != nil {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// hear reads what a client says, until the socket ends: subscriptions to what concerns a person are acknowledged.
func (s *Server) hear(ctx context.Context, conn *websocket.Conn, c *connection) {
	defer c.end()
	for {
		_, text, err := conn.Read(ctx)
		if err != nil {
			return
		}
		packet, err := wire.ParsePacket(string(text))
		if err != nil {
			return
		}
		event, err := packet.Event()
		if err != nil || event.Topic != wire.TopicSubscribe {
			continue
		}
		var wish struct {
			Subscription string `json:"subscription"`
		}
		if json.Unmarshal(event.Data, &wish) != nil {
			continue
		}
		switch wish.Subscription {
		case "topic=" + wire.TopicInbox:
			s.mu.Lock()
			s.hub.connections[c] = true
			s.mu.Unlock()
		case "topic=" + wire.TopicAccount, "topic=" + wire.TopicPerson:
		default:
			continue
		}
		select {
		case c.out <- wire.AckPacket(packet.ID, nil).String():
		case <-ctx.Done():
			return
		}
	}
}
