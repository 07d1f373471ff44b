package store

import (
	"context"
	"database/sql"
	"time"
)

// Beat writes something, so that a caller learns whether anything can be written.
func (tx *Tx) Beat(ctx context.Context) error {
	_, err := tx.exec(ctx, `INSERT INTO workspace_meta (name, value) VALUES ('beat', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
		tx.now.Format(time.RFC3339))
	return wrap("write a sign of life", err)
}

// Backlog is what lies in the outbox.
type Backlog struct {
	// Waiting jobs will be done, Dead ones failed for good.
	Waiting, Dead int
	// Oldest is the due time of the job that waits longest; the zero time where none waits.
	Oldest time.Time
}

// Backlog counts what lies in the outbox.
func (tx *Tx) Backlog(ctx context.Context) (Backlog, error) {
	var b Backlog
	var oldest sql.NullInt64
	err := tx.queryRow(ctx, `SELECT COALESCE(SUM(1 - dead), 0), COALESCE(SUM(dead), 0), MIN(CASE WHEN dead = 0 THEN due_at END) FROM outbox`).
		Scan(&b.Waiting, &b.Dead, &oldest)
	if oldest.Valid {
		b.Oldest = fromMicros(oldest.Int64)
	}
	return b, wrap("count the outbox", err)
}
