package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// aggregate answers queries that count or sum. Its rows are no entities: their Type is nil, and Values
// go by names such as count_id and status_id, dots written as underscores.
func (tx *Tx) aggregate(ctx context.Context, c *compiler, t *schema.Type, q *query.Query) ([]*Row, error) {
	var names, texts, groups []string
	var kinds []*schema.Attribute
	read := func(name, text string, kind *schema.Attribute) {
		names, texts, kinds = append(names, name), append(texts, text), append(kinds, kind)
	}
	asked := map[string]bool{}
	for _, path := range q.GroupBy {
		text, a, err := c.expression(t, "t", path, path.Segments)
		if err != nil {
			return nil, err
		}
		name := strings.Join(path.Names(), "_")
		asked[name] = true
		groups = append(groups, text)
		read(name, text, a)
	}
	for _, p := range q.Projections {
		name := strings.Join(p.Path.Names(), "_")
		if p.Function == "" {
			if !asked[name] {
				return nil, invalid("column %d: %s must stand in the group by, or inside a function", p.Path.Column, strings.Join(p.Path.Names(), "."))
			}
			continue
		}
		text, a, err := c.expression(t, "t", p.Path, p.Path.Segments)
		if err != nil {
			return nil, err
		}
		result, err := resultOf(p, a)
		if err != nil {
			return nil, err
		}
		text = p.Function + "(" + text + ")"
		if result.Kind == schema.Number { // PostgreSQL adds whole numbers up to a kind of its own
			text = "CAST(" + text + " AS DOUBLE PRECISION)"
		}
		read(p.Function+"_"+name, text, result)
	}
	where, err := c.where(t, "t", q.Where)
	if err != nil {
		return nil, err
	}
	statement := fmt.Sprintf("SELECT %s FROM %s AS t WHERE %s", strings.Join(texts, ", "), table(t), where)
	if len(groups) > 0 {
		statement += " GROUP BY " + strings.Join(groups, ", ") + " ORDER BY "
		for _, o := range q.OrderBy {
			i := slices.Index(names, strings.Join(o.Path.Names(), "_"))
			if i < 0 {
				return nil, invalid("column %d: groups are sorted by what they are grouped by", o.Path.Column)
			}
			statement += texts[i] + map[bool]string{true: " DESC NULLS LAST, ", false: " ASC NULLS FIRST, "}[o.Descending]
		}
		statement += strings.Join(groups, " ASC NULLS FIRST, ") + " ASC NULLS FIRST"
	}
	rows, err := tx.query(ctx, statement+limits(q), c.args...)
	if err != nil {
		return nil, fmt.Errorf("count %s: %w", t.Name, err)
	}
	var found []*Row
	raw, into := make([]any, len(names)), make([]any, len(names))
	for i := range raw {
		into[i] = &raw[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, closing(rows, err)
		}
		row := &Row{Values: map[string]any{}}
		for i, name := range names {
			if row.Values[name], err = decode(kinds[i], raw[i]); err != nil {
				return nil, closing(rows, err)
			}
		}
		found = append(found, row)
	}
	return found, closing(rows, nil)
}

// resultOf is the kind of value a function makes of an attribute.
func resultOf(p query.Projection, a *schema.Attribute) (*schema.Attribute, error) {
	result := *a
	switch p.Function {
	case "count":
		result.Kind = schema.Integer
	case "sum", "avg":
		if a.Kind != schema.Integer && a.Kind != schema.Number {
			return nil, invalid("column %d: %s is no number, so it has no %s", p.Path.Column, a.Name, p.Function)
		}
		result.Kind = schema.Number
	case "min", "max":
		if a.Kind == schema.Boolean {
			return nil, invalid("column %d: %s is true or false and has no order", p.Path.Column, a.Name)
		}
	}
	return &result, nil
}
