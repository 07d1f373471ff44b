package schema

import (
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"slices"
	"sync"
)

// Served is the answer of query_schemas: the list of all types in the protocol's form.
func Served() json.RawMessage { return slices.Clone(served().text) }

// Hash is the sum by which clients tell whether their copy of the schemas is current.
func Hash() string { return served().hash }

type servedSchemas struct {
	text json.RawMessage
	hash string
}

var served = sync.OnceValue(func() servedSchemas {
	var list []any
	for _, t := range declared().types {
		if t.Hidden {
			continue
		}
		list = append(list, t.served())
	}
	text, err := json.Marshal(list)
	if err != nil {
		panic(err) // the declarations are constants: this is a programming error that every test would meet
	}
	// The protocol says md5; nothing is protected by it.
	sum := md5.Sum([]byte(pythonJSON(list)))
	return servedSchemas{text: text, hash: hex.EncodeToString(sum[:])}
})

func (t *Type) served() map[string]any {
	properties := map[string]any{}
	var required, immutable, computed []any
	for _, a := range t.Attributes {
		if a.Hidden {
			continue
		}
		properties[a.Name] = a.served()
		if a.Required {
			required = append(required, a.Name)
		}
		if a.Immutable {
			immutable = append(immutable, a.Name)
		}
		if a.Computed && !a.plain {
			computed = append(computed, a.Name)
		}
	}
	s := map[string]any{
		"id": t.Name, "type": "object", "properties": properties,
		"primary_key": words(t.Key), "default_projections": words(t.defaults),
		"required": required, "immutable": immutable,
	}
	if computed != nil {
		s["computed"] = computed
	}
	if t.system != nil {
		s["system_projections"] = words(t.system)
	}
	if t.Mixin != "" {
		s["$mixin"] = map[string]any{"$ref": t.Mixin}
	}
	if t.grouped {
		s["metadata"] = map[string]any{"group_by": true}
	}
	switch {
	case t.sorted:
		s["alias_for"] = map[string]any{"id": t.Table, "classifiers": map[string]any{t.byName[t.Class.Attribute].Column: t.Class.Value}}
	case t.aliased, t.Table != t.Name:
		s["alias_for"] = t.Table
	}
	return s
}

func (a *Attribute) served() map[string]any {
	f := map[string]any{}
	switch a.Kind {
	case Text, Link:
		f["type"] = "string"
	case DateTime:
		f["type"], f["format"] = "string", "date-time"
	case Boolean:
		f["type"] = "boolean"
	case Integer:
		f["type"] = "integer"
	case Number:
		f["type"] = "number"
	case Variable:
		f["type"] = "variable"
	case URL:
		f["type"] = "object"
	case ToOne:
		f["$ref"] = a.Ref
	case ToMany:
		f["type"], f["items"] = "array", map[string]any{"$ref": a.servedRef()}
	case Mapped:
		f["type"], f["items"] = "mapped_array", map[string]any{"$ref": a.Ref}
		f["key_value_attributes"] = map[string]any{"key": "key", "value": "value"}
	}
	if a.Column != a.Name {
		f["alias_for"] = a.Column
	}
	if a.foreign != "" {
		f["format"], f["description"] = "foreign_key", "Foreign key(s): "+a.foreign
	}
	if a.written != "" {
		f["format"] = a.written
	}
	if a.note != "" {
		f["description"] = a.note
	}
	if a.Default != nil {
		f["default"] = a.Default
	}
	if a.Enum != nil {
		f["enum"] = words(a.Enum)
	}
	if a.transform {
		f["transform"] = map[string]any{"client": "{schema_id}", "server": "{table_name}"}
	}
	return f
}

func (a *Attribute) servedRef() string {
	if a.shown != "" {
		return a.shown
	}
	return a.Ref
}

func words(names []string) []any {
	list := make([]any, len(names))
	for i, name := range names {
		list[i] = name
	}
	return list
}
