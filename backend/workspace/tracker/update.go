package tracker

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

func (r *request) update(ctx context.Context, op wire.Operation) (any, error) {
	t, err := typeOf(op)
	if err != nil {
		return nil, err
	}
	if t.Is(schema.CustomValue) {
		return r.updateCustom(ctx, t, op)
	}
	row, err := r.find(ctx, t, op.EntityKey)
	if err != nil {
		return nil, err
	}
	g, err := r.read(ctx, row.Type, op.EntityData, row)
	if err != nil {
		return nil, err
	}
	if row.Type.Name == "Notification" {
		return r.updateNotification(ctx, t, row, g.values)
	}
	// What hangs itself onto an entity changes the members, not the entity.
	if names := g.names(nil); len(g.values) > 0 || len(names) > 0 {
		if err := r.permitChange(ctx, row, g.values, names...); err != nil {
			return nil, err
		}
	}
	if row, err = r.moved(ctx, row, g.values); err != nil {
		return nil, err
	}
	if err := r.assign(ctx, row, g); err != nil {
		return nil, err
	}
	return wire.Answer{Action: "update", Data: r.changed(t, row, op.EntityData)}, nil
}

// maxSnooze is how long a notification may be put off: whoever says more has a clock that jumps.
const maxSnooze = 5 * 365 * 24 * time.Hour

// updateNotification changes a row of the caller's own inbox: find has shown that it is theirs.
func (r *request) updateNotification(ctx context.Context, t *schema.Type, row *store.Row, values map[string]any) (any, error) {
	if r.level == server {
		return nil, domain.Errorf(domain.Forbidden, "an inbox is changed by its person only")
	}
	id := text(row.Values, "id")
	if until, ok := values["snoozed_until"].(time.Time); ok && until.After(r.now.Add(maxSnooze)) {
		return nil, &domain.Error{
			Code: domain.Invalid, Field: "snoozed_until", Reason: "invalid_snooze",
			Message: "a notification can be put off for five years at most, not until " + wire.FormatTime(until),
		}
	}
	if len(values) > 0 {
		head, err := r.tx.ChangeNotification(ctx, r.caller.UserID, domain.NotificationID(id), values)
		if err != nil {
			return nil, err
		}
		r.heads[r.caller.UserID] = head
	}
	row, err := r.get(ctx, t.Name, id)
	if err != nil {
		return nil, err
	}
	return wire.Answer{Action: "update", Data: r.changed(t, row, values)}, nil
}

// find reads an entity the caller sees; its error is a domain.NotFound for any other.
func (r *request) find(ctx context.Context, t *schema.Type, key []string) (*store.Row, error) {
	if len(key) != len(t.Key) {
		return nil, domain.Errorf(domain.Invalid, "the key of a %s has %d parts, not %d", t.Name, len(t.Key), len(key))
	}
	if slices.ContainsFunc(key, func(part string) bool { return len(part) > maxKey }) {
		return nil, domain.Errorf(domain.Invalid, "the key of a %s is longer than %d bytes", t.Name, maxKey)
	}
	row, err := r.whole(ctx, t.Name, key...)
	if err == nil {
		err = r.seen(ctx, row)
	}
	if domain.CodeOf(err) == domain.NotFound { // in the same words, whether it is there or not
		return nil, domain.Errorf(domain.NotFound, "there is no %s with the key %s", t.Name, strings.Join(key, ", "))
	}
	if err != nil {
		return nil, err
	}
	return row, nil
}

// whole reads an entity with all it has: asked for by a type it extends, it shows only what that has.
func (r *request) whole(ctx context.Context, typeName string, key ...string) (*store.Row, error) {
	row, err := r.tx.Get(ctx, typeName, key...)
	if err == nil && row.Type.Name != typeName {
		row, err = r.tx.Get(ctx, row.Type.Name, key...)
	}
	return row, err
}

