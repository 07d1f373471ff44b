package workspace

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/jobs"
	"github.com/callboard/callboard/backend/workspace/store"
)

// jobSweep is the kind of the jobs that tidy up the files of a workspace, one a day.
const jobSweep = "media.sweep"

// sweepAt is when in the day it is done, in UTC: when most studios sleep.
const sweepAt = 2 * time.Hour

// work does what lies in the outbox, until ctx ends.
func (r *rooms) work(ctx context.Context) error {
	if err := r.planSweep(ctx); err != nil && ctx.Err() == nil {
		return err
	}
	return r.jobs.Run(ctx)
}

// planSweep has the files tidied up at the next time of day for it. A day is planned once, by however many
// servers.
func (r *rooms) planSweep(ctx context.Context) error {
	return r.store.Write(ctx, func(tx *store.Tx) error {
		day := tx.Now().Add(-sweepAt).Truncate(24 * time.Hour).Add(24 * time.Hour)
		return jobs.Enqueue(ctx, tx, jobSweep, day.Format(time.DateOnly), day.Add(sweepAt), struct{}{})
	})
}

// sweep tidies up the files, and plans the next time.
func (r *rooms) sweep(ctx context.Context, _ json.RawMessage) error {
	if err := r.planSweep(ctx); err != nil {
		return err
	}
	return r.media.Sweep(ctx, r.existing)
}

// existing are those of the components that there are.
func (r *rooms) existing(ctx context.Context, ids []domain.ComponentID) (map[domain.ComponentID]bool, error) {
	exist := map[domain.ComponentID]bool{}
	if len(ids) == 0 {
		return exist, nil
	}
	quoted := make([]string, len(ids))
	for i, id := range ids {
		quoted[i] = `"` + string(id) + `"` // a UUID
	}
	err := r.store.Read(ctx, func(tx *store.Tx) error {
		rows, err := find(ctx, tx, "select id from Component where id in ("+strings.Join(quoted, ", ")+")")
		for _, row := range rows {
			id, _ := row.Values["id"].(string)
			exist[domain.ComponentID(id)] = true
		}
		return err
	})
	return exist, err
}
