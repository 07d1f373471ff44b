// Package jobs does what follows from a change after its commit: mail, digests, retention. Jobs lie in
// the outbox table, put there in the transaction of the change, so that neither exists without the other.
//
// The trap: a job is done at least once. A worker that dies after its work and before its note of it
// leaves the job to be done again, so handlers must bear that.
package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

const (
	maxTries     = 12
	lease        = 2 * time.Minute // longer than any handler may take
	limit        = time.Minute     // for one try of one job
	firstBackOff = 5 * time.Second
	longBackOff  = time.Hour
	sweep        = 30 * time.Second // the most between two looks while something waits
)

// Handler does the jobs of one kind. A domain.Invalid or Unsupported error buries the job at once; any
// other has it tried again.
type Handler func(ctx context.Context, body json.RawMessage) error

// Config says what the worker works with.
type Config struct {
	Store    *store.Store
	Handlers map[string]Handler
	Clock    func() time.Time
	Log      *slog.Logger
}

// Jobs is the outbox and its worker.
type Jobs struct {
	cfg  Config
	wake chan struct{}
}

// New makes the worker. It rests until Run.
func New(cfg Config) *Jobs {
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return &Jobs{cfg: cfg, wake: make(chan struct{}, 1)}
}

// Enqueue puts a job into the outbox within a transaction, due at that moment (the zero time is now).
// The store tells of the commit, which wakes the worker. A job with a key is put there once, however often it is asked for; "" is
// no key.
func Enqueue(ctx context.Context, tx *store.Tx, kind, key string, due time.Time, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("write the body of a %s job: %w", kind, err)
	}
	id := uuid.NewString()
	if key != "" {
		id = kind + ":" + key
	}
	if due.IsZero() {
		due = tx.Now()
	}
	return tx.EnqueueJob(ctx, store.Job{ID: id, Kind: kind, Body: text, DueAt: due})
}

// Wake has the worker look at the outbox. It never waits.
func (j *Jobs) Wake() {
	select {
	case j.wake <- struct{}{}:
	default: // it has been told
	}
}

// Run does jobs, one at a time, until ctx ends; it finishes the job in hand first.
func (j *Jobs) Run(ctx context.Context) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-j.wake:
		case <-timer.C:
		}
		wait, err := j.drain(ctx)
		if err != nil && ctx.Err() == nil {
			j.cfg.Log.Error("the outbox cannot be read", "error", err)
			wait = sweep
		}
		timer.Stop()
		if wait >= 0 {
			timer.Reset(wait)
		}
	}
}

// drain does all jobs that are due and tells how long to rest; less than 0 is until Wake.
func (j *Jobs) drain(ctx context.Context) (time.Duration, error) {
	for ctx.Err() == nil {
		var job store.Job
		var found, more bool
		var next time.Time
		// Looking comes first: a write would cost a commit each time the worker wakes for nothing.
		err := j.cfg.Store.Read(ctx, func(tx *store.Tx) (err error) {
			next, more, err = tx.NextJob(ctx)
			return err
		})
		if err != nil {
			return -1, err
		}
		if !more {
			return j.rest(), nil
		}
		if wait := next.Sub(j.cfg.Clock()); wait > 0 {
			return min(wait, sweep), nil
		}
		err = j.cfg.Store.Write(ctx, func(tx *store.Tx) (err error) {
			job, found, err = tx.LeaseJob(ctx, lease)
			return err
		})
		if err != nil {
			return -1, err
		}
		if found {
			if err := j.do(ctx, job); err != nil {
				return -1, err
			}
		}
	}
	return -1, nil
}

// rest is how long an empty outbox may be left alone. Another process, which would do the job it puts
// there, may die with it.
func (j *Jobs) rest() time.Duration {
	if j.cfg.Store.Shared() {
		return sweep
	}
	return -1
}

// do tries a job and notes how it went. The end of ctx stops neither: it would only be done twice.
func (j *Jobs) do(ctx context.Context, job store.Job) error {
	ctx = context.WithoutCancel(ctx)
	fault := j.try(ctx, job)
	return j.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		code := domain.CodeOf(fault)
		switch {
		case fault == nil:
			return tx.FinishJob(ctx, job.ID)
		case code == domain.Invalid || code == domain.Unsupported || job.Tries >= maxTries:
			j.cfg.Log.Error("a job failed for good", "kind", job.Kind, "job", job.ID, "tries", job.Tries, "error", fault)
			return tx.BuryJob(ctx, job.ID, fault.Error())
		default:
			j.cfg.Log.Warn("a job failed and is tried again", "kind", job.Kind, "job", job.ID, "tries", job.Tries, "error", fault)
			return tx.RetryJob(ctx, job.ID, tx.Now().Add(backOff(job.Tries)), fault.Error())
		}
	})
}

func (j *Jobs) try(ctx context.Context, job store.Job) (err error) {
	handle, known := j.cfg.Handlers[job.Kind]
	if !known {
		return domain.Errorf(domain.Unsupported, "nobody does jobs of the kind %q", job.Kind)
	}
	defer func() {
		if cause := recover(); cause != nil {
			err = errors.Join(err, fmt.Errorf("the handler panicked: %v", cause))
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return handle(ctx, job.Body)
}

func backOff(tries int) time.Duration {
	if tries > 10 {
		return longBackOff
	}
	return min(firstBackOff<<(tries-1), longBackOff)
}
