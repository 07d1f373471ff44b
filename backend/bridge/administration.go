package bridge

import (
	"context"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

// Administration is the door to what counts for a whole workspace. It asks the server and keeps nothing:
// offline it answers so.
type Administration struct{ door door }

// Defaults are the workspace's choices for whoever chose nothing.
func (a *Administration) Defaults() (domain.DefaultsState, error) {
	return ask(a.door, remote, func(ctx context.Context, d *desktop.Desktop) (domain.DefaultsState, error) { return d.Defaults(ctx) })
}

// SaveDefaults changes them, and answers how they stand then.
func (a *Administration) SaveDefaults(change domain.DefaultsChange) (domain.DefaultsState, error) {
	return ask(a.door, remote, func(ctx context.Context, d *desktop.Desktop) (domain.DefaultsState, error) {
		return d.SaveDefaults(ctx, change)
	})
}
