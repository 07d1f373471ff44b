package query

import (
	"fmt"
	"strconv"
	"strings"
)

// String writes the query so that Parse reads the same tree from it, columns apart.
func (q *Query) String() string {
	var b strings.Builder
	if len(q.Projections) > 0 {
		fmt.Fprintf(&b, "select %s from ", join(q.Projections))
	}
	b.WriteString(q.Type)
	if q.Where != nil {
		b.WriteString(" where " + exprString(q.Where))
	}
	if len(q.GroupBy) > 0 {
		b.WriteString(" group by " + join(q.GroupBy))
	}
	if len(q.OrderBy) > 0 {
		b.WriteString(" order by " + join(q.OrderBy))
	}
	if q.Offset != nil {
		b.WriteString(" offset " + strconv.Itoa(*q.Offset))
	}
	if q.Limit != nil {
		b.WriteString(" limit " + strconv.Itoa(*q.Limit))
	}
	return b.String()
}

// String writes the projection as it stands in a query.
func (p Projection) String() string {
	if p.Function != "" {
		return p.Function + "(" + p.Path.String() + ")"
	}
	return p.Path.String()
}

// String writes the sort key as it stands in a query.
func (o Order) String() string {
	if o.Descending {
		return o.Path.String() + " desc"
	}
	return o.Path.String()
}

// String writes the path with its dots and casts.
func (p Path) String() string {
	steps := make([]string, len(p.Segments))
	for i, s := range p.Segments {
		steps[i] = s.Name
		if s.Cast != "" {
			steps[i] += "[" + s.Cast + "]"
		}
	}
	return strings.Join(steps, ".")
}

// String writes the value as it stands in a query.
func (v Value) String() string {
	if !v.Quoted {
		return v.Text
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v.Text) + `"`
}

// String writes the condition as it stands in a query.
func (i In) String() string {
	word := "in"
	if i.Negated {
		word = "not_in"
	}
	inside := join(i.Values)
	if i.Subquery != nil {
		inside = i.Subquery.String()
	}
	return fmt.Sprintf("%s %s (%s)", i.Path, word, inside)
}

// String writes the condition as it stands in a query.
func (r Related) String() string {
	word := "has"
	if r.Many {
		word = "any"
	}
	return fmt.Sprintf("%s %s (%s)", r.Path, word, exprString(r.Where))
}

func joinTerms(terms []Expr, by string) string {
	texts := make([]string, len(terms))
	for i, t := range terms {
		texts[i] = group(t)
	}
	return strings.Join(texts, by)
}

// group puts what has weaker joints in parentheses.
func group(e Expr) string {
	switch e.(type) {
	case And, Or:
		return "(" + exprString(e) + ")"
	default:
		return exprString(e)
	}
}

func join[T fmt.Stringer](items []T) string {
	texts := make([]string, len(items))
	for i, item := range items {
		texts[i] = item.String()
	}
	return strings.Join(texts, ", ")
}

// exprString writes a criterion in its plainest form; "" for none.
func exprString(e Expr) string {
	switch e := e.(type) {
	case And:
		return joinTerms(e.Terms, " and ")
	case Or:
		return joinTerms(e.Terms, " or ")
	case Not:
		return "not " + group(e.Term)
	case Compare:
		return fmt.Sprintf("%s %s %s", e.Path, e.Op, e.Value)
	case In:
		return e.String()
	case Related:
		return e.String()
	default:
		return ""
	}
}
