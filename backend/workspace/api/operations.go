package api

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/auth"
)

// maxBody bounds a request: the largest batch of a client is far below.
const maxBody = 10 << 20

func (a api) operations(w http.ResponseWriter, r *http.Request) {
	mode := wire.ModeOf(r.Header.Get("ftrack-strict-api"), r.Header.Get("ftrack-api-options"))
	// Who asks comes first: nobody unknown has megabytes read and parsed.
	who, err := a.Gate.Authenticate(r.Context(), auth.CredentialsOf(r))
	if err != nil {
		a.fail(w, mode, err)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			text, _ := wire.EncodeError(domain.Errorf(domain.Invalid, "A request may have %d bytes.", maxBody))
			a.write(w, http.StatusRequestEntityTooLarge, text)
			return
		}
		a.fail(w, mode, domain.Errorf(domain.Invalid, "the request could not be read: %w", err))
		return
	}
	ops, err := wire.ParseOperations(body)
	if err != nil {
		a.fail(w, mode, err)
		return
	}
	known, ok, err := a.startUp(who, ops)
	if err != nil {
		a.fail(w, mode, err)
		return
	}
	if ok {
		a.send(w, r, http.StatusOK, known...)
		return
	}
	results, err := a.results(r, who, ops, mode)
	if err != nil {
		a.fail(w, mode, err)
		return
	}
	answer, err := wire.EncodeAnswers(results, mode)
	if err != nil {
		a.fail(w, mode, err)
		return
	}
	a.send(w, r, http.StatusOK, piece{text: answer})
}

func (a api) fail(w http.ResponseWriter, mode wire.Mode, err error) {
	a.reported("a request", err)
	retryAfter(w, err)
	body, status := wire.EncodeError(err)
	if !mode.Strict {
		status = http.StatusOK
	}
	a.write(w, status, body)
}

// results answers what is known here and has the tracker do the rest, all of it in one transaction.
func (a api) results(r *http.Request, who auth.Who, ops []wire.Operation, mode wire.Mode) ([]any, error) {
	results := make([]any, len(ops))
	var rest []wire.Operation
	var places []int
	for i, op := range ops {
		switch op.Action {
		case queryInformation:
			results[i] = a.serverInformation(who, op.Values)
		case querySchemas:
			results[i] = json.RawMessage(a.schemas.text)
		default:
			rest, places = append(rest, op), append(places, i)
		}
	}
	if len(rest) == 0 {
		return results, nil
	}
	done, err := a.Tracker.Do(r.Context(), callerOf(r, who), rest, mode)
	if err != nil {
		return nil, err
	}
	if len(done) != len(rest) {
		return nil, domain.Errorf(domain.Internal, "%d operations gave %d results", len(rest), len(done))
	}
	for i, result := range done {
		results[places[i]] = result
	}
	return results, nil
}

func callerOf(r *http.Request, who auth.Who) Caller {
	return Caller{
		UserID: who.UserID, Username: who.Username, Administrator: who.Administrator, Session: who.Session,
		ClientToken: token(r, "ftrack-Clienttoken"), PushToken: token(r, "ftrack-pushtoken"),
	}
}

// token reads a header of the client's own. The JavaScript client sends the word where it has none.
func token(r *http.Request, name string) string {
	if value := r.Header.Get(name); value != "undefined" {
		return value
	}
	return ""
}
