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

// EncodeAnswers writes the answers of one request, as encoding/json would. An entity that occurs again is written as a
// reference with only what was not said of it before, unless the mode wants it in full.
func EncodeAnswers(results []any, mode Mode) ([]byte, error) {
	out := []byte{'['}
	for i, result := range results {
		if i > 0 {
			out = append(out, ',')
		}
		// Each answer stands alone: a client may merge one without having kept another.
		e := encoder{out: out, full: mode.Denormalize, said: map[string]map[string]bool{}}
		if err := e.result(result); err != nil {
			return nil, fmt.Errorf("encode answer %d: %w", i+1, err)
		}
		out = e.out
	}
	return append(out, ']'), nil
}

// identityOf is the entity's type and key as one text.
func identityOf(entity Entity) (string, error) {
	parts := []string{entity.Type}
	for _, name := range entity.Key {
		value, there := entity.Values[name]
		if !there {
			return "", fmt.Errorf("a %s lacks its key %s", entity.Type, name)
		}
		text, isText := value.(string)
		if !isText {
			text = fmt.Sprint(value)
		}
		parts = append(parts, text)
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
