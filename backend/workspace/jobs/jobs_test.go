package jobs_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/jobs"
	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/backend/workspace/store/storetest"
)

// TestMain runs every test on every engine of the store.
func TestMain(m *testing.M) { os.Exit(storetest.Run(m)) }

func open(t *testing.T, at store.Config) *store.Store {
	t.Helper()
	st, err := store.Open(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return st
}

// run has a worker work until the test ends.
func run(t *testing.T, st *store.Store, handlers map[string]jobs.Handler) *jobs.Jobs {
	t.Helper()
	worker := jobs.New(jobs.Config{Store: st, Handlers: handlers})
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- worker.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return worker
}

func enqueue(t *testing.T, st *store.Store, key string, due time.Time, fail error) {
	t.Helper()
	err := st.Write(t.Context(), func(tx *store.Tx) error {
		if err := jobs.Enqueue(t.Context(), tx, "greet", key, due, "hej"); err != nil {
			return err
		}
		return fail
	})
	if !errors.Is(err, fail) {
		t.Fatal(err)
	}
}

func next(t *testing.T, done <-chan string) string {
	t.Helper()
	select {
	case body := <-done:
		return body
	case <-time.After(5 * time.Second):
		t.Fatal("no job was done")
		return ""
	}
}

func collect(done chan<- string) map[string]jobs.Handler {
	return map[string]jobs.Handler{"greet": func(_ context.Context, body json.RawMessage) error {
		done <- string(body)
		return nil
	}}
}

func TestAJobIsDoneAfterItsCommitOnce(t *testing.T) {
	st := open(t, storetest.Empty(t))
	done := make(chan string, 10)
	worker := run(t, st, collect(done))
	cancelled := errors.New("cancelled")
	enqueue(t, st, "", time.Time{}, cancelled)
	enqueue(t, st, "once", time.Time{}, nil)
	enqueue(t, st, "once", time.Time{}, nil)
	worker.Wake()
	if got := next(t, done); got != `"hej"` {
		t.Error(got)
	}
	time.Sleep(50 * time.Millisecond)
	if len(done) != 0 {
		t.Error("a job was done that was never committed, or twice")
	}
}

func TestALaterJobIsDoneWhenItIsDueWithoutAWake(t *testing.T) {
	st := open(t, storetest.Empty(t))
	due := time.Now().Add(200 * time.Millisecond)
	enqueue(t, st, "", due, nil)
	done := make(chan string, 1)
	run(t, st, collect(done))
	next(t, done)
	if time.Now().Before(due) {
		t.Error("it was done early")
	}
}

func TestJobsOutliveTheProcess(t *testing.T) {
	at := storetest.Empty(t)
	first, err := store.Open(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	enqueue(t, first, "", time.Time{}, nil)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	done := make(chan string, 1)
	run(t, open(t, at), collect(done))
	next(t, done)
}

func TestALeaseThatRanOutIsTakenAgain(t *testing.T) {
	st := open(t, storetest.Empty(t))
	enqueue(t, st, "", time.Time{}, nil)
	err := st.Write(t.Context(), func(tx *store.Tx) error { // a worker that died with the job in hand
		_, found, err := tx.LeaseJob(t.Context(), 150*time.Millisecond)
		if !found {
			t.Error("nothing to lease")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan string, 1)
	run(t, st, collect(done))
	next(t, done)
}

func TestAFailureForGoodIsKeptAndStopsNothing(t *testing.T) {
	st := open(t, storetest.Empty(t))
	var tries atomic.Int64
	done := make(chan string, 1)
	handlers := collect(done)
	handlers["bad"] = func(context.Context, json.RawMessage) error {
		tries.Add(1)
		return domain.Errorf(domain.Invalid, "no such address")
	}
	handlers["worse"] = func(context.Context, json.RawMessage) error { panic("oh") }
	err := st.Write(t.Context(), func(tx *store.Tx) error {
		return errors.Join(
			jobs.Enqueue(t.Context(), tx, "bad", "", tx.Now().Add(-time.Minute), 1),
			jobs.Enqueue(t.Context(), tx, "worse", "", tx.Now().Add(-time.Second), 1),
			jobs.Enqueue(t.Context(), tx, "greet", "", time.Time{}, "hej"))
	})
	if err != nil {
		t.Fatal(err)
	}
	run(t, st, handlers)
	next(t, done)
	if tries.Load() != 1 {
		t.Errorf("tried %d times", tries.Load())
	}
}

func TestTheJobInHandIsFinishedBeforeTheWorkerStops(t *testing.T) {
	st := open(t, storetest.Empty(t))
	enqueue(t, st, "", time.Time{}, nil)
	begun, finish := make(chan struct{}), make(chan struct{})
	var finished atomic.Bool
	worker := jobs.New(jobs.Config{Store: st, Handlers: map[string]jobs.Handler{"greet": func(ctx context.Context, _ json.RawMessage) error {
		close(begun)
		<-finish
		finished.Store(ctx.Err() == nil)
		return nil
	}}})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- worker.Run(ctx) }()
	<-begun
	stop()
	close(finish)
	if err := <-ended; err != nil || !finished.Load() {
		t.Errorf("finished %v, %v", finished.Load(), err)
	}
	err := st.Read(t.Context(), func(tx *store.Tx) error {
		_, waiting, err := tx.NextJob(t.Context())
		if waiting {
			t.Error("the job is to be done again")
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
