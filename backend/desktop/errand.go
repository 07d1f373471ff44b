package desktop

import (
	"context"
	"sync"
	"time"
)

// errand is something to be done soon: once, however often it is asked for before it begins, and never twice
// at a time.
type errand struct {
	mu      sync.Mutex // guards waiting
	waiting bool
	turn    sync.Mutex // held while it is done
}

// soon does an errand after a while, in which more may come to be done with it.
func (d *Desktop) soon(e *errand, after time.Duration, do func(context.Context)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.waiting {
		return
	}
	e.waiting = d.goes(func(ctx context.Context) {
		select {
		case <-ctx.Done():
			return
		case <-time.After(after):
		}
		e.turn.Lock()
		defer e.turn.Unlock()
		e.mu.Lock()
		e.waiting = false
		e.mu.Unlock()
		do(ctx)
	})
}
