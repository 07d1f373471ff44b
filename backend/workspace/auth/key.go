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
	right, err := a.prove(ctx, in)
	if err != nil {
		return Handed{}, err
	}
	var out Handed
	var then func(context.Context)
	err = a.admit(ctx, in, right, func(tx *store.Tx, login store.Login) (err error) {
		out.Username = login.Username
		out.Key, then, err = a.NameKey(ctx, tx, domain.UserID(login.UserID), identifier)
		return err
	})
	if err != nil {
		return Handed{}, err
	}
	then(ctx)
	return out, nil
}

// NameKey makes a person's API key of that name within a transaction. The key that had the name before
// stops. The caller calls then after the commit: it ends the connections of that key.
func (a *Auth) NameKey(ctx context.Context, tx *store.Tx, user domain.UserID, identifier string) (key string, then func(context.Context), err error) {
	keys, err := tx.KeysOf(ctx, string(user))
	if err != nil {
		return "", nil, err
	}
	for _, k := range keys {
		if k.Identifier == clip(identifier) {
			return a.ResetKey(ctx, tx, k)
		}
	}
	key = NewKey()
	return key, func(context.Context) {}, tx.InsertKey(ctx, kept(uuid.NewString(), user, identifier, key), digest(key))
}

// ResetKey gives an API key another secret within a transaction. The old one opens nothing from the
// commit on. The caller calls then after it: it ends the old one's connections.
func (a *Auth) ResetKey(ctx context.Context, tx *store.Tx, old store.APIKey) (key string, then func(context.Context), err error) {
	key = NewKey()
	user := domain.UserID(old.UserID)
	hash, err := tx.ReplaceKey(ctx, kept(old.ID, user, old.Identifier, key), digest(key))
	then = func(ctx context.Context) {
		if hash != "" {
			a.cfg.Revoked(ctx, Revocation{UserID: user, KeyHash: hash})
		}
	}
	return key, then, err
}