// seen answers a domain.NotFound for an entity that the caller's queries would not find.
func (r *request) seen(ctx context.Context, row *store.Row) error {
	t := row.Type
	q := &query.Query{Type: t.Name}
	terms := make([]query.Expr, len(t.Key))
	for i, name := range t.Key {
		path := query.Path{Segments: []query.Segment{{Name: name}}}
		q.Projections = append(q.Projections, query.Projection{Path: path})
		terms[i] = query.Compare{Path: path, Op: query.Is, Value: query.Value{Text: fmt.Sprint(row.Values[name]), Quoted: true}}
	}
	if q.Where = terms[0]; len(terms) > 1 {
		q.Where = query.And{Terms: terms}
	}
	result, err := r.tx.Select(ctx, q, r.viewer())
	if err != nil {
		return err
	}
	if len(result.Rows) == 0 {
		return domain.Errorf(domain.NotFound, "there is no such %s", t.Name)
	}
	return nil
}

// moved is change for what the caller asked for: it may take an entity only where they may have it.
func (r *request) moved(ctx context.Context, row *store.Row, values map[string]any) (*store.Row, error) {
	after, err := r.change(ctx, row, values)
	if err != nil {
		return nil, err
	}
	if err := r.keepSight(ctx, after); err != nil {
		return nil, err
	}
	return after, r.permitMove(ctx, row, after)
}

// change sets attributes of an entity and gives it as it is then. A change to the same value is none.
func (r *request) change(ctx context.Context, row *store.Row, values map[string]any) (*store.Row, error) {
	values = maps.Clone(values)
	if err := r.settle(ctx, row, values); err != nil {
		return nil, err
	}
	maps.DeleteFunc(values, func(name string, value any) bool { return same(row.Values[name], value) })
	if len(values) == 0 {
		return row, nil
	}
	key := keyIn(row.Type, row.Values)
	if err := r.tx.Update(ctx, row.Type, key, values); err != nil {
		return nil, err
	}
	after, err := r.tx.Get(ctx, row.Type.Name, key...)
	if err != nil {
		return nil, err
	}
	if err := r.record(ctx, actionUpdate, row); err != nil {
		return nil, err
	}
	return after, r.noticeChanged(ctx, row, after, values)
}

// settle adds what follows from a change, and refuses what would tear trees apart.
func (r *request) settle(ctx context.Context, row *store.Row, values map[string]any) error {
	merged := maps.Clone(row.Values)
	maps.Copy(merged, values)
	_, reparented := values["parent_id"]
	if err := staysInProject(row, values); err != nil {
		return err
	}
	switch {
	case row.Type.Name == "Note":
		_, answers := values["in_reply_to_id"]
		if !reparented && !answers {
			return nil
		}
		if err := r.noRing(ctx, row, "Note", "in_reply_to_id", text(merged, "in_reply_to_id")); err != nil {
			return err
		}
		if err := r.hang(ctx, row.Type, merged); err != nil {
			return err
		}
		for _, name := range []string{"parent_id", "parent_type", "project_id"} {
			values[name] = merged[name]
		}
	case row.Type.Name == "Asset":
		return r.ofSameProject(ctx, row, values, "Context", "context_id")
	case row.Type.Name == domain.TypeVersion:
		return r.ofSameProject(ctx, row, values, "Asset", "asset_id")
	case row.Type.Is("TypedContext"):
		if !reparented {
			return nil
		}
		if err := r.ofSameProject(ctx, row, values, "Context", "parent_id"); err != nil {
			return err
		}
		return r.noRing(ctx, row, "Context", "parent_id", text(values, "parent_id"))
	case row.Type.Name == "Group" && reparented:
		return r.noRing(ctx, row, "Group", "parent_id", text(values, "parent_id"))
	case row.Type.Name == "ReviewSession":
		return spanOf(row.Type, merged)
	case row.Type.Name == "Job":
		r.settleJob(values)
	case row.Type.Name == "User":
		return r.settleProfile(ctx, row.Values, merged, values)
	case row.Type.Name == "CustomAttributeConfiguration":
		return settleConfiguration(row.Type, merged, values)
	case onlyOnce[row.Type.Name] != nil:
		return r.settleChoice(ctx, row.Type, merged, values)
	}
	return nil
}

// settleJob notes when a job ended.
func (r *request) settleJob(values map[string]any) {
	if status := values["status"]; status == "done" || status == "failed" {
		setDefault(values, "finished_at", r.now)
	}
}

