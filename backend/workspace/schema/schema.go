// Package schema declares the entity types of the workspace, each once. A declaration drives what the
// server says of itself (Served), how entities are checked, which tables and indexes exist and how
// queries become SQL; adding a type is adding a declaration.
//
// It stores nothing and knows no SQL. What is served of a type must agree with what real ftrack servers
// serve of it: a subset, never a variation; only Callboard's own types, and few attributes that no ftrack
// server has, are ours to shape.
//
// The trap: names come in pairs. Name is the API's word (`status_id`), Column the server's own
// (`statusid`), which the protocol shows in events and alias_for. Our tables use the API's words.
package schema

import (
	"slices"
	"strings"
	"sync"
)

// Type is one entity type, complete with what it inherits.
type Type struct {
	Name string
	// Table is what the protocol's events and alias_for call the type's table.
	Table string
	// Mixin is the type this one extends, "" for none.
	Mixin string
	// Family is the type among whose rows this one's lie, where servers do not say that it extends it.
	Family string
	// Root is the topmost type it extends, itself where it extends none. All types of one root share a table.
	Root string
	// Key lists the attributes of the primary key.
	Key []string
	// Attributes are its own first, then the inherited ones.
	Attributes []*Attribute
	// Class tells its rows from those of other types of the same root. nil for roots.
	Class *Class
	// Abstract types have no rows of their own: a query for one answers rows of the types extending it.
	Abstract bool
	// Indexes are lists of attributes that are searched together.
	Indexes []Index
	// Tree names the attribute that holds the parent, for types whose rows form trees. "" for others.
	Tree string
	// Scope lists what decides who may see a row: an attribute `project_id`, or to-one relations to
	// types that know. Empty: everybody may.
	Scope []string
	// Owner names the attribute holding the person a row belongs to, for rows nobody else may see.
	Owner string
	// ReadOnly types are written by the server alone.
	ReadOnly bool
	// Hidden types are for the server's own use: not served, unknown to clients.
	Hidden bool

	defaults []string // default_projections
	system   []string // system_projections, in the server's words
	grouped  bool     // serves "metadata": {"group_by": true}
	sorted   bool     // serves its class in alias_for
	aliased  bool     // serves alias_for though it is its own name
	frozen   string   // inherited attributes that are immutable here, though not in the type extended
	byName   map[string]*Attribute
	parent   *Type
	concrete []*Type
}

// Class is the value that marks the rows of a type in the table it shares.
type Class struct{ Attribute, Value string }

// Index is a list of attributes that are searched together, or may not repeat together.
type Index struct {
	Attributes []string
	Unique     bool
	// Only narrows it to the rows of which all of these hold.
	Only []Part
}

// Part says of an attribute how it is in the rows that an index holds.
type Part struct {
	Attribute string
	Being     Being
}

// Being is how an attribute may be.
type Being int

// The ways.
const (
	None Being = iota // it is none
	Some              // it is not none
	True
)

// Attribute finds an attribute by its API name. Hidden ones are found too.
func (t *Type) Attribute(name string) (*Attribute, bool) {
	a, ok := t.byName[name]
	return a, ok
}

// ByColumn finds a stored attribute by the server's own name for it, as in events.
func (t *Type) ByColumn(column string) (*Attribute, bool) {
	for _, a := range t.Attributes {
		if a.Column == column && a.Stored() {
			return a, true
		}
	}
	return nil, false
}

// Is says whether t is the named type or extends it.
func (t *Type) Is(name string) bool {
	for t != nil {
		if t.Name == name {
			return true
		}
		t = t.Parent()
	}
	return false
}

// Parent is the type whose attributes this one inherits, nil for none.
func (t *Type) Parent() *Type { return t.parent }

// Marks are the attribute that tells the type's rows from others of its family, and the values it has
// on them: one, or those of all types that extend it. "" where nothing tells them apart.
func (t *Type) Marks() (attribute string, values []string) {
	if t.Parent() == nil {
		return "", nil
	}
	if t.Class != nil {
		attribute, values = t.Class.Attribute, []string{t.Class.Value}
	}
	for _, other := range t.Concrete() {
		if other == t || other.Class == nil || attribute != "" && other.Class.Attribute != attribute {
			continue
		}
		attribute = other.Class.Attribute
		values = append(values, other.Class.Value)
	}
	return attribute, values
}

// DefaultProjections are what a query without a select asks for.
func (t *Type) DefaultProjections() []string { return slices.Clone(t.defaults) }

// SystemProjections are the attributes that the protocol's normal mode adds to every entity.
func (t *Type) SystemProjections() []string {
	var names []string
	for _, column := range t.system {
		if a, ok := t.ByColumn(column); ok {
			names = append(names, a.Name)
		}
	}
	return names
}

// Concrete lists the types whose rows a query for t answers: t itself, and those that extend it. The list
// is not the caller's to change: it is asked for with every row.
func (t *Type) Concrete() []*Type { return t.concrete }

// ByName finds a type by its name.
func ByName(name string) (*Type, bool) {
	t, ok := declared().byName[name]
	return t, ok
}

// All lists every type in the order of declaration.
func All() []*Type { return slices.Clone(declared().types) }

type catalogue struct {
	types  []*Type
	byName map[string]*Type
}

// declared joins the declarations of all subject files, once. Nothing changes them afterwards.
var declared = sync.OnceValue(func() catalogue {
	c := catalogue{byName: map[string]*Type{}}
	for _, subject := range [][]*Type{
		contexts(), workflow(), people(), roles(), versions(), components(), notes(), reviews(), lists(), times(), jobs(),
		activity(), customAttributes(), settings(), notifications(), preferences(), audits(),
	} {
		for _, t := range subject {
			c.complete(t)
		}
	}
	for _, t := range c.types {
		for up := t; up != nil && !t.Abstract; up = up.parent {
			up.concrete = append(up.concrete, t)
		}
	}
	return c
})

// complete adds to a type what it inherits. Types stand after the type they extend.
func (c *catalogue) complete(t *Type) {
	t.byName = map[string]*Attribute{}
	for _, a := range t.Attributes {
		t.byName[a.Name] = a
	}
	t.Root = t.Name
	if t.parent = c.byName[t.Family]; t.Mixin != "" {
		t.parent = c.byName[t.Mixin]
	}
	for _, name := range []string{t.Mixin, t.Family} {
		if parent := c.byName[name]; parent != nil {
			t.inherit(parent)
		}
	}
	if t.Key == nil {
		t.Key = []string{"id"}
	}
	for _, name := range t.Key {
		a := t.byName[name]
		a.Key, a.Required, a.Immutable = true, true, true
	}
	for name := range strings.FieldsSeq(t.frozen) {
		t.byName[name].Immutable = true
	}
	if t.Table == "" {
		t.Table = t.Name
	}
	if t.defaults == nil {
		t.defaults = t.Key
	}
	c.types = append(c.types, t)
	c.byName[t.Name] = t
}

func (t *Type) inherit(parent *Type) {
	t.Root = parent.Root
	for _, a := range parent.Attributes {
		if _, own := t.byName[a.Name]; own {
			continue
		}
		inherited := *a
		t.Attributes = append(t.Attributes, &inherited)
		t.byName[a.Name] = &inherited
	}
	if t.Key == nil {
		t.Key = parent.Key
	}
	if t.defaults == nil {
		t.defaults = parent.defaults
	}
	if t.system == nil {
		t.system = parent.system
	}
	if t.Tree == "" {
		t.Tree = parent.Tree
	}
	if t.Scope == nil {
		t.Scope = parent.Scope
	}
	t.grouped = t.grouped || parent.grouped
}
