package wire

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// maxDepth bounds how deep a value may be nested: deeper than any client goes, shallower than hurts.
const maxDepth = 32

const (
	entityTypeKey = "__entity_type__"
	valueTypeKey  = "__type__"
)

// FormatTime is an instant as it travels: UTC without saying so, with a fraction only where there is one.
func FormatTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.999999") }

// instants are the forms in which clients send a time, with and without a zone. A fraction is accepted
// after the seconds of each.
var instants = []string{
	"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02",
}

// ParseTime reads an instant in any form that clients send. One without a zone is in UTC.
func ParseTime(text string) (time.Time, error) {
	normal := strings.Replace(text, " ", "T", 1)
	for _, form := range instants {
		if t, err := time.Parse(form, normal); err == nil {
			return plausible(t, text)
		}
	}
	return time.Time{}, domain.Errorf(domain.Invalid, "%q is no date and time", clip(text))
}

// plausible keeps instants within what every database and client can hold.
func plausible(t time.Time, text string) (time.Time, error) {
	t = t.UTC().Truncate(time.Microsecond)
	if t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}, domain.Errorf(domain.Invalid, "the year of %q is out of range", clip(text))
	}
	return t, nil
}

// ParseDate reads a day.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1 {
		return Date{}, domain.Errorf(domain.Invalid, "%q is no date", clip(text))
	}
	return Date{t.Year(), t.Month(), t.Day()}, nil
}

// decode turns a value of encoding/json (numbers as float64) into the protocol's.
func decode(value any, depth int) (any, error) {
	if depth > maxDepth {
		return nil, domain.Errorf(domain.Invalid, "a value is nested more than %d deep", maxDepth)
	}
	switch v := value.(type) {
	case string:
		return v, text(v)
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			decoded, err := decode(item, depth+1)
			if err != nil {
				return nil, err
			}
			list[i] = decoded
		}
		return list, nil
	case map[string]any:
		return decodeObject(v, depth)
	default: // nil, bool, float64
		return v, nil
	}
}

func decodeObject(object map[string]any, depth int) (any, error) {
	if kind, typed := object[valueTypeKey]; typed {
		return decodeTyped(kind, object["value"])
	}
	if name, isEntity := object[entityTypeKey].(string); isEntity {
		return decodeReference(name, object, depth)
	}
	return decodeMap(object, depth)
}

func decodeMap(object map[string]any, depth int) (map[string]any, error) {
	out := make(map[string]any, len(object))
	for name, item := range object {
		if err := text(name); err != nil {
			return nil, err
		}
		decoded, err := decode(item, depth+1)
		if err != nil {
			return nil, err
		}
		out[name] = decoded
	}
	return out, nil
}

// decodeTyped reads {"__type__": kind, "value": …}.
func decodeTyped(kind, value any) (any, error) {
	if value == nil {
		return nil, nil
	}
	written, isText := value.(string)
	switch {
	case kind == "datetime" && isText:
		return ParseTime(written)
	case kind == "date" && isText:
		return ParseDate(written)
	default:
		return nil, domain.Errorf(domain.Invalid, "a value of type %q cannot be read", clip(fmt.Sprint(kind)))
	}
}

func decodeReference(name string, object map[string]any, depth int) (Reference, error) {
	value, err := decode(object["value"], depth+1)
	if err != nil {
		return Reference{}, err
	}
	ref := Reference{Type: name, Key: make(map[string]string, len(object)-1), Value: value}
	for attribute, value := range object {
		if attribute == entityTypeKey {
			continue
		}
		if key, ok := keyText(value); ok {
			ref.Key[attribute] = key
			if err := text(attribute + key); err != nil {
				return Reference{}, err
			}
		}
	}
	return ref, text(name)
}

// keyText is a part of a primary key as text; some types have numbers for keys.
func keyText(value any) (string, bool) {
	switch v := value.(type) {
	case string:
		return v, true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	default:
		return "", false
	}
}

// text refuses what a database cannot hold.
func text(s string) error {
	if strings.ContainsRune(s, 0) {
		return domain.Errorf(domain.Invalid, "text must not hold the character U+0000")
	}
	return nil
}

// clip keeps foreign text in messages short.
func clip(s string) string { return clipTo(80, s) }

func clipTo(most int, s string) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