// staysInProject refuses to take an entity to another project: what hangs on it would not follow. A note
// follows what it is hung on.
func staysInProject(row *store.Row, values map[string]any) error {
	project, given := values["project_id"]
	_, hung := values["parent_id"]
	_, answers := values["in_reply_to_id"]
	if !given || same(row.Values["project_id"], project) || row.Type.Rights().Update == schema.Administrators || row.Type.Name == "Note" && (hung || answers) {
		return nil
	}
	return wrong(row.Type, "project_id", "never changes")
}

// ofSameProject refuses to hang an entity onto something of another project.
func (r *request) ofSameProject(ctx context.Context, row *store.Row, values map[string]any, family, via string) error {
	id, given := values[via]
	if !given || same(row.Values[via], id) {
		return nil
	}
	above, err := r.get(ctx, family, text(values, via))
	if err != nil || above.Values["project_id"] != row.Values["project_id"] {
		return wrong(row.Type, via, "must be in the same project")
	}
	return nil
}

// noRing refuses to hang an entity below itself.
func (r *request) noRing(ctx context.Context, row *store.Row, family, via, above string) error {
	for above != "" {
		if above == row.Values["id"] {
			return wrong(row.Type, via, "would hang it below itself")
		}
		next, err := r.get(ctx, family, above)
		if err != nil {
			return err
		}
		above = text(next.Values, via)
	}
	return nil
}

// noticeChanged collects what rules must know, and keeps what follows from the change in step.
func (r *request) noticeChanged(ctx context.Context, before, after *store.Row, values map[string]any) error {
	if _, ok := values["status_id"]; ok && (after.Type.Is("TypedContext") || after.Type.Name == domain.TypeVersion) {
		if err := r.noticeStatus(ctx, before, after); err != nil {
			return err
		}
	}
	switch after.Type.Name {
	case domain.TypeVersion:
		return r.noticeVersion(ctx, before, after)
	case "Note":
		if err := r.noticeCompletion(ctx, before, after); err != nil {
			return err
		}
		return r.noticeNote(ctx, after, values)
	case "User":
		return r.signOut(ctx, before, after)
	case "ReviewSessionObjectStatus":
		if _, judged := values["status"]; judged {
			r.takeBack(reviewStatus(before))
			r.noticeReviewStatus(after)
		}
	case "Appointment":
		old, was, err := r.assignment(ctx, before.Values)
		if err != nil {
			return err
		}
		assignment, is, err := r.assignment(ctx, after.Values)
		if err != nil || was && is && old == assignment {
			return err
		}
		if was {
			r.unassign(old)
		}
		if is {
			r.changes = append(r.changes, domain.AssignmentAdded{Assignment: assignment})
		}
	}
	return nil
}

// noticeNote takes a note's replies along when it moves, and stirs the thread it has come to answer in.
func (r *request) noticeNote(ctx context.Context, note *store.Row, values map[string]any) error {
	if _, moved := values["parent_id"]; moved {
		replies, err := r.repliesTo(ctx, text(note.Values, "id"))
		if err != nil {
			return err
		}
		for _, reply := range replies {
			if _, err := r.change(ctx, reply, map[string]any{"in_reply_to_id": note.Values["id"], "parent_id": note.Values["parent_id"]}); err != nil {
				return err
			}
		}
	}
	if above, answers := values["in_reply_to_id"]; answers {
		id, _ := above.(string)
		return r.stir(ctx, id)
	}
	return nil
}

// stir sets the thread activity of the first note above a reply.
func (r *request) stir(ctx context.Context, above string) error {
	for above != "" {
		note, err := r.get(ctx, "Note", above)
		if err != nil {
			return err
		}
		if above = text(note.Values, "in_reply_to_id"); above == "" {
			_, err := r.change(ctx, note, map[string]any{"thread_activity": r.now})
			return err
		}
	}
	return nil
}

// keepStatusChange writes the history that ftrack keeps of statuses, and gives the id of its new line.
func (r *request) keepStatusChange(ctx context.Context, before, after *store.Row) (string, error) {
	t, _ := schema.ByName("StatusChange")
	id := uuid.NewString()
	values := map[string]any{
		"id": id, "parent_id": after.Values["id"], "parent_type": after.Type.Name, "date": r.now,
		"status_id": after.Values["status_id"], "from_status_id": before.Values["status_id"],
	}
	setDefault(values, "user_id", string(r.caller.UserID))
	return id, r.tx.Insert(ctx, t, values)
}
