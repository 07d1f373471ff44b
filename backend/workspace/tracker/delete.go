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

// delete removes an entity with all it owns. What goes along raises nothing; what others still need
// does not go.
func (r *request) delete(ctx context.Context, op wire.Operation) (any, error) {
	asked, err := typeOf(op)
	if err != nil {
		return nil, err
	}
	if asked.Is(schema.CustomValue) {
		return r.deleteCustom(ctx, op.EntityKey)
	}
	row, err := r.find(ctx, asked, op.EntityKey)
	if err != nil {
		return nil, err
	}
	t := row.Type
	if err := r.permitDelete(ctx, row); err != nil {
		return nil, err
	}
	if err := r.noticeDeleted(ctx, row); err != nil {
		return nil, err
	}
	if len(t.Key) == 1 {
		if err := r.needed(ctx, row); err != nil {
			return nil, err
		}
		heads, err := r.tx.Withdraw(ctx, t, op.EntityKey[0])
		if err != nil {
			return nil, err
		}
		maps.Copy(r.heads, heads)
	}
	if err := r.record(ctx, actionRemove, row); err != nil {
		return nil, err
	}
	if err := r.tx.Delete(ctx, t, op.EntityKey); err != nil {
		return nil, err
	}
	return wire.Answer{Action: "delete", Data: true}, nil
}

// noticeDeleted collects what rules must know, and takes back what this very request told them before.
func (r *request) noticeDeleted(ctx context.Context, row *store.Row) error {
	switch row.Type.Name {
	case "Recipient":
		to, err := r.resource(ctx, text(row.Values, "resource_id"))
		if err != nil {
			return err
		}
		r.takeBack(domain.RecipientAdded{Note: domain.NoteID(text(row.Values, "note_id")), To: to})
	case "UserSession":
		return r.endSession(ctx, row)
	case "ReviewSessionObjectStatus":
		r.takeBack(reviewStatus(row))
	case "WorkspaceSetting":
		return r.dropSetting(ctx, text(row.Values, "name"))
	case "Appointment":
		assignment, ok, err := r.assignment(ctx, row.Values)
		if err != nil || !ok {
			return err
		}
		r.unassign(assignment)
	}
	return nil
}

// unassign tells rules of a removed assignment, unless this request had made it itself.
func (r *request) unassign(assignment domain.Assignment) {
	added := domain.Change(domain.AssignmentAdded{Assignment: assignment})
	if i := slices.Index(r.changes, added); i >= 0 {
		r.changes = slices.Delete(r.changes, i, i+1)
		return
	}
	r.changes = append(r.changes, domain.AssignmentRemoved{Assignment: assignment})
}

// needed refuses to delete what others cannot be without: a status that tasks have, an author.
func (r *request) needed(ctx context.Context, row *store.Row) error {
	asked := map[string]bool{} // types of one family share a table: its first to have the attribute stands for all
	for _, other := range schema.All() {
		for _, a := range other.Attributes {
			via, ok := other.Attribute(a.Via)
			if a.Kind != schema.ToOne || a.Span != schema.Near || a.Hidden || !row.Type.Is(a.Ref) || !ok || !via.Required || via.Key {
				continue
			}
			column := other.Root + "." + a.Via
			if asked[column] || owns(row.Type, other, a.Via) {
				continue
			}
			asked[column] = true
			found, err := r.all(ctx, fmt.Sprintf("select %s from %s where %s is %s limit 1", other.Key[0], other.Name, a.Via, quoted(text(row.Values, "id"))))
			if err != nil {
				return err
			}
			if len(found) > 0 {
				return &domain.Error{
					Code: domain.Conflict, Reason: wire.InUse,
					Message: fmt.Sprintf("this %s is still used as %s of a %s", row.Type.Name, a.Name, found[0].Type.Name),
				}
			}
		}
	}
	return nil
}

// owns says whether entities of the type take those of other along, by the attribute via.
func owns(t, other *schema.Type, via string) bool {
	return slices.ContainsFunc(t.Attributes, func(a *schema.Attribute) bool {
		target, ok := schema.ByName(a.Ref)
		return a.Owned && a.Via == via && ok && (other.Is(a.Ref) || target.Is(other.Name))
	})
}
