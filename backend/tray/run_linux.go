package tray

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"fyne.io/systray"
	"github.com/godbus/dbus/v5"

	"github.com/callboard/callboard/backend/domain"
)

const (
	watcher   = "org.kde.StatusNotifierWatcher"
	itemPath  = dbus.ObjectPath("/StatusNotifierItem")
	itemIface = "org.kde.StatusNotifierItem"
)

// run shows the icon over D-Bus. Without a session bus there is no tray and nothing to do.
func (t *Tray) run(ctx context.Context, follow func()) error {
	if !t.cfg.Bus {
		<-ctx.Done()
		return nil
	}
	// Set before the start: the library decides then whether a click opens the menu or is reported.
	systray.SetOnTapped(func() { t.cfg.Clicked(nil) })
	start, end := systray.RunWithExternalLoop(follow, nil)
	start()
	close(t.started)
	defer end()
	if err := t.hearWhere(); err != nil {
		t.cfg.Log.InfoContext(ctx, "clicks on the tray come without their place", "error", err)
	}
	return t.watchHost(ctx)
}

// hearWhere puts our own Activate in the place of the library's, which keeps the coordinates to itself.
func (t *Tray) hearWhere() error {
	bus, err := dbus.SessionBus() // the library's own connection
	if err != nil {
		return err
	}
	return bus.ExportMethodTable(map[string]any{
		"Activate":          func(x, y int32) *dbus.Error { go t.cfg.Clicked(&domain.Point{X: int(x), Y: int(y)}); return nil },
		"SecondaryActivate": func(_, _ int32) *dbus.Error { return nil },
		"ContextMenu":       func(_, _ int32) *dbus.Error { return nil },
		"Scroll":            func(int32, string) *dbus.Error { return nil },
	}, itemPath, itemIface)
}

// watchHost follows on a connection of our own whether somebody shows icons, and registers ours with
// every new watcher: the library's own loop ends for good at the first foreign signal.
func (t *Tray) watchHost(ctx context.Context) error {
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		return fmt.Errorf("watch for a tray: %w", err)
	}
	defer func() { _ = bus.Close() }()
	for _, match := range [][]dbus.MatchOption{
		{dbus.WithMatchInterface("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, watcher)},
		{dbus.WithMatchInterface(watcher), dbus.WithMatchMember("StatusNotifierHostRegistered")},
		{dbus.WithMatchInterface(watcher), dbus.WithMatchMember("StatusNotifierHostUnregistered")},
	} {
		if err := bus.AddMatchSignalContext(ctx, match...); err != nil {
			return errors.Join(fmt.Errorf("watch for a tray: %w", err), ctx.Err())
		}
	}
	signals := make(chan *dbus.Signal, 8)
	bus.Signal(signals)
	was := hosted(ctx, bus)
	t.cfg.Hosted(was)
	for {
		select {
		case <-ctx.Done():
			return nil
		case signal := <-signals:
			if signal == nil {
				return nil // the bus is gone, and the session with it
			}
			if signal.Name == "org.freedesktop.DBus.NameOwnerChanged" && len(signal.Body) == 3 && signal.Body[2] != "" {
				register(ctx, t.cfg.Log)
			}
			if is := hosted(ctx, bus); is != was {
				was = is
				t.cfg.Hosted(is)
			}
		}
	}
}

// register names our icon to a watcher that has just come, in the library's words and on its connection:
// told of the same icon by another name, a host shows two.
func register(ctx context.Context, log *slog.Logger) {
	bus, err := dbus.SessionBus()
	if err == nil {
		err = bus.Object(watcher, "/StatusNotifierWatcher").
			CallWithContext(ctx, watcher+".RegisterStatusNotifierItem", 0, string(itemPath)).Err
	}
	if err != nil {
		log.InfoContext(ctx, "the tray did not take the icon", "error", err)
	}
}

// hosted asks whether somebody shows icons.
func hosted(ctx context.Context, bus *dbus.Conn) bool {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	var is dbus.Variant
	err := bus.Object(watcher, "/StatusNotifierWatcher").
		CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", dbus.FlagNoAutoStart, watcher, "IsStatusNotifierHostRegistered").Store(&is)
	yes, _ := is.Value().(bool)
	return err == nil && yes
}
