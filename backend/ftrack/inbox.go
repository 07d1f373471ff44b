package ftrack

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// rowProjection is everything of a notification that the inbox shows. A person sees only their own rows.
const rowProjection = "id, seq, event_key, kind, kinds, reasons, routes, subject, actor.id, actor.first_name, actor.last_name, " +
	"actor.username, actor.thumbnail_id, project_id, entity_type, entity_id, note_id, version_id, status_id, summary, " +
	"created_at, read_at, done_at, snoozed_until, snooze_until_change, removed_at"

// Inbox gives the rows changed after a seq, in the order of their seq, at most limit of them. Rows out
// of order are refused: whoever fetches by the last seq would miss some, or never end.
func (c *Client) Inbox(ctx context.Context, after int64, limit int) ([]domain.Notification, error) {
	found, err := c.query(ctx, fmt.Sprintf("select %s from Notification where seq > %d order by seq limit %d", rowProjection, after, limit))
	if err != nil {
		return nil, err
	}
	return notifications(found, after)
}

// Newest gives of the rows changed after a seq those that changed last, at most limit of them, in the
// order of their seq.
func (c *Client) Newest(ctx context.Context, after int64, limit int) ([]domain.Notification, error) {
	found, err := c.query(ctx, fmt.Sprintf("select %s from Notification where seq > %d order by seq descending limit %d", rowProjection, after, limit))
	if err != nil {
		return nil, err
	}
	slices.Reverse(found)
	return notifications(found, after)
}

// notifications reads rows in the order of their seq, all of them after one.
func notifications(found []map[string]any, after int64) (rows []domain.Notification, err error) {
	rows = make([]domain.Notification, len(found))
	for i, fields := range found {
		if rows[i], err = notification(fields); err != nil {
			return nil, err
		}
		if rows[i].Seq <= after {
			return nil, domain.Errorf(domain.Unsupported, "the server sent row %d after row %d", rows[i].Seq, after)
		}
		after = rows[i].Seq
	}
	return rows, nil
}

func notification(fields map[string]any) (domain.Notification, error) {
	actor, _ := fields["actor"].(map[string]any)
	seq, _ := fields["seq"].(float64)
	untilChange, _ := fields["snooze_until_change"].(bool)
	created := instant(fields, "created_at")
	row := domain.Notification{
		ID: domain.NotificationID(text(fields, "id")), Seq: int64(seq), EventKey: text(fields, "event_key"),
		Kind: domain.Kind(text(fields, "kind")), Actor: person(actor), ProjectID: domain.ProjectID(text(fields, "project_id")),
		EntityType: text(fields, "entity_type"), EntityID: text(fields, "entity_id"), NoteID: domain.NoteID(text(fields, "note_id")),
		VersionID: domain.VersionID(text(fields, "version_id")), StatusID: text(fields, "status_id"), Summary: text(fields, "summary"),
		ReadAt: instant(fields, "read_at"), DoneAt: instant(fields, "done_at"), SnoozedUntil: instant(fields, "snoozed_until"),
		SnoozeUntilChange: untilChange, RemovedAt: instant(fields, "removed_at"),
	}
	if row.ID == "" || row.Seq <= 0 || created == nil {
		return row, domain.Errorf(domain.Unsupported, "the server sent a notification without id, seq or time")
	}
	row.CreatedAt = *created
	for name, into := range map[string]any{"kinds": &row.Kinds, "reasons": &row.Reasons, "routes": &row.Routes, "subject": &row.Subject} {
		if err := variable(fields[name], into); err != nil {
			return row, domain.Errorf(domain.Unsupported, "the %s of notification %s cannot be read: %w", name, row.ID, err)
		}
	}
	return row, nil
}

// variable reads a JSON value of the wire into one of ours.
func variable(value, into any) error {
	if value == nil {
		return nil
	}
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

func instant(fields map[string]any, name string) *time.Time {
	at, ok := fields[name].(time.Time)
	if !ok {
		return nil
	}
	return &at
}

// mostUpdates is how many rows one request changes: a person may mark thousands as read at once.
const mostUpdates = 500

// Do does on the server what a person did here: to rows, or to a task. Doing it twice is doing it once. After an error
// some rows may be done: very many go in several requests.
func (c *Client) Do(ctx context.Context, action domain.Action) error {
	if action.Verb == domain.SetStatus && action.Status != nil {
		return c.SetStatus(ctx, *action.Status)
	}
	data, err := effect(action)
	if err != nil {
		return err
	}
	for items := range slices.Chunk(action.Items, mostUpdates) {
		ops := make([]wire.Operation, len(items))
		for i, id := range items {
			ops[i] = wire.Operation{
				Action: "update", EntityType: "Notification", EntityKey: []string{string(id)}, EntityData: data,
			}
		}
		if _, err := c.call(ctx, ops...); err != nil {
			return err
		}
	}
	return nil
}

// effect is what a verb sets on a row.
func effect(action domain.Action) (map[string]any, error) {
	switch action.Verb {
	case domain.MarkRead:
		return map[string]any{"read_at": action.At}, nil
	case domain.MarkUnread:
		return map[string]any{"read_at": nil}, nil
	case domain.MarkDone:
		return map[string]any{"done_at": action.At}, nil
	case domain.MarkUndone:
		return map[string]any{"done_at": nil}, nil
	case domain.WakeRows:
		return map[string]any{"snoozed_until": nil, "snooze_until_change": false}, nil
	}
	if action.Verb == domain.SnoozeRows && action.Snooze != nil {
		data := map[string]any{"snoozed_until": nil, "snooze_until_change": action.Snooze.UntilChange}
		if action.Snooze.Until != nil {
			data["snoozed_until"] = *action.Snooze.Until
		}
		return data, nil
	}
	return nil, domain.Errorf(domain.Invalid, "%q is nothing one does to a notification", action.Verb)
}
