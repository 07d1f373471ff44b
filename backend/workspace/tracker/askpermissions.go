package tracker

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// mostAsked bounds for how many entities one operation tells what may be done.
const mostAsked = 500

// may is what somebody may do. Attributes are those that may be changed where not all may be.
type may struct {
	Create     bool            `json:"create"`
	Update     bool            `json:"update"`
	Delete     bool            `json:"delete"`
	Attributes []string        `json:"attributes,omitempty"`
	Entities   map[string]*may `json:"entities,omitempty"`
}

// askPermissions tells what the caller may do: whether they may create an entity of a type with the data
// they would send, and whether they may change and delete all, and each, of those an expression finds.
// No real server's answer is known beyond its frame; the rest of the shape is ours.
func (r *request) askPermissions(ctx context.Context, op wire.Operation) (any, error) {
	t, err := typeOf(op)
	if err != nil {
		return nil, err
	}
	var answer may
	if answer.Create, err = r.mayCreate(ctx, t, op.EntityData); err != nil {
		return nil, err
	}
	if op.Expression == "" {
		return wire.Answer{Action: op.Action, Data: answer}, nil
	}
	q, err := r.parse(op.Expression)
	if err != nil {
		return nil, err
	}
	if other, ok := schema.ByName(q.Type); !ok || other.Root != t.Root || len(q.GroupBy) > 0 {
		return nil, domain.Errorf(domain.Invalid, "the expression must find entities of type %s", t.Name)
	}
	q.Projections = nil
	if q.Limit == nil || *q.Limit > mostAsked {
		most := mostAsked
		q.Limit = &most
	}
	found, err := r.tx.Select(ctx, q, r.viewer())
	if err != nil {
		return nil, err
	}
	answer.Update, answer.Delete, answer.Entities = true, true, map[string]*may{}
	for _, row := range found.Rows {
		one, err := r.mayDo(ctx, row)
		if err != nil {
			return nil, err
		}
		answer.Entities[keyIn(row.Type, row.Values)[0]] = one
		answer.Update, answer.Delete = answer.Update && one.Update, answer.Delete && one.Delete
	}
	return wire.Answer{Action: op.Action, Data: answer}, nil
}

// mayCreate asks the same as a create does, and creates nothing.
func (r *request) mayCreate(ctx context.Context, t *schema.Type, data map[string]any) (bool, error) {
	err := r.foresee(t, nil)
	if err == nil && len(data) > 0 {
		var g given
		if g, err = r.read(ctx, t, data, nil); err == nil {
			sent := g.names(g.values)
			if err = r.complete(ctx, t, g.values); err == nil {
				err = r.permitCreate(ctx, t, g.values, sent)
			}
		}
	}
	if domain.CodeOf(err) == domain.Forbidden {
		return false, nil
	}
	return err == nil, err
}

func (r *request) mayDo(ctx context.Context, found *store.Row) (*may, error) {
	row, err := r.whole(ctx, found.Type.Name, keyIn(found.Type, found.Values)...)
	if err != nil {
		return nil, err
	}
	var one may
	rights := row.Type.Rights()
	if one.Update, err = r.allowed(ctx, rights.Update, row.Type, row.Values); err != nil {
		return nil, err
	}
	if one.Delete, err = r.allowed(ctx, rights.Delete, row.Type, row.Values); err != nil || one.Update {
		return &one, err
	}
	for _, a := range row.Type.Attributes {
		err := r.permitChange(ctx, row, nil, a.Name)
		if err == nil && (a.Stored() || a.Kind == schema.Mapped) && !a.Immutable && !a.Hidden {
			one.Attributes = append(one.Attributes, a.Name)
		}
		if err != nil && domain.CodeOf(err) != domain.Forbidden {
			return nil, err
		}
	}
	return &one, nil
}
