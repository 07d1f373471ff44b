package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

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
// event before keeps that row and gets no other. What somebody snoozed until it changes comes back with
// the news of it. People are served in ascending order of their ids, so that two requests never wait for
// each other.
func (tx *Tx) Deliver(ctx context.Context, deliveries []Delivery) (map[domain.UserID]int64, error) {
	known, err := tx.told(ctx, deliveries)
	if err != nil {
		return nil, fmt.Errorf("find who was told before: %w", err)
	}
	fresh := slices.DeleteFunc(slices.Clone(deliveries), func(d Delivery) bool {
		before := known[d.told()]
		known[d.told()] = true
		return before
	})
	slices.SortStableFunc(fresh, func(a, b Delivery) int { return cmp.Compare(a.To, b.To) })
	snoozed, err := tx.snoozed(ctx, fresh)
	if err != nil {
		return nil, fmt.Errorf("find what is snoozed until it changes: %w", err)
	}
	heads := map[domain.UserID]int64{}
	for chunk := range slices.Chunk(fresh, inboxBatch) {
		counts := map[domain.UserID]int64{}
		waking := map[domain.UserID][]string{}
		for _, d := range chunk {
			counts[d.To]++
			if rows := snoozed[d.To]; rows != nil {
				counts[d.To] += int64(len(rows))
				waking[d.To] = rows
				delete(snoozed, d.To) // the next chunk may go on with the same person
			}
		}
		next, err := tx.takeSeqs(ctx, counts)
		if err != nil {
			return nil, fmt.Errorf("take the next seqs: %w", err)
		}
		if err := tx.mark(ctx, waking, next, "snooze_until_change", false); err != nil {
			return nil, fmt.Errorf("end what is snoozed until it changes: %w", err)
		}
		rows := make([]map[string]any, len(chunk))
		for i, d := range chunk {
			rows[i] = notificationValues(d, next[d.To])
			heads[d.To] = next[d.To]
			next[d.To]++
		}
		for some := range slices.Chunk(rows, tx.engine.rowsAtOnce()) {
			if err := tx.insertNotifications(ctx, some); err != nil {
				return nil, err
			}
		}
	}
	return heads, nil
}

// inboxBatch is how many rows one statement adds to inboxes.
const inboxBatch = 100

// telling is that somebody is told of an event.
type telling struct {
	to    domain.UserID
	event string
}

func (d Delivery) told() telling { return telling{d.To, d.Notification.EventKey} }

// told finds which of the deliveries were made before.
func (tx *Tx) told(ctx context.Context, deliveries []Delivery) (map[telling]bool, error) {
	people := map[string][]string{}
	for _, d := range deliveries {
		event := d.Notification.EventKey
		people[event] = append(people[event], string(d.To))
	}
	known := map[telling]bool{}
	for event, to := range people {
		for chunk := range slices.Chunk(to, batch) {
			c := newCompiler(Viewer{}, nil)
			found := map[string][]string{}
			text := `SELECT '', user_id FROM "notification" WHERE event_key = ` + c.bind(event) + ` AND user_id IN (` + among(tx, c, chunk) + `)`
			if err := tx.collect(ctx, found, text, c.args); err != nil {
				return nil, err
			}
			for _, user := range found[""] {
				known[telling{domain.UserID(user), event}] = true
			}
		}
	}
	return known, nil
}

// takeSeqs takes so many seqs for each person, and gives the first.
func (tx *Tx) takeSeqs(ctx context.Context, counts map[domain.UserID]int64) (map[domain.UserID]int64, error) {
	c := newCompiler(Viewer{}, nil)
	var values []string
	for _, user := range slices.Sorted(maps.Keys(counts)) {
		values = append(values, "("+c.bind(string(user))+", "+c.bind(counts[user])+")")
	}
	rows, err := tx.query(ctx, `INSERT INTO inbox_head (user_id, seq) VALUES `+strings.Join(values, ", ")+`
		ON CONFLICT (user_id) DO UPDATE SET seq = inbox_head.seq + excluded.seq RETURNING user_id, seq`, c.args...)
	if err != nil {
		return nil, err
	}
	first := map[domain.UserID]int64{}
	for rows.Next() {
		var user domain.UserID
		var seq int64
		if err := rows.Scan(&user, &seq); err != nil {
			return nil, closing(rows, err)
		}
		first[user] = seq - counts[user] + 1
	}
	return first, closing(rows, nil)
}

// notificationValues are what a row of an inbox holds.
func notificationValues(d Delivery, seq int64) map[string]any {
	n := d.Notification
	values := map[string]any{
		"id": uuid.NewString(), "seq": seq, "user_id": string(d.To), "event_key": n.EventKey,
		"kind": string(n.Kind), "kinds": n.Kinds, "reasons": n.Reasons, "routes": n.Routes, "subject": n.Subject,
		"summary": n.Summary, "created_at": n.CreatedAt, "snooze_until_change": false,
	}
	for name, id := range map[string]string{
		"actor_id": string(n.Actor.ID), "project_id": string(n.ProjectID), "entity_type": n.EntityType, "entity_id": n.EntityID,
		"note_id": string(n.NoteID), "version_id": string(n.VersionID), "status_id": n.StatusID,
	} {
		values[name] = nil // every row has the same columns
		if id != "" {
			values[name] = id
		}
	}
	return values
}

