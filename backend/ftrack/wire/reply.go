package wire

import (
	"encoding/json"

	"github.com/callboard/callboard/backend/domain"
)

// Reply is an Answer as a client reads it.
type Reply struct {
	Action string
	// Data is decoded: times as time.Time, days as Date, entities as map[string]any with their type under
	// TypeOf. Equal entities share one map, so that repeats hold all that was said anywhere.
	Data any
	// Next is the offset of the next page; nil at the end.
	Next *int
	// Raw is the whole answer as it came, for those without an envelope.
	Raw json.RawMessage
}

// Rows is Data as the list of entities that a query answers.
func (r Reply) Rows() []map[string]any {
	list, _ := r.Data.([]any)
	rows := make([]map[string]any, 0, len(list))
	for _, item := range list {
		if row, ok := item.(map[string]any); ok {
			rows = append(rows, row)
		}
	}
	return rows
}

// TypeOf is the type of a decoded entity, or "".
func TypeOf(entity map[string]any) string {
	name, _ := entity[entityTypeKey].(string)
	return name
}

// DecodeAnswers reads the answers of one request. A failure that the server words becomes a
// *domain.Error; so does, with the code Unsupported, an answer that is not of this protocol.
func DecodeAnswers(body []byte) ([]Reply, error) {
	if err := decodeError(body); err != nil {
		return nil, err
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil {
		return nil, domain.Errorf(domain.Unsupported, "the answer is not one of the ftrack protocol")
	}
	replies := make([]Reply, len(raw))
	for i, text := range raw {
		replies[i] = decodeReply(text)
	}
	return replies, nil
}

func decodeReply(text json.RawMessage) Reply {
	reply := Reply{Raw: text}
	var envelope struct {
		Action   string `json:"action"`
		Data     any    `json:"data"`
		Metadata struct {
			Next struct {
				Offset *int `json:"offset"`
			} `json:"next"`
		} `json:"metadata"`
	}
	// What has no envelope is left to its reader, in Raw.
	if err := json.Unmarshal(text, &envelope); err != nil || envelope.Action == "" {
		return reply
	}
	d := decoder{seen: map[string]map[string]any{}}
	reply.Action, reply.Next = envelope.Action, envelope.Metadata.Next.Offset
	reply.Data = d.value(envelope.Data)
	return reply
}

// decoder reads the values of one answer. It is more tolerant than decode: a value of a kind it does
// not know stays as it came, because a newer server must not stop an older client.
type decoder struct {
	// seen are the entities by type and id, each merged from all its occurrences.
	seen map[string]map[string]any
}

func (d *decoder) value(value any) any {
	switch v := value.(type) {
	case []any:
		for i, item := range v {
			v[i] = d.value(item)
		}
		return v
	case map[string]any:
		if kind, typed := v[valueTypeKey]; typed {
			if decoded, err := decodeTyped(kind, v["value"]); err == nil {
				return decoded
			}
			return v
		}
		return d.object(v)
	default:
		return v
	}
}

func (d *decoder) object(object map[string]any) map[string]any {
	into := object
	if id, ok := object["id"].(string); ok && TypeOf(object) != "" {
		identity := TypeOf(object) + "\x00" + id
		if first, repeated := d.seen[identity]; repeated {
			into = first
		} else {
			d.seen[identity] = object
		}
	}
	for name, item := range object {
		into[name] = d.value(item)
	}
	return into
}
