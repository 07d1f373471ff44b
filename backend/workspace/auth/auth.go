// Package auth says who somebody is: it checks passwords and second factors, hands out sessions and API keys,
// and knows them again. It decides nothing about what a person may do; that is tracker's.
//
// The trap: a try counts whatever becomes of it. A password's is counted before it is looked at, in a
// transaction of its own, and forgiven when it was right; a code's in one transaction with looking at it, which
// is committed where the code is refused, too. So a refusal travels beside the error: what is an error is
// rolled back.
package auth

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

const (
	idle       = 30 * 24 * time.Hour  // a session nobody uses ends after that
	absolute   = 90 * 24 * time.Hour  // every session ends after that
	touch      = time.Hour            // how exactly the use of a session, or a key, is noted
	deviceIdle = 365 * 24 * time.Hour // a device that nobody signed in from is a stranger after that
)

// Config says what auth works with.
type Config struct {
	Store *store.Store
	// Keys protect the secrets in the store.
	Keys *Keys
	// Name is the workspace's name: authenticators show it, and no password may be made of it.
	Name  string
	Clock func() time.Time
	Log   *slog.Logger
	// Revoked hears of sessions that ended before their time, after the commit; nil hears nothing.
	Revoked func(context.Context, Revocation)
}

// Revocation says whose standing connections must end: those of one session, those of one API key, or,
// where neither is named, all of the person but those of the session Except. Where Doubt is true all that
// is known is that some may have to end: everybody is asked about.
type Revocation struct {
	Doubt     bool          `json:"doubt,omitempty"`
	UserID    domain.UserID `json:"userId"`
	SessionID string        `json:"sessionId"`
	KeyHash   string        `json:"keyHash,omitempty"`
	Except    string        `json:"except"`
}

// Covers says whether the connection of that person and session must end.
func (r Revocation) Covers(who Who) bool {
	if r.SessionID != "" {
		return who.SessionID == r.SessionID
	}
	if r.KeyHash != "" {
		return who.KeyHash == r.KeyHash
	}
	return who.UserID == r.UserID && (r.Except == "" || who.SessionID != r.Except)
}

// Auth is the workspace's gate.
type Auth struct {
	cfg    Config
	hasher *hasher
}

// New makes the gate.
func New(cfg Config) *Auth {
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Revoked == nil {
		cfg.Revoked = func(context.Context, Revocation) {}
	}
	return &Auth{cfg: cfg, hasher: newHasher(cfg.Keys)}
}

// Who is somebody known.
type Who struct {
	UserID      domain.UserID
	Username    string
	FirstName   string
	LastName    string
	ThumbnailID domain.ComponentID
	// Guest is somebody from outside, who sees the reviews they are invited to and nothing else.
	Guest         bool
	Administrator bool
	// Enrol is somebody who may do nothing but set up the second factor that the workspace wants of everybody.
	Enrol bool
	// Session is false where an API key opened the door.
	Session bool
	// SessionID names the session, Device its device; "" under an API key.
	SessionID, Device string
	ExpiresAt         time.Time // of the session
	ConfirmedAt       time.Time // when the session's person last showed who they are
	// KeyHash names the API key that opened the door, "" under a session. It opens nothing itself.
	KeyHash string
	KeyID   string // of its ApiKey entity
}

func whoOf(l store.Login) Who {
	return Who{
		UserID: domain.UserID(l.UserID), Username: l.Username, FirstName: l.FirstName, LastName: l.LastName,
		ThumbnailID: domain.ComponentID(l.ThumbnailID), Administrator: l.Administrator, Guest: l.Guest, KeyID: l.KeyID,
		Enrol: l.Enforced && !l.SecondFactor && !l.Guest,
	}
}

func (w Who) in(session store.Session) Who {
	w.Session, w.SessionID, w.Device, w.ExpiresAt, w.ConfirmedAt = true, session.ID, session.Device, session.ExpiresAt, session.ConfirmedAt
	return w
}

// by begins what the audit says of something that w does, from an address.
func (w Who) by(address string) store.AuditEntry {
	entry := store.AuditEntry{ActorID: string(w.UserID), Auth: domain.AuthKey, Address: address, Device: w.Device, Outcome: domain.OutcomeOK}
	if w.Session {
		entry.Auth = domain.AuthSession
	}
	return entry
}

// ReasonEnrol is the reason of a domain.Forbidden for somebody who must set up a second factor first.
const ReasonEnrol = "enrolment_required"

// Authenticate says who holds these credentials, or fails with domain.Unauthorized, or with a
// domain.Forbidden for who may only enrol. It asks the database each time: what was taken away is gone at
// once.
func (a *Auth) Authenticate(ctx context.Context, c Credentials) (Who, error) {
	return whole(a.Recognise(ctx, c))
}

