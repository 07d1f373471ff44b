// Package tracker carries out requests: all operations of one POST in one transaction, from permission
// to the notifications they cause. It joins what the rooms below know: schema says what an entity is,
// store keeps it, rules name who hears of a change.
//
// It opens no sockets and writes no SQL; what happened goes to Config.Announce once it is durable. What
// the server says of itself (schemas, server information) is api's to answer.
//
// The trap: the Python client hangs an entity onto another by sending the owner's whole collection as
// an update of the owner (Task.notes = […]). That sets the members' back references and is a change of
// the members, not of the owner; permissions and rules see it so.
package tracker

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/store"
)

// Config is what a tracker works with.
type Config struct {
	Store *store.Store
	// BaseURL stands before the paths of files in answers: https://callboard.example, without a slash.
	BaseURL string
	// Phraser words the summaries of notifications.
	Phraser Phraser
	// Files keeps the contents of components; nil where nothing is uploaded or fetched.
	Files Files
	// Announce is told what a request changed, after it is durable and before Do returns. It is called
	// once for each project concerned and must not wait. nil: nobody is told.
	Announce func(context.Context, Committed)
	// Patience is how long a request that only reads may take; 0 is half a minute. One that writes takes
	// the time it needs: it is all or nothing.
	Patience time.Duration
	// Guard guards people's accounts; nil makes no API keys and ends no sessions.
	Guard Guard
}

// Phraser words a notification as one sentence.
type Phraser interface {
	Summary(n domain.Notification) string
}

// Caller is who sends a request.
type Caller struct {
	// UserID is "" for the server itself, which may do everything.
	UserID   domain.UserID
	Username string
	// ClientToken and PushToken come back in the events of the request.
	ClientToken, PushToken string
	// SessionID and Device are those of a session, "" under an API key; Address is where the request comes from.
	SessionID, Device, Address string
}

// Committed is what a request changed in one project, or in what belongs to none.
type Committed struct {
	// Updates are events of topic ftrack.update.
	Updates []wire.Event
	// ProjectID is the project they are about; "" for none.
	ProjectID domain.ProjectID
	// Only, unless nil, are the people who may hear of Updates at all: those a message is between.
	Only []domain.UserID
	// Inbox gives the new heads of the inboxes that changed.
	Inbox map[domain.UserID]int64
	// Accounts are whose account is another than it was.
	Accounts Accounts
	// People are those with another name or picture, as they are now.
	People []Face
}

// Tracker carries out requests. It is safe for use by many goroutines.
type Tracker struct {
	cfg Config
}

// New gives a tracker. It does nothing until it is asked.
func New(cfg Config) *Tracker {
	if cfg.Patience == 0 {
		cfg.Patience = 30 * time.Second
	}
	return &Tracker{cfg: cfg}
}

// Do carries out the operations of one request, all or none, and gives their results in order, ready
// for wire.EncodeAnswers. When it returns without an error everything is durable.
func (t *Tracker) Do(ctx context.Context, caller Caller, ops []wire.Operation, mode wire.Mode) ([]any, error) {
	var results []any
	run := func(r *request) (err error) {
		results, err = r.run(ctx, ops)
		return err
	}
	in := t.write
	if onlyReads(ops) {
		in = t.read
	}
	if err := in(ctx, caller, mode, run); err != nil {
		return nil, err
	}
	return results, nil
}

// write runs a request in a transaction, and tells of it when it is durable.
func (t *Tracker) write(ctx context.Context, caller Caller, mode wire.Mode, run func(*request) error) error {
	var done *request
	err := t.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		done = t.request(tx, caller, mode)
		return run(done)
	})
	if err != nil {
		return err
	}
	for _, committed := range done.committed {
		t.announce(ctx, committed)
	}
	for _, then := range done.then {
		then(ctx)
	}
	return nil
}

