//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/build/testbed"
)

func TestAPauseInTheTrayHoldsToastsBackUntilTheTrayEndsIt(t *testing.T) {
	server, seat := serve(t), sit(t, testbed.Without{})
	seat.open(t)
	seat.signIn(t, server)
	tray := trayOf(t, seat)
	choose(t, tray, "Pause for 1 hour")
	eventually(t, "the tray says that it is paused", func() bool { tip, err := tray.Tooltip(); return err == nil && strings.Contains(tip, "paused") })
	server.write(t, "Quietly one.")
	server.write(t, "Quietly two.")
	seat.await(t, rowOf("Quietly two."))
	seat.picture(t, "paused")
	if shown := len(seat.toasts(t, "Quietly one.")) + len(seat.toasts(t, "Quietly two.")); shown != 0 {
		t.Errorf("%d toasts came during the pause", shown)
	}
	if lists(t, tray, "Pause for 1 hour") && !lists(t, tray, "End the pause") {
		t.Error("the menu does not offer to end the pause")
	}
	before, err := seat.Toasts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	choose(t, tray, "End the pause")
	eventually(t, "one toast stands for both", func() bool {
		after, err := seat.Toasts(t.Context())
		return err == nil && len(after) == len(before)+1 && strings.HasPrefix(after[len(after)-1].Summary, "2 ")
	})
	server.write(t, "Loudly three.")
	eventually(t, "toasts come again", func() bool { return len(seat.toasts(t, "Loudly three.")) == 1 })
}

func TestWhatIsMutedIsSilentAndWhatIsChosenFollowsThePerson(t *testing.T) {
	server, first := serve(t), sit(t, testbed.Without{})
	first.open(t)
	first.signIn(t, server)
	server.write(t, "Before the mute.")
	first.await(t, rowOf("Before the mute."))
	// The row's own words name the thing; the door mutes it as the page does.
	first.do(t, `(async () => {
		const page = await window.go.bridge.Inbox.Page({ unread: false, done: false }, "");
		const row = page.items.find((item) => item.subject.text === "Before the mute.");
		await window.go.bridge.Account.Save({ mute: [{ entityType: row.entityType, entityId: row.entityId, path: row.subject.path }] });
		await window.go.bridge.Settings.Save("light", "es", true);
	})()`)
	first.await(t, `document.documentElement.dataset.theme === "light" && document.documentElement.lang === "es"`)
	time.Sleep(time.Second) // the mute has no sign on the server to wait for
	server.write(t, "After the mute.")
	time.Sleep(2 * time.Second)
	first.do(t, fmt.Sprintf(`if (%s !== 0) throw new Error("the muted thing was heard of")`, rowsOf("After the mute.")))
	first.await(t, rowOf("Before the mute."))

	second := sit(t, testbed.Without{})
	second.open(t)
	second.signIn(t, server)
	second.await(t, `document.documentElement.dataset.theme === "light" && document.documentElement.lang === "es"`)
	tray := trayOf(t, second)
	eventually(t, "the other computer's tray speaks Spanish", func() bool { return lists(t, tray, "Salir") })
}

func choose(t *testing.T, tray *testbed.Tray, label string) {
	t.Helper()
	eventually(t, "the menu offers "+label, func() bool { return lists(t, tray, label) })
	items, err := tray.Menu(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		if item.Label == label {
			if err := tray.Choose(t.Context(), item); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
}
