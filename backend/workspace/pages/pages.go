// Package pages is what a browser finds at a workspace's address. These are few plain pages for people
// who followed a link or look whether the server is there; the product's own page lives in the desktop
// app. Connect and other clients of the protocol tell a server by the header of the front page.
package pages

import (
	"bytes"
	"context"
	_ "embed"
	"html/template"
	"log/slog"
	"net/http"
	"time"
)

//go:embed front.html
var frontText string

// frontStyle is the hash of the page's style, the only one a browser is to obey. A test holds it to the page.
const frontStyle = "cpAvvjeybHeSQDxlOjG9FqRJnPos+tdhTRih/VxL3LY="

var frontPage = template.Must(template.New("front").Parse(frontText))

// Config says what the pages tell.
type Config struct {
	// Name is the workspace's name.
	Name string
	// Protocol is the version of the ftrack protocol that is spoken, Version that of the program.
	Protocol, Version string
	// Ready says why the workspace cannot serve just now; nil is ready.
	Ready func(context.Context) error
	Log   *slog.Logger
}

// Register adds the pages to a mux.
func Register(mux *http.ServeMux, cfg Config) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	mux.HandleFunc("GET /{$}", cfg.front)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { cfg.say(w, http.StatusOK, "ok\n") })
	mux.HandleFunc("GET /readyz", cfg.ready)
}

func (c Config) front(w http.ResponseWriter, _ *http.Request) {
	var page bytes.Buffer
	if err := frontPage.Execute(&page, c); err != nil {
		c.Log.Error("the front page cannot be written", "error", err)
		http.Error(w, "The page cannot be shown.", http.StatusInternalServerError)
		return
	}
	header := w.Header()
	header.Set("FTRACK_VERSION", c.Protocol)
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'sha256-"+frontStyle+"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	c.write(w, http.StatusOK, page.Bytes())
}

func (c Config) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	if c.Ready != nil {
		if err := c.Ready(ctx); err != nil {
			c.Log.Warn("the workspace is not ready", "error", err)
			c.say(w, http.StatusServiceUnavailable, "not ready\n")
			return
		}
	}
	c.say(w, http.StatusOK, "ready\n")
}

func (c Config) say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	c.write(w, status, []byte(text))
}

func (c Config) write(w http.ResponseWriter, status int, body []byte) {
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(status)
	if _, err := w.Write(body); err != nil {
		c.Log.Debug("a page was not read to its end", "error", err)
	}
}
