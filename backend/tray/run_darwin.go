//go:build cgo

package tray

import (
	"context"

	"fyne.io/systray"
)

// run shows the icon beside the window's own loop, which must run already.
func (t *Tray) run(ctx context.Context, follow func()) error {
	systray.SetOnTapped(func() { t.cfg.Clicked(nil) })
	start, end := systray.RunWithExternalLoop(follow, nil)
	start()
	close(t.started)
	t.cfg.Hosted(true)
	<-ctx.Done()
	end()
	return nil
}
