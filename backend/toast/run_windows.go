package toast

import (
	"context"
	"fmt"
	"runtime"

	"git.sr.ht/~jackmordaunt/go-toast/v2/wintoast"

	"github.com/callboard/callboard/backend/domain"
)

// run hands toasts to Windows' own notification centre, from one thread: the Windows Runtime belongs to
// the thread that began with it.
func (t *Toaster) run(ctx context.Context) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
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
			if err := t.push(toast); err != nil {
				t.cfg.Log.WarnContext(ctx, "a toast was not shown", "error", err)
			}
		}
	}
}

// push shows one toast. The library's fallback, a PowerShell script made of the same text, is never
// asked for: it would run what a note says.
func (t *Toaster) push(toast domain.Toast) (err error) {
	defer func() {
		if met := recover(); met != nil { // the library calls through tables that some systems leave empty
			err = fmt.Errorf("the notification centre: %v", met)
		}
	}()
	return wintoast.Push(t.cfg.Name, toastXML(toast))
}

// activationGUID names Callboard to Windows' notification centre. It never changes.
const activationGUID = "{6D0C7F0A-6C1B-4C39-9B5E-5F3E2B7A9C11}"
