package bridge

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

// Pictures answers what the page loads that is not built in: GET /picture/{id}?size=N&workspace=KEY, and the
// file that somebody chose as their own.
func Pictures(d *desktop.Desktop) http.Handler {
	mux := http.NewServeMux()
	portraits(mux, d)
	mux.HandleFunc("GET /picture/{id}", func(w http.ResponseWriter, r *http.Request) {
		size := 0
		if text := r.URL.Query().Get("size"); text != "" {
			var err error
			if size, err = strconv.Atoi(text); err != nil {
				http.Error(w, "the size is not a number", http.StatusBadRequest)
				return
			}
		}
		ctx, cancel := context.WithTimeout(r.Context(), remote)
		defer cancel()
		data, contentType, err := d.Picture(ctx, r.URL.Query().Get("workspace"), domain.ComponentID(r.PathValue("id")), size)
		if err != nil {
			http.Error(w, http.StatusText(statusOf(err)), statusOf(err))
			return
		}
		if !isPicture(contentType) {
			http.Error(w, "the server sent something else than a picture", http.StatusBadGateway)
			return
		}
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		// A stored file never changes under its id.
		w.Header().Set("Cache-Control", "private, max-age=86400, immutable")
		if _, err := w.Write(data); err != nil {
			return // the page has gone
		}
	})
	return mux
}

// isPicture keeps out what a browser would run: SVG among the pictures, pages among the rest.
func isPicture(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	switch strings.TrimSpace(kind) {
	case "image/png", "image/jpeg", "image/gif", "image/webp":
		return true
	default:
		return false
	}
}

func statusOf(err error) int {
	switch domain.CodeOf(err) {
	case domain.Invalid:
		return http.StatusBadRequest
	case domain.NotFound:
		return http.StatusNotFound
	case domain.Unauthorized:
		return http.StatusUnauthorized
	case domain.Forbidden:
		return http.StatusForbidden
	case domain.Offline:
		return http.StatusServiceUnavailable
	default:
		return http.StatusBadGateway
	}
}
