// Package toast shows native notifications, in the richest way each system has: one that opens its item
// when clicked wherever that can be had. It decides nothing; desktop does.
//
// The trap: titles and texts come from strangers, and what shows them reads markup (Linux), XML
// (Windows) or a script (macOS). Everything therefore passes plain first, and is then escaped for the
// one system that shows it.
package toast

import (
	"context"
	"log/slog"

	"github.com/callboard/callboard/backend/domain"
)

// waiting is how many toasts may wait to be shown; beyond it the oldest go.
const waiting = 16

// Config says who hears of clicks. The functions are called from goroutines of the toaster.
type Config struct {
	ID   string // the application's id, as its desktop file has it
	Name string // the application's name, for people
	Icon []byte // a PNG; none shows the system's own choice
	// Bus says whether the session has a bus; without one there is nothing to ask on Linux.
	Bus bool
	// Clicked opens what a toast spoke of. Only Linux calls it: elsewhere a click comes back as a link.
	Clicked func(item domain.NotificationID)
	// Available is told whether toasts can be shown, whenever that changes.
	Available func(bool)
	Log       *slog.Logger
}

// Toaster shows toasts.
type Toaster struct {
	cfg   Config
	queue chan domain.Toast
}

// New makes a toaster; Run shows what it is given.
func New(cfg Config) *Toaster {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return &Toaster{cfg: cfg, queue: make(chan domain.Toast, waiting)}
}

// Show queues a toast. It never waits: where too many wait already the oldest goes.
func (t *Toaster) Show(toast domain.Toast) {
	toast.Title, toast.Body, toast.Action = plain(toast.Title), plain(toast.Body), plain(toast.Action)
	for {
		select {
		case t.queue <- toast:
			return
		default:
		}
		select {
		case <-t.queue:
		default:
		}
	}
}

// Run shows toasts until ctx ends.
func (t *Toaster) Run(ctx context.Context) error { return t.run(ctx) }
