// Package testbed is a whole desktop that nobody sees: an X server, a message bus, a window manager,
// a notification daemon, a keyring and a panel with a tray, all real and all its own. Tests, benches
// and ./dev run the app on it. It touches nothing of the desktop it may be started from, and stops
// only what it started, by process, in the reverse order. It is Linux only, and its parts are the
// Debian packages that ./dev lists.
package testbed

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

// Without names parts that a desktop is started without, to see how the app does there.
type Without struct {
	Notifications bool // no notification daemon
	Tray          bool // no tray host
	Keyring       bool // no secret service
}

// Config says what desktop to start.
type Config struct {
	// Dir is an empty or absent folder for the home, the run-time folder and the logs.
	Dir     string
	Without Without
	// Language is LANG of everything started; "" means C.UTF-8.
	Language string
}

// Desktop is a running virtual desktop.
type Desktop struct {
	dir     string
	display string
	env     []string
	running []*Process // in the order of their start
	bus     *dbus.Conn
}

// patience is how long a part may take until it answers; loaded machines are slow.
const patience = 30 * time.Second

// Start starts a desktop and returns when all its parts answer. After an error nothing is left running.
func Start(ctx context.Context, cfg Config) (_ *Desktop, err error) {
	d := &Desktop{dir: cfg.Dir}
	defer func() {
		if err != nil {
			err = errors.Join(err, d.Stop())
		}
	}()
	for _, name := range []string{"home", "run", "logs", "config"} {
		if err := os.MkdirAll(filepath.Join(cfg.Dir, name), 0o700); err != nil {
			return nil, err
		}
	}
	d.env = environment(cfg)
	if err := d.startDisplay(ctx); err != nil {
		return nil, err
	}
	if err := d.startBus(ctx); err != nil {
		return nil, err
	}
	return d, d.startParts(ctx, cfg.Without)
}

// environment is what everything on the desktop sees: the caller's, less all that points to the caller's own desktop.
func environment(cfg Config) []string {
	foreign := []string{"DISPLAY", "WAYLAND_DISPLAY", "DBUS_", "XDG_", "HOME=", "LANG", "LC_", "GTK_", "XAUTHORITY", "SESSION_MANAGER"}
	env := slices.DeleteFunc(os.Environ(), func(entry string) bool {
		return slices.ContainsFunc(foreign, func(prefix string) bool { return strings.HasPrefix(entry, prefix) })
	})
	language := cfg.Language
	if language == "" {
		language = "C.UTF-8"
	}
	return append(env,
		"HOME="+filepath.Join(cfg.Dir, "home"),
		"XDG_RUNTIME_DIR="+filepath.Join(cfg.Dir, "run"),
		"XDG_CONFIG_HOME="+filepath.Join(cfg.Dir, "config"),
		"DBUS_SESSION_BUS_ADDRESS=unix:path="+filepath.Join(cfg.Dir, "run", "bus"),
		"GDK_BACKEND=x11",
		"LANG="+language,
		"NO_AT_BRIDGE=1", // no accessibility bus: it would outlive the desktop
	)
}

// startDisplay lets the X server choose a free number itself, so that two desktops never meet.
func (d *Desktop) startDisplay(ctx context.Context) error {
	read, write, err := os.Pipe()
	if err != nil {
		return err
	}
	defer read.Close()
	_, err = d.launch(launch{
		name: "Xvfb", args: []string{"-displayfd", "3", "-screen", "0", "1440x960x24", "-nolisten", "tcp", "-noreset"}, extra: write,
	})
	write.Close()
	if err != nil {
		return err
	}
	if err := read.SetReadDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	var number int
	if _, err := fmt.Fscan(read, &number); err != nil {
		return fmt.Errorf("the X server gave no display: %w (see %s)", err, d.log("Xvfb"))
	}
	d.display = fmt.Sprintf(":%d", number)
	d.env = append(d.env, "DISPLAY="+d.display)
	return ctx.Err()
}

// startBus starts a bus of our own. Activation files of the system are left out of it: a part that
// a desktop is to be without must not be started by the bus on demand.
func (d *Desktop) startBus(ctx context.Context) error {
	socket := filepath.Join(d.dir, "run", "bus")
	config := filepath.Join(d.dir, "config", "bus.conf")
	if err := os.WriteFile(config, []byte(fmt.Sprintf(busConfig, socket)), 0o600); err != nil {
		return err
	}
	if _, err := d.launch(launch{name: "dbus-daemon", args: []string{"--config-file=" + config, "--nofork", "--nopidfile"}}); err != nil {
		return err
	}
	return until(ctx, "the message bus", func() bool {
		bus, err := dbus.Connect("unix:path=" + socket)
		d.bus = bus
		return err == nil
	})
}

func (d *Desktop) startParts(ctx context.Context, without Without) error {
	if _, err := d.launch(launch{name: "openbox"}); err != nil {
		return err
	}
	if !without.Notifications {
		if err := d.startPart(ctx, launch{name: "dunst"}, "org.freedesktop.Notifications"); err != nil {
			return err
		}
	}
	if !without.Keyring {
		keyring := launch{name: "gnome-keyring-daemon", args: []string{"--foreground", "--unlock", "--components=secrets"}, input: "testpass"}
		if err := d.startPart(ctx, keyring, "org.freedesktop.secrets"); err != nil {
			return err
		}
	}
	if without.Tray {
		return nil
	}
	return d.startPanel(ctx)
}

// startPart starts a program and waits until it owns its name on the bus.
func (d *Desktop) startPart(ctx context.Context, l launch, name string) error {
	if _, err := d.launch(l); err != nil {
		return err
	}
	return until(ctx, l.name, func() bool { return d.owned(name) })
}

func (d *Desktop) owned(name string) bool {
	var has bool
	err := d.bus.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, name).Store(&has)
	return err == nil && has
}

// Env is the environment for a program on this desktop, with more entries added.
func (d *Desktop) Env(more ...string) []string { return append(slices.Clone(d.env), more...) }

// Dir is the desktop's folder; its home lies in it.
func (d *Desktop) Dir() string { return d.dir }

// Stop ends what the desktop started, the last first, and waits for each.
func (d *Desktop) Stop() error {
	if d.bus != nil {
		d.bus.Close()
	}
	var errs []error
	for _, p := range slices.Backward(d.running) {
		errs = append(errs, p.Stop())
	}
	d.running = nil
	return errors.Join(errs...)
}

// busConfig is a session bus that starts nothing by itself.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%s</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

// until waits for something that has no event to wait for.
func until(ctx context.Context, what string, ready func() bool) error {
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		if ready() {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
	return fmt.Errorf("%s did not come up within %s", what, patience)
}

// FreeAddress is a loopback address that nothing listens on at this moment.
func FreeAddress(ctx context.Context) (string, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}
