// Package api is the workspace's HTTP door: the ftrack protocol's operations, signing in and out, and
// the files of components. It reads a request, makes one call and writes the answer; it decides nothing.
//
// The trap: outside strict mode the protocol answers failures with status 200, and clients rely on it.
// What a body holds counts, not the status.
package api

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/media"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// Protocol is the version of the ftrack server that is spoken like; clients refuse much older ones.
const Protocol = "4.13.8.1"

// Gate is who lets people in; auth is one.
type Gate interface {
	Authenticate(ctx context.Context, c auth.Credentials) (auth.Who, error)
	// Recognise is Authenticate for those, too, who may do nothing but set up a second factor.
	Recognise(ctx context.Context, c auth.Credentials) (auth.Who, error)
	SignIn(ctx context.Context, in auth.Attempt) (auth.SignedIn, error)
	SignOut(ctx context.Context, who auth.Who, address string) error
	SignOutOthers(ctx context.Context, who auth.Who, address string) error
	Forgot(ctx context.Context, login, address string) error

	Account(ctx context.Context, who auth.Who) (auth.Account, error)
	Confirm(ctx context.Context, who auth.Who, password, code, address string) error
	ChangePassword(ctx context.Context, who auth.Who, old, password, address string) error
	GenerateTOTP(ctx context.Context, who auth.Who) (auth.TOTP, error)
	ConfigureTOTP(ctx context.Context, who auth.Who, code, secret, address string) error
	MakeBackupCodes(ctx context.Context, who auth.Who, code, address string) ([]string, error)
	DisableSecondFactor(ctx context.Context, who auth.Who, code, address string) error
	ResetSecondFactor(ctx context.Context, who auth.Who, user domain.UserID, address string) error
}

// Caller is who asks, as the tracker wants to know.
type Caller struct {
	UserID      domain.UserID
	Username    string
	ClientToken string // comes back in ftrack.update, so that a client knows its own changes
	PushToken   string // the same, for one call
	SessionID   string // "" under an API key
	Device      string // the session's
	Address     string // where the request comes from
}

// Tracker carries out requests.
type Tracker interface {
	// Do carries out the operations in one transaction and gives their results in order.
	Do(ctx context.Context, caller Caller, ops []wire.Operation, mode wire.Mode) ([]any, error)
	// MayStore says why the caller may not replace or remove the file of a component; nil where they may.
	MayStore(ctx context.Context, caller Caller, id domain.ComponentID) error
}

// Files are the contents of components; media is one.
type Files interface {
	Open(ctx context.Context, id domain.ComponentID) (*media.Content, error)
	Thumbnail(ctx context.Context, id domain.ComponentID, size int) (*media.Content, error)
	Remove(id domain.ComponentID) error
	// Linked is the component that a ticket allows to read.
	Linked(ticket string) (domain.ComponentID, error)
	// Receive takes what is sent to an upload's address.
	Receive(ctx context.Context, ticket string, content io.Reader, length int64) (media.Receipt, error)
}

// Config says what the door leads to.
type Config struct {
	Gate    Gate
	Tracker Tracker
	Files   Files
	// Name is the workspace's name, Version the program's.
	Name, Version string
	// BaseURL stands before the paths of files in answers, without a slash.
	BaseURL string
	// Epoch names the history that inbox positions belong to.
	Epoch func() string
	// Horizon is how far a copy of a person's inbox must have come so that it holds nothing that is no more.
	Horizon func(ctx context.Context, user domain.UserID) (int64, error)
	// Address says where a request comes from; nil is the socket's peer. Behind a trusted proxy it is another.
	Address func(*http.Request) string
	// Observe is told of every request of operations: its action, what code it failed with, and how long it
	// took; nil is not.
	Observe func(action string, code domain.Code, took time.Duration)
	Log     *slog.Logger
}

type api struct {
	Config
	schemas piece
}

// Register adds the door's addresses to a mux.
func Register(mux *http.ServeMux, cfg Config) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Observe == nil {
		cfg.Observe = func(string, domain.Code, time.Duration) {}
	}
	if cfg.Address == nil {
		cfg.Address = peer
	}
	a := api{Config: cfg, schemas: pressed(schema.Served())}
	own := http.NewCrossOriginProtection() // no other site's page may sign anybody in or out
	for pattern, handler := range map[string]http.Handler{
		"POST /api":    a.allowOrigin(http.HandlerFunc(a.operations)),
		"OPTIONS /api": a.allowOrigin(preflight("POST", withOperations)),

		"POST /session":          own.Handler(http.HandlerFunc(a.signIn)),
		"GET /session":           own.Handler(http.HandlerFunc(a.account)),
		"DELETE /session":        own.Handler(http.HandlerFunc(a.signOut)),
		"POST /session/confirm":  own.Handler(http.HandlerFunc(a.confirm)),
		"DELETE /session/others": own.Handler(http.HandlerFunc(a.signOutOthers)),
		"POST /session/forgot":   own.Handler(http.HandlerFunc(a.forgot)),

		"GET /component/get":           a.allowOrigin(http.HandlerFunc(a.component)),
		"OPTIONS /component/get":       a.allowOrigin(preflight("GET, HEAD", withFiles)),
		"GET /component/thumbnail":     a.allowOrigin(http.HandlerFunc(a.thumbnail)),
		"OPTIONS /component/thumbnail": a.allowOrigin(preflight("GET, HEAD", withFiles)),
		"GET /component/remove":        http.HandlerFunc(a.remove),
		"GET /img/thumbnail2.png":      a.allowOrigin(http.HandlerFunc(a.placeholder)),

		"PUT /upload":     a.allowOrigin(http.HandlerFunc(a.upload)),
		"OPTIONS /upload": a.allowOrigin(preflight("PUT", withUploads)),
	} {
		mux.Handle(pattern, a.watch(handler))
	}
}

func (a api) write(w http.ResponseWriter, status int, body []byte) {
	header := w.Header()
	header.Set("Content-Type", "application/json")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	if _, err := w.Write(body); err != nil {
		a.Log.Debug("an answer was not read to its end", "error", err)
	}
}

// retryAfter says in the header how long a refused client should wait.
func retryAfter(w http.ResponseWriter, err error) {
	if wait := auth.RetryAfter(err); wait > 0 {
		w.Header().Set("Retry-After", seconds(wait))
	}
}

// reported writes to the log what is our own fault.
func (a api) reported(doing string, err error) {
	if domain.CodeOf(err) == domain.Internal && err != nil {
		a.Log.Error(doing+" failed", "error", err)
	}
}
