package tracker

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

const (
	// maxTerms and maxTerm, in characters, bound what a search looks for: each term is a pass over a table.
	maxTerms, maxTerm = 10, 200
	// fewFound is how many a search answers unless it says, mostFound how many at the most.
	fewFound, mostFound = 100, 500
)

// searched are the attributes in which words are looked for, the first of a type being what its entities
// are called. A type has those it knows.
var searched = []string{"name", "full_name", "first_name", "last_name", "username", "email", "content", "asset.name"}

// within are the ways from an entity to the contexts it lies in.
var within = []string{"project_id", "context_id", "parent_id", "task_id", "ancestors.id", "asset.context_id", "asset.ancestors.id"}

// search answers the entities of a query in which every term occurs, without regard to case. Those that
// begin with the first term come first, unless the query has an order of its own.
func (r *request) search(ctx context.Context, op wire.Operation) (any, error) {
	q, err := r.parse(op.Expression)
	if err != nil {
		return nil, err
	}
	t, err := searchedType(q, op.EntityType)
	if err != nil {
		return nil, err
	}
	terms, err := termsOf(op)
	if err != nil {
		return nil, err
	}
	if err := narrow(t, q, op, terms); err != nil {
		return nil, err
	}
	most := fewFound
	if q.Limit != nil {
		most = min(*q.Limit, mostFound)
	}
	q.Limit = &most
	found, err := r.ranked(ctx, t, q, terms)
	if err != nil {
		return nil, err
	}
	rows, err := r.answers(found.Rows)
	if err != nil {
		return nil, err
	}
	answer := wire.PageOf(rows, found.Next)
	answer.Action = op.Action
	return answer, nil
}

// searchedType is the type a search is about; the operation names it beside the query.
func searchedType(q *query.Query, asked string) (*schema.Type, error) {
	t, ok := schema.ByName(q.Type)
	if !ok {
		return nil, domain.Errorf(domain.Invalid, "there is no entity type %q", q.Type)
	}
	other, ok := schema.ByName(asked)
	switch {
	case asked == "":
	case !ok:
		return nil, domain.Errorf(domain.Invalid, "there is no entity type %q", asked)
	case other.Root != t.Root:
		return nil, domain.Errorf(domain.Invalid, "a search for %s cannot select from %s", asked, q.Type)
	}
	if len(q.GroupBy) > 0 || slices.ContainsFunc(q.Projections, func(p query.Projection) bool { return p.Function != "" }) {
		return nil, domain.Errorf(domain.Invalid, "a search cannot count or sum")
	}
	return t, nil
}

// termsOf reads the words of a search; the empty ones ask for nothing.
func termsOf(op wire.Operation) ([]string, error) {
	list, ok := op.Rest["terms"].([]any)
	if !ok && op.Rest["terms"] != nil {
		return nil, domain.Errorf(domain.Invalid, "terms must be a list of texts")
	}
	var terms []string
	for _, item := range list {
		term, isText := item.(string)
		if !isText || utf8.RuneCountInString(term) > maxTerm {
			return nil, domain.Errorf(domain.Invalid, "a term must be a text of at most %d characters", maxTerm)
		}
		if term = strings.TrimSpace(term); term != "" {
			terms = append(terms, term)
		}
	}
	if len(terms) > maxTerms {
		return nil, domain.Errorf(domain.Invalid, "a search has at most %d terms, not %d", maxTerms, len(terms))
	}
	return terms, nil
}

// narrow adds to a query's own criteria those of the search. What a type has no way to is not asked of
// it: a person lies in no project.
func narrow(t *schema.Type, q *query.Query, op wire.Operation, terms []string) error {
	if len(terms) > 0 && len(known(t, searched)) == 0 {
		return domain.Errorf(domain.Invalid, "a %s has no words to search for", t.Name)
	}
	for _, term := range terms {
		q.Where = both(q.Where, anyOf(known(t, searched), func(p query.Path) query.Expr { return like(p, "%"+term+"%") }))
	}
	if id, _ := op.Rest["context_id"].(string); id != "" {
		q.Where = both(q.Where, anyOf(known(t, within), func(p query.Path) query.Expr { return is(p, id) }))
	}
	ids, err := wire.Texts("object_type_ids", op.Rest["object_type_ids"])
	if err != nil || len(ids) == 0 {
		return err
	}
	for _, p := range known(t, []string{"object_type_id"}) {
		in := query.In{Path: p}
		for _, id := range ids {
			in.Values = append(in.Values, query.Value{Text: id, Quoted: true})
		}
		q.Where = both(q.Where, in)
	}
	return nil
}

// ranked reads one page of a search. Without an order of its own it is two queries put together, for
// what begins with the first term and for the rest.
func (r *request) ranked(ctx context.Context, t *schema.Type, q *query.Query, terms []string) (*store.Result, error) {
	names := known(t, searched)
	if len(q.OrderBy) > 0 || len(terms) == 0 || *q.Limit == 0 {
		return r.tx.Select(ctx, q, r.viewer())
	}
	first, rest := *q, *q
	first.OrderBy = []query.Order{{Path: names[0]}}
	rest.OrderBy = first.OrderBy
	first.Where = both(q.Where, anyOf(names, func(p query.Path) query.Expr { return like(p, terms[0]+"%") }))
	for _, p := range names {
		rest.Where = both(rest.Where, query.Or{Terms: []query.Expr{isNone(p), query.Not{Term: like(p, terms[0]+"%")}}})
	}
	found, err := r.tx.Select(ctx, &first, r.viewer())
	if err != nil || len(found.Rows) == *q.Limit {
		return found, err
	}
	passed := 0 // of the rest, on earlier pages
	if q.Offset != nil && len(found.Rows) == 0 {
		before, err := r.count(ctx, t, first.Where)
		if err != nil {
			return nil, err
		}
		passed = *q.Offset - before
	}
	left := *q.Limit - len(found.Rows)
	rest.Offset, rest.Limit = &passed, &left
	more, err := r.tx.Select(ctx, &rest, r.viewer())
	if err != nil {
		return nil, err
	}
	if found.Rows = append(found.Rows, more.Rows...); len(found.Rows) == *q.Limit {
		next := *q.Limit
		if q.Offset != nil {
			next += *q.Offset
		}
		found.Next = &next
	}
	return found, nil
}

func (r *request) count(ctx context.Context, t *schema.Type, where query.Expr) (int, error) {
	found, err := r.tx.Select(ctx, &query.Query{
		Type: t.Name, Where: where, Projections: []query.Projection{{Path: pathTo(t.Key[0]), Function: "count"}},
	}, r.viewer())
	if err != nil {
		return 0, err
	}
	n, _ := found.Rows[0].Values["count_"+t.Key[0]].(int64)
	return int(n), nil
}
