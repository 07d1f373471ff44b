package api

import (
	"net/http"
	"runtime/debug"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// allowOrigin lets pages of any origin read the answer, as the JavaScript client needs in a browser. It
// gives nothing away: there are no cookies, so a page has only the credentials it was given itself.
func (a api) allowOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Add("Vary", "Origin")
		if origin := r.Header.Get("Origin"); origin != "" {
			header.Set("Access-Control-Allow-Origin", origin)
			header.Set("Access-Control-Allow-Credentials", "true") // the client always asks for it
			header.Set("Access-Control-Expose-Headers", "ETag, Content-Range, Content-Disposition")
		}
		next.ServeHTTP(w, r)
	})
}

// preflight answers a browser that asks before it sends.
func preflight(methods, headers string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		header := w.Header()
		header.Set("Access-Control-Allow-Methods", methods)
		header.Set("Access-Control-Allow-Headers", headers)
		header.Set("Access-Control-Max-Age", "600")
		w.WriteHeader(http.StatusNoContent)
	}
}

// What a page of another origin may send along.
const (
	withCredentials = "Authorization, ftrack-user, ftrack-api-key"
	withOperations  = withCredentials + ", Content-Type, Accept, ftrack-Clienttoken, ftrack-pushtoken, ftrack-strict-api, ftrack-api-options"
	withFiles       = withCredentials + ", Range, If-Range, If-None-Match"
	withUploads     = withCredentials + ", Content-Type, Content-MD5, Content-Disposition"
)

// watch logs every request, without its query and headers, which may hold secrets, and makes a panic an
// answer.
func (a api) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		watched := &watcher{ResponseWriter: w}
		defer func() {
			cause := recover()
			if cause == http.ErrAbortHandler { //nolint:errorlint // net/http compares it so, too
				panic(cause)
			}
			if cause != nil {
				a.Log.Error("a handler panicked", "method", r.Method, "path", r.URL.Path, "cause", cause, "stack", string(debug.Stack()))
				watched.apologise()
			}
			a.Log.Debug("request", "method", r.Method, "path", r.URL.Path, "status", watched.status, "took", time.Since(begun))
		}()
		next.ServeHTTP(watched, r)
	})
}

// watcher remembers the status of an answer.
type watcher struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (w *watcher) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *watcher) Write(body []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(body)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *watcher) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// apologise answers for a handler that panicked, where nothing was said yet.
func (w *watcher) apologise() {
	if w.status != 0 {
		return
	}
	body, status := wire.EncodeError(domain.Errorf(domain.Internal, "panic"))
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.ResponseWriter.Write(body) // nobody is left to hear that this failed too
}
