package events

import (
	"encoding/json"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// What a connection may hold of subscriptions. They are gone through at every event.
const (
	maxSubscriptions = 1000
	maxHeld          = 256 << 10 // bytes of their expressions and metadata
)

// subscription is one subscriber of a client's: what it wants, and what targets see of it.
type subscription struct {
	id    string
	wants wire.Expression
	// metadata is JSON: few events have a target, and decoded it would be many times as large.
	metadata json.RawMessage
}

// held is how much it counts.
func (s subscription) held() int { return len(s.id) + len(s.wants.String()) + len(s.metadata) }

// readSubscription reads the data of the two meta topics.
func readSubscription(data json.RawMessage) (subscription, error) {
	var said struct {
		Subscriber   json.RawMessage `json:"subscriber"`
		Subscription string          `json:"subscription"`
	}
	var metadata struct {
		ID string `json:"id"`
	}
	err := json.Unmarshal(data, &said)
	if err == nil && len(said.Subscriber) > 0 {
		err = json.Unmarshal(said.Subscriber, &metadata)
	}
	if err != nil {
		return subscription{}, domain.Errorf(domain.Invalid, "the subscription cannot be read: %w", err)
	}
	if metadata.ID == "" {
		return subscription{}, domain.Errorf(domain.Invalid, "a subscription needs a subscriber with an id")
	}
	wants, err := wire.ParseExpression(said.Subscription)
	return subscription{id: metadata.ID, wants: wants, metadata: said.Subscriber}, err
}

// subscribe adds a subscriber, or replaces what the one of that id wanted: clients say it again after a
// reconnect.
func (c *connection) subscribe(data json.RawMessage) error {
	s, err := readSubscription(data)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	held := c.held + s.held()
	i := c.subscriber(s.id)
	if i >= 0 {
		held -= c.subscriptions[i].held()
	}
	switch {
	case i < 0 && len(c.subscriptions) >= maxSubscriptions:
		return domain.Errorf(domain.Throttled, "a connection may have %d subscriptions", maxSubscriptions)
	case held > maxHeld:
		return domain.Errorf(domain.Throttled, "the subscriptions of a connection may have %d bytes together", maxHeld)
	case i < 0:
		c.subscriptions = append(c.subscriptions, s)
	default:
		c.subscriptions[i] = s
	}
	c.held = held
	return nil
}

func (c *connection) unsubscribe(data json.RawMessage) error {
	s, err := readSubscription(data)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if i := c.subscriber(s.id); i >= 0 {
		c.held -= c.subscriptions[i].held()
		c.subscriptions = slices.Delete(c.subscriptions, i, i+1)
	}
	return nil
}

// subscriber is the place of the subscriber with that id, or -1.
func (c *connection) subscriber(id string) int {
	return slices.IndexFunc(c.subscriptions, func(s subscription) bool { return s.id == id })
}

// wants says whether a subscriber here wants the event and is meant by its target.
func (c *connection) wants(e *routed) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.ended && slices.ContainsFunc(c.subscriptions, func(s subscription) bool { return e.reaches(&s) })
}
