package workspace

import (
	"context"
	"errors"
	"sync"
)

// group is goroutines that end together: the first that fails ends the others.
type group struct {
	ctx    context.Context
	cancel context.CancelFunc
	wait   sync.WaitGroup

	mu   sync.Mutex
	errs []error // guarded by mu
}

func newGroup(ctx context.Context) *group {
	ctx, cancel := context.WithCancel(ctx)
	return &group{ctx: ctx, cancel: cancel}
}

func (g *group) run(do func(context.Context) error) {
	g.wait.Go(func() {
		if err := do(g.ctx); err != nil && g.ctx.Err() == nil {
			g.mu.Lock()
			g.errs = append(g.errs, err)
			g.mu.Unlock()
			g.cancel()
		}
	})
}

// end waits until all have ended, and gives what went wrong.
func (g *group) end() error {
	g.wait.Wait()
	g.cancel()
	return errors.Join(g.errs...)
}
