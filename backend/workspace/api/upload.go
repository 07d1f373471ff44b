package api

import (
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/media"
)

// stall is how long an upload may go without a byte. Beside that it may take as long as it takes: a film
// on a slow line is not done within what other requests are given.
const stall = time.Minute

// upload takes the file of a component, or a part of it. The address itself is the permission.
func (a api) upload(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength < 0 {
		a.say(w, http.StatusLengthRequired, problem{Code: string(domain.Invalid), Message: "An upload must say its length."})
		return
	}
	body := patient{body: r.Body, connection: http.NewResponseController(w)}
	receipt, err := a.Files.Receive(r.Context(), r.URL.Query().Get("ticket"), body, r.ContentLength)
	var known *domain.Error
	if errors.As(err, &known) && known.Reason == media.ReasonNoSpace {
		a.reported("an upload", err)
		a.say(w, http.StatusInsufficientStorage, problem{Code: known.Reason, Message: known.Message})
		return
	}
	if err != nil {
		a.refuse(w, err)
		return
	}
	w.Header().Set("ETag", `"`+receipt.Sum+`"`)
	if p := receipt.Portrait; p != nil {
		a.say(w, http.StatusOK, portrait{FileType: p.Ending, Size: p.Size})
		return
	}
	w.WriteHeader(http.StatusOK)
}

// portrait is what was stored of a picture, as its component says it.
type portrait struct {
	FileType string `json:"file_type"`
	Size     int64  `json:"size"`
}

// patient reads a body for as long as something comes.
type patient struct {
	body       io.Reader
	connection *http.ResponseController
}

func (p patient) Read(into []byte) (int, error) {
	if err := p.connection.SetReadDeadline(time.Now().Add(stall)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return p.body.Read(into)
}
