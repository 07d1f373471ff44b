// Package bridge is what the page may call: one small bound type a subject, each method one line. It
// adds to every call the app's context and a deadline, and decides nothing. Every exported method of a
// type here is callable from the page, so nothing else may be exported on them.
package bridge

import (
	"context"
	"time"

	"github.com/callboard/callboard/backend/desktop"
)

// The deadlines of the doors. Local ones answer from memory and the cache; remote ones may wait for a
// server, or for the embedded one to be filled.
const (
	local  = 5 * time.Second
	remote = 45 * time.Second
	// patient is for a dialog of the system, which a person may leave open, and for files on a slow line.
	patient = 10 * time.Minute
)

// Doors are the bound types.
type Doors struct {
	App            *App
	Session        *Session
	Inbox          *Inbox
	Account        *Account
	Administration *Administration
	Settings       *Settings
	Tasks          *Tasks
	Overview       *Overview
	Security       *Security
}

// New makes the doors into d. They answer until ctx ends.
func New(ctx context.Context, d *desktop.Desktop) *Doors {
	in := door{ctx: ctx, d: d}
	return &Doors{
		App: &App{in}, Session: &Session{in}, Inbox: &Inbox{in}, Account: &Account{in}, Administration: &Administration{in},
		Settings: &Settings{in}, Tasks: &Tasks{in}, Overview: &Overview{in}, Security: &Security{in},
	}
}

// Bound lists the doors as Wails wants them.
func (d *Doors) Bound() []any {
	return []any{d.App, d.Session, d.Inbox, d.Account, d.Administration, d.Settings, d.Tasks, d.Overview, d.Security}
}

// door is what every bound type holds. The context is the app's own: the page's calls bring none.
type door struct {
	ctx context.Context
	d   *desktop.Desktop
}

func (d door) within(limit time.Duration, do func(context.Context, *desktop.Desktop) error) error {
	ctx, cancel := context.WithTimeout(d.ctx, limit)
	defer cancel()
	return do(ctx, d.d)
}

func ask[T any](d door, limit time.Duration, do func(context.Context, *desktop.Desktop) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(d.ctx, limit)
	defer cancel()
	return do(ctx, d.d)
}