// read runs a request that changes nothing, for as long as one may take.
func (t *Tracker) read(ctx context.Context, caller Caller, mode wire.Mode, run func(*request) error) error {
	patient, cancel := context.WithTimeout(ctx, t.cfg.Patience)
	defer cancel()
	err := t.cfg.Store.Read(patient, func(tx *store.Tx) error { return run(t.request(tx, caller, mode)) })
	if err != nil && patient.Err() != nil && ctx.Err() == nil {
		return domain.Errorf(domain.Invalid, "the request takes longer than %v; ask for less, or in pages with limit and offset", t.cfg.Patience)
	}
	return err
}

func (t *Tracker) announce(ctx context.Context, committed Committed) {
	if t.cfg.Announce != nil {
		t.cfg.Announce(ctx, committed)
	}
}

// Audience gives those of the people who may see a project and what is in it; project "" is what belongs
// to none.
func (t *Tracker) Audience(ctx context.Context, project domain.ProjectID, people []domain.UserID) (may []domain.UserID, err error) {
	err = t.cfg.Store.Read(ctx, func(tx *store.Tx) error {
		may, err = tx.Audience(ctx, project, people)
		return err
	})
	return may, err
}

// request is one request under way. It lives as long as its transaction and in one goroutine.
type request struct {
	tracker *Tracker
	caller  Caller
	mode    wire.Mode
	tx      *store.Tx
	now     time.Time
	level   level
	weight  int // of the answers so far
	// standing is what the caller's roles give them.
	standing store.Standing

	changes   []domain.Change
	updates   []*update          // for ftrack.update, in the order of their first operation
	touched   map[string]*update // the same by identity
	heads     map[domain.UserID]int64
	accounts  Accounts
	faces     []Face
	activity  int64                                // the newest id of an activity
	gone      map[domain.ProjectID][]domain.UserID // who could see the projects that were removed
	remarks   []remark                             // for the audit
	committed []Committed
	then      []func(context.Context)
}

func (t *Tracker) request(tx *store.Tx, caller Caller, mode wire.Mode) *request {
	return &request{tracker: t, caller: caller, mode: mode, tx: tx, now: tx.Now(), touched: map[string]*update{}, heads: map[domain.UserID]int64{}}
}

// after has something done once the request is durable; nil is nothing.
func (r *request) after(then func(context.Context)) {
	if then != nil {
		r.then = append(r.then, then)
	}
}

func (r *request) run(ctx context.Context, ops []wire.Operation) ([]any, error) {
	if err := r.rank(ctx); err != nil {
		return nil, err
	}
	results := make([]any, len(ops))
	for i, op := range ops {
		result, err := operationOf(op).do(r, ctx, op)
		if err != nil {
			return nil, named(err, i, op)
		}
		results[i] = result
	}
	if err := r.compose(ctx); err != nil {
		return nil, err
	}
	if err := r.keepAdministrator(ctx); err != nil {
		return nil, err
	}
	if err := r.auditRemarks(ctx); err != nil {
		return nil, err
	}
	// Inboxes come last: whoever else writes to one of them waits from here until the commit.
	if err := r.deliver(ctx); err != nil {
		return nil, err
	}
	if err := r.withdrawLost(ctx); err != nil {
		return nil, err
	}
	r.announceHeads()
	return results, nil
}

// viewer is who asks, as the store limits what they see.
func (r *request) viewer() store.Viewer {
	return store.Viewer{UserID: string(r.caller.UserID), Everything: r.level >= administrator, Guest: r.level == guest}
}

// named says which operation failed. What kind of failure it is stays as it was.
func named(err error, index int, op wire.Operation) error {
	var known *domain.Error
	if !errors.As(err, &known) {
		return fmt.Errorf("operation %d (%s %s): %w", index+1, op.Action, op.EntityType, err)
	}
	at := strings.TrimSpace(op.Action + " " + op.EntityType)
	return &domain.Error{
		Code: known.Code, Reason: known.Reason, Field: known.Field, Err: known.Err,
		Message: fmt.Sprintf("operation %d (%s): %s", index+1, at, known.Message),
	}
}
