package toast

import (
	"context"
	"slices"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/callboard/callboard/backend/domain"
)

const (
	daemonName = "org.freedesktop.Notifications"
	daemonPath = dbus.ObjectPath("/org/freedesktop/Notifications")
)

// run speaks to the notification daemon on a connection of its own: others share the process-wide one
// and are confused by foreign signals. The connection stays open, because clicks come back over it.
func (t *Toaster) run(ctx context.Context) error {
	if !t.cfg.Bus {
		return t.discard(ctx)
	}
	bus, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		t.cfg.Log.InfoContext(ctx, "no toasts: the session's bus does not answer", "error", err)
		return t.discard(ctx)
	}
	defer func() { _ = bus.Close() }()
	signals := make(chan *dbus.Signal, 16)
	bus.Signal(signals)
	for _, match := range [][]dbus.MatchOption{
		{dbus.WithMatchInterface(daemonName), dbus.WithMatchObjectPath(daemonPath)},
		{dbus.WithMatchInterface("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, daemonName)},
	} {
		if err := bus.AddMatchSignalContext(ctx, match...); err != nil {
			t.cfg.Log.WarnContext(ctx, "clicks on toasts will not be heard", "error", err)
		}
	}
	d := &daemon{cfg: t.cfg, bus: bus.Object(daemonName, daemonPath), picture: pictureOf(t.cfg.Icon)}
	d.meet(ctx)
	for {
		select {
		case <-ctx.Done():
			return nil
		case toast := <-t.queue:
			d.show(ctx, toast)
		case signal := <-signals:
			if signal == nil {
				return t.discard(ctx) // the bus is gone, and the session with it
			}
			d.hear(ctx, signal)
		}
	}
}

// discard takes toasts that nobody can show.
func (t *Toaster) discard(ctx context.Context) error {
	t.cfg.Available(false)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-t.queue:
		}
	}
}

// daemon is the session's notification daemon. It is used from one goroutine.
type daemon struct {
	cfg     Config
	bus     dbus.BusObject
	picture *picture
	markup  bool
	there   bool
	told    bool    // whether there has been passed on yet
	shown   []shown // the toasts on screen, or in the daemon's history; the newest are last
}

const (
	// patience is how long the daemon may take to answer. Starting on demand is part of it.
	patience = 3 * time.Second
	// remembered is how many toasts can still be clicked. The daemon does not tell when its history forgets.
	remembered = 100
)

type shown struct {
	id    uint32
	toast domain.Toast
}

// meet asks the daemon what it can do; where it is not running the bus may start it.
func (d *daemon) meet(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var can []string
	err := d.bus.CallWithContext(ctx, daemonName+".GetCapabilities", 0).Store(&can)
	d.markup, d.shown = slices.Contains(can, "body-markup"), nil
	if err != nil {
		d.cfg.Log.InfoContext(ctx, "no toasts: no notification daemon answers", "error", err)
	}
	d.found(err == nil)
}

// found passes on whether there is a daemon, where that is news.
func (d *daemon) found(there bool) {
	if d.there != there || !d.told {
		d.there, d.told = there, true
		d.cfg.Available(there)
	}
}

func (d *daemon) show(ctx context.Context, toast domain.Toast) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if !d.there {
		d.meet(ctx) // some daemons leave when they are idle, and the bus starts them again
	}
	if !d.there {
		return
	}
	body := toast.Body
	if d.markup {
		body = marked(body)
	}
	hints := map[string]dbus.Variant{"desktop-entry": dbus.MakeVariant(d.cfg.ID), "urgency": dbus.MakeVariant(byte(1))}
	if d.picture != nil {
		hints["image-data"] = dbus.MakeVariant(*d.picture)
	}
	replaces := d.replaced(toast)
	var id uint32
	err := d.bus.CallWithContext(ctx, daemonName+".Notify", 0,
		d.cfg.Name, replaces, d.cfg.ID, toast.Title, body, []string{"default", toast.Action}, hints, int32(-1)).Store(&id)
	if err != nil {
		d.cfg.Log.WarnContext(ctx, "a toast was not shown", "error", err)
		return
	}
	d.forget(replaces)
	d.forget(id)
	d.shown = append(d.shown, shown{id, toast})
	d.shown = d.shown[max(0, len(d.shown)-remembered):]
}

// replaced is the toast on screen that a new one takes the place of; 0 for none.
func (d *daemon) replaced(toast domain.Toast) uint32 {
	for _, s := range d.shown {
		if toast.Item != "" && s.toast.Item == toast.Item || toast.Group != "" && s.toast.Group == toast.Group {
			return s.id
		}
	}
	return 0
}

func (d *daemon) forget(id uint32) {
	d.shown = slices.DeleteFunc(d.shown, func(s shown) bool { return s.id == id })
}

// hear takes in clicks, closings, and the coming and going of the daemon.
func (d *daemon) hear(ctx context.Context, signal *dbus.Signal) {
	switch signal.Name {
	case "org.freedesktop.DBus.NameOwnerChanged":
		var name, before, now string
		if dbus.Store(signal.Body, &name, &before, &now) == nil && name == daemonName {
			d.changed(ctx, now != "")
		}
	case daemonName + ".ActionInvoked":
		var id uint32
		var action string
		if dbus.Store(signal.Body, &id, &action) == nil && action == "default" {
			d.clicked(id)
		}
	case daemonName + ".NotificationClosed":
		var id, reason uint32
		if dbus.Store(signal.Body, &id, &reason) == nil && reason != expired {
			d.forget(id)
		}
	}
}

// expired is the reason of a toast that left the screen by itself: many daemons keep it in a list where
// it can still be clicked.
const expired = 1

func (d *daemon) clicked(id uint32) {
	for _, s := range d.shown {
		if s.id == id {
			d.cfg.Clicked(s.toast.Item)
			return
		}
	}
}

func (d *daemon) changed(ctx context.Context, there bool) {
	if there {
		d.meet(ctx)
		return
	}
	d.shown = nil
	d.found(false)
}
