package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// Keep is how long notifications stay, by the workspace's settings or as it is built in.
type Keep struct{ Days, DoneDays int }

// Retention reads how long notifications stay.
func (tx *Tx) Retention(ctx context.Context) (Keep, error) {
	keep := Keep{Days: 180, DoneDays: 30}
	if err := tx.Setting(ctx, "retention_days", &keep.Days); err != nil {
		return keep, err
	}
	return keep, tx.Setting(ctx, "retention_done_days", &keep.DoneDays)
}

// Expire marks as removed some of the notifications that stayed long enough, the oldest first, and gives
// the new heads of the inboxes it changed. It marks at most so many; where it marked fewer none is left.
func (tx *Tx) Expire(ctx context.Context, keep Keep, most int) (heads map[domain.UserID]int64, marked int, err error) {
	ago := func(days int) int64 { return micros(tx.now.AddDate(0, 0, -days)) }
	rows := map[string][]string{}
	for _, of := range []struct {
		statement string
		before    int64
	}{{expired, ago(keep.Days)}, {expiredDone, ago(keep.DoneDays)}} {
		if marked == most {
			break
		}
		found := map[string][]string{}
		if err := tx.collect(ctx, found, of.statement, []any{of.before, most - marked}); err != nil {
			return nil, 0, fmt.Errorf("find what stayed long enough: %w", err)
		}
		for user, ids := range found {
			for _, id := range ids {
				if !slices.Contains(rows[user], id) { // it may be both old and done
					rows[user] = append(rows[user], id)
					marked++
				}
			}
		}
	}
	heads, err = tx.withdraw(ctx, rows)
	return heads, marked, err
}

const (
	expired     = `SELECT user_id, id FROM "notification" WHERE removed_at IS NULL AND created_at < $1 ORDER BY created_at LIMIT $2`
	expiredDone = `SELECT user_id, id FROM "notification" WHERE removed_at IS NULL AND done_at IS NOT NULL AND done_at < $1 ORDER BY done_at LIMIT $2`
	forgettable = `SELECT id, user_id, seq FROM "notification" WHERE removed_at IS NOT NULL AND removed_at < $1 ORDER BY removed_at LIMIT $2`
)

// Forget deletes some of the notifications that were marked as removed before, at most so many, and
// raises the horizon of their people. It answers how many.
func (tx *Tx) Forget(ctx context.Context, before time.Time, most int) (int, error) {
	rows, err := tx.query(ctx, forgettable, micros(before), most)
	if err != nil {
		return 0, fmt.Errorf("find what was removed long ago: %w", err)
	}
	var ids []string
	horizons := map[domain.UserID]int64{}
	for rows.Next() {
		var id string
		var user domain.UserID
		var seq int64
		if err := rows.Scan(&id, &user, &seq); err != nil {
			return 0, closing(rows, err)
		}
		ids = append(ids, id)
		horizons[user] = max(horizons[user], seq)
	}
	if err := closing(rows, nil); err != nil {
		return 0, err
	}
	for _, user := range slices.Sorted(maps.Keys(horizons)) {
		if _, err := tx.exec(ctx, `UPDATE inbox_head SET horizon = $1 WHERE user_id = $2 AND horizon < $1`, horizons[user], string(user)); err != nil {
			return 0, fmt.Errorf("raise a horizon: %w", err)
		}
	}
	return len(ids), tx.deleteAll(ctx, "notification", ids)
}

// Tidy deletes some of what is left of people and things that are no more, at most so many rows of each
// kind: rows of inboxes, choices for projects, and mutes, also those that ended before. It answers how many.
func (tx *Tx) Tidy(ctx context.Context, ended time.Time, most int) (int, error) {
	tidied := 0
	for _, of := range []struct {
		table, statement string
		args             []any
	}{
		{"notification", inboxesOfNobody, []any{most}},
		{"notificationpreference", choicesForNothing, []any{most}},
		{"notificationmute", mutesOfNothing, []any{most, micros(ended)}},
	} {
		found := map[string][]string{}
		if err := tx.collect(ctx, found, of.statement, of.args); err != nil {
			return 0, fmt.Errorf("find what is left in %s: %w", of.table, err)
		}
		tidied += len(found[""])
		if err := tx.deleteAll(ctx, of.table, found[""]); err != nil {
			return 0, err
		}
	}
	return tidied, nil
}

const (
	inboxesOfNobody = `SELECT '', n.id FROM inbox_head AS h JOIN "notification" AS n ON n.user_id = h.user_id
		WHERE NOT EXISTS (SELECT 1 FROM "resource" AS u WHERE u.id = h.user_id) LIMIT $1`
	choicesForNothing = `SELECT '', p.id FROM "notificationpreference" AS p
		WHERE p.project_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "context" AS c WHERE c.id = p.project_id) LIMIT $1`
	mutesOfNothing = `SELECT '', m.id FROM "notificationmute" AS m WHERE m.until < $2
		OR NOT EXISTS (SELECT 1 FROM "context" AS x WHERE x.id = m.entity_id) AND NOT EXISTS (SELECT 1 FROM "note" AS x WHERE x.id = m.entity_id)
		AND NOT EXISTS (SELECT 1 FROM "asset" AS x WHERE x.id = m.entity_id) AND NOT EXISTS (SELECT 1 FROM "assetversion" AS x WHERE x.id = m.entity_id)
		AND NOT EXISTS (SELECT 1 FROM "reviewsession" AS x WHERE x.id = m.entity_id)
		AND NOT EXISTS (SELECT 1 FROM "reviewsessionobject" AS x WHERE x.id = m.entity_id) LIMIT $1`
)

// deleteAll deletes rows of a table by their ids.
func (tx *Tx) deleteAll(ctx context.Context, table string, ids []string) error {
	for chunk := range slices.Chunk(ids, batch) {
		c := newCompiler(Viewer{}, nil)
		if _, err := tx.exec(ctx, "DELETE FROM "+quote(table)+" WHERE id IN ("+c.bindAll(chunk)+")", c.args...); err != nil {
			return fmt.Errorf("delete from %s: %w", table, err)
		}
	}
	return nil
}

// Horizon is the newest seq of a person's inbox of which the row is deleted, 0 for none. Whoever has rows
// of the inbox and has not come so far may hold some that are no more.
func (tx *Tx) Horizon(ctx context.Context, user domain.UserID) (int64, error) {
	var seq int64
	err := tx.queryRow(ctx, `SELECT horizon FROM inbox_head WHERE user_id = $1`, string(user)).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return seq, wrap("read a horizon", err)
}
