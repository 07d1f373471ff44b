package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// Select answers a query with what the viewer may see. Faults of the query are domain.Invalid and name
// the column of its text.
func (tx *Tx) Select(ctx context.Context, q *query.Query, v Viewer) (*Result, error) {
	t, err := queried(q)
	if err != nil {
		return nil, err
	}
	if v.Guest {
		if err := guestMayAsk(q); err != nil {
			return nil, err
		}
	}
	hidden, err := tx.hiddenFrom(ctx, v)
	if err != nil {
		return nil, err
	}
	c := tx.compiler(v, hidden)
	if len(q.GroupBy) > 0 || slices.ContainsFunc(q.Projections, func(p query.Projection) bool { return p.Function != "" }) {
		rows, err := tx.aggregate(ctx, c, t, q)
		return page(rows, q), err
	}
	shape, err := shapeOf(t, q.Projections)
	if err != nil {
		return nil, err
	}
	where, err := c.where(t, "t", q.Where)
	if err != nil {
		return nil, err
	}
	tail, err := c.tail(t, "t", q)
	if err != nil {
		return nil, err
	}
	l := loader{tx: tx, viewer: v, hidden: hidden, held: c.held}
	rows, err := tx.fetch(ctx, c, t, shape.columns(t), "WHERE "+where+tail)
	if err != nil {
		return nil, err
	}
	return page(rows, q), l.fill(ctx, t, shape, rows)
}

// page says where the next page begins. A page that is exactly full promises one, even where nothing
// follows, as real servers do.
func page(rows []*Row, q *query.Query) *Result {
	r := &Result{Rows: rows}
	if q.Limit != nil && *q.Limit > 0 && len(rows) == *q.Limit {
		next := *q.Limit
		if q.Offset != nil {
			next += *q.Offset
		}
		r.Next = &next
	}
	return r
}

func queried(q *query.Query) (*schema.Type, error) {
	t, ok := schema.ByName(q.Type)
	if !ok || t.Hidden {
		return nil, invalid("column %d: there is no entity type %q", q.TypeColumn, q.Type)
	}
	return t, nil
}

// tail is order, limit and offset. Pages need a total order, so the key decides at last.
func (c *compiler) tail(t *schema.Type, alias string, q *query.Query) (string, error) {
	if len(q.OrderBy) > maxSortKeys {
		return "", invalid("column %d: a query sorts by at most %d keys", q.OrderBy[maxSortKeys].Path.Column, maxSortKeys)
	}
	var keys []string
	unique := false
	for _, o := range q.OrderBy {
		text, a, err := c.expression(t, alias, o.Path, o.Path.Segments)
		if err != nil {
			return "", err
		}
		unique = unique || a.Key && len(t.Key) == 1 && len(o.Path.Segments) == 1
		// Nothing comes first, as on real servers.
		if o.Descending {
			keys = append(keys, text+" DESC NULLS LAST")
		} else {
			keys = append(keys, text+" ASC NULLS FIRST")
		}
	}
	if paged := q.Limit != nil || q.Offset != nil; (paged || len(keys) > 0) && !unique {
		for _, name := range t.Key {
			keys = append(keys, column(alias, name)+" ASC NULLS FIRST")
		}
	}
	var b strings.Builder
	if len(keys) > 0 {
		b.WriteString(" ORDER BY " + strings.Join(keys, ", "))
	}
	b.WriteString(limits(q))
	return b.String(), nil
}

// limits writes LIMIT with every OFFSET: SQLite knows no OFFSET alone.
func limits(q *query.Query) string {
	if q.Limit == nil && q.Offset == nil {
		return ""
	}
	limit, offset := int64(1)<<62, 0
	if q.Limit != nil {
		limit = int64(*q.Limit)
	}
	if q.Offset != nil {
		offset = *q.Offset
	}
	return " LIMIT " + strconv.FormatInt(limit, 10) + " OFFSET " + strconv.Itoa(offset)
}

// fetch reads rows of a type from its table, called t. The key, what tells the type and the named
// columns are read; all of them stand in Values, and the caller drops what nobody asked for.
func (tx *Tx) fetch(ctx context.Context, c *compiler, t *schema.Type, names []string, tail string) ([]*Row, error) {
	read := slices.Clone(t.Key)
	for _, name := range append(classColumns(t), names...) {
		if !slices.Contains(read, name) {
			read = append(read, name)
		}
	}
	attributes := make([]*schema.Attribute, len(read))
	texts := make([]string, len(read))
	for i, name := range read {
		a, err := familyColumn(t, name)
		if err != nil {
			return nil, err
		}
		attributes[i], texts[i] = a, column("t", name)
		if a.Formula != "" {
			texts[i] = formula(a, "t", tx.now)
		}
	}
	rows, err := tx.query(ctx, fmt.Sprintf("SELECT %s FROM %s AS t %s", strings.Join(texts, ", "), table(t), tail), c.args...)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t.Name, err)
	}
	var found []*Row
	raw := make([]any, len(read))
	into := make([]any, len(read))
	for i := range raw {
		into[i] = &raw[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, closing(rows, err)
		}
		if err := c.held.hold(raw); err != nil {
			return nil, closing(rows, err)
		}
		values := make(map[string]any, len(read))
		for i, a := range attributes {
			if values[a.Name], err = decode(a, raw[i]); err != nil {
				return nil, closing(rows, err)
			}
		}
		found = append(found, &Row{Type: concrete(t, func(name string) any { return values[name] }), Values: values})
	}
	return found, closing(rows, nil)
}

// familyColumn finds an attribute on the type or, for the columns that tell types apart, on those extending it.
func familyColumn(t *schema.Type, name string) (*schema.Attribute, error) {
	if a, ok := t.Attribute(name); ok {
		return a, nil
	}
	for _, other := range t.Concrete() {
		if a, ok := other.Attribute(name); ok {
			return a, nil
		}
	}
	return nil, fmt.Errorf("%s has no column %s", t.Name, name)
}
