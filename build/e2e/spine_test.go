//go:build e2e

// Package e2e runs the real app against the real server on a virtual desktop, and asserts on what the
// desktop's own daemons were told. ./dev test builds the programs and runs it.
package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/build/testbed"
)

// TestANoteTravelsFromTheOfficialClientToTheDesktopAndOutlivesEverything is the spine of the product.
func TestANoteTravelsFromTheOfficialClientToTheDesktopAndOutlivesEverything(t *testing.T) {
	server, seat := serve(t), sit(t, testbed.Without{})
	seat.open(t)
	seat.signIn(t, server)
	tray := trayOf(t, seat)
	// From nothing unread on, because beyond nine the icon counts no further.
	seat.do(t, `document.querySelector('[aria-label="Mark all read"]').click()`)
	seat.await(t, `document.querySelector('[aria-label="Inbox, 0 unread"]')`)
	time.Sleep(time.Second) // the icon follows the page, and has no event of its own to wait for
	before, err := tray.Icon()
	if err != nil {
		t.Fatal(err)
	}

	first := server.write(t, "The grain jumps at 1042.")
	var toast []testbed.Toast
	eventually(t, "the daemon gets the toast", func() bool { toast = seat.toasts(t, "The grain jumps at 1042."); return len(toast) == 1 })
	if !strings.Contains(toast[0].Summary, "sh0110") {
		t.Errorf("the toast's title %q does not name the shot", toast[0].Summary)
	}
	eventually(t, "the tray menu lists it", func() bool { return lists(t, tray, "sh0110") })
	eventually(t, "the tray icon changes", func() bool { icon, err := tray.Icon(); return err == nil && icon != before })
	row := rowOf("The grain jumps at 1042.")
	seat.await(t, row+`?.innerText.includes("Unread")`)
	seat.picture(t, "unread")

	if server.read(t, first) {
		t.Error("the server has it read before it was opened")
	}
	seat.do(t, row+".click()")
	eventually(t, "the server has it read", func() bool { return server.read(t, first) })
	seat.picture(t, "opened")

	if err := seat.app.Kill(); err != nil {
		t.Fatal(err)
	}
	missed := server.write(t, "Second pass is up.")
	server.kill()
	seat.open(t)
	seat.await(t, row)
	seat.await(t, `[...document.querySelectorAll("[role=status]")].some((line) => line.innerText.startsWith("Offline"))`)
	seat.picture(t, "offline")

	server.resume(t)
	seat.await(t, rowsOf("Second pass is up.")+" === 1")
	seat.await(t, rowsOf("The grain jumps at 1042.")+" === 1")
	eventually(t, "the missed one is told of", func() bool { return len(seat.toasts(t, "Second pass is up.")) > 0 })
	if again := len(seat.toasts(t, "Second pass is up.")); again != 1 {
		t.Errorf("the missed note was told %d times", again)
	}
	if again := len(seat.toasts(t, "The grain jumps at 1042.")); again != 1 {
		t.Errorf("the first note was told %d times", again)
	}
	if server.read(t, missed) {
		t.Error("catching up marked it read")
	}
	seat.picture(t, "caught-up")
}

func trayOf(t *testing.T, s *seat) *testbed.Tray {
	t.Helper()
	var tray *testbed.Tray
	eventually(t, "the app has a tray icon", func() bool {
		found, err := s.Tray(t.Context(), s.app)
		tray = found
		return err == nil
	})
	return tray
}

func lists(t *testing.T, tray *testbed.Tray, text string) bool {
	t.Helper()
	items, err := tray.Menu(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		if strings.Contains(item.Label, text) {
			return true
		}
	}
	return false
}
