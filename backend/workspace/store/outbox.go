package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Job is one row of the outbox: something to do after the commit that put it there.
type Job struct {
	ID    string
	Kind  string
	Body  []byte // JSON, for the handler of the kind
	DueAt time.Time
	Tries int // begun so far
}

// EnqueueJob puts a job into the outbox, in the transaction of what it follows from. A taken id changes
// nothing: so a caller makes a job unique.
func (tx *Tx) EnqueueJob(ctx context.Context, j Job) error {
	tx.enqueued = true
	_, err := tx.exec(ctx, `INSERT INTO outbox (id, kind, body, due_at, tries, leased_until, dead, error, created_at)
		VALUES ($1, $2, $3, $4, 0, 0, 0, '', $5) ON CONFLICT (id) DO NOTHING`, j.ID, j.Kind, string(j.Body), micros(j.DueAt), micros(tx.now))
	return wrap("enqueue a job", err)
}

// LeaseJob takes the job that is due longest, for so long: whoever dies with it lets it go by that.
// It answers false where none is due. A job that another process is just taking is passed over.
func (tx *Tx) LeaseJob(ctx context.Context, lease time.Duration) (Job, bool, error) {
	var j Job
	var due int64
	var body string
	err := tx.queryRow(ctx, `UPDATE outbox SET tries = tries + 1, leased_until = $1 WHERE id = (
			SELECT id FROM outbox WHERE dead = 0 AND due_at <= $2 AND leased_until <= $2 ORDER BY due_at, id LIMIT 1`+tx.engine.skipLocked()+`)
		RETURNING id, kind, body, due_at, tries`, micros(tx.now.Add(lease)), micros(tx.now)).Scan(&j.ID, &j.Kind, &body, &due, &j.Tries)
	if errors.Is(err, sql.ErrNoRows) {
		return Job{}, false, nil
	}
	j.Body, j.DueAt = []byte(body), fromMicros(due)
	return j, err == nil, wrap("lease a job", err)
}

// NextJob is when the next job can be taken: at its due time, or when its lease ends. It answers false
// where the outbox is empty but for dead jobs.
func (tx *Tx) NextJob(ctx context.Context) (time.Time, bool, error) {
	var next sql.NullInt64
	err := tx.queryRow(ctx, `SELECT MIN(CASE WHEN leased_until > due_at THEN leased_until ELSE due_at END) FROM outbox WHERE dead = 0`).Scan(&next)
	return fromMicros(next.Int64), next.Valid, wrap("find the next job", err)
}

// FinishJob takes a job that is done out of the outbox.
func (tx *Tx) FinishJob(ctx context.Context, id string) error {
	_, err := tx.exec(ctx, `DELETE FROM outbox WHERE id = $1`, id)
	return wrap("finish a job", err)
}

// RetryJob lets a job go that failed, until it is due again.
func (tx *Tx) RetryJob(ctx context.Context, id string, due time.Time, cause string) error {
	_, err := tx.exec(ctx, `UPDATE outbox SET due_at = $1, leased_until = 0, error = $2 WHERE id = $3`, micros(due), cause, id)
	return wrap("put a job off", err)
}

// BuryJob keeps a job that failed for good, with why.
func (tx *Tx) BuryJob(ctx context.Context, id, cause string) error {
	_, err := tx.exec(ctx, `UPDATE outbox SET dead = 1, leased_until = 0, error = $1 WHERE id = $2`, cause, id)
	return wrap("bury a job", err)
}
