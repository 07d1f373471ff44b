package store

import (
	"context"
	"time"
)

// Throttle counts the wrong tries of one bucket: a person, a device, an address.
type Throttle struct {
	Failures    int       // since the last pause, or since Since
	Pauses      int       // pauses so far
	PausedUntil time.Time // tries before it are refused
	Since       time.Time // when counting began
}

// Throttle reads a bucket; an unknown one is empty. Whoever reads the same bucket meanwhile waits until
// this transaction ends: tries made at once are counted one after the other.
func (tx *Tx) Throttle(ctx context.Context, bucket string) (Throttle, error) {
	var t Throttle
	var until, since int64
	err := tx.queryRow(ctx, `INSERT INTO throttle (bucket, failures, pauses, paused_until, since, changed_at) VALUES ($1, 0, 0, 0, $2, $2)
		ON CONFLICT (bucket) DO UPDATE SET bucket = excluded.bucket RETURNING failures, pauses, paused_until, since`,
		bucket, micros(tx.now)).Scan(&t.Failures, &t.Pauses, &until, &since)
	t.PausedUntil, t.Since = fromMicros(until), fromMicros(since)
	return t, wrap("read a throttle", err)
}

// SetThrottle keeps a bucket, and forgets those that nobody touched for as long as forget.
func (tx *Tx) SetThrottle(ctx context.Context, bucket string, t Throttle, forget time.Duration) error {
	var until int64
	if !t.PausedUntil.IsZero() {
		until = micros(t.PausedUntil)
	}
	_, err := tx.exec(ctx, `INSERT INTO throttle (bucket, failures, pauses, paused_until, since, changed_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (bucket) DO UPDATE SET failures = excluded.failures, pauses = excluded.pauses,
			paused_until = excluded.paused_until, since = excluded.since, changed_at = excluded.changed_at`,
		bucket, t.Failures, t.Pauses, until, micros(t.Since), micros(tx.now))
	if err != nil {
		return wrap("keep a throttle", err)
	}
	_, err = tx.exec(ctx, `DELETE FROM throttle WHERE changed_at < $1`, micros(tx.now.Add(-forget)))
	return wrap("forget old throttles", err)
}

// ClearThrottle empties a bucket.
func (tx *Tx) ClearThrottle(ctx context.Context, bucket string) error {
	_, err := tx.exec(ctx, `DELETE FROM throttle WHERE bucket = $1`, bucket)
	return wrap("clear a throttle", err)
}
