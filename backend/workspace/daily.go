package workspace

import (
	"context"
	"time"

	"github.com/callboard/callboard/backend/workspace/jobs"
	"github.com/callboard/callboard/backend/workspace/store"
)

// daily are the kinds of the jobs that are done once a day, each with its time of day in UTC: when most
// studios sleep, one after the other.
var daily = map[string]time.Duration{
	jobSweep:  2 * time.Hour,
	jobRetain: 3 * time.Hour,
}

// work does what lies in the outbox, until ctx ends.
func (r *rooms) work(ctx context.Context) error {
	for kind := range daily {
		if err := r.plan(ctx, kind); err != nil && ctx.Err() == nil {
			return err
		}
	}
	return r.jobs.Run(ctx)
}

// plan has a daily job done at the next time of day for it. A day is planned once, by however many servers.
func (r *rooms) plan(ctx context.Context, kind string) error {
	at := daily[kind]
	return r.store.Write(ctx, func(tx *store.Tx) error {
		day := tx.Now().Add(-at).Truncate(24 * time.Hour).Add(24 * time.Hour)
		return jobs.Enqueue(ctx, tx, kind, day.Format(time.DateOnly), day.Add(at), struct{}{})
	})
}
