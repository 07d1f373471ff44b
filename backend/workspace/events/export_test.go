package events

import "github.com/callboard/callboard/backend/domain"

// Beat sends a heartbeat as the ticker does.
func (h *Hub) Beat() { h.heartbeat() }

// ConnectionsOf counts those of a person.
func (h *Hub) ConnectionsOf(user domain.UserID) int { return len(h.of(user)) }

// ReadSubscription reads the data of a subscription, and gives the id of its subscriber.
func ReadSubscription(data []byte) (string, error) {
	s, err := readSubscription(data)
	return s.id, err
}
