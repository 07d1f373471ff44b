package workspace

import (
	"context"
	"encoding/json"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/jobs"
	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/backend/workspace/tracker"
)

// jobRetain is the kind of the jobs that clear inboxes of what stayed long enough.
const jobRetain = "inbox.retain"

const (
	// remembered is how long a notification that is marked as removed stays, so that every copy of an inbox
	// can hear of it. One that comes later is behind the horizon and starts over.
	remembered = 30 * 24 * time.Hour
	// retainedAtOnce is how many rows one transaction clears, and retaining how long a job goes on until it
	// lets others have their turn.
	retainedAtOnce = 200
	retaining      = 5 * time.Second
)

// retain clears the inboxes, a few rows at a time, and plans the next day. After each few it rests for as
// long as they took: whoever else writes has half of the time at least.
func (r *rooms) retain(ctx context.Context, _ json.RawMessage) error {
	if err := r.plan(ctx, jobRetain); err != nil {
		return err
	}
	for begun := time.Now(); time.Since(begun) < retaining; {
		before := time.Now()
		more, err := r.retainSome(ctx)
		if err != nil || !more {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Since(before)):
		}
	}
	return r.store.Write(ctx, func(tx *store.Tx) error {
		return jobs.Enqueue(ctx, tx, jobRetain, "", time.Time{}, struct{}{})
	})
}

// retainSome marks what stayed long enough as removed, deletes what was marked long ago, and tidies up
// what is left of people and things that are no more. more says whether to go on.
func (r *rooms) retainSome(ctx context.Context) (more bool, err error) {
	var heads map[domain.UserID]int64
	err = r.store.Write(ctx, func(tx *store.Tx) error {
		keep, err := tx.Retention(ctx)
		if err != nil {
			return err
		}
		var marked, forgotten, tidied int
		if heads, marked, err = tx.Expire(ctx, keep, retainedAtOnce); err != nil {
			return err
		}
		ago := tx.Now().Add(-remembered)
		if forgotten, err = tx.Forget(ctx, ago, retainedAtOnce); err != nil {
			return err
		}
		tidied, err = tx.Tidy(ctx, ago, retainedAtOnce)
		more = max(marked, forgotten, tidied) >= retainedAtOnce
		return err
	})
	if err == nil {
		r.announce(ctx, tracker.Committed{Inbox: heads})
	}
	return more, err
}

// horizon is how far a copy of a person's inbox must have come so that it holds nothing that is no more.
func (r *rooms) horizon(ctx context.Context, user domain.UserID) (seq int64, err error) {
	err = r.store.Read(ctx, func(tx *store.Tx) error {
		seq, err = tx.Horizon(ctx, user)
		return err
	})
	return seq, err
}
