package store

import (
	"fmt"
	"strings"

	"github.com/callboard/callboard/backend/workspace/schema"
)

// hanging is how a row hangs on another: by which attribute, and of which family the other is.
type hanging struct{ via, root string }

// hang notes that the row at alias hangs on one of type t, which the viewer sees, by the relation a of that
// one: what is kept from the viewer with its owner need not be looked for again.
func (c *compiler) hang(alias string, t *schema.Type, a *schema.Attribute) {
	if a.Through == nil && (a.Span == schema.Last || a.Span == schema.Near && a.Many()) {
		c.seen[alias] = hanging{a.Via, t.Root}
	}
}

// reach is the condition that a relation leads from the row at alias to some target for which inner
// holds. It is never NULL, so that "not" before it means what it says. Where an index leads to the targets,
// found, they are listed and lead to the rows; where none does, each row's target is looked up by its key:
// a list of all that are not hidden, not done or not without something may be as long as the table.
func (c *compiler) reach(t *schema.Type, alias string, a *schema.Attribute, target *schema.Type, found bool, inner func(alias string) (string, error)) (string, error) {
	if err := c.follow(); err != nil {
		return "", err
	}
	to := c.alias()
	text, err := inner(to)
	c.depth--
	if err != nil {
		return "", err
	}
	c.hang(to, t, a)
	terms := append([]string{text}, c.rightful(target, to)...)
	if a.Only != nil {
		terms = append(terms, column(to, a.Only.Attribute)+" = "+c.bind(a.Only.Value))
	}
	exists := func(joined string) string {
		return fmt.Sprintf("EXISTS (SELECT 1 FROM %s AS %s WHERE %s)", table(target), to, balanced("AND", append([]string{joined}, terms...), "TRUE"))
	}
	pick := func(attribute string) string {
		return fmt.Sprintf("SELECT %s FROM %s AS %s WHERE %s", column(to, attribute), table(target), to, balanced("AND", terms, "TRUE"))
	}
	switch {
	case a.Span == schema.Above || a.Span == schema.Below:
		return c.reachSpan(alias, a, target, pick(primary(target))), nil
	case a.Through != nil:
		return c.reachThrough(alias, a, pick(primary(target))), nil
	case a.Kind == schema.ToOne && a.Span == schema.Near:
		own := column(alias, a.Via)
		if !found && !few(target) {
			return exists(column(to, primary(target)) + " = " + own), nil
		}
		return fmt.Sprintf("(%s IS NOT NULL AND %s IN (%s))", own, own, pick(primary(target))), nil
	case a.Span == schema.Last:
		terms = append(terms, latestVersion(to))
	}
	if !found && leads(target, a.Via) {
		return exists(column(to, a.Via) + " = " + column(alias, "id")), nil
	}
	// NULL among what is selected would make "not in" NULL for every row.
	terms = append(terms, column(to, a.Via)+" IS NOT NULL")
	return fmt.Sprintf("%s IN (%s)", column(alias, "id"), pick(a.Via)), nil
}

func (c *compiler) reachThrough(alias string, a *schema.Attribute, targets string) string {
	pair, _ := schema.ByName(a.Through.Type)
	p := c.alias()
	near := column(p, a.Through.Near)
	terms := append([]string{fmt.Sprintf("%s IN (%s) AND %s IS NOT NULL", column(p, a.Through.Far), targets, near)}, c.rightful(pair, p)...)
	return fmt.Sprintf("%s IN (SELECT %s FROM %s AS %s WHERE %s)", column(alias, "id"), near, table(pair), p, strings.Join(terms, " AND "))
}

func (c *compiler) reachSpan(alias string, a *schema.Attribute, target *schema.Type, targets string) string {
	p := c.alias()
	if a.Span == schema.Below {
		return fmt.Sprintf("%s IN (SELECT %s.ancestor_id FROM %s AS %s WHERE %s.distance > 0 AND %s.id IN (%s))",
			column(alias, "id"), p, pathTable(target), p, p, p, targets)
	}
	own, least := column(alias, "id"), 1
	if a.Via != "" {
		own, least = column(alias, a.Via), 0
	}
	return fmt.Sprintf("(%s IS NOT NULL AND %s IN (SELECT %s.id FROM %s AS %s WHERE %s.distance >= %d AND %s.ancestor_id IN (%s)))",
		own, own, p, pathTable(target), p, p, least, p, targets)
}
