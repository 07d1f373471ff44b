package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// Delivery is one notification for one person. Its id and seq are given by Deliver.
type Delivery struct {
	To           domain.UserID
	Notification domain.Notification
}

// Deliver adds rows to inboxes and gives the new heads of those it changed. Somebody who was told of an
// event before keeps that row and gets no other. People are served in ascending order of their ids, so
// that two requests never wait for each other.
func (tx *Tx) Deliver(ctx context.Context, deliveries []Delivery) (map[domain.UserID]int64, error) {
	deliveries = slices.Clone(deliveries)
	slices.SortStableFunc(deliveries, func(a, b Delivery) int { return cmp.Compare(a.To, b.To) })
	heads := map[domain.UserID]int64{}
	for _, d := range deliveries {
		told, err := tx.told(ctx, d)
		if err != nil {
			return nil, err
		}
		if told {
			continue
		}
		seq, err := tx.nextSeq(ctx, d.To)
		if err != nil {
			return nil, err
		}
		if err := tx.insertNotification(ctx, d, seq); err != nil {
			return nil, err
		}
		heads[d.To] = seq
	}
	return heads, nil
}

func (tx *Tx) told(ctx context.Context, d Delivery) (bool, error) {
	var n int
	err := tx.queryRow(ctx, `SELECT 1 FROM "notification" WHERE user_id = $1 AND event_key = $2`, string(d.To), d.Notification.EventKey).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func (tx *Tx) insertNotification(ctx context.Context, d Delivery, seq int64) error {
	t, _ := schema.ByName("Notification")
	n := d.Notification
	values := map[string]any{
		"id": uuid.NewString(), "seq": seq, "user_id": string(d.To), "event_key": n.EventKey,
		"kind": string(n.Kind), "kinds": n.Kinds, "reasons": n.Reasons, "subject": n.Subject,
		"summary": n.Summary, "created_at": n.CreatedAt, "snooze_until_change": false,
	}
	for name, id := range map[string]string{
		"actor_id": string(n.Actor.ID), "project_id": string(n.ProjectID), "entity_type": n.EntityType, "entity_id": n.EntityID,
		"note_id": string(n.NoteID), "version_id": string(n.VersionID), "status_id": n.StatusID,
	} {
		if id != "" {
			values[name] = id
		}
	}
	return tx.Insert(ctx, t, values)
}

// nextSeq takes the next seq of a person's inbox.
func (tx *Tx) nextSeq(ctx context.Context, user domain.UserID) (int64, error) {
	var seq int64
	err := tx.queryRow(ctx, `INSERT INTO inbox_head (user_id, seq) VALUES ($1, 1)
		ON CONFLICT (user_id) DO UPDATE SET seq = inbox_head.seq + 1 RETURNING seq`, string(user)).Scan(&seq)
	if err != nil {
		return 0, fmt.Errorf("take the next seq: %w", err)
	}
	return seq, nil
}

// Head is the newest seq of a person's inbox, 0 where nothing ever arrived.
func (tx *Tx) Head(ctx context.Context, user domain.UserID) (int64, error) {
	var seq int64
	err := tx.queryRow(ctx, `SELECT seq FROM inbox_head WHERE user_id = $1`, string(user)).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return seq, err
}

// ChangeNotification changes a row of a person's inbox, which thereby takes the person's next seq.
func (tx *Tx) ChangeNotification(ctx context.Context, user domain.UserID, id domain.NotificationID, values map[string]any) (int64, error) {
	t, _ := schema.ByName("Notification")
	seq, err := tx.nextSeq(ctx, user)
	if err != nil {
		return 0, err
	}
	values = maps.Clone(values)
	values["seq"] = seq
	return seq, tx.Update(ctx, t, []string{string(id)}, values)
}

// Withdraw marks as removed the notifications of everything that goes when the entity is deleted, and
// gives the new heads of the inboxes it changed. It is called before the delete.
func (tx *Tx) Withdraw(ctx context.Context, t *schema.Type, id string) (map[domain.UserID]int64, error) {
	where, ok := going[t.Root]
	if !ok {
		return map[domain.UserID]int64{}, nil
	}
	rows := map[string][]string{}
	if err := tx.collect(ctx, rows, `SELECT user_id, id FROM "notification" WHERE removed_at IS NULL AND `+where+` ORDER BY user_id, seq`, []any{id}); err != nil {
		return nil, fmt.Errorf("find what is told of it: %w", err)
	}
	heads := map[domain.UserID]int64{}
	for _, user := range slices.Sorted(maps.Keys(rows)) {
		for _, row := range rows[user] {
			seq, err := tx.ChangeNotification(ctx, domain.UserID(user), domain.NotificationID(row), map[string]any{"removed_at": tx.now})
			if err != nil {
				return nil, err
			}
			heads[domain.UserID(user)] = seq
		}
	}
	return heads, nil
}

// going says which notifications speak of an entity, $1, or of what is deleted with it.
var going = map[string]string{
	"Note": `note_id IN (WITH RECURSIVE down(id) AS (SELECT id FROM "note" WHERE id = $1 UNION SELECT n.id FROM down JOIN "note" AS n ON n.in_reply_to_id = down.id) SELECT id FROM down)`,
	"Context": `entity_id IN (SELECT id FROM "context_path" WHERE ancestor_id = $1 UNION
		SELECT v.id FROM "context_path" AS p JOIN "asset" AS a ON a.context_id = p.id JOIN "assetversion" AS v ON v.asset_id = a.id WHERE p.ancestor_id = $1)`,
	"Asset":        `entity_id IN (SELECT id FROM "assetversion" WHERE asset_id = $1)`,
	"AssetVersion": `entity_id = $1`,
}
