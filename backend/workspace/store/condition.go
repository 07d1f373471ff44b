package store

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// operand is the SQL for a compared attribute, and the attribute whose kind its values have. A to-one
// relation is compared by its key.
func (c *compiler) operand(t *schema.Type, alias string, a *schema.Attribute, path query.Path) (string, *schema.Attribute, error) {
	switch {
	case a.Kind == schema.ToOne && a.Span == schema.Near:
		key, _ := member(t, a.Via)
		return column(alias, a.Via), key, nil
	case a.Formula != "":
		return formula(a, alias, c.now), a, nil
	case a.Words != "":
		words, _ := member(t, a.Words)
		return column(alias, a.Words), words, nil
	case a.Stored():
		return column(alias, a.Name), a, nil
	default:
		return "", nil, invalid("column %d: %s of %s cannot be compared or sorted by", path.Column, a.Name, t.Name)
	}
}

func (c *compiler) compare(t *schema.Type, alias string, a *schema.Attribute, e query.Compare) (string, error) {
	if a.Many() && e.Value.None() && (e.Op == query.Is || e.Op == query.IsNot) {
		target, err := relation(t, a, e.Path, "")
		if err != nil {
			return "", err
		}
		some, err := c.reach(t, alias, a, target, false, func(string) (string, error) { return "TRUE", nil })
		if e.Op == query.Is {
			some = "NOT " + some
		}
		return some, err
	}
	digits := a.Digits
	left, a, err := c.operand(t, alias, a, e.Path)
	if err != nil {
		return "", err
	}
	if e.Value.None() {
		switch e.Op {
		case query.Is:
			return left + " IS NULL", nil
		case query.IsNot:
			return left + " IS NOT NULL", nil
		default:
			return "", invalid("column %d: %s cannot be compared with none by %q", e.Value.Column, a.Name, e.Op)
		}
	}
	if e.Op == query.Like || e.Op == query.NotLike {
		return c.like(left, a, e)
	}
	if digits != "" {
		return c.compareVariable(left, column(alias, digits), e)
	}
	value, err := literal(t, a, e.Value)
	if err != nil {
		return "", err
	}
	if a.Kind == schema.Boolean && e.Op != query.Is && e.Op != query.IsNot {
		return "", invalid("column %d: %s is true or false and has no order", e.Path.Column, a.Name)
	}
	return fmt.Sprintf("%s %s %s", left, symbols[e.Op], c.bind(value)), nil
}

var symbols = map[query.Op]string{
	query.Is: "=", query.IsNot: "<>", query.Greater: ">", query.Less: "<", query.GreaterSame: ">=", query.LessSame: "<=",
}

// maxPattern keeps a pattern within what SQLite matches, and hostile ones short.
const maxPattern = 1_000