// insertNotifications adds rows of inboxes, all with the same attributes. Where another transaction told
// somebody of the same event since we looked, the write is run again.
func (tx *Tx) insertNotifications(ctx context.Context, rows []map[string]any) error {
	t, _ := schema.ByName("Notification")
	c := newCompiler(Viewer{}, nil)
	var names, lines []string
	for _, values := range rows {
		given, encoded, err := encodeAll(t, values)
		if err != nil {
			return err
		}
		names = given
		marks := make([]string, len(encoded))
		for i, value := range encoded {
			marks[i] = c.bind(value)
		}
		lines = append(lines, "("+strings.Join(marks, ", ")+")")
	}
	for i, name := range names {
		names[i] = quote(name)
	}
	result, err := tx.add(ctx, fmt.Sprintf("INSERT INTO %s (%s) VALUES %s ON CONFLICT DO NOTHING", table(t), strings.Join(names, ", "), strings.Join(lines, ", ")), c.args...)
	if err != nil {
		return fmt.Errorf("insert notifications: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || n < int64(len(rows)) {
		return errors.Join(err, errMet)
	}
	return nil
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
	return tx.withdraw(ctx, rows)
}

// withdraw marks rows as removed, listed by their person.
func (tx *Tx) withdraw(ctx context.Context, rows map[string][]string) (map[domain.UserID]int64, error) {
	heads := map[domain.UserID]int64{}
	for chunk := range slices.Chunk(slices.Sorted(maps.Keys(rows)), inboxBatch) {
		counts := map[domain.UserID]int64{}
		of := map[domain.UserID][]string{}
		for _, user := range chunk {
			counts[domain.UserID(user)], of[domain.UserID(user)] = int64(len(rows[user])), rows[user]
		}
		next, err := tx.takeSeqs(ctx, counts)
		if err != nil {
			return nil, fmt.Errorf("take the next seqs: %w", err)
		}
		if err := tx.mark(ctx, of, next, "removed_at", micros(tx.now)); err != nil {
			return nil, fmt.Errorf("mark as removed: %w", err)
		}
		for user, seq := range next {
			heads[user] = seq - 1
		}
	}
	return heads, nil
}

// mark sets one attribute of rows of inboxes, listed by their person. Each takes its person's next seq.
func (tx *Tx) mark(ctx context.Context, rows map[domain.UserID][]string, next map[domain.UserID]int64, attribute string, value any) error {
	t, _ := schema.ByName("Notification")
	statement := fmt.Sprintf(`UPDATE "notification" SET %s = $1, seq = $2 WHERE id = $3`, attribute)
	for _, user := range slices.Sorted(maps.Keys(rows)) {
		for _, id := range rows[user] {
			if _, err := tx.change(ctx, t, statement, value, next[user], id); err != nil {
				return err
			}
			next[user]++
		}
	}
	return nil
}

// going says which notifications speak of an entity, $1, or of what is deleted with it.
var going = map[string]string{
	"Note": `note_id IN (WITH RECURSIVE down(id) AS (SELECT id FROM "note" WHERE id = $1 UNION SELECT n.id FROM down JOIN "note" AS n ON n.in_reply_to_id = down.id) SELECT id FROM down)`,
	"Context": `entity_id IN (SELECT id FROM "context_path" WHERE ancestor_id = $1 UNION
		SELECT v.id FROM "context_path" AS p JOIN "asset" AS a ON a.context_id = p.id JOIN "assetversion" AS v ON v.asset_id = a.id WHERE p.ancestor_id = $1 UNION
		SELECT o.id FROM "context_path" AS p JOIN "asset" AS a ON a.context_id = p.id JOIN "assetversion" AS v ON v.asset_id = a.id
			JOIN "reviewsessionobject" AS o ON o.version_id = v.id WHERE p.ancestor_id = $1 UNION
		SELECT o.id FROM "reviewsession" AS s JOIN "reviewsessionobject" AS o ON o.review_session_id = s.id WHERE s.project_id = $1)`,
	"Asset": `entity_id IN (SELECT id FROM "assetversion" WHERE asset_id = $1 UNION
		SELECT o.id FROM "assetversion" AS v JOIN "reviewsessionobject" AS o ON o.version_id = v.id WHERE v.asset_id = $1)`,
	"AssetVersion":        `entity_id IN (SELECT CAST($1 AS TEXT) UNION SELECT id FROM "reviewsessionobject" WHERE version_id = $1)`,
	"ReviewSession":       `entity_id IN (SELECT id FROM "reviewsessionobject" WHERE review_session_id = $1)`,
	"ReviewSessionObject": `entity_id = $1`,
}
