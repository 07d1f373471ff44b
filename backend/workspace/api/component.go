package api

import (
	"context"
	_ "embed"
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

// noPicture is shown where an entity has no thumbnail.
//
//go:embed placeholder.png
var noPicture []byte

// The clients put the key into the addresses of this file, which is why no address is ever logged with
// its query.

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

// placeholder answers what the clients ask for instead of a thumbnail that is not there.
func (a api) placeholder(w http.ResponseWriter, _ *http.Request) {
	header := w.Header()
	header.Set("Content-Type", "image/png")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cache-Control", "public, max-age=86400")
	if _, err := w.Write(noPicture); err != nil {
		a.Log.Debug("an answer was not read to its end", "error", err)
	}
}

// file serves a component to those who may see it.
func (a api) file(w http.ResponseWriter, r *http.Request, open func(context.Context, domain.ComponentID) (*media.Content, error)) {
	id, caller, err := a.asked(r)
	if err != nil {
		a.refuse(w, err)
		return
	}
	name, err := a.nameFor(r.Context(), caller, id)
	if err != nil {
		a.refuse(w, err)
		return
	}
	content, err := open(r.Context(), id)
	if err != nil {
		a.refuse(w, err)
		return
	}
	if err := media.Serve(w, r, content, name); err != nil {
		a.Log.Warn("a file did not close", "component", id, "error", err)
	}
}

// asked is which component a request is for and who asks: whoever holds a ticket asks as the server that
// gave it out.
func (a api) asked(r *http.Request) (domain.ComponentID, Caller, error) {
	if ticket := r.URL.Query().Get("ticket"); ticket != "" {
		id, err := a.Files.Linked(ticket)
		return id, Caller{}, err
	}
	return a.named(r)
}

// named is the component a request names and who sent it, by their credentials.
func (a api) named(r *http.Request) (domain.ComponentID, Caller, error) {
	who, err := a.Gate.Authenticate(r.Context(), auth.CredentialsIn(r, "username", "apiKey"))
	if err != nil {
		return "", Caller{}, err
	}
	id, err := uuid.Parse(r.URL.Query().Get("id"))
	if err != nil {
		return "", Caller{}, domain.Errorf(domain.Invalid, "The id of a component is a UUID.")
	}
	return domain.ComponentID(id.String()), a.callerOf(r, who), nil
}

// nameFor gives the file name of a component, asked for as the caller would: what they cannot query they
// cannot download.
func (a api) nameFor(ctx context.Context, caller Caller, id domain.ComponentID) (string, error) {
	ask := wire.Operation{Action: "query", Expression: fmt.Sprintf(`select name, file_type from Component where id is "%s"`, id)}
	results, err := a.Tracker.Do(ctx, caller, []wire.Operation{ask}, wire.Mode{Strict: true})
	if err != nil {
		return "", err
	}
	text, err := wire.EncodeAnswers(results, wire.Mode{Strict: true})
	if err != nil {
		return "", err
	}
	replies, err := wire.DecodeAnswers(text)
	if err != nil {
		return "", err
	}
	if len(replies) != 1 || len(replies[0].Rows()) == 0 {
		return "", domain.Errorf(domain.NotFound, "There is no such component.")
	}
	row := replies[0].Rows()[0]
	name, _ := row["name"].(string)
	ending, _ := row["file_type"].(string)
	return name + ending, nil
}

// remove takes the file of a component away, as the Python client asks before it takes the component out
// of a location. The component itself stays. Where there is no file, there is nothing to do.
func (a api) remove(w http.ResponseWriter, r *http.Request) {
	id, caller, err := a.named(r)
	if err == nil {
		err = a.Tracker.MayStore(r.Context(), caller, id)
	}
	if err == nil {
		err = a.Files.Remove(id)
	}
	if err != nil {
		a.refuse(w, err)
		return
	}
	a.say(w, http.StatusOK, map[string]string{"component_id": string(id)})
}
