// Package workspace assembles a studio's server of its rooms: it opens the data, joins who calls whom,
// owns the goroutines and stops them in order. It decides nothing of the protocol, of permissions or of
// who hears of what; those are the rooms'.
//
// The one trap: New does no I/O, so Handler answers "not ready" until Run has opened the data.
package workspace

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"

	"github.com/callboard/callboard/backend/domain"
)

// Workspace is one studio's server.
type Workspace struct {
	cfg     Config
	ready   chan struct{} // closed when handler and users are set
	handler atomic.Pointer[http.Handler]
	users   []DemoUser // of the demo; set before ready is closed
}

// New gives a workspace that does nothing yet. It fails where the configuration cannot work.
func New(cfg Config) (*Workspace, error) {
	cfg, err := cfg.defaults()
	if err != nil {
		return nil, err
	}
	return &Workspace{cfg: cfg, ready: make(chan struct{})}, nil
}

// Ready is closed once the workspace serves.
func (w *Workspace) Ready() <-chan struct{} { return w.ready }

// DemoUsers are the demo's people with their secrets; none without a demo or before it is ready.
func (w *Workspace) DemoUsers() []DemoUser {
	select {
	case <-w.ready:
		return w.users
	default:
		return nil
	}
}

// Handler serves the workspace's addresses. Before Run has opened the data, and after it ended, the
// answer to everything is that the server is not ready, but for whoever asks whether it is alive.
func (w *Workspace) Handler() http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if handler := w.handler.Load(); handler != nil {
			(*handler).ServeHTTP(out, r)
			return
		}
		if r.URL.Path == "/healthz" {
			out.WriteHeader(http.StatusOK)
			return
		}
		out.Header().Set("Retry-After", "1")
		http.Error(out, "not ready", http.StatusServiceUnavailable)
	})
}

// Run opens the data and serves until ctx ends or a part of it fails. It can be called once.
func (w *Workspace) Run(ctx context.Context) (err error) {
	clock := &clock{real: w.cfg.Clock}
	rooms, err := open(ctx, w.cfg, clock)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rooms.store.Close()) }()
	show, users, err := rooms.stage(ctx, w.cfg, clock)
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return err
	}
	w.users = users
	handler := rooms.handler(w.cfg)
	w.handler.Store(&handler)
	defer w.handler.Store(nil)
	close(w.ready)

	all := newGroup(ctx)
	all.run(rooms.hub.Run)
	all.run(rooms.work)
	all.run(func(ctx context.Context) error { return rooms.renewKeys(ctx, w.cfg) })
	if show != nil {
		all.run(func(ctx context.Context) error { return show.Run(ctx, w.cfg.Log) })
	}
	err = all.end()
	if err == nil && ctx.Err() == nil {
		err = domain.Errorf(domain.Internal, "the workspace ended by itself")
	}
	return err
}
