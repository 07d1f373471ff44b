package events

import (
	"encoding/json"
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
		err := c.event(p)
		if err != nil {
			c.hub.cfg.Log.Debug("a client's event was refused", "user", c.who.Username, "error", err)
		}
		if p.ID != "" {
			c.send(wire.AckPacket(p.ID, err).String())
		}
	}
	return true // heartbeats only had to be heard
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
	if len(c.hub.wanted) > waiting/2 {
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

// subscriber is the data of the two meta topics.
type subscriber struct {
	Subscriber   map[string]any `json:"subscriber"`
	Subscription string         `json:"subscription"`
}

func readSubscriber(data json.RawMessage) (subscriber, string, error) {
	var s subscriber
	if err := json.Unmarshal(data, &s); err != nil {
		return s, "", domain.Errorf(domain.Invalid, "the subscription cannot be read: %w", err)
	}
	id, _ := s.Subscriber["id"].(string)
	if id == "" {
		return s, "", domain.Errorf(domain.Invalid, "a subscription needs a subscriber with an id")
	}
	return s, id, nil
}

// subscribe adds a subscriber, or replaces what the one of that id wanted: clients say it again after a
// reconnect.
func (c *connection) subscribe(data json.RawMessage) error {
	s, id, err := readSubscriber(data)
	if err != nil {
		return err
	}
	wants, err := wire.ParseExpression(s.Subscription)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, known := c.subscriptions[id]; !known && len(c.subscriptions) >= maxSubscriptions {
		return domain.Errorf(domain.Throttled, "a connection may have %d subscriptions", maxSubscriptions)
	}
	c.subscriptions[id] = subscription{wants: wants, metadata: s.Subscriber}
	return nil
}

func (c *connection) unsubscribe(data json.RawMessage) error {
	_, id, err := readSubscriber(data)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.subscriptions, id)
	return nil
}
