package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/callboard/callboard/backend/domain"
)

// MaxOperations is how many operations one request may carry.
const MaxOperations = 10_000

// Operation is one step of a request, as it was asked for.
type Operation struct {
	// Action says what to do: query, create, update, delete and so on.
	Action string
	// EntityType is the type to act on; for a query it stands in Expression instead.
	EntityType string
	// EntityKey is the primary key, in the order the schema lists its attributes.
	EntityKey []string
	// EntityData are attributes to set: nil, string, float64, bool, time.Time, Date, Reference, []any or
	// map[string]any. A text attribute may be handed a time.Time: the JavaScript client turns every text
	// that looks like an instant into one (FormatTime gives the text back).
	EntityData map[string]any
	// Expression is the text of a query.
	Expression string
	// Values are the keys asked for of query_server_information.
	Values []string
	// Rest holds the remaining fields, which only single actions know (code, secret, reset_type …).
	Rest map[string]any
}

// ParseOperations reads a request: a JSON list of operations. It is tolerant where clients differ: entity_key may be a text or a list, the type may stand in entity_data only.
// Errors are domain.Invalid and say where the fault lies.
func ParseOperations(body []byte) ([]Operation, error) {
	if !utf8.Valid(body) {
		return nil, domain.Errorf(domain.Invalid, "the request is not UTF-8 text")
	}
	if n := members(body); n > MaxOperations {
		return nil, domain.Errorf(domain.Invalid, "a request may hold %d operations, not %d", MaxOperations, n)
	}
	var raw []map[string]any
	if err := unmarshal(body, &raw); err != nil {
		return nil, err
	}
	if err := noRepeats(body); err != nil {
		return nil, err
	}
	ops := make([]Operation, len(raw))
	for i, fields := range raw {
		op, err := parseOperation(fields)
		if err != nil {
			return nil, domain.Errorf(domain.CodeOf(err), "operation %d: %s", i+1, err)
		}
		ops[i] = op
	}
	return ops, nil
}

// members counts the members of the list that a text of JSON is, without reading them: those of a request
// that is far too long are not worth the time.
func members(text []byte) int {
	depth, commas := 0, 0
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			depth--
		case c == ',' && depth == 1:
			commas++
		}
	}
	return commas + 1
}

// unmarshal reads exactly one JSON value and words what is wrong with it, with its place.
func unmarshal(body []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	err := decoder.Decode(into)
	if err == nil {
		if _, more := decoder.Token(); !errors.Is(more, io.EOF) {
			return domain.Errorf(domain.Invalid, "the request goes on after its end, at column %d", column(body, decoder.InputOffset()))
		}
		return nil
	}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return domain.Errorf(domain.Invalid, "the request is no JSON: %s, at column %d", syntax, column(body, syntax.Offset))
	case errors.As(err, &kind):
		return domain.Errorf(domain.Invalid, "the request must be a list of operations, each an object, not a %s, at column %d", kind.Value, column(body, kind.Offset))
	default: // io.EOF, io.ErrUnexpectedEOF
		return domain.Errorf(domain.Invalid, "the request ends before its JSON does, at column %d", column(body, int64(len(body))))
	}
}

// noRepeats refuses an object that names a key twice: which of the two is meant, every reader decides for
// itself. The body is known to be JSON.
func noRepeats(body []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	var open []map[string]bool // the names of each object under way; nil for a list
	named := false             // what comes next is the value of a name
	for {
		token, err := decoder.Token()
		if err != nil {
			return nil //nolint:nilerr // its end: all of it was read before
		}
		if token == json.Delim('}') || token == json.Delim(']') {
			open, named = open[:len(open)-1], false
			continue
		}
		if name, ok := token.(string); ok && !named && len(open) > 0 && open[len(open)-1] != nil {
			if names := open[len(open)-1]; names[name] {
				return domain.Errorf(domain.Invalid, "the key %q stands twice in one object, at column %d", clip(name), column(body, decoder.InputOffset()))
			}
			open[len(open)-1][name], named = true, true
			continue
		}
		named = false
		switch token {
		case json.Delim('{'):
			open = append(open, map[string]bool{})
		case json.Delim('['):
			open = append(open, nil)
		}
	}
}

// column counts the characters up to a byte offset, from 1.
func column(body []byte, offset int64) int {
	offset = min(max(offset, 1), int64(len(body))+1)
	return utf8.RuneCount(body[:offset-1]) + 1
}

func parseOperation(fields map[string]any) (Operation, error) {
	if fields == nil {
		return Operation{}, domain.Errorf(domain.Invalid, "an operation must be an object, not null")
	}
	var op Operation
	rest := map[string]any{}
	for name, value := range fields {
		var err error
		switch name {
		case "action":
			op.Action, err = wantText(name, value)
		case "entity_type":
			op.EntityType, err = wantText(name, value)
		case "expression":
			op.Expression, err = wantText(name, value)
		case "entity_key":
			op.EntityKey, err = Texts(name, value)
		case "values":
			op.Values, err = Texts(name, value)
		case "entity_data":
			op.EntityData, err = wantData(value)
		default:
			if err = text(name); err == nil {
				rest[name], err = decode(value, 1)
			}
		}
		if err != nil {
			return Operation{}, err
		}
	}
	if op.Action == "" {
		return Operation{}, domain.Errorf(domain.Invalid, "an operation must name its action")
	}
	if len(rest) > 0 {
		op.Rest = rest
	}
	inner, _ := op.EntityData[entityTypeKey].(string)
	delete(op.EntityData, entityTypeKey)
	if op.EntityType == "" {
		op.EntityType = inner
	}
	return op, nil
}

func wantText(name string, value any) (string, error) {
	if value == nil {
		return "", nil
	}
	s, ok := value.(string)
	if !ok {
		return "", domain.Errorf(domain.Invalid, "%s must be text", name)
	}
	return s, text(s)
}

// Texts reads a field of that name: a list of texts or numbers, or one of them alone.
func Texts(name string, value any) ([]string, error) {
	if value == nil {
		return nil, nil
	}
	list, isList := value.([]any)
	if !isList {
		list = []any{value}
	}
	out := make([]string, len(list))
	for i, item := range list {
		s, ok := keyText(item)
		if !ok {
			return nil, domain.Errorf(domain.Invalid, "%s must be a text or a list of texts", name)
		}
		if err := text(s); err != nil {
			return nil, err
		}
		out[i] = s
	}
	return out, nil
}

func wantData(value any) (map[string]any, error) {
	if value == nil {
		return nil, nil
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, domain.Errorf(domain.Invalid, "entity_data must be an object")
	}
	return decodeMap(object, 1)
}

// EncodeOperations writes a request: what ParseOperations reads.
func EncodeOperations(ops []Operation) ([]byte, error) {
	out := make([]map[string]any, len(ops))
	for i, op := range ops {
		fields := map[string]any{"action": op.Action}
		for name, value := range op.Rest {
			fields[name] = plain(value)
		}
		set(fields, "entity_type", op.EntityType, op.EntityType != "")
		set(fields, "expression", op.Expression, op.Expression != "")
		set(fields, "entity_key", op.EntityKey, len(op.EntityKey) > 0)
		set(fields, "values", op.Values, len(op.Values) > 0)
		if op.EntityData != nil {
			data, _ := plain(op.EntityData).(map[string]any)
			set(data, entityTypeKey, op.EntityType, op.EntityType != "")
			fields["entity_data"] = data
		}
		out[i] = fields
	}
	return marshal(out)
}

func set(fields map[string]any, name string, value any, wanted bool) {
	if wanted {
		fields[name] = value
	}
}
