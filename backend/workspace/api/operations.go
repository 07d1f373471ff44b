package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/auth"
)

// maxBody bounds a request: the largest batch of a client is far below.
const maxBody = 10 << 20

func (a api) operations(w http.ResponseWriter, r *http.Request) {
	begun := time.Now()
	mode := wire.ModeOf(r.Header.Get("ftrack-strict-api"), r.Header.Get("ftrack-api-options"))
	action, answer, err := a.carryOut(w, r, mode)
	a.Observe(action, domain.CodeOf(err), time.Since(begun))
	if err != nil {
		a.fail(w, mode, err)
		return
	}
	a.send(w, r, http.StatusOK, answer...)
}

// carryOut reads a request and does what it asks. action names what that was.
func (a api) carryOut(w http.ResponseWriter, r *http.Request, mode wire.Mode) (action string, answer []piece, err error) {
	action = "none"
	// Who asks comes first: nobody unknown has megabytes read and parsed.
	who, err := a.Gate.Recognise(r.Context(), auth.CredentialsOf(r))
	if err == nil && !who.Session {
		err = who.Whole()
	}
	if err != nil {
		return action, nil, err
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return action, nil, unread(err)
	}
	ops, err := wire.ParseOperations(body)
	if err != nil {
		return action, nil, err
	}
	action = actionOf(ops)
	change, err := accountChange(ops)
	if err == nil {
		err = permit(who, action, change)
	}
	if err != nil {
		return action, nil, err
	}
	if change != nil {
		answer, err = a.change(r, who, change, ops[0], mode)
		return action, answer, err
	}
	if answer, ok, err := a.startUp(r.Context(), who, ops); ok || err != nil {
		return action, answer, err
	}
	results, err := a.results(r, who, ops, mode)
	if err != nil {
		return action, nil, err
	}
	text, err := wire.EncodeAnswers(results, mode)
	return action, []piece{{text: text}}, err
}

// change carries out an account operation.
func (a api) change(r *http.Request, who auth.Who, change *accountOperation, op wire.Operation, mode wire.Mode) ([]piece, error) {
	data, err := change.do(r.Context(), a.Gate, who, op, a.Address(r))
	if err != nil {
		return nil, err
	}
	text, err := wire.EncodeAnswers([]any{wire.Answer{Action: op.Action, Data: data}}, mode)
	return []piece{{text: text}}, err
}

func unread(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return &domain.Error{Code: domain.Invalid, Message: fmt.Sprintf("A request may have %d bytes.", tooLarge.Limit), Err: err}
	}
	return domain.Errorf(domain.Invalid, "the request could not be read: %w", err)
}

// actionOf is the action that all operations have, "several" where they differ.
func actionOf(ops []wire.Operation) string {
	if len(ops) == 0 {
		return "none"
	}
	for _, op := range ops {
		if op.Action != ops[0].Action {
			return "several"
		}
	}
	return ops[0].Action
}

func (a api) fail(w http.ResponseWriter, mode wire.Mode, err error) {
	a.reported("a request", err)
	retryAfter(w, err)
	body, status := wire.EncodeError(err)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		status = http.StatusRequestEntityTooLarge
	case !mode.Strict:
		status = http.StatusOK
	}
	a.write(w, status, body)
}

// results has the tracker do what is not known here, all of it in one transaction, and answers the rest
// afterwards: what the server says of itself is then no older than the rows beside it.
func (a api) results(r *http.Request, who auth.Who, ops []wire.Operation, mode wire.Mode) ([]any, error) {
	results := make([]any, len(ops))
	var rest []wire.Operation
	var places []int
	for i, op := range ops {
		if op.Action != queryInformation && op.Action != querySchemas {
			rest, places = append(rest, op), append(places, i)
		}
	}
	if len(rest) == 0 {
		return results, nil
	}
	done, err := a.Tracker.Do(r.Context(), a.callerOf(r, who), rest, mode)
	if err != nil {
		return nil, err
	}
	if len(done) != len(rest) {
		return nil, domain.Errorf(domain.Internal, "%d operations gave %d results", len(rest), len(done))
	}
	for i, result := range done {
		results[places[i]] = result
	}
	for i, op := range ops {
		switch op.Action {
		case queryInformation:
			if results[i], err = a.serverInformation(r.Context(), who, op.Values); err != nil {
				return nil, err
			}
		case querySchemas:
			results[i] = json.RawMessage(a.schemas.text)
		}
	}
	return results, nil
}

func (a api) callerOf(r *http.Request, who auth.Who) Caller {
	return Caller{
		UserID: who.UserID, Username: who.Username, SessionID: who.SessionID, Device: who.Device, Address: a.Address(r),
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
