package workspace

import (
	"sync"
	"time"
)

// clock is the workspace's time. While the demo's history is made it stands still at moments in the
// past, so that notes, and the notifications they raise, are as old as they say. Nobody is served then.
type clock struct {
	real func() time.Time

	mu   sync.Mutex
	held time.Time // zero while the clock runs; guarded by mu
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held.IsZero() {
		return c.real()
	}
	return c.held
}

func (c *clock) hold(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held = at
}

func (c *clock) release() { c.hold(time.Time{}) }
