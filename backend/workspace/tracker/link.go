package tracker

import (
	"context"
	"fmt"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// link makes the members of a relation through pairs those that are named: what a client sends is the
// whole collection, and leaving one out is how it takes one away.
func (r *request) link(ctx context.Context, owner *store.Row, a *schema.Attribute, members []wire.Reference) error {
	wanted, err := r.linkTargets(ctx, owner, a, members)
	if err != nil {
		return err
	}
	pair, _ := schema.ByName(a.Through.Type)
	present, err := r.pairsOf(ctx, pair, a.Through, text(owner.Values, "id"))
	if err != nil {
		return err
	}
	for _, row := range present {
		far := text(row.Values, a.Through.Far)
		if i := slices.Index(wanted, far); i >= 0 {
			wanted = slices.Delete(wanted, i, i+1)
			continue
		}
		if err := r.unlink(ctx, a, pair, row); err != nil {
			return err
		}
	}
	for _, far := range wanted {
		values := map[string]any{a.Through.Near: owner.Values["id"], a.Through.Far: far}
		if !pair.Hidden {
			if err := r.permitCreate(ctx, pair, values, nil); err != nil {
				return err
			}
		}
		if err := r.insert(ctx, pair, values); err != nil {
			return err
		}
	}
	return nil
}

// linkTargets are the ids of the named members, each once and each one that the caller sees.
func (r *request) linkTargets(ctx context.Context, owner *store.Row, a *schema.Attribute, members []wire.Reference) ([]string, error) {
	var wanted []string
	for _, ref := range members {
		target, known := schema.ByName(ref.Type)
		if !known || !target.Is(a.Ref) {
			return nil, wrong(owner.Type, a.Name, "holds %ss, not a %s", a.Ref, ref.Type)
		}
		row, err := r.find(ctx, target, []string{ref.Key["id"]})
		if err != nil {
			return nil, err
		}
		if id := text(row.Values, "id"); !slices.Contains(wanted, id) {
			wanted = append(wanted, id)
		}
	}
	return wanted, nil
}

// pairsOf reads the pairs that join an entity to others. Those to what the caller does not see are left
// out: nobody takes away what they cannot know of.
func (r *request) pairsOf(ctx context.Context, pair *schema.Type, through *schema.Through, id string) ([]*store.Row, error) {
	rows, err := r.tx.Pairs(ctx, pair, through.Near, id)
	if err != nil || pair.Hidden {
		return rows, err
	}
	var seen []*store.Row
	for _, row := range rows {
		err := r.seen(ctx, row)
		if err == nil {
			seen = append(seen, row)
		}
		if err != nil && domain.CodeOf(err) != domain.NotFound {
			return nil, err
		}
	}
	return seen, nil
}

func (r *request) unlink(ctx context.Context, a *schema.Attribute, pair *schema.Type, row *store.Row) error {
	if !pair.Hidden {
		if err := r.permitDelete(ctx, row); err != nil {
			return err
		}
		if err := r.record(ctx, actionRemove, row); err != nil {
			return err
		}
	}
	if err := r.tx.Delete(ctx, pair, keyIn(pair, row.Values)); err != nil {
		return fmt.Errorf("take a member out of %s: %w", a.Name, err)
	}
	return nil
}
