package toast_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/toast"
	"github.com/callboard/callboard/build/testbed"
)

func TestAToastArrivesAsTextAndItsClickComesBack(t *testing.T) {
	desktop := start(t, testbed.Without{Tray: true, Keyring: true})
	r := run(t, true)
	r.expectAvailable(t, true)
	r.Show(domain.Toast{Item: "item-1", Title: "Ana <b>left</b> a note", Body: "A & <i>B</i>\x1b", Action: "Open"})
	wait(t, "the toast", func() bool { return displayed(t, desktop) == 1 })
	if err := desktop.ClickToast(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := receive(t, "the click", r.clicked); got != "item-1" {
		t.Errorf("clicked %q", got)
	}
	toasts, err := desktop.Toasts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(toasts) != 1 || toasts[0].App != "Callboard" || toasts[0].Summary != "Ana <b>left</b> a note" {
		t.Fatalf("toasts %+v", toasts)
	}
	// The daemon tells what it got; a body with a tag in it would have been read as markup.
	if strings.Contains(toasts[0].Body, "<i>") || !strings.Contains(toasts[0].Body, "&lt;i&gt;") {
		t.Errorf("body %q", toasts[0].Body)
	}
}

func TestNewsOfTheSameThingReplacesItsToast(t *testing.T) {
	desktop := start(t, testbed.Without{Tray: true, Keyring: true})
	r := run(t, true)
	r.expectAvailable(t, true)
	for _, toast := range []domain.Toast{
		{Item: "item-1", Title: "first"},
		{Item: "item-2", Title: "other"},
		{Item: "item-1", Title: "second"},
		{Group: "burst", Title: "4 new"},
		{Group: "burst", Title: "9 new"},
	} {
		r.Show(toast)
	}
	wait(t, "the toasts", func() bool { return displayed(t, desktop) == 3 })
	toasts, err := desktop.Toasts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, toast := range toasts {
		titles = append(titles, toast.Summary)
	}
	if got := strings.Join(titles, ", "); got != "second, other, 9 new" {
		t.Errorf("on screen: %s", got)
	}
}

func TestToastsBeginAndEndWithTheDaemon(t *testing.T) {
	desktop := start(t, testbed.Without{Notifications: true, Tray: true, Keyring: true})
	r := run(t, true)
	r.expectAvailable(t, false)
	r.Show(domain.Toast{Item: "lost", Title: "nobody sees this"})
	for _, round := range []string{"a daemon that came late", "a daemon that came back"} {
		daemon, err := desktop.Run(nil, "dunst")
		if err != nil {
			t.Fatal(err)
		}
		r.expectAvailable(t, true)
		r.Show(domain.Toast{Item: "item-1", Title: round})
		wait(t, round, func() bool { return displayed(t, desktop) == 1 })
		if err := desktop.ClickToast(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := receive(t, "the click", r.clicked); got != "item-1" {
			t.Errorf("%s: clicked %q", round, got)
		}
		if err := daemon.Kill(); err != nil {
			t.Fatal(err)
		}
		r.expectAvailable(t, false)
	}
}

func TestWithoutABusToastsAreTakenAndNoBusIsStarted(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	r := run(t, false)
	r.expectAvailable(t, false)
	for range 100 {
		r.Show(domain.Toast{Title: "nobody sees this"})
	}
}

func TestABusThatDoesNotAnswerMeansNoToasts(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+t.TempDir()+"/absent")
	r := run(t, true)
	r.expectAvailable(t, false)
	r.Show(domain.Toast{Title: "nobody sees this"})
}

type running struct {
	*toast.Toaster
	clicked   chan domain.NotificationID
	available chan bool
}

// run starts a toaster that ends with the test.
func run(t *testing.T, bus bool) running {
	t.Helper()
	return runWith(t, bus, nil)
}

func runWith(t *testing.T, bus bool, icon []byte) running {
	t.Helper()
	r := running{clicked: make(chan domain.NotificationID, 8), available: make(chan bool, 8)}
	r.Toaster = toast.New(toast.Config{
		ID: "callboard", Name: "Callboard", Icon: icon, Bus: bus,
		Clicked:   func(item domain.NotificationID) { r.clicked <- item },
		Available: func(yes bool) { r.available <- yes },
	})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- r.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := receive(t, "the end of Run", done); err != nil {
			t.Error(err)
		}
	})
	return r
}

func (r running) expectAvailable(t *testing.T, want bool) {
	t.Helper()
	if got := receive(t, "word whether toasts can be shown", r.available); got != want {
		t.Fatalf("available %t, want %t", got, want)
	}
}

func receive[T any](t *testing.T, what string, from <-chan T) T {
	t.Helper()
	select {
	case got := <-from:
		return got
	case <-time.After(20 * time.Second):
		t.Fatalf("%s did not come", what)
		panic("unreachable")
	}
}

func wait(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s did not come", what)
		}
	}
}

func displayed(t *testing.T, desktop *testbed.Desktop) int {
	t.Helper()
	count, err := desktop.Displayed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return count
}

// start starts a desktop and makes its bus the test's own.
func start(t *testing.T, without testbed.Without) *testbed.Desktop {
	t.Helper()
	desktop, err := testbed.Start(t.Context(), testbed.Config{Dir: t.TempDir(), Without: without})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := desktop.Stop(); err != nil {
			t.Error(err)
		}
	})
	for _, entry := range desktop.Env() {
		if address, is := strings.CutPrefix(entry, "DBUS_SESSION_BUS_ADDRESS="); is {
			t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
		}
	}
	return desktop
}
