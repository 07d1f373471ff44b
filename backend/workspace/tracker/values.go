package tracker

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

const (
	// maxText bounds the words people write, maxKey a part of a primary key, maxName every other text.
	maxText = 100_000
	maxKey  = 255
	maxName = 1_000
)

// long are the attributes that hold what people write.
var long = map[string]bool{"content": true, "description": true, "comment": true, "value": true, "data": true}

// given is the data of a create or update, sorted by what becomes of it.
type given struct {
	values      map[string]any               // stored attributes
	collections map[string][]wire.Reference  // to-many relations: their members
	linked      map[string][]wire.Reference  // the same, of relations that go through pairs
	mapped      map[string]map[string]string // dictionaries of text
	custom      map[string]any               // custom attributes by key, or by configuration
}

// names lists what the caller said beside the stored attributes in known, which it adds.
func (g given) names(known map[string]any) []string {
	names := slices.Collect(maps.Keys(known))
	names = slices.AppendSeq(names, maps.Keys(g.linked))
	names = slices.AppendSeq(names, maps.Keys(g.mapped))
	slices.Sort(names)
	return names
}

func wrong(t *schema.Type, name, format string, args ...any) error {
	return &domain.Error{Code: domain.Invalid, Field: name, Message: fmt.Sprintf("%s.%s ", t.Name, name) + fmt.Sprintf(format, args...)}
}

// read checks data against the declaration of its type. before is nil when creating.
func (r *request) read(ctx context.Context, t *schema.Type, data map[string]any, before *store.Row) (given, error) {
	g := given{
		values: map[string]any{}, collections: map[string][]wire.Reference{}, linked: map[string][]wire.Reference{},
		mapped: map[string]map[string]string{}, custom: map[string]any{},
	}
	for _, name := range slices.Sorted(maps.Keys(data)) {
		a, known := t.Attribute(name)
		if !known || a.Hidden && r.level < server {
			return g, &domain.Error{Code: domain.Invalid, Field: name, Message: fmt.Sprintf("%s has no attribute %q", t.Name, name)}
		}
		if err := r.readOne(t, a, data[name], before, &g); err != nil {
			return g, err
		}
	}
	for name, value := range g.values {
		if before != nil && same(before.Values[name], value) {
			delete(g.values, name)
		}
	}
	return g, r.refer(ctx, t, g.values)
}

func (r *request) readOne(t *schema.Type, a *schema.Attribute, value any, before *store.Row, g *given) error {
	switch {
	case a.Kind == schema.Mapped:
		return readDictionary(t, a, value, g)
	case a.Many():
		return readMany(t, a, value, g)
	case a.Computed || a.Kind == schema.Link || a.Kind == schema.URL:
		return wrong(t, a.Name, "is worked out by the server")
	case a.Kind == schema.ToOne:
		via, ok := t.Attribute(a.Via)
		if !ok || !via.Stored() {
			return wrong(t, a.Name, "cannot be set")
		}
		key, err := keyOf(t, a, value)
		if err != nil {
			return err
		}
		return readStored(t, via, key, before, g)
	default:
		return readStored(t, a, value, before, g)
	}
}

func readStored(t *schema.Type, a *schema.Attribute, value any, before *store.Row, g *given) error {
	value, err := convert(t, a, value)
	if err != nil {
		return err
	}
	if before != nil && (a.Immutable || a.Key) && !same(before.Values[a.Name], value) {
		return wrong(t, a.Name, "never changes")
	}
	if value == nil && a.Required && before != nil {
		return wrong(t, a.Name, "cannot be empty")
	}
	g.values[a.Name] = value
	return nil
}

// keyOf reads a reference to one entity: its id, or nil for none.
func keyOf(t *schema.Type, a *schema.Attribute, value any) (any, error) {
	if value == nil {
		return nil, nil
	}
	ref, ok := value.(wire.Reference)
	if !ok {
		return nil, wrong(t, a.Name, "must be an entity")
	}
	target, known := schema.ByName(ref.Type)
	expected, _ := schema.ByName(a.Ref)
	if !known || expected == nil || !target.Is(a.Ref) && !expected.Is(ref.Type) {
		return nil, wrong(t, a.Name, "must be a %s, not a %s", a.Ref, ref.Type)
	}
	id := ref.Key[target.Key[0]]
	if id == "" {
		return nil, wrong(t, a.Name, "must carry its %s", target.Key[0])
	}
	return id, nil
}

