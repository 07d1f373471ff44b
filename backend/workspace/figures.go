package workspace

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/metrics"
	"github.com/callboard/callboard/backend/workspace/store"
)

// newMetrics makes the figures of rooms that are not there yet: they are asked when somebody fetches them.
func (r *rooms) newMetrics(cfg Config) *metrics.Metrics {
	return metrics.New(metrics.Config{
		Sockets: func() int64 { return r.hub.Connections() }, Packets: func() int64 { return r.hub.Packets() },
		Outbox: func(ctx context.Context) (out metrics.Outbox, err error) {
			err = r.store.Read(ctx, func(tx *store.Tx) error {
				backlog, err := tx.Backlog(ctx)
				out = metrics.Outbox(backlog)
				return err
			})
			return out, err
		},
		Version: cfg.Version, Clock: cfg.Clock, Log: cfg.Log,
	})
}

// figures answers those who may see them: they tell of a studio when its people work and how much. That
// is an administrator, by API key (as Basic credentials too, which Prometheus sends) or session; and
// anybody on this computer as long as the workspace is for this computer alone. Behind a proxy on the same
// computer the whole world comes from loopback, so there the base URL and the proxy's headers decide.
func (r *rooms) figures(cfg Config) http.Handler {
	alone := false
	if u, err := url.Parse(cfg.BaseURL); err == nil {
		alone = loopback(u.Hostname())
	}
	inner := r.metrics.Handler()
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		if !alone || !direct(req) {
			if status := r.administrates(req); status != http.StatusOK {
				w.Header().Set("WWW-Authenticate", `Basic realm="Callboard figures: an administrator's username and API key"`)
				http.Error(w, "The figures are for administrators.", status)
				return
			}
		}
		inner.ServeHTTP(w, req)
	})
}

// direct says whether a request comes from this computer and through no proxy.
func direct(r *http.Request) bool {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if r.Header.Get(name) != "" {
			return false
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	return err == nil && loopback(host)
}

// administrates is the status for whoever asks: OK for an administrator.
func (r *rooms) administrates(req *http.Request) int {
	credentials := auth.CredentialsOf(req)
	if username, key, ok := req.BasicAuth(); ok {
		credentials = auth.Credentials{Username: username, Key: key}
	}
	who, err := r.auth.Authenticate(req.Context(), credentials)
	switch {
	case domain.CodeOf(err) == domain.Unauthorized:
		return http.StatusUnauthorized
	case domain.CodeOf(err) == domain.Forbidden: // of a second factor that is to be set up first
		return http.StatusForbidden
	case err != nil:
		return http.StatusInternalServerError
	case !who.Administrator:
		return http.StatusForbidden
	default:
		return http.StatusOK
	}
}

// counted reports every answer to the figures, by the pattern of its address: paths hold ids.
func (r *rooms) counted(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		begun := time.Now()
		seen := &statusWatcher{ResponseWriter: w}
		mux.ServeHTTP(seen, req)
		if seen.status == http.StatusSwitchingProtocols {
			return // a socket lasts as long as its person's day
		}
		r.metrics.Answer(req.Pattern, max(seen.status, http.StatusOK), time.Since(begun))
	})
}

// statusWatcher remembers the status of an answer.
type statusWatcher struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (w *statusWatcher) WriteHeader(status int) {
	if w.status == 0 || w.status < http.StatusOK && w.status != http.StatusSwitchingProtocols {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController, and the socket, reach the connection.
func (w *statusWatcher) Unwrap() http.ResponseWriter { return w.ResponseWriter }
