package tracker

import (
	"maps"
	"slices"

	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// The answers to writes say what was written, as real servers do: the Python client takes its own
// collections from them, and whatever is missing counts as not read yet.

// made is the answer to a create: the type that was asked for with its key, what was sent and, outside
// strict mode, all that the server filled in.
func (r *request) made(asked *schema.Type, row *store.Row, sent map[string]any) wire.Entity {
	e := r.changed(asked, row, sent)
	for _, a := range asked.Attributes {
		if value := row.Values[a.Name]; a.Stored() && !a.Hidden && !r.mode.Strict && value != nil {
			e.Values[a.Name] = value
		}
	}
	return e
}

// changed is the answer to an update: the type that was asked for with its key, what was sent and,
// outside strict mode, what comes with every entity.
func (r *request) changed(asked *schema.Type, row *store.Row, sent map[string]any) wire.Entity {
	values := map[string]any{}
	show := func(names []string) {
		for _, name := range names {
			values[name] = row.Values[name]
		}
	}
	show(asked.Key)
	if !r.mode.Strict {
		show(asked.SystemProjections())
	}
	for name, value := range sent {
		a, ok := asked.Attribute(name)
		switch {
		case !ok || a.Hidden:
		case a.Stored():
			values[name] = row.Values[name]
		case a.Relation() && !isDictionary(value):
			values[name] = echo(value)
		}
	}
	return wire.Entity{Type: asked.Name, Key: asked.Key, Values: values}
}

// isDictionary says whether entries were sent without their keys, so that there is nothing to refer to.
func isDictionary(value any) bool {
	_, is := value.(map[string]any)
	return is
}

// echo is a relation as its client sent it: references by their keys alone.
func echo(value any) any {
	switch v := value.(type) {
	case wire.Reference:
		t, known := schema.ByName(v.Type)
		if !known {
			return nil
		}
		v.Key = maps.Clone(v.Key)
		maps.DeleteFunc(v.Key, func(name, _ string) bool { return !slices.Contains(t.Key, name) })
		return v
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = echo(item)
		}
		return list
	default:
		return nil
	}
}
