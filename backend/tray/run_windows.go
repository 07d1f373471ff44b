package tray

import (
	"context"
	"runtime"

	"fyne.io/systray"
)

// run shows the icon on a thread of its own: on Windows it belongs to the thread that made it, which
// must also pump its messages.
func (t *Tray) run(ctx context.Context, follow func()) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	stop := context.AfterFunc(ctx, systray.Quit)
	defer stop()
	systray.SetOnTapped(func() { t.cfg.Clicked(nil) })
	systray.Run(func() {
		close(t.started)
		t.cfg.Hosted(true)
		follow()
	}, nil)
	return nil
}