// like compares without regard to case. Only % is special: names in film are full of underscores.
func (c *compiler) like(left string, a *schema.Attribute, e query.Compare) (string, error) {
	switch {
	case a.Kind != schema.Text:
		return "", invalid("column %d: %s is no text, so %q cannot be asked of it", e.Path.Column, a.Name, e.Op)
	case strings.ContainsRune(e.Value.Text, 0):
		return "", invalid("column %d: text may not contain the character U+0000", e.Value.Column)
	case len(e.Value.Text) > maxPattern:
		return "", invalid("column %d: the pattern is longer than %d bytes", e.Value.Column, maxPattern)
	}
	word := "LIKE"
	if e.Op == query.NotLike {
		word = "NOT LIKE"
	}
	pattern := strings.NewReplacer(`\`, `\\`, `_`, `\_`).Replace(fold(e.Value.Text))
	return fmt.Sprintf(`fold(%s) %s %s ESCAPE '\'`, left, word, c.bind(pattern)), nil
}

func (c *compiler) in(t *schema.Type, alias string, a *schema.Attribute, e query.In) (string, error) {
	if a.Digits != "" && e.Subquery == nil {
		return c.inVariable(t, alias, a, e)
	}
	left, a, err := c.operand(t, alias, a, e.Path)
	if err != nil {
		return "", err
	}
	word := "IN"
	if e.Negated {
		word = "NOT IN"
	}
	if e.Subquery != nil {
		inner, err := c.subquery(a, e.Subquery)
		return fmt.Sprintf("%s %s (%s)", left, word, inner), err
	}
	var values []any
	none := false
	for _, v := range e.Values {
		if v.None() {
			none = true
			continue
		}
		value, err := literal(t, a, v)
		if err != nil {
			return "", err
		}
		values = append(values, value)
	}
	var terms []string
	if len(values) > 0 {
		list, err := c.list(a, values)
		if err != nil {
			return "", err
		}
		terms = append(terms, fmt.Sprintf("%s %s (%s)", left, word, list))
	}
	if none {
		terms = append(terms, left+map[bool]string{false: " IS NULL", true: " IS NOT NULL"}[e.Negated])
	}
	if e.Negated {
		return balanced("AND", terms, "TRUE"), nil
	}
	return balanced("OR", terms, "FALSE"), nil
}

// list binds values that an attribute may be one of.
func (c *compiler) list(a *schema.Attribute, values []any) (string, error) {
	if len(values) > longList && a.Kind == schema.Text {
		text, err := json.Marshal(values)
		return c.listed(c.bind(string(text))), err
	}
	marks := make([]string, len(values))
	for i, value := range values {
		marks[i] = c.bind(value)
	}
	return strings.Join(marks, ", "), nil
}

// subquery compiles a query that answers one column, of the kind that it is compared with.
func (c *compiler) subquery(compared *schema.Attribute, q *query.Query) (string, error) {
	t, err := queried(q)
	if err != nil {
		return "", err
	}
	alias := c.alias()
	path := query.Path{Column: q.TypeColumn, Segments: []query.Segment{{Name: primary(t)}}}
	switch {
	case len(q.Projections) > 1 || len(q.GroupBy) > 0:
		return "", invalid("column %d: a subquery selects one attribute", q.TypeColumn)
	case len(q.Projections) == 1 && q.Projections[0].Function != "":
		return "", invalid("column %d: a subquery cannot select %s(…)", q.TypeColumn, q.Projections[0].Function)
	case len(q.Projections) == 1:
		path = q.Projections[0].Path
	}
	value, selected, err := c.expression(t, alias, path, path.Segments)
	if err != nil {
		return "", err
	}
	if (selected.Kind == schema.Text) != (compared.Kind == schema.Text) {
		return "", invalid("column %d: %s is never a value of %s", path.Column, selected.Name, compared.Name)
	}
	where, err := c.where(t, alias, q.Where)
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf("SELECT %s FROM %s AS %s WHERE %s AND %s IS NOT NULL", value, table(t), alias, where, value)
	if q.Limit == nil && q.Offset == nil {
		return text, nil
	}
	tail, err := c.tail(t, alias, q)
	return text + tail, err
}

// expression is a value to sort, group or select by; the relations on its way lead to one entity each.
func (c *compiler) expression(t *schema.Type, alias string, path query.Path, rest []query.Segment) (string, *schema.Attribute, error) {
	a, err := attribute(t, path, rest[0].Name)
	if err != nil {
		return "", nil, err
	}
	if len(rest) == 1 {
		return c.operand(t, alias, a, path)
	}
	target, err := relation(t, a, path, rest[0].Cast)
	if err != nil {
		return "", nil, err
	}
	if a.Kind != schema.ToOne || a.Span != schema.Near {
		return "", nil, invalid("column %d: %s of %s is not a single entity", path.Column, a.Name, t.Name)
	}
	if err := c.follow(); err != nil {
		return "", nil, err
	}
	to := c.alias()
	value, leaf, err := c.expression(target, to, path, rest[1:])
	c.depth--
	if err != nil {
		return "", nil, err
	}
	terms := append([]string{column(to, primary(target)) + " = " + column(alias, a.Via)}, c.rightful(target, to)...)
	return fmt.Sprintf("(SELECT %s FROM %s AS %s WHERE %s)", value, table(target), to, strings.Join(terms, " AND ")), leaf, nil
}

// literal reads a written value as the attribute's kind.
func literal(t *schema.Type, a *schema.Attribute, v query.Value) (any, error) {
	if strings.ContainsRune(v.Text, 0) {
		return nil, invalid("column %d: text may not contain the character U+0000", v.Column)
	}
	switch a.Kind {
	case schema.Text:
		return v.Text, nil
	case schema.Boolean:
		if b, ok := v.Bool(); ok {
			return b, nil
		}
	case schema.Integer:
		if n, err := strconv.ParseInt(v.Text, 10, 64); err == nil {
			return n, nil
		}
		if f, err := strconv.ParseFloat(v.Text, 64); err == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
			return f, nil
		}
	case schema.Number:
		if f, err := strconv.ParseFloat(v.Text, 64); err == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
			return f, nil
		}
	case schema.DateTime:
		if at, ok := parseTime(v.Text); ok {
			return micros(at), nil
		}
	default:
		return nil, invalid("column %d: %s of %s cannot be compared", v.Column, a.Name, t.Name)
	}
	return nil, invalid("column %d: %q is no value for %s of %s", v.Column, v.Text, a.Name, t.Name)
}

// parseTime reads an instant as clients write it; without a zone it is UTC.
func parseTime(text string) (time.Time, bool) {
	for _, layout := range []string{
		time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999", "2006-01-02 15:04:05.999999999Z07:00",
		"2006-01-02T15:04:05.999999999Z0700", "2006-01-02 15:04:05.999999999Z0700", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly,
	} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}
