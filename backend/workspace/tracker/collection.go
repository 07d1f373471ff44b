package tracker

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// assign hangs the members of collections onto their owner. Members that are not named stay: the
// clients send the collection as they know it, and somebody else may have added to it meanwhile.
func (r *request) assign(ctx context.Context, owner *store.Row, g given) error {
	for _, name := range slices.Sorted(maps.Keys(g.collections)) {
		a, _ := owner.Type.Attribute(name)
		for _, ref := range g.collections[name] {
			if err := r.attach(ctx, owner, a, ref); err != nil {
				return err
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(g.linked)) {
		a, _ := owner.Type.Attribute(name)
		if err := r.link(ctx, owner, a, g.linked[name]); err != nil {
			return err
		}
	}
	if err := r.assignCustom(ctx, owner, g.custom); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(g.mapped)) {
		if err := r.keepMetadata(ctx, owner, g.mapped[name]); err != nil {
			return err
		}
	}
	return nil
}

// attach sets the back reference of one member.
func (r *request) attach(ctx context.Context, owner *store.Row, a *schema.Attribute, ref wire.Reference) error {
	target, known := schema.ByName(ref.Type)
	if !known || !target.Is(a.Ref) {
		return wrong(owner.Type, a.Name, "holds %ss, not a %s", a.Ref, ref.Type)
	}
	key := make([]string, len(target.Key))
	for i, name := range target.Key {
		key[i] = ref.Key[name]
	}
	member, err := r.find(ctx, target, key)
	if err != nil {
		return err
	}
	via, ok := member.Type.Attribute(a.Via)
	switch {
	case !ok || !via.Stored():
		return wrong(owner.Type, a.Name, "cannot be set")
	case same(member.Values[via.Name], owner.Values["id"]):
		return nil
	case via.Key || via.Immutable:
		return wrong(member.Type, via.Name, "never changes")
	}
	values := map[string]any{via.Name: owner.Values["id"]}
	if err := r.permitChange(ctx, member, values); err != nil {
		return err
	}
	_, err = r.moved(ctx, member, values)
	return err
}

// keepMetadata sets the entries of a dictionary; those not named stay.
func (r *request) keepMetadata(ctx context.Context, owner *store.Row, entries map[string]string) error {
	t, _ := schema.ByName("Metadata")
	id := text(owner.Values, "id")
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		row, err := r.tx.Get(ctx, t.Name, id, key)
		switch domain.CodeOf(err) {
		case "":
			if _, err := r.change(ctx, row, map[string]any{"value": entries[key]}); err != nil {
				return err
			}
		case domain.NotFound:
			err := r.tx.Insert(ctx, t, map[string]any{"parent_id": id, "parent_type": owner.Type.Name, "key": key, "value": entries[key]})
			if err != nil {
				return err
			}
		default:
			return err
		}
	}
	return nil
}

// repliesTo reads the notes that answer a note directly.
func (r *request) repliesTo(ctx context.Context, note string) ([]*store.Row, error) {
	found, err := r.all(ctx, fmt.Sprintf("select id from Note where in_reply_to_id is %s", quoted(note)))
	if err != nil {
		return nil, err
	}
	rows := make([]*store.Row, len(found))
	for i, row := range found {
		if rows[i], err = r.get(ctx, "Note", text(row.Values, "id")); err != nil {
			return nil, err
		}
	}
	return rows, nil
}
