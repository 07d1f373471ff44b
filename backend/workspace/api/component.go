package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/media"
)

const (
	standardSize = 300 // of a thumbnail nobody gave a size
	largestSize  = 4096
)

func (a api) component(w http.ResponseWriter, r *http.Request) { a.file(w, r, a.Files.Open) }

func (a api) thumbnail(w http.ResponseWriter, r *http.Request) {
	size := standardSize
	if text := r.URL.Query().Get("size"); text != "" {
		given, err := strconv.Atoi(text)
		if err != nil || given < 1 || given > largestSize {
			a.refuse(w, domain.Errorf(domain.Invalid, "A thumbnail has 1 to %d pixels.", largestSize))
			return
		}
		size = given
	}
	a.file(w, r, func(ctx context.Context, id domain.ComponentID) (*media.Content, error) {
		return a.Files.Thumbnail(ctx, id, size)
	})
}

// file serves a component to those who may see it. The clients put the key into these addresses, which
// is why no address is ever logged with its query.
func (a api) file(w http.ResponseWriter, r *http.Request, open func(context.Context, domain.ComponentID) (*media.Content, error)) {
	who, err := a.Gate.Authenticate(r.Context(), auth.CredentialsIn(r, "username", "apiKey"))
	if err != nil {
		a.refuse(w, err)
		return
	}
	id, err := uuid.Parse(r.URL.Query().Get("id"))
	if err != nil {
		a.refuse(w, domain.Errorf(domain.Invalid, "The id of a component is a UUID."))
		return
	}
	if err := a.maySee(r, who, id); err != nil {
		a.refuse(w, err)
		return
	}
	content, err := open(r.Context(), domain.ComponentID(id.String()))
	if err != nil {
		a.refuse(w, err)
		return
	}
	if err := media.Serve(w, r, content); err != nil {
		a.Log.Warn("a file did not close", "component", id.String(), "error", err)
	}
}

// maySee asks for the component as the caller would: what they cannot query they cannot download.
func (a api) maySee(r *http.Request, who auth.Who, id uuid.UUID) error {
	ask := wire.Operation{Action: "query", Expression: fmt.Sprintf(`select id from Component where id is "%s"`, id)}
	results, err := a.Tracker.Do(r.Context(), callerOf(r, who), []wire.Operation{ask}, wire.Mode{Strict: true})
	if err != nil {
		return err
	}
	text, err := wire.EncodeAnswers(results, wire.Mode{Strict: true})
	if err != nil {
		return err
	}
	replies, err := wire.DecodeAnswers(text)
	if err != nil {
		return err
	}
	if len(replies) != 1 || len(replies[0].Rows()) == 0 {
		return domain.Errorf(domain.NotFound, "There is no such component.")
	}
	return nil
}
