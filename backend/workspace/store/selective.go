package store

import (
	"slices"

	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// few says whether a type has few rows, such as what a studio chooses from: nobody is kept from any of them.
func few(t *schema.Type) bool { return len(t.Scope) == 0 }

// selective says whether an index leads to the rows of a type for which a criterion holds. Where none
// does, they can only be found by reading the whole table.
func selective(t *schema.Type, e query.Expr) bool {
	switch e := e.(type) {
	case query.And:
		return slices.ContainsFunc(e.Terms, func(term query.Expr) bool { return selective(t, term) })
	case query.Or:
		return !slices.ContainsFunc(e.Terms, func(term query.Expr) bool { return !selective(t, term) })
	case query.Compare:
		return e.Op == query.Is && !e.Value.None() && indexed(t, e.Path.Segments)
	case query.In:
		return !e.Negated && indexed(t, e.Path.Segments)
	case query.Related:
		return e.Where != nil && along(t, e.Path.Segments, func(t *schema.Type) bool { return selective(t, e.Where) })
	default:
		return false
	}
}

// indexed says whether an index finds rows by the value a path leads to.
func indexed(t *schema.Type, path []query.Segment) bool {
	last := len(path) - 1
	return along(t, path[:last], func(t *schema.Type) bool {
		a, _ := member(t, path[last].Name)
		return a != nil && (leads(t, a.Name) || a.Kind == schema.ToOne && leads(t, a.Via))
	})
}

// along says whether the rows of a type are found by those that a path leads to, if found says that these
// are.
func along(t *schema.Type, path []query.Segment, found func(*schema.Type) bool) bool {
	if len(path) == 0 {
		return found(t)
	}
	a, _ := member(t, path[0].Name)
	if a == nil || !a.Relation() {
		return false
	}
	target, err := relation(t, a, query.Path{}, path[0].Cast)
	if err != nil {
		return false
	}
	toOne := a.Kind == schema.ToOne && a.Span == schema.Near
	if toOne && !leads(t, a.Via) {
		return false
	}
	return toOne && few(target) || along(target, path[1:], found)
}

// leads says whether an index of the type begins with an attribute.
func leads(t *schema.Type, attribute string) bool {
	if t.Key[0] == attribute {
		return true
	}
	for t != nil {
		if slices.ContainsFunc(t.Indexes, func(i schema.Index) bool { return i.Only == nil && i.Attributes[0] == attribute }) {
			return true
		}
		t, _ = schema.ByName(t.Mixin)
	}
	return false
}
