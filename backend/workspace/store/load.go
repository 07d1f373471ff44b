package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/callboard/callboard/backend/workspace/schema"
)

// batch is how many entities one follow-up query is about.
const batch = 500

// loader reads what a shape asks for beyond a row's own columns: relations and computed attributes, each
// for all rows at once, so that the number of queries follows the query's text and never its rows.
type loader struct {
	tx     *Tx
	viewer Viewer
	hidden []string
	held   *memory
}

// fill completes rows and drops from Values what only served to get there.
func (l *loader) fill(ctx context.Context, t *schema.Type, s shape, rows []*Row) error {
	if len(rows) == 0 {
		return nil
	}
	for _, b := range s.relations {
		if err := l.relate(ctx, b, rows); err != nil {
			return err
		}
	}
	var links map[string][]map[string]string
	if slices.ContainsFunc(s.scalars, func(a *schema.Attribute) bool { return a.Kind == schema.Link }) {
		var err error
		if links, err = l.links(ctx, t, rows); err != nil {
			return err
		}
	}
	for _, row := range rows {
		read := row.Values
		row.Values = make(map[string]any, len(s.scalars)+1)
		for _, name := range t.Key {
			row.Values[name] = read[name]
		}
		for _, a := range s.scalars {
			switch a.Kind {
			case schema.URL:
				row.Values[a.Name] = urlOf(t, a, read)
			case schema.Link:
				row.Values[a.Name] = links[text(read, primary(t))]
			default:
				row.Values[a.Name] = read[a.Name]
			}
		}
	}
	return nil
}

// relate reads the entities a relation leads to and hangs them on their rows.
func (l *loader) relate(ctx context.Context, b *branch, rows []*Row) error {
	a := b.attribute
	switch {
	case a.Custom():
		return l.relateCustom(ctx, b, rows)
	case a.Through != nil || a.Span == schema.Above || a.Span == schema.Below:
		return l.relatePairs(ctx, b, rows)
	case a.Kind == schema.ToOne && a.Span == schema.Near:
		found, err := l.targets(ctx, b, primary(b.target), distinct(rows, a.Via))
		if err != nil {
			return err
		}
		byKey := grouped(found.rows, found.by)
		for _, row := range rows {
			hang(row, b, byKey[text(row.Values, a.Via)])
		}
		return nil
	default:
		found, err := l.targets(ctx, b, a.Via, distinct(rows, "id"))
		if err != nil {
			return err
		}
		byOwner := grouped(found.rows, found.by)
		for _, row := range rows {
			hang(row, b, byOwner[text(row.Values, "id")])
		}
		return nil
	}
}

// relatePairs follows relations that stand in a table of pairs: many-to-many ones, and trees.
func (l *loader) relatePairs(ctx context.Context, b *branch, rows []*Row) error {
	own := "id"
	if b.attribute.Via != "" && b.attribute.Through == nil {
		own = b.attribute.Via
	}
	pairs, err := l.pairs(ctx, b, distinct(rows, own))
	if err != nil {
		return err
	}
	var ids []string
	for _, far := range pairs {
		ids = append(ids, far...)
	}
	slices.Sort(ids)
	found, err := l.targets(ctx, b, primary(b.target), slices.Compact(ids))
	if err != nil {
		return err
	}
	byKey := grouped(found.rows, found.by)
	for _, row := range rows {
		var members []*Row
		for _, id := range pairs[text(row.Values, own)] {
			members = append(members, byKey[id]...)
		}
		hang(row, b, members)
	}
	return nil
}

// pairs reads which ids stand opposite to which.
func (l *loader) pairs(ctx context.Context, b *branch, ids []string) (map[string][]string, error) {
	found := map[string][]string{}
	for chunk := range slices.Chunk(ids, batch) {
		c := newCompiler(l.viewer, l.hidden)
		if err := l.tx.collect(ctx, found, pairsText(c, b, chunk), c.args); err != nil {
			return nil, fmt.Errorf("follow %s: %w", b.attribute.Name, err)
		}
	}
	return found, nil
}

func pairsText(c *compiler, b *branch, ids []string) string {
	a := b.attribute
	switch {
	case a.Through != nil:
		pair, _ := schema.ByName(a.Through.Type)
		near, far := column("p", a.Through.Near), column("p", a.Through.Far)
		terms := append([]string{fmt.Sprintf("%s IN (%s) AND %s IS NOT NULL", near, c.bindAll(ids), far)}, c.rightful(pair, "p")...)
		return fmt.Sprintf("SELECT %s, %s FROM %s AS p WHERE %s ORDER BY %s, %s", near, far, table(pair), strings.Join(terms, " AND "), near, far)
	case a.Span == schema.Below:
		return fmt.Sprintf("SELECT ancestor_id, id FROM %s WHERE ancestor_id IN (%s) AND distance > 0 ORDER BY ancestor_id, distance, id", pathTable(b.target), c.bindAll(ids))
	default:
		least := 1
		if a.Via != "" {
			least = 0
		}
		return fmt.Sprintf("SELECT id, ancestor_id FROM %s WHERE id IN (%s) AND distance >= %d ORDER BY id, distance DESC", pathTable(b.target), c.bindAll(ids), least)
	}
}

