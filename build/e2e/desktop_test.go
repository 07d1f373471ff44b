//go:build e2e

package e2e

import (
	"testing"

	"github.com/callboard/callboard/build/testbed"
)

func TestAClickedToastOpensItsItem(t *testing.T) {
	server, seat := serve(t), sit(t, testbed.Without{})
	seat.open(t)
	seat.signIn(t, server)
	note := server.write(t, "Look at the left edge.")
	eventually(t, "a toast is on the screen", func() bool { n, err := seat.Displayed(t.Context()); return err == nil && n > 0 })
	if err := seat.ClickToast(t.Context()); err != nil {
		t.Fatal(err)
	}
	seat.await(t, `document.querySelector("section.detail")?.innerText.includes("Look at the left edge.")`)
	eventually(t, "opening it has marked it read", func() bool { return server.read(t, note) })
}

func TestClosingHidesToTheTrayAndASecondStartShowsTheWindowAgain(t *testing.T) {
	seat := sit(t, testbed.Without{})
	seat.open(t)
	trayOf(t, seat)
	eventually(t, "the window shows", func() bool { return seat.visible(t) })
	if err := seat.CloseWindow(t.Context(), "Callboard"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the window hides", func() bool { return !seat.visible(t) })
	if !seat.app.Alive() {
		t.Fatal("closing ended the app though there is a tray")
	}
	second, err := seat.Run(nil, program(t, "callboard-inspect"))
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "the second start ends", func() bool { return !second.Alive() })
	eventually(t, "the first window shows again", func() bool { return seat.visible(t) })
}

func TestWithoutADaemonATrayOrAKeyringTheInboxStillWorks(t *testing.T) {
	for name, without := range map[string]testbed.Without{
		"no notification daemon": {Notifications: true},
		"no tray":                {Tray: true},
		"no keyring":             {Keyring: true},
		"none of them":           {Notifications: true, Tray: true, Keyring: true},
	} {
		t.Run(name, func(t *testing.T) {
			server, seat := serve(t), sit(t, without)
			seat.open(t)
			seat.signIn(t, server)
			server.write(t, "Still here.")
			seat.await(t, rowOf("Still here."))
			if without.Keyring {
				seat.do(t, `document.querySelector('[aria-label="Your account and settings"]').click()`)
				seat.await(t, `document.body.innerText.includes("no keychain")`)
			}
			if !seat.app.Alive() {
				t.Error("the app ended")
			}
			seat.picture(t, name)
		})
	}
}

func (s *seat) visible(t *testing.T) bool {
	t.Helper()
	windows, err := s.Windows(t.Context(), "Callboard")
	if err != nil {
		t.Fatal(err)
	}
	return len(windows) > 0
}