// whole refuses those who may only enrol.
func whole(who Who, err error) (Who, error) {
	if err == nil {
		err = who.Whole()
	}
	if err != nil {
		return Who{}, err
	}
	return who, nil
}

// Whole refuses who may only enrol.
func (w Who) Whole() error {
	if !w.Enrol {
		return nil
	}
	return &domain.Error{
		Code: domain.Forbidden, Reason: ReasonEnrol,
		Message: "This workspace wants two-factor authentication of everybody: sign in and set it up first.",
	}
}

// SignedIn refuses who came with an API key.
func (w Who) SignedIn() error {
	if w.Session {
		return nil
	}
	return &domain.Error{Code: domain.Forbidden, Reason: "session_required", Message: "Only somebody who signed in may do this, not an API key."}
}

// Recognise is Authenticate for the few doors that are open to those, too, who may only enrol.
func (a *Auth) Recognise(ctx context.Context, c Credentials) (Who, error) {
	switch {
	case c.Bearer != "":
		return a.bySession(ctx, c.Bearer)
	case c.Username != "" && c.Key != "":
		return a.byKey(ctx, c.Username, c.Key)
	default:
		return Who{}, domain.Errorf(domain.Unauthorized, "Sign in first: the request carries no credentials.")
	}
}

// errUnknown is the one answer to every credential that does not open, whatever the reason.
func errUnknown() error {
	return &domain.Error{Code: domain.Unauthorized, Reason: "invalid_credentials", Message: "The credentials are not valid."}
}

func (a *Auth) byKey(ctx context.Context, username, key string) (Who, error) {
	if !wellFormedKey(key) {
		return Who{}, errUnknown()
	}
	who, err := a.keyHolder(ctx, digest(key))
	if err == nil && who.Username != username {
		return Who{}, errUnknown()
	}
	return who, err
}

// keyHolder knows somebody by the hash of an API key.
func (a *Auth) keyHolder(ctx context.Context, keyHash string) (Who, error) {
	var login store.Login
	err := a.cfg.Store.Read(ctx, func(tx *store.Tx) (err error) {
		login, err = tx.LoginByKey(ctx, keyHash)
		return err
	})
	if err != nil {
		return Who{}, unknown(err)
	}
	if !login.Active {
		return Who{}, errUnknown()
	}
	if now := a.cfg.Clock(); now.Sub(login.KeyUsedAt) >= touch {
		if err := a.cfg.Store.Write(ctx, func(tx *store.Tx) error { return tx.TouchKey(ctx, login.KeyID, now.Truncate(touch)) }); err != nil {
			return Who{}, err
		}
	}
	who := whoOf(login)
	who.KeyHash = keyHash
	return who, nil
}

func (a *Auth) bySession(ctx context.Context, token string) (Who, error) {
	if !wellFormedToken(token) {
		return Who{}, errUnknown()
	}
	return a.session(ctx, func(tx *store.Tx) (store.Login, store.Session, error) { return tx.LoginByToken(ctx, digest(token)) })
}

// Again says whether somebody who was let in before still may: sockets outlive what opened them.
func (a *Auth) Again(ctx context.Context, who Who) (Who, error) {
	if who.Session {
		return whole(a.session(ctx, func(tx *store.Tx) (store.Login, store.Session, error) { return tx.LoginBySession(ctx, who.SessionID) }))
	}
	return whole(a.keyHolder(ctx, who.KeyHash))
}

func (a *Auth) session(ctx context.Context, find func(*store.Tx) (store.Login, store.Session, error)) (Who, error) {
	var login store.Login
	var session store.Session
	err := a.cfg.Store.Read(ctx, func(tx *store.Tx) (err error) {
		login, session, err = find(tx)
		return err
	})
	if err != nil {
		return Who{}, unknown(err)
	}
	now := a.cfg.Clock()
	if !login.Active || !now.Before(session.ExpiresAt) || now.Sub(session.UsedAt) >= idle {
		return Who{}, errUnknown()
	}
	if now.Sub(session.UsedAt) >= touch {
		if err := a.cfg.Store.Write(ctx, func(tx *store.Tx) error { return tx.TouchSession(ctx, session.ID) }); err != nil {
			return Who{}, err
		}
	}
	return whoOf(login).in(session), nil
}

// unknown hides which part of a credential was wrong; faults of the database stay what they are.
func unknown(err error) error {
	var known *domain.Error
	if errors.As(err, &known) && known.Code == domain.NotFound {
		return errUnknown()
	}
	return err
}
