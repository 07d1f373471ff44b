package bridge

import (
	"context"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

// App is the door to the window and to the state as a whole.
type App struct{ door door }

// Snapshot is everything the page shows at its start; later changes come as events.
func (a *App) Snapshot() (domain.Update, error) {
	return ask(a.door, local, func(ctx context.Context, d *desktop.Desktop) (domain.Update, error) { return d.Snapshot(ctx) })
}

// ShowFull gives the window its full size, and shows it.
func (a *App) ShowFull() error {
	return a.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.ShowFull(ctx) })
}

// Hide puts the window away, where something else can bring it back.
func (a *App) Hide() error {
	return a.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.Hide(ctx) })
}

// Quit ends Callboard.
func (a *App) Quit() error {
	return a.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.Quit(ctx) })
}
