package testbed_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/callboard/callboard/build/testbed"
)

func TestADesktopShowsToastsKeepsSecretsAndHasATray(t *testing.T) {
	desktop := start(t, testbed.Without{})
	run(t, desktop, "", "notify-send", "-a", "proof", "A title", "A <b>body</b>")
	toasts, err := desktop.Toasts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(toasts) != 1 || toasts[0].App != "proof" || toasts[0].Summary != "A title" {
		t.Errorf("toasts %+v", toasts)
	}
	run(t, desktop, "hush", "secret-tool", "store", "--label=proof", "proof", "1")
	if got := run(t, desktop, "", "secret-tool", "lookup", "proof", "1"); got != "hush" {
		t.Errorf("the keyring gave back %q", got)
	}
	if err := desktop.Screenshot(t.Context(), filepath.Join(t.TempDir(), "screen.png")); err != nil {
		t.Error(err)
	}
	windows, err := desktop.Windows(t.Context(), "nothing has this name")
	if err != nil || len(windows) != 0 {
		t.Errorf("windows %v, %v", windows, err)
	}
}

func TestADesktopCanBeWithoutItsServices(t *testing.T) {
	desktop := start(t, testbed.Without{Notifications: true, Tray: true, Keyring: true})
	names := run(t, desktop, "", "gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/", "-m", "org.freedesktop.DBus.ListNames")
	for _, absent := range []string{"org.freedesktop.Notifications", "org.freedesktop.secrets", "org.kde.StatusNotifierWatcher"} {
		if strings.Contains(names, absent) {
			t.Errorf("%s is there", absent)
		}
	}
}

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
	return desktop
}

func run(t *testing.T, desktop *testbed.Desktop, input, program string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Env = desktop.Env()
	cmd.Stdin = strings.NewReader(input)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", program, err, out)
	}
	return string(out)
}
