package bridge

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/callboard/callboard/backend/domain"
)

// holder keeps the file that somebody chose as their picture; the Desktop is one.
type holder interface {
	HoldPicture(ctx context.Context, content io.Reader) (domain.HeldPicture, error)
	HeldPicture(id string) (content []byte, contentType string, err error)
}

// portraits answers what the page sends of a file that somebody chose as their picture, and what it loads of
// it. It is no door of the usual kind because of its size: what a door takes travels as text. The page gives
// bytes; no path of this computer is ever named to it or taken from it.
func portraits(mux *http.ServeMux, d holder) {
	mux.HandleFunc("POST /portrait", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), remote)
		defer cancel()
		held, err := d.HoldPicture(ctx, http.MaxBytesReader(w, r.Body, domain.MostPictureBytes+1))
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			err = &domain.Error{Code: domain.Invalid, Reason: domain.ReasonPictureTooLarge, Message: "the file is too large for a picture"}
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		if err != nil {
			w.WriteHeader(statusOf(err))
			text, _ := Failure(err).(string)
			_, _ = io.WriteString(w, text) // a page that has gone needs no answer
			return
		}
		_ = json.NewEncoder(w).Encode(held)
	})
	mux.HandleFunc("GET /portrait/{id}", func(w http.ResponseWriter, r *http.Request) {
		content, contentType, err := d.HeldPicture(r.PathValue("id"))
		if err != nil {
			http.Error(w, http.StatusText(statusOf(err)), statusOf(err))
			return
		}
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = w.Write(content)
	})
}
