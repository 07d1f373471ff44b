package events

import (
	"runtime/debug"
	"strings"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// packet acts on what a client said and says whether it stays. Nonsense is answered where an answer
// was asked for, and otherwise ignored.
func (c *connection) packet(text string) bool {
	p, err := wire.ParsePacket(text)
	if err != nil {
		c.hub.cfg.Log.Debug("a client sent nonsense", "user", c.who.Username, "error", err)
		return true
	}
	switch p.Kind {
	case wire.Disconnect:
		return false
	case wire.EventKind:
		err := c.apart(func() error { return c.event(p) })
		if err != nil {
			c.hub.cfg.Log.Debug("a client's event was refused", "user", c.who.Username, "error", err)
		}
		if p.ID != "" {
			c.send(frame(wire.AckPacket(p.ID, err)))
		}
	}
	return true // heartbeats only had to be heard
}

// apart does something on a stack of its own. Decoding goes deep, and the reader's stack would stay as
// large for as long as the connection lives. Should it panic, only this packet is lost, as with a request.
func (c *connection) apart(do func() error) error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if fault := recover(); fault != nil {
				c.hub.cfg.Log.Error("a packet could not be handled", "user", c.who.Username, "panic", fault, "stack", string(debug.Stack()))
				done <- domain.Errorf(domain.Internal, "the event could not be handled")
			}
		}()
		done <- do()
	}()
	return <-done
}

func (c *connection) event(p wire.Packet) error {
	event, err := p.Event()
	if err != nil {
		return err
	}
	switch {
	case event.Topic == wire.TopicSubscribe:
		return c.subscribe(event.Data)
	case event.Topic == wire.TopicUnsubscribe:
		return c.unsubscribe(event.Data)
	case event.Topic == "":
		return domain.Errorf(domain.Invalid, "an event needs a topic")
	case reserved(event.Topic):
		return domain.Errorf(domain.Forbidden, "only the server publishes %s", event.Topic)
	}
	if _, err := wire.ParseExpression(event.Target); err != nil {
		return err
	}
	if event.ID == "" {
		event.ID = uuid.NewString()
	}
	// Clients wait before the server's own events do: half of the queue is not theirs.
	if c.hub.full(0.5) {
		return domain.Errorf(domain.Throttled, "too many events wait; send it again later")
	}
	c.sign(&event)
	c.hub.publish(onEvent, message{Event: event})
	return nil
}

// reserved are the topics that only the server may speak on.
func reserved(topic string) bool {
	return topic == wire.TopicUpdate || strings.HasPrefix(topic, "callboard.") ||
		strings.HasPrefix(topic, "ftrack.meta.") && topic != wire.TopicReply
}

// sign says who sent an event, whatever the client said.
func (c *connection) sign(event *wire.Event) {
	if event.Source == nil {
		event.Source = map[string]any{}
	}
	user, ok := event.Source["user"].(map[string]any)
	if !ok {
		user = map[string]any{}
	}
	user["id"], user["username"] = string(c.who.UserID), c.who.Username
	event.Source["user"] = user
}
