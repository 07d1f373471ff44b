package toast

import (
	"context"

	"github.com/gen2brain/beeep"
)

// run hands toasts to the system's script host. They show, but a click does not come back: that takes a
// signed bundle.
func (t *Toaster) run(ctx context.Context) error {
	t.cfg.Available(true)
	for {
		select {
		case <-ctx.Done():
			return nil
		case toast := <-t.queue:
			if err := beeep.Notify(spoken(toast.Title), spoken(toast.Body), ""); err != nil {
				t.cfg.Log.WarnContext(ctx, "a toast was not shown", "error", err)
			}
		}
	}
}
