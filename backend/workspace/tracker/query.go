package tracker

import (
	"context"
	"errors"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

func (r *request) query(ctx context.Context, op wire.Operation) (any, error) {
	q, err := r.parse(op.Expression)
	if err != nil {
		return nil, err
	}
	result, err := r.tx.Select(ctx, q, r.viewer())
	if err != nil {
		return nil, err
	}
	rows, err := r.answers(result.Rows)
	if err != nil {
		return nil, err
	}
	return wire.PageOf(rows, result.Next), nil
}

// parse reads a query and adds what the mode answers unasked.
func (r *request) parse(expression string) (*query.Query, error) {
	q, err := query.Parse(expression)
	if err != nil {
		var syntax *query.SyntaxError
		if errors.As(err, &syntax) {
			return nil, domain.Errorf(domain.Invalid, "the query cannot be read: %s", syntax)
		}
		return nil, err
	}
	if !r.mode.Strict {
		addSystemProjections(q)
	}
	return q, nil
}

// maxAnswers bounds what all answers of one request take, in bytes as they travel.
const maxAnswers = 40 << 20

// answers are rows as they travel. They are weighed first: a row stands in the store's result once, but
// in the answer as often as relations lead to it, and those of a short query may lead there without end.
func (r *request) answers(found []*store.Row) ([]any, error) {
	for _, row := range found {
		if r.weigh(row); r.weight > maxAnswers {
			return nil, domain.Errorf(domain.Invalid, "the answer is too large; ask for it in pages, with limit and offset, or for less of each")
		}
	}
	rows := make([]any, len(found))
	for i, row := range found {
		rows[i] = r.answer(row)
	}
	return rows, nil
}

// weigh adds a row to the weight of the answers; one that is too heavy already is not looked through.
func (r *request) weigh(row *store.Row) {
	r.weight += 40
	for name, value := range row.Values {
		r.weight += len(name) + 10
		if text, ok := value.(string); ok {
			r.weight += len(text)
		}
	}
	for _, one := range row.One {
		if one != nil && r.weight <= maxAnswers {
			r.weigh(one)
		}
	}
	for _, many := range row.Many {
		for _, member := range many {
			if r.weight > maxAnswers {
				return
			}
			r.weigh(member)
		}
	}
}

// addSystemProjections adds what the protocol's normal mode answers unasked.
func addSystemProjections(q *query.Query) {
	t, ok := schema.ByName(q.Type)
	if !ok || len(q.GroupBy) > 0 || slices.ContainsFunc(q.Projections, func(p query.Projection) bool { return p.Function != "" }) {
		return
	}
	names := t.SystemProjections()
	if len(q.Projections) == 0 {
		names = append(t.DefaultProjections(), names...)
	}
	for _, name := range names {
		q.Projections = append(q.Projections, query.Projection{Path: query.Path{Segments: []query.Segment{{Name: name}}}})
	}
}

// answer is a row as it travels. The rows of an aggregate query are no entities.
func (r *request) answer(row *store.Row) any {
	values := make(map[string]any, len(row.Values)+len(row.One)+len(row.Many))
	for name, value := range row.Values {
		values[name] = r.value(row.Type, name, value)
	}
	for name, one := range row.One {
		if values[name] = nil; one != nil {
			values[name] = r.answer(one)
		}
	}
	for name, many := range row.Many {
		list := make([]any, len(many))
		for i, member := range many {
			list[i] = r.answer(member)
		}
		values[name] = list
	}
	if row.Type == nil {
		return values
	}
	return wire.Entity{Type: row.Type.Name, Key: row.Type.Key, Values: values}
}

// value is an attribute as it travels: a file's path becomes an address.
func (r *request) value(t *schema.Type, name string, value any) any {
	path, isText := value.(string)
	if !isText || t == nil {
		return value
	}
	if a, ok := t.Attribute(name); ok && a.Kind == schema.URL {
		return map[string]any{"__type__": "url", "value": r.tracker.cfg.BaseURL + path}
	}
	return value
}
