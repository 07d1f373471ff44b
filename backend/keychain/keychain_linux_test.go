package keychain_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/keychain"
	"github.com/callboard/callboard/build/testbed"
)

func TestASecretIsKeptReplacedAndForgotten(t *testing.T) {
	desktop := start(t, testbed.Without{Notifications: true, Tray: true})
	k := keychain.New("Callboard", true)
	if _, err := k.Get(t.Context(), "ana@studio"); domain.CodeOf(err) != domain.NotFound {
		t.Fatalf("an empty keychain: %v", err)
	}
	for _, secret := range []string{"first", "línea\nsegunda"} {
		if err := k.Set(t.Context(), "ana@studio", secret); err != nil {
			t.Fatal(err)
		}
		if got, err := k.Get(t.Context(), "ana@studio"); err != nil || got != secret {
			t.Fatalf("%q, %v", got, err)
		}
	}
	// Another program of the same person finds it under the names that the system shows.
	seen, err := desktop.Output(t.Context(), "secret-tool", "lookup", "service", "Callboard", "username", "ana@studio")
	if err != nil || string(seen) != "línea\nsegunda" {
		t.Errorf("from outside: %q, %v", seen, err)
	}
	if _, err := k.Get(t.Context(), "ben@studio"); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("another account: %v", err)
	}
	if err := k.Delete(t.Context(), "ana@studio"); err != nil {
		t.Fatal(err)
	}
	if err := k.Delete(t.Context(), "ana@studio"); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("forgotten twice: %v", err)
	}
}

func TestWithoutAKeyringEveryCallSaysSoAtOnce(t *testing.T) {
	start(t, testbed.Without{Notifications: true, Tray: true, Keyring: true})
	everyCallIsRefused(t, keychain.New("Callboard", true))
}

func TestWithoutABusEveryCallSaysSoAtOnce(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	k := keychain.New("Callboard", false)
	if k.Available() {
		t.Error("a keychain without a bus")
	}
	everyCallIsRefused(t, k)
}

func TestACallThatNobodyWaitsForIsNotBegun(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+t.TempDir()+"/absent")
	if err := keychain.New("Callboard", true).Set(ctx, "ana", "hush"); domain.CodeOf(err) != domain.Unsupported {
		t.Errorf("%v", err)
	}
}

func TestAKeyringThatNeverAnswersIsLeftAlone(t *testing.T) {
	start(t, testbed.Without{Notifications: true, Tray: true, Keyring: true})
	bus, err := dbus.Connect(os.Getenv("DBUS_SESSION_BUS_ADDRESS"))
	if err != nil {
		t.Fatal(err)
	}
	end := make(chan struct{})
	t.Cleanup(func() { close(end); _ = bus.Close() })
	silent := func(string, dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
		<-end
		return dbus.MakeVariant(""), "/", nil
	}
	err = bus.ExportMethodTable(map[string]any{"OpenSession": silent}, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bus.RequestName("org.freedesktop.secrets", dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	err = keychain.New("Callboard", true).Set(t.Context(), "ana", "hush")
	if domain.CodeOf(err) != domain.Unsupported {
		t.Errorf("%v", err)
	}
	if took := time.Since(began); took < 2*time.Second || took > 5*time.Second {
		t.Errorf("it was waited for %s: %v", took, err)
	}
}

func everyCallIsRefused(t *testing.T, k *keychain.Keychain) {
	t.Helper()
	began := time.Now()
	_, get := k.Get(t.Context(), "ana")
	for call, err := range map[string]error{"get": get, "set": k.Set(t.Context(), "ana", "hush"), "delete": k.Delete(t.Context(), "ana")} {
		var failure *domain.Error
		if !errors.As(err, &failure) || failure.Code != domain.Unsupported || failure.Reason != "no_keychain" {
			t.Errorf("%s: %v", call, err)
			continue
		}
		if strings.Contains(err.Error(), "hush") {
			t.Errorf("%s tells the secret: %v", call, err)
		}
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("it took %s", took)
	}
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
