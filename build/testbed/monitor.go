package testbed

import (
	"context"
	"fmt"
	"time"

	"github.com/godbus/dbus/v5"
)

// Shown is a toast at the moment the bus carried it to the daemon.
type Shown struct {
	At   time.Time
	Body string
}

// WatchToasts tells of each toast as the bus carries it, until the context ends.
func (d *Desktop) WatchToasts(ctx context.Context) (<-chan Shown, error) {
	bus, err := dbus.Connect("unix:path=" + d.dir + "/run/bus")
	if err != nil {
		return nil, err
	}
	rule := []string{"type='method_call',interface='org.freedesktop.Notifications',member='Notify'"}
	if err := bus.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.Monitoring.BecomeMonitor", 0, rule, uint32(0)).Err; err != nil {
		bus.Close()
		return nil, fmt.Errorf("watch the bus: %w", err)
	}
	messages := make(chan *dbus.Message, 256)
	bus.Eavesdrop(messages)
	shown := make(chan Shown, 256)
	context.AfterFunc(ctx, func() { bus.Close() })
	go func() {
		defer close(shown)
		for {
			select {
			case <-ctx.Done():
				return
			case message := <-messages:
				at := time.Now()
				if message != nil && len(message.Body) > 4 {
					body, _ := message.Body[4].(string)
					shown <- Shown{at, body}
				}
			}
		}
	}()
	return shown, nil
}
