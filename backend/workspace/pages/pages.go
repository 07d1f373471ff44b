// Package pages is what a browser finds at a workspace's address. These are few plain pages for people
// who followed a link or look whether the server is there; the product's own page lives in the desktop
// app. Connect and other clients of the protocol tell a server by the header of the front page.
package pages

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/phrases"
	"github.com/callboard/callboard/backend/workspace/auth"
)

// Gate is who lets people in; auth is one.
type Gate interface {
	HandOver(ctx context.Context, in auth.Attempt, identifier string) (auth.Handed, error)
	Forgot(ctx context.Context, login, address string) error
	ResetOffered(ctx context.Context, token string) (auth.ResetOffer, error)
	Reset(ctx context.Context, in auth.NewPassword) error
}

// Config says what the pages tell.
type Config struct {
	// Name is the workspace's name.
	Name string
	// Protocol is the version of the ftrack protocol that is spoken, Version that of the program.
	Protocol, Version string
	Gate              Gate
	// Phrases are what the pages say, in each language.
	Phrases *phrases.Book
	// Playable tells what kind of file a ticket opens (video/mp4, image/png); not ok where it opens none.
	Playable func(ctx context.Context, ticket string) (kind string, ok bool)
	// Ready says why the workspace cannot serve just now; nil is ready. The message of a domain.Error is
	// told to whoever asks.
	Ready func(context.Context) error
	// Address says where a request comes from; nil is the socket's peer. Behind a trusted proxy it is another.
	Address func(*http.Request) string
	Log     *slog.Logger
}

// Register adds the pages to a mux.
func Register(mux *http.ServeMux, cfg Config) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Address == nil {
		cfg.Address = peer
	}
	mux.HandleFunc("GET /{$}", cfg.front)
	mux.HandleFunc("GET /user/api_credentials", cfg.askCredentials)
	own := http.NewCrossOriginProtection() // no other site may sign anybody in
	own.SetDenyHandler(http.HandlerFunc(cfg.refuseForeign))
	mux.Handle("POST /user/api_credentials", own.Handler(http.HandlerFunc(cfg.giveCredentials)))
	reset := http.NewCrossOriginProtection() // nor have anybody's password chosen
	reset.SetDenyHandler(http.HandlerFunc(cfg.refuseForeignReset))
	mux.HandleFunc("GET /forgot", cfg.askLogin)
	mux.Handle("POST /forgot", reset.Handler(http.HandlerFunc(cfg.forgot)))
	mux.HandleFunc("GET /reset", cfg.askPassword)
	mux.Handle("POST /reset", reset.Handler(http.HandlerFunc(cfg.reset)))
	mux.HandleFunc("GET /open/{type}/{id}", cfg.open)
	mux.HandleFunc("GET /player/version/{id}", cfg.player)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { cfg.say(w, http.StatusOK, "ok\n") })
	mux.HandleFunc("GET /readyz", cfg.ready)
}

func (c Config) front(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("FTRACK_VERSION", c.Protocol)
	v := c.view(w, r, c.Name)
	c.show(w, http.StatusOK, frontPage, frontView{view: v, Say: c.in(v.Language).Front(), Version: c.Version, Protocol: c.Protocol})
}

type frontView struct {
	view
	Say               phrases.Front
	Version, Protocol string
}

func (c Config) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	if c.Ready != nil {
		if err := c.Ready(ctx); err != nil {
			c.Log.Warn("the workspace is not ready", "error", err)
			reason := "not ready"
			var known *domain.Error
			if errors.As(err, &known) {
				reason += ": " + known.Message
			}
			c.say(w, http.StatusServiceUnavailable, reason+"\n")
			return
		}
	}
	c.say(w, http.StatusOK, "ready\n")
}

// peer is the address at the other end of the socket.
func peer(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
