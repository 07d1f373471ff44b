package toast

import (
	"context"

	"git.sr.ht/~jackmordaunt/go-toast/wintoast"
)

// run hands toasts to Windows' own notification centre. The library's fallback, a PowerShell script
// made of the same text, is never asked for: it would run what a note says.
func (t *Toaster) run(ctx context.Context) error {
	err := wintoast.SetAppData(wintoast.AppData{AppID: t.cfg.Name, GUID: activationGUID})
	t.cfg.Available(err == nil)
	if err != nil {
		t.cfg.Log.WarnContext(ctx, "no toasts: Windows does not know the app", "error", err)
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case toast := <-t.queue:
			if err := wintoast.Push(toastXML(toast)); err != nil {
				t.cfg.Log.WarnContext(ctx, "a toast was not shown", "error", err)
			}
		}
	}
}

// activationGUID names Callboard to Windows' notification centre. It never changes.
const activationGUID = "{6D0C7F0A-6C1B-4C39-9B5E-5F3E2B7A9C11}"