// collect reads pairs of texts into lists.
func (tx *Tx) collect(ctx context.Context, into map[string][]string, statement string, args []any) error {
	rows, err := tx.query(ctx, statement, args...)
	if err != nil {
		return err
	}
	for rows.Next() {
		var near, far string
		if err := rows.Scan(&near, &far); err != nil {
			return closing(rows, err)
		}
		into[near] = append(into[near], far)
	}
	return closing(rows, nil)
}

type targets struct {
	rows []*Row
	by   []string // for each row, the value it was found by
}

// targets reads the entities of a branch whose attribute by is one of ids, with all the branch asks for.
func (l *loader) targets(ctx context.Context, b *branch, by string, ids []string) (targets, error) {
	var found targets
	for chunk := range slices.Chunk(ids, batch) {
		c := newCompiler(l.viewer, l.hidden)
		c.held = l.held
		c.hang("t", b.owner, b.attribute)
		terms := append([]string{column("t", by) + " IN (" + c.bindAll(chunk) + ")"}, c.rightful(b.target, "t")...)
		if only := b.attribute.Only; only != nil {
			terms = append(terms, column("t", only.Attribute)+" = "+c.bind(only.Value))
		}
		if b.attribute.Span == schema.Last {
			terms = append(terms, latestVersion("t"))
		}
		tail := "WHERE " + balanced("AND", terms, "TRUE")
		for i, name := range b.target.Key {
			tail += map[bool]string{true: " ORDER BY ", false: ", "}[i == 0] + column("t", name)
		}
		rows, err := l.tx.fetch(ctx, c, b.target, append(b.shape.columns(b.target), by), tail)
		if err != nil {
			return found, err
		}
		for _, row := range rows {
			found.by = append(found.by, text(row.Values, by))
		}
		found.rows = append(found.rows, rows...)
	}
	return found, l.fill(ctx, b.target, b.shape, found.rows)
}

// hang puts what a relation led to on its row. A relation asked for with two casts is hung twice.
func hang(row *Row, b *branch, members []*Row) {
	name := b.attribute.Name
	if b.attribute.Many() {
		if row.Many == nil {
			row.Many = map[string][]*Row{}
		}
		row.Many[name] = merge(row.Many[name], members)
		return
	}
	if row.One == nil {
		row.One = map[string]*Row{}
	}
	var before []*Row
	if row.One[name] != nil {
		before = append(before, row.One[name])
	}
	row.One[name] = nil
	if all := merge(before, members); len(all) > 0 {
		row.One[name] = all[0]
	}
}

// merge joins two lists of entities; one that is in both keeps what either knows of it.
func merge(a, b []*Row) []*Row {
	if len(a) == 0 {
		return b
	}
	for _, row := range b {
		i := slices.IndexFunc(a, func(other *Row) bool { return sameKey(row, other) })
		if i < 0 {
			a = append(a, row)
			continue
		}
		joined := &Row{Type: row.Type, Values: maps.Clone(a[i].Values), One: maps.Clone(a[i].One), Many: maps.Clone(a[i].Many)}
		maps.Copy(joined.Values, row.Values)
		for name, one := range row.One {
			if joined.One == nil {
				joined.One = map[string]*Row{}
			}
			joined.One[name] = one
		}
		for name, many := range row.Many {
			if joined.Many == nil {
				joined.Many = map[string][]*Row{}
			}
			joined.Many[name] = many
		}
		a[i] = joined
	}
	return a
}

func sameKey(a, b *Row) bool {
	for _, name := range a.Type.Key {
		if a.Values[name] != b.Values[name] {
			return false
		}
	}
	return true
}

func grouped(rows []*Row, by []string) map[string][]*Row {
	groups := map[string][]*Row{}
	for i, row := range rows {
		groups[by[i]] = append(groups[by[i]], row)
	}
	return groups
}

func distinct(rows []*Row, name string) []string {
	var found []string
	for _, row := range rows {
		if v := text(row.Values, name); v != "" {
			found = append(found, v)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func text(values map[string]any, name string) string {
	v, _ := values[name].(string)
	return v
}
