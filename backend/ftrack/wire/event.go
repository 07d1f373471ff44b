package wire

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/callboard/callboard/backend/domain"
)

// Topics that the hub itself acts on or sends.
const (
	TopicSubscribe   = "ftrack.meta.subscribe"
	TopicUnsubscribe = "ftrack.meta.unsubscribe"
	TopicConnected   = "ftrack.meta.connected"
	TopicReply       = "ftrack.meta.reply"
	TopicUpdate      = "ftrack.update"
	// TopicInbox is Callboard's own: a hint that a person's inbox has grown.
	TopicInbox = "callboard.inbox"
	// TopicAccount is Callboard's own: a hint that a person, what they chose or what the workspace chose for
	// them is another than before.
	TopicAccount = "callboard.account"
	// TopicPerson is Callboard's own: somebody has another name or picture. It tells which, because whoever
	// is connected hears of it: were all of them to ask, a new picture would be a burden.
	TopicPerson = "callboard.person"
)

// Event is one message of the event hub. It travels with these seven keys and no other: the Python
// client drops an event that carries one more.
type Event struct {
	Topic string
	ID    string
	// Data is any JSON value; nil travels as an empty object.
	Data json.RawMessage
	// Source says who sent it: id (of the sending hub), user, applicationId and whatever else it tells.
	Source map[string]any
	// Target is an expression over the metadata of subscribers; "" means all of them.
	Target string
	// InReplyToEvent is the id of the event that a reply answers, or "".
	InReplyToEvent string
}

// event is the form in which an Event travels.
type event struct {
	Topic          string          `json:"topic"`
	ID             string          `json:"id"`
	Data           json.RawMessage `json:"data"`
	Sent           json.RawMessage `json:"sent"` // null from us; what clients put there tells nothing
	Source         map[string]any  `json:"source"`
	Target         string          `json:"target"`
	InReplyToEvent *string         `json:"inReplyToEvent"`
}

// MarshalJSON implements json.Marshaler.
func (e Event) MarshalJSON() ([]byte, error) {
	out := event{Topic: e.Topic, ID: e.ID, Data: e.Data, Source: e.Source, Target: e.Target}
	if len(out.Data) == 0 {
		out.Data = json.RawMessage("{}")
	}
	if out.Source == nil {
		out.Source = map[string]any{}
	}
	if e.InReplyToEvent != "" {
		out.InReplyToEvent = &e.InReplyToEvent
	}
	return json.Marshal(out)
}

// UnmarshalJSON implements json.Unmarshaler. Keys it does not know are dropped.
func (e *Event) UnmarshalJSON(text []byte) error {
	var in event
	if err := json.Unmarshal(text, &in); err != nil {
		return domain.Errorf(domain.Invalid, "the event cannot be read: %w", err)
	}
	*e = Event{Topic: in.Topic, ID: in.ID, Data: bytes.Clone(in.Data), Source: in.Source, Target: in.Target}
	if in.InReplyToEvent != nil {
		e.InReplyToEvent = *in.InReplyToEvent
	}
	return nil
}

// Fields is the event as expressions see it.
func (e Event) Fields() (map[string]any, error) {
	var data any
	if len(e.Data) > 0 {
		if err := json.Unmarshal(e.Data, &data); err != nil {
			return nil, fmt.Errorf("read the data of event %s: %w", e.ID, err)
		}
	}
	return map[string]any{
		"topic": e.Topic, "id": e.ID, "data": data, "source": e.Source, "target": e.Target, "inReplyToEvent": e.InReplyToEvent,
	}, nil
}
