package tracker

import (
	"slices"
	"strings"

	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// known are those of the dotted paths that the type has.
func known(t *schema.Type, dotted []string) []query.Path {
	var paths []query.Path
	for _, text := range dotted {
		path := pathTo(strings.Split(text, ".")...)
		if at := t; slices.ContainsFunc(path.Segments, func(s query.Segment) bool {
			a, ok := at.Attribute(s.Name)
			if !ok || a.Hidden {
				return true
			}
			at, _ = schema.ByName(a.Ref)
			return false
		}) {
			continue
		}
		paths = append(paths, path)
	}
	return paths
}

func pathTo(names ...string) query.Path {
	var path query.Path
	for _, name := range names {
		path.Segments = append(path.Segments, query.Segment{Name: name})
	}
	return path
}

func like(p query.Path, pattern string) query.Expr {
	return query.Compare{Path: p, Op: query.Like, Value: query.Value{Text: pattern, Quoted: true}}
}

func is(p query.Path, text string) query.Expr {
	return query.Compare{Path: p, Op: query.Is, Value: query.Value{Text: text, Quoted: true}}
}

func isNone(p query.Path) query.Expr {
	return query.Compare{Path: p, Op: query.Is, Value: query.Value{Text: "none"}}
}

// anyOf asks that one of the paths satisfies what is made of it; no paths ask for nothing.
func anyOf(paths []query.Path, criterion func(query.Path) query.Expr) query.Expr {
	terms := make([]query.Expr, len(paths))
	for i, p := range paths {
		terms[i] = criterion(p)
	}
	switch len(terms) {
	case 0:
		return nil
	case 1:
		return terms[0]
	default:
		return query.Or{Terms: terms}
	}
}

// both joins two criteria, either of which may be none.
func both(a, b query.Expr) query.Expr {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	var terms []query.Expr
	for _, e := range []query.Expr{a, b} {
		if and, ok := e.(query.And); ok {
			terms = append(terms, and.Terms...)
		} else {
			terms = append(terms, e)
		}
	}
	return query.And{Terms: terms}
}
