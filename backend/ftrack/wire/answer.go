package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Answer is the answer to one operation. Results that have no envelope in the protocol (schemas, server
// information) are given to EncodeAnswers as they are.
type Answer struct {
	Action string
	// Data is what Entity.Values may hold.
	Data any
	// Paged says that the answer is a page and tells of the next one.
	Paged bool
	// Next is the offset of the next page; nil at the end.
	Next *int
}

// PageOf answers a query: entities (or plain rows), and where the next page begins.
func PageOf(rows any, next *int) Answer {
	return Answer{Action: "query", Data: rows, Paged: true, Next: next}
}

// EncodeAnswers writes the answers of one request. An entity that occurs again is written as a
// reference with only what was not said of it before, unless the mode wants it in full.
func EncodeAnswers(results []any, mode Mode) ([]byte, error) {
	list := make([]any, len(results))
	for i, result := range results {
		// Each answer stands alone: a client may merge one without having kept another.
		e := encoder{full: mode.Denormalize, said: map[string]map[string]bool{}}
		encoded, err := e.result(result)
		if err != nil {
			return nil, fmt.Errorf("encode answer %d: %w", i+1, err)
		}
		list[i] = encoded
	}
	return marshal(list)
}

// encoder turns values into what encoding/json writes.
type encoder struct {
	full bool
	// said is which attributes were written of which entity.
	said map[string]map[string]bool
}

func (e *encoder) result(result any) (any, error) {
	answer, enveloped := result.(Answer)
	if !enveloped {
		return e.value(result)
	}
	data, err := e.value(answer.Data)
	if err != nil {
		return nil, err
	}
	out := map[string]any{"action": answer.Action, "data": data}
	if answer.Paged {
		out["metadata"] = map[string]any{"next": map[string]any{"offset": answer.Next}}
	}
	return out, nil
}

func (e *encoder) value(value any) (any, error) {
	switch v := value.(type) {
	case Entity:
		return e.entity(v)
	case []Entity:
		return list(v, e.entity)
	case []any:
		return list(v, e.value)
	case map[string]any:
		return e.object(v)
	case []map[string]any:
		return list(v, e.object)
	default:
		return plain(v), nil
	}
}

func list[T any, R any](items []T, encode func(T) (R, error)) ([]R, error) {
	out := make([]R, len(items))
	for i, item := range items {
		encoded, err := encode(item)
		if err != nil {
			return nil, err
		}
		out[i] = encoded
	}
	return out, nil
}

func (e *encoder) object(object map[string]any) (map[string]any, error) {
	out := make(map[string]any, len(object))
	for name, item := range object {
		encoded, err := e.value(item)
		if err != nil {
			return nil, err
		}
		out[name] = encoded
	}
	return out, nil
}

func (e *encoder) entity(entity Entity) (map[string]any, error) {
	identity, err := identityOf(entity)
	if err != nil {
		return nil, err
	}
	said := e.said[identity]
	if said == nil {
		said = map[string]bool{}
		e.said[identity] = said
	}
	out := map[string]any{entityTypeKey: entity.Type}
	for name, value := range entity.Values {
		// Relations are always followed: another path may have loaded other things below them.
		if said[name] && !e.full && !slices.Contains(entity.Key, name) && !holdsEntities(value) {
			continue
		}
		said[name] = true
		if out[name], err = e.value(value); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// identityOf is the entity's type and key as one text.
func identityOf(entity Entity) (string, error) {
	parts := []string{entity.Type}
	for _, name := range entity.Key {
		value, there := entity.Values[name]
		if !there {
			return "", fmt.Errorf("a %s lacks its key %s", entity.Type, name)
		}
		parts = append(parts, fmt.Sprint(value))
	}
	return strings.Join(parts, "\x00"), nil
}

func holdsEntities(value any) bool {
	switch v := value.(type) {
	case Entity, []Entity:
		return true
	case []any:
		return slices.ContainsFunc(v, holdsEntities)
	default:
		return false
	}
}

// plain turns the protocol's values into what encoding/json writes.
func plain(value any) any {
	switch v := value.(type) {
	case time.Time:
		return map[string]any{valueTypeKey: "datetime", "value": FormatTime(v)}
	case *time.Time:
		if v == nil {
			return nil
		}
		return plain(*v)
	case Date:
		return map[string]any{valueTypeKey: "date", "value": v.String()}
	case Reference:
		out := map[string]any{entityTypeKey: v.Type}
		for name, key := range v.Key {
			out[name] = key
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = plain(item)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, item := range v {
			out[name] = plain(item)
		}
		return out
	default:
		return v
	}
}

// marshal writes JSON without the escapes meant for HTML pages: notes are full of < and &.
func marshal(value any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, fmt.Errorf("write JSON: %w", err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}
