package tracker

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// customValues checks a value against its configuration and gives what is stored: the value as it
// travels, and as text and number what queries compare.
func customValues(configuration *store.Row, value any) (map[string]any, error) {
	kind := text(configuration.Values, "type_id")
	refuse := func(must string) (map[string]any, error) {
		return nil, &domain.Error{
			Code: domain.Invalid, Field: text(configuration.Values, "key"),
			Message: fmt.Sprintf("the custom attribute %q must be %s", text(configuration.Values, "key"), must),
		}
	}
	stored := func(value, words, digits any) (map[string]any, error) {
		return map[string]any{"value": value, "text_value": words, "number_value": digits}, nil
	}
	switch kind {
	case schema.CustomNumber:
		if n, ok := value.(float64); ok && !math.IsNaN(n) && !math.IsInf(n, 0) {
			return stored(n, strconv.FormatFloat(n, 'f', -1, 64), n)
		}
		return refuse("a number")
	case schema.CustomBoolean:
		if b, ok := value.(bool); ok {
			return stored(b, strconv.FormatBool(b), nil)
		}
		return refuse("true or false")
	case schema.CustomDate:
		if at, ok := customDate(value); ok {
			written := wire.FormatTime(at)
			return stored(map[string]any{"__type__": "datetime", "value": written}, written, nil)
		}
		return refuse("a date")
	case schema.CustomEnumerator:
		chosen, ok := customChoice(value)
		if known := choices(configuration); !ok || known != nil && slices.ContainsFunc(chosen, func(c string) bool { return !slices.Contains(known, c) }) {
			return refuse("one of " + strings.Join(known, ", "))
		}
		return stored(chosen, strings.Join(chosen, ","), nil)
	default:
		// The JavaScript client turns every text that looks like an instant into one.
		if at, ok := value.(time.Time); ok {
			value = wire.FormatTime(at)
		}
		if s, ok := value.(string); ok && utf8.RuneCountInString(s) <= maxText {
			return stored(s, s, nil)
		}
		return refuse("a text")
	}
}

func customDate(value any) (time.Time, bool) {
	switch v := value.(type) {
	case time.Time:
		return v, true
	case wire.Date:
		return v.Start(), true
	case string:
		at, err := wire.ParseTime(v)
		return at, err == nil
	default:
		return time.Time{}, false
	}
}

// customChoice reads what was chosen of an enumerator: a list, or one alone.
func customChoice(value any) ([]string, bool) {
	if one, ok := value.(string); ok {
		return []string{one}, true
	}
	list, ok := value.([]any)
	chosen := make([]string, 0, len(list))
	for _, item := range list {
		s, isText := item.(string)
		if !isText {
			return nil, false
		}
		chosen = append(chosen, s)
	}
	return chosen, ok
}

// choices are the values that an enumerator's configuration offers, nil where it does not say. As on
// real servers they stand in JSON within JSON: {"data": "[{\"menu\": …, \"value\": …}]"}.
func choices(configuration *store.Row) []string {
	var config struct {
		Data string `json:"data"`
	}
	var offered []struct {
		Value string `json:"value"`
	}
	if json.Unmarshal([]byte(text(configuration.Values, "config")), &config) != nil || json.Unmarshal([]byte(config.Data), &offered) != nil {
		return nil
	}
	var values []string
	for _, o := range offered {
		values = append(values, o.Value)
	}
	return values
}
