// Package auth says who somebody is: it checks passwords, hands out sessions and API keys, and knows
// them again. It decides nothing about what a person may do; that is tracker's.
//
// The trap: a try is counted before its password is looked at, in a transaction of its own, and
// forgiven when it was right. Counting afterwards would let two hundred tries at once all be looked at.
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
	idle     = 30 * 24 * time.Hour // a session nobody uses ends after that
	absolute = 90 * 24 * time.Hour // every session ends after that
	touch    = time.Hour           // how exactly the use of a session is noted
)

// Config says what auth works with.
type Config struct {
	Store *store.Store
	Clock func() time.Time
	Log   *slog.Logger
	// Revoked hears of sessions that ended before their time, after the commit; nil hears nothing.
	Revoked func(context.Context, Revocation)
}

// Revocation says whose standing connections must end: those of one session, those of one API key, or,
// where neither is named, all of the person but those of the session Except.
type Revocation struct {
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
	return &Auth{cfg: cfg, hasher: newHasher()}
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
	// Session is false where an API key opened the door.
	Session bool
	// SessionID names the session, "" under an API key.
	SessionID string
	ExpiresAt time.Time // of the session
	// KeyHash names the API key that opened the door, "" under a session. It opens nothing itself.
	KeyHash string
	KeyID   string // of its ApiKey entity
}

func whoOf(l store.Login) Who {
	return Who{
		UserID: domain.UserID(l.UserID), Username: l.Username, FirstName: l.FirstName, LastName: l.LastName,
		ThumbnailID: domain.ComponentID(l.ThumbnailID), Administrator: l.Administrator, Guest: l.Guest, KeyID: l.KeyID,
	}
}

// Authenticate says who holds these credentials, or fails with domain.Unauthorized. It asks the
// database each time: what was taken away is gone at once.
func (a *Auth) Authenticate(ctx context.Context, c Credentials) (Who, error) {
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
	who, err := a.person(ctx, digest(key), func(tx *store.Tx, hash string) (store.Login, error) { return tx.LoginByKey(ctx, hash) })
	if err == nil && who.Username != username {
		return Who{}, errUnknown()
	}
	return who, err
}

// person knows somebody without a session, as find does.
func (a *Auth) person(ctx context.Context, keyHash string, find func(*store.Tx, string) (store.Login, error)) (Who, error) {
	var login store.Login
	err := a.cfg.Store.Read(ctx, func(tx *store.Tx) (err error) {
		login, err = find(tx, keyHash)
		return err
	})
	if err != nil {
		return Who{}, unknown(err)
	}
	if !login.Active {
		return Who{}, errUnknown()
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
		return a.session(ctx, func(tx *store.Tx) (store.Login, store.Session, error) { return tx.LoginBySession(ctx, who.SessionID) })
	}
	return a.person(ctx, who.KeyHash, func(tx *store.Tx, hash string) (store.Login, error) {
		if hash == "" {
			return tx.LoginByID(ctx, string(who.UserID))
		}
		return tx.LoginByKey(ctx, hash)
	})
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
	who := whoOf(login)
	who.Session, who.SessionID, who.ExpiresAt = true, session.ID, session.ExpiresAt
	return who, nil
}

// unknown hides which part of a credential was wrong; faults of the database stay what they are.
func unknown(err error) error {
	var known *domain.Error
	if errors.As(err, &known) && known.Code == domain.NotFound {
		return errUnknown()
	}
	return err
}

// SignOut ends the session of somebody who came with one.
func (a *Auth) SignOut(ctx context.Context, who Who) error {
	if !who.Session {
		return domain.Errorf(domain.Invalid, "Only a session can be signed out, not an API key.")
	}
	if err := a.cfg.Store.Write(ctx, func(tx *store.Tx) error { return tx.DeleteSession(ctx, who.SessionID) }); err != nil {
		return err
	}
	a.cfg.Revoked(ctx, Revocation{UserID: who.UserID, SessionID: who.SessionID})
	return nil
}

// EndSessions signs a person out everywhere, except of the session except ("" spares none).
func (a *Auth) EndSessions(ctx context.Context, user domain.UserID, except string) error {
	if err := a.cfg.Store.Write(ctx, func(tx *store.Tx) error { return tx.DeleteSessions(ctx, string(user), except) }); err != nil {
		return err
	}
	a.cfg.Revoked(ctx, Revocation{UserID: user, Except: except})
	return nil
}

// SetPassword gives a person a password, and ends all their sessions except one ("" spares none).
func (a *Auth) SetPassword(ctx context.Context, user domain.UserID, password, except string) error {
	if err := acceptable(password); err != nil {
		return err
	}
	hash, err := a.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	err = a.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.LoginByID(ctx, string(user)); err != nil {
			return err
		}
		if err := tx.SetPassword(ctx, string(user), hash); err != nil {
			return err
		}
		return tx.DeleteSessions(ctx, string(user), except)
	})
	if err != nil {
		return err
	}
	a.cfg.Revoked(ctx, Revocation{UserID: user, Except: except})
	return nil
}
