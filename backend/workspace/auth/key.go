package auth

import (
	"context"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// CreateKey makes an API key for a person. It is the only time that the key can be read.
func (a *Auth) CreateKey(ctx context.Context, user domain.UserID, identifier string) (string, error) {
	key := NewKey()
	return key, a.PutKey(ctx, user, identifier, key)
}

// PutKey gives a person a key that NewKey made before.
func (a *Auth) PutKey(ctx context.Context, user domain.UserID, identifier, key string) error {
	if !wellFormedKey(key) {
		return domain.Errorf(domain.Invalid, "that is no API key of Callboard's")
	}
	return a.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.LoginByID(ctx, string(user)); err != nil {
			return err
		}
		return tx.InsertKey(ctx, kept(uuid.NewString(), user, identifier, key), digest(key))
	})
}

// kept is what people may read of a key.
func kept(id string, user domain.UserID, identifier, key string) store.APIKey {
	return store.APIKey{ID: id, UserID: string(user), Identifier: clip(identifier), Prefix: key[:len(keyPrefix)+4]}
}

// Handed is an API key handed to a program that somebody signed in for.
type Handed struct {
	Username string
	Key      string // a secret that exists nowhere else
}

// HandOver makes an API key under the name of a program, for a username and a password. It refuses as
// SignIn does. A key that had the name stops, so that a program that asks each time has one key.
func (a *Auth) HandOver(ctx context.Context, in Attempt, identifier string) (Handed, error) {
	var out Handed
	var then func(context.Context)
	err := a.enter(ctx, in, func(tx *store.Tx, h holder) (err error) {
		who := whoOf(h.login)
		if err := who.Whole(); err != nil {
			return err
		}
		by := h.entry
		by.ActorID, by.Outcome = h.login.UserID, domain.OutcomeOK
		out.Username = who.Username
		out.Key, then, err = a.NameKey(ctx, tx, by, who.UserID, identifier)
		return err
	})
	if err != nil {
		return Handed{}, err
	}
	then(ctx)
	return out, nil
}

// NameKey makes a person's API key of that name within a transaction, and tells them; by says who does it.
// The key that had the name before stops. The caller calls then after the commit: it ends the connections of
// that key.
func (a *Auth) NameKey(ctx context.Context, tx *store.Tx, by store.AuditEntry, user domain.UserID, identifier string) (key string, then func(context.Context), err error) {
	keys, err := tx.KeysOf(ctx, string(user))
	if err != nil {
		return "", nil, err
	}
	for _, k := range keys {
		if k.Identifier == clip(identifier) {
			return a.ResetKey(ctx, tx, by, k)
		}
	}
	key = NewKey()
	if err := tx.InsertKey(ctx, kept(uuid.NewString(), user, identifier, key), digest(key)); err != nil {
		return "", nil, err
	}
	return key, func(context.Context) {}, tellOfKey(ctx, tx, by, domain.AuditKeyCreated, domain.KeyCreated, user, identifier)
}

// ResetKey gives an API key another secret within a transaction, and tells its person. The old one opens
// nothing from the commit on. The caller calls then after it: it ends the old one's connections.
func (a *Auth) ResetKey(ctx context.Context, tx *store.Tx, by store.AuditEntry, old store.APIKey) (key string, then func(context.Context), err error) {
	key = NewKey()
	user := domain.UserID(old.UserID)
	hash, err := tx.ReplaceKey(ctx, kept(old.ID, user, old.Identifier, key), digest(key))
	if err != nil {
		return "", nil, err
	}
	then = func(ctx context.Context) {
		if hash != "" {
			a.cfg.Revoked(ctx, Revocation{UserID: user, KeyHash: hash})
		}
	}
	return key, then, tellOfKey(ctx, tx, by, domain.AuditKeyReset, domain.KeyReset, user, old.Identifier)
}

func tellOfKey(ctx context.Context, tx *store.Tx, by store.AuditEntry, what domain.Audited, kind domain.LetterKind, user domain.UserID, identifier string) error {
	letter := domain.Letter{Kind: kind, Thing: clip(identifier)}
	if by.ActorID != string(user) && by.ActorID != "" {
		actor, err := tx.LoginByID(ctx, by.ActorID)
		if err != nil {
			return err
		}
		letter.Actor = nameOf(actor)
	}
	by.Outcome, by.Detail = domain.OutcomeOK, map[string]any{"key": clip(identifier)}
	return tell(ctx, tx, by, what, user, &letter)
}
