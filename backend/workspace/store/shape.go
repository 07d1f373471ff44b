package store

import (
	"slices"

	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// maxReach is how many relations one projection may follow, maxBranches all of them together; each one is
// a further query.
const maxReach, maxBranches = 8, 200

// shape is what to read of an entity: scalars, and the relations with the shape of what they lead to.
type shape struct {
	scalars   []*schema.Attribute
	relations []*branch
}

type branch struct {
	owner     *schema.Type // whose relation it is
	attribute *schema.Attribute
	target    *schema.Type // narrowed by a cast
	shape     shape
}

// shapeOf makes one tree of all projections; no projections mean the type's defaults.
func shapeOf(t *schema.Type, projections []query.Projection) (shape, error) {
	var s shape
	if len(projections) == 0 {
		for _, name := range t.DefaultProjections() {
			a, _ := t.Attribute(name)
			s.scalars = append(s.scalars, a)
		}
	}
	for _, p := range projections {
		if len(p.Path.Segments) > maxReach {
			return s, invalid("column %d: a projection follows at most %d relations", p.Path.Column, maxReach-1)
		}
		if err := s.add(t, p.Path, p.Path.Segments); err != nil {
			return s, err
		}
		if s.size() > maxBranches {
			return s, invalid("column %d: all projections together follow at most %d relations", p.Path.Column, maxBranches)
		}
	}
	return s, nil
}

// size is how many relations the shape follows.
func (s *shape) size() int {
	n := len(s.relations)
	for _, b := range s.relations {
		n += b.shape.size()
	}
	return n
}

func (s *shape) add(t *schema.Type, path query.Path, rest []query.Segment) error {
	a, err := attribute(t, path, rest[0].Name)
	if err != nil {
		return err
	}
	if !a.Relation() {
		if len(rest) > 1 {
			return invalid("column %d: %s of %s leads to no other entity", path.Column, a.Name, t.Name)
		}
		if !slices.Contains(s.scalars, a) {
			s.scalars = append(s.scalars, a)
		}
		return nil
	}
	target, err := relation(t, a, path, rest[0].Cast)
	if err != nil {
		return err
	}
	b := s.branch(t, a, target)
	if len(rest) > 1 {
		return b.shape.add(target, path, rest[1:])
	}
	names := target.DefaultProjections()
	if a.Kind == schema.Mapped { // no dictionary without its entries
		names = append(names, "key", "value")
	}
	for _, name := range names {
		if err := b.shape.add(target, path, []query.Segment{{Name: name}}); err != nil {
			return err
		}
	}
	return nil
}

func (s *shape) branch(t *schema.Type, a *schema.Attribute, target *schema.Type) *branch {
	for _, b := range s.relations {
		if b.attribute == a && b.target == target {
			return b
		}
	}
	b := &branch{owner: t, attribute: a, target: target}
	s.relations = append(s.relations, b)
	return b
}

// columns are what must be read of the type's table for the shape.
func (s *shape) columns(t *schema.Type) []string {
	var names []string
	for _, a := range s.scalars {
		switch {
		case a.Stored(), a.Formula != "":
			names = append(names, a.Name)
		case a.Kind == schema.URL:
			names = append(names, urlSource(t))
		case a.Kind == schema.Link:
			names = append(names, linkColumns(t)...)
		}
	}
	for _, b := range s.relations {
		a := b.attribute
		if project, ok := t.Attribute("project_id"); ok && a.Custom() && project.Stored() {
			names = append(names, project.Name)
		}
		if a.Via != "" && a.Through == nil && (a.Kind == schema.ToOne && a.Span == schema.Near || a.Span == schema.Above) {
			names = append(names, a.Via)
		}
	}
	return names
}
