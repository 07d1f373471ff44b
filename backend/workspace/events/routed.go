package events

import (
	"encoding/json"

	"github.com/callboard/callboard/backend/ftrack/wire"
)

// routed is an event as it is held against subscriptions: everything of it that is needed more than once.
type routed struct {
	topic  string
	fields map[string]any
	target wire.Expression
	id     string // of the only subscriber its target can mean, or ""
	frame  []byte // as all its readers get it
}

func route(event wire.Event) (*routed, error) {
	fields, err := event.Fields()
	if err != nil {
		return nil, err
	}
	target, err := wire.ParseExpression(event.Target)
	if err != nil {
		return nil, err
	}
	packet, err := wire.EventPacket("", event)
	return &routed{topic: event.Topic, fields: fields, target: target, id: target.Only("id"), frame: frame(packet)}, err
}

// reaches says whether a subscriber wants the event and is meant by its target.
func (e *routed) reaches(s *subscription) bool {
	if e.id != "" && e.id != s.id {
		return false
	}
	if topic := s.wants.Only("topic"); topic != "" && topic != e.topic {
		return false
	}
	return s.wants.Match(e.fields) && e.means(s)
}

// means says whether the target holds for a subscriber.
func (e *routed) means(s *subscription) bool {
	if e.target.String() == "" {
		return true
	}
	var metadata map[string]any
	return json.Unmarshal(s.metadata, &metadata) == nil && e.target.Match(metadata)
}
