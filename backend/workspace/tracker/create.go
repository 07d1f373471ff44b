package tracker

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

func (r *request) create(ctx context.Context, op wire.Operation) (any, error) {
	t, err := typeOf(op)
	if err != nil {
		return nil, err
	}
	if t.Is(schema.CustomValue) {
		return r.createCustom(ctx, t, op.EntityData)
	}
	if err := r.foresee(t, nil); err != nil {
		return nil, err
	}
	g, err := r.read(ctx, t, op.EntityData, nil)
	if err != nil {
		return nil, err
	}
	if err := r.foresee(t, g.values); err != nil {
		return nil, err
	}
	sent := g.names(g.values)
	if err := r.complete(ctx, t, g.values); err != nil {
		return nil, err
	}
	if err := r.permitCreate(ctx, t, g.values, sent); err != nil {
		return nil, err
	}
	row, err := r.chosen(ctx, t, g.values)
	if err != nil {
		return nil, err
	}
	if row == nil {
		row, err = r.keep(ctx, t, g.values)
	} else {
		row, err = r.chooseAgain(ctx, row, g.values, sent)
	}
	if err != nil {
		return nil, err
	}
	if err := r.assign(ctx, row, g); err != nil {
		return nil, err
	}
	return wire.Answer{Action: "create", Data: r.made(t, row, op.EntityData)}, nil
}

// insert makes an entity that follows from what the caller did.
func (r *request) insert(ctx context.Context, t *schema.Type, values map[string]any) error {
	if err := r.complete(ctx, t, values); err != nil {
		return err
	}
	_, err := r.keep(ctx, t, values)
	return err
}

// keep stores a new entity that lacks nothing, and notes that it is there.
func (r *request) keep(ctx context.Context, t *schema.Type, values map[string]any) (*store.Row, error) {
	if err := r.tx.Insert(ctx, t, values); err != nil {
		return nil, err
	}
	row, err := r.tx.Get(ctx, t.Name, keyIn(t, values)...)
	if err != nil || t.Hidden {
		return row, err
	}
	if err := r.keepSight(ctx, row); err != nil {
		return nil, err
	}
	// A note's rightful place was checked when it was hung; what it says may be between others.
	if t.Name != "Note" || r.level == guest {
		if err := r.seen(ctx, row); err != nil {
			return nil, err
		}
	}
	if err := r.noticeCreated(ctx, row); err != nil {
		return nil, err
	}
	return row, r.record(ctx, actionAdd, row)
}

// noticeCreated collects what rules must know of a new entity.
func (r *request) noticeCreated(ctx context.Context, row *store.Row) error {
	switch row.Type.Name {
	case "Note":
		r.changes = append(r.changes, domain.NoteCreated{Note: domain.NoteID(text(row.Values, "id"))})
		if err := r.keepActivity(ctx, row, "note.created", map[string]any{"parent_id": row.Values["parent_id"]}); err != nil {
			return err
		}
		return r.stir(ctx, text(row.Values, "in_reply_to_id"))
	case domain.TypeVersion:
		if row.Values["is_published"] == true {
			return r.noticePublished(ctx, row)
		}
	case "ReviewSessionObjectStatus":
		r.noticeReviewStatus(row)
	case "Recipient":
		to, err := r.resource(ctx, text(row.Values, "resource_id"))
		if err != nil {
			return err
		}
		r.changes = append(r.changes, domain.RecipientAdded{Note: domain.NoteID(text(row.Values, "note_id")), To: to})
	case "Appointment":
		assignment, ok, err := r.assignment(ctx, row.Values)
		if err != nil || !ok {
			return err
		}
		r.changes = append(r.changes, domain.AssignmentAdded{Assignment: assignment})
	}
	return nil
}

// assignment is an appointment as rules see it; ok is false for one that is no assignment.
func (r *request) assignment(ctx context.Context, values map[string]any) (domain.Assignment, bool, error) {
	if values["type"] != "assignment" {
		return domain.Assignment{}, false, nil
	}
	to, err := r.resource(ctx, text(values, "resource_id"))
	if err != nil {
		return domain.Assignment{}, false, err
	}
	on, err := r.get(ctx, "Context", text(values, "context_id"))
	if err != nil {
		return domain.Assignment{}, false, err
	}
	return domain.Assignment{ID: text(values, "id"), On: thing(on), To: to}, true, nil
}

func thing(row *store.Row) domain.Thing {
	return domain.Thing{
		Type: row.Type.Name, ID: text(row.Values, "id"), Name: text(row.Values, "name"),
		Project: domain.ProjectID(text(row.Values, "project_id")),
	}
}

// resource tells a person from a group.
func (r *request) resource(ctx context.Context, id string) (domain.Resource, error) {
	row, err := r.get(ctx, "Resource", id)
	if err != nil {
		return domain.Resource{}, err
	}
	if row.Type.Is("Group") {
		return domain.Resource{Group: domain.GroupID(id)}, nil
	}
	return domain.Resource{User: domain.UserID(id)}, nil
}

func typeOf(op wire.Operation) (*schema.Type, error) {
	t, ok := schema.ByName(op.EntityType)
	if !ok || t.Hidden {
		return nil, domain.Errorf(domain.Invalid, "there is no entity type %q", op.EntityType)
	}
	return t, nil
}

func keyIn(t *schema.Type, values map[string]any) []string {
	key := make([]string, len(t.Key))
	for i, name := range t.Key {
		key[i] = text(values, name)
	}
	return key
}

// newID makes the id of an entity whose client made none.
func newID(t *schema.Type, values map[string]any) {
	if len(t.Key) == 1 && text(values, t.Key[0]) == "" {
		values[t.Key[0]] = uuid.NewString()
	}
}

func missing(t *schema.Type, name string) error {
	return &domain.Error{Code: domain.Invalid, Field: name, Message: fmt.Sprintf("%s needs %s", t.Name, name)}
}