// convert makes of a value what the attribute stores.
func convert(t *schema.Type, a *schema.Attribute, value any) (any, error) {
	if value == nil {
		return nil, nil
	}
	switch a.Kind {
	case schema.Text:
		// The JavaScript client turns every text that looks like an instant into one.
		if at, ok := value.(time.Time); ok {
			value = wire.FormatTime(at)
		}
		text, ok := value.(string)
		if !ok {
			return nil, wrong(t, a.Name, "must be text")
		}
		return text, checkText(t, a, text)
	case schema.DateTime:
		return instant(t, a, value)
	case schema.Boolean:
		if _, ok := value.(bool); !ok {
			return nil, wrong(t, a.Name, "must be true or false")
		}
	case schema.Integer, schema.Number:
		number, ok := value.(float64)
		if !ok || math.IsNaN(number) || math.IsInf(number, 0) {
			return nil, wrong(t, a.Name, "must be a number")
		}
		if a.Kind == schema.Integer {
			if number != float64(int64(number)) {
				return nil, wrong(t, a.Name, "must be a whole number")
			}
			return int64(number), nil
		}
	}
	return value, nil
}

func checkText(t *schema.Type, a *schema.Attribute, text string) error {
	most := maxName
	switch {
	case a.Key:
		most = maxKey
	case long[a.Name]:
		most = maxText
	}
	switch {
	case a.Key && strings.ContainsFunc(text, unicode.IsControl):
		return wrong(t, a.Name, "must not hold control characters")
	case strings.ContainsRune(text, 0):
		return wrong(t, a.Name, "must not hold the character U+0000")
	case utf8.RuneCountInString(text) > most:
		return wrong(t, a.Name, "is longer than %d characters", most)
	case len(a.Enum) > 0 && !slices.Contains(a.Enum, text):
		return wrong(t, a.Name, "must be one of %s", strings.Join(a.Enum, ", "))
	}
	return nil
}

func instant(t *schema.Type, a *schema.Attribute, value any) (any, error) {
	switch v := value.(type) {
	case time.Time:
		return v.UTC().Truncate(time.Microsecond), nil
	case wire.Date:
		return v.Start(), nil
	case string:
		if at, err := wire.ParseTime(v); err == nil {
			return at, nil
		}
	}
	return nil, wrong(t, a.Name, "must be a date and time")
}

// same says whether a stored value and a new one are equal: a change to the same value is no change.
func same(before, after any) bool {
	if a, ok := before.(time.Time); ok {
		b, isTime := after.(time.Time)
		return isTime && a.Equal(b)
	}
	switch before.(type) {
	case nil, string, bool, int64, float64:
		switch after.(type) {
		case nil, string, bool, int64, float64:
			return before == after
		}
	}
	return false
}

// refer checks that what values point at is there and in a project the caller sees.
func (r *request) refer(ctx context.Context, t *schema.Type, values map[string]any) error {
	checked := map[string]bool{}
	for _, a := range t.Attributes {
		if a.Kind != schema.ToOne || a.Span != schema.Near || a.Hidden || checked[a.Via] {
			continue
		}
		id, ok := values[a.Via].(string)
		if !ok {
			continue
		}
		checked[a.Via] = true
		if err := r.exists(ctx, a.Ref, id); err != nil {
			if domain.CodeOf(err) == domain.NotFound {
				return wrong(t, a.Via, "names a %s that does not exist", a.Ref)
			}
			return err
		}
	}
	return nil
}

// exists answers a domain.NotFound for what is not there or may not be seen.
func (r *request) exists(ctx context.Context, typeName, id string) error {
	row, err := r.get(ctx, typeName, id)
	if err != nil {
		return err
	}
	if row.Type.Rights().Read == schema.ToEverybody && r.level > guest {
		return nil
	}
	return r.seen(ctx, row)
}

func text(values map[string]any, name string) string {
	s, _ := values[name].(string)
	return s
}
