package auth

import (
	"context"
	"encoding/hex"
	"errors"
	"io/fs"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// OpenKeys reads the file of keys for a database, making it where neither is there yet. It refuses keys
// that are not those the database knows: with others nobody could sign in, and what was written meanwhile
// would be lost when the right file comes back.
func OpenKeys(ctx context.Context, st *store.Store, path string) (*Keys, error) {
	var checks map[string]string
	err := st.Read(ctx, func(tx *store.Tx) (err error) {
		checks, err = tx.KeyChecks(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(checks) == 0 {
		err := changeKeys(ctx, path, func(file *keyFile) {
			if len(file.Keys) == 0 {
				file.add()
			}
		})
		if err != nil {
			return nil, err
		}
	}
	k := &Keys{path: path, secrets: map[string][]byte{}}
	if _, err := k.Refresh(); errors.Is(err, fs.ErrNotExist) {
		return nil, domain.Errorf(domain.Invalid, "the file of keys %s is missing: put a copy of it back, because the secrets in the database were protected with it", path)
	} else if err != nil {
		return nil, err
	}
	return k, k.settle(ctx, st)
}

// settle makes the keys known to the database, and refuses those that are not the ones it knows. A key that
// is missing was dropped where it protects nothing and others of the file are the right ones.
func (k *Keys) settle(ctx context.Context, st *store.Store) error {
	own := map[string]string{}
	for _, id := range k.ids() {
		sum, err := k.mac(id, purposeCheck, id)
		if err != nil {
			return err
		}
		own[id] = hex.EncodeToString(sum)
	}
	return st.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, "keys"); err != nil { // several servers may start at once
			return err
		}
		known, err := tx.KeyChecks(ctx)
		if err != nil {
			return err
		}
		use, err := tx.KeyUse(ctx)
		if err != nil {
			return err
		}
		right := false
		for id, value := range own {
			right = right || known[id] == value
		}
		for id, value := range known {
			switch _, there := own[id]; {
			case there && own[id] == value:
			case !there && right && use[id] == 0:
				if err := tx.DropKeyCheck(ctx, id); err != nil {
					return err
				}
			default:
				return domain.Errorf(domain.Invalid, "%s is not the file of keys that protects this database (the key %s differs or is missing): put a copy of the right one there, or name it with --keys", k.path, id)
			}
		}
		for id, value := range own {
			if _, there := known[id]; there {
				continue
			}
			if err := tx.KeepKeyCheck(ctx, id, value); err != nil {
				return err
			}
			if len(known) == 0 { // nothing was protected before
				continue
			}
			if err := tx.Audit(ctx, store.AuditEntry{
				Auth: domain.AuthServer, What: domain.AuditKeysRotated, Outcome: domain.OutcomeOK, Detail: map[string]any{"key": id},
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Rotation is how far a change of keys has come.
type Rotation struct {
	Current string
	// Resealed counts the secrets that were encrypted anew.
	Resealed int
	// Waiting counts what only its person can bring along: a password at the next sign-in, a backup code with
	// the next set. Their keys stay in the file until then.
	Waiting int
	// Dropped are the keys that protected nothing any more.
	Dropped []string
}

// AddKey puts a new key into the file and makes it the current one. Servers that run take it up by
// themselves.
func AddKey(ctx context.Context, path string) error {
	if _, _, err := readKeys(path); err != nil {
		return err
	}
	return changeKeys(ctx, path, (*keyFile).add)
}

// Renew brings what is kept to the current key, beside whatever else goes on. It may end at any moment and
// be done again.
func (a *Auth) Renew(ctx context.Context) (Rotation, error) {
	k := a.cfg.Keys
	if _, err := k.Refresh(); err != nil {
		return Rotation{}, err
	}
	if err := k.settle(ctx, a.cfg.Store); err != nil {
		return Rotation{}, err
	}
	done := Rotation{Current: k.Current()}
	for {
		n, err := a.reseal(ctx, done.Current)
		if done.Resealed += n; err != nil || n == 0 {
			return done, err
		}
	}
}

// atOnce is how many secrets are encrypted anew in one transaction: others write meanwhile.
const atOnce = 50

func (a *Auth) reseal(ctx context.Context, current string) (n int, err error) {
	err = a.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		n = 0
		older, err := tx.SealedElsewhere(ctx, current, atOnce)
		if err != nil {
			return err
		}
		for _, old := range older {
			secret, err := a.cfg.Keys.Open(Sealed{old.KeyID, old.Text}, secretOf(old.UserID))
			if err != nil {
				return err
			}
			sealed, err := a.cfg.Keys.Seal(secret, secretOf(old.UserID))
			if err != nil {
				return err
			}
			if err := tx.Reseal(ctx, old, store.SealedSecret{UserID: old.UserID, KeyID: sealed.KeyID, Text: sealed.Text}); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// Rotate is Renew, and drops from the file the keys that protect nothing any more. The one before the
// current one stays: a server that has not yet read the file still takes it.
func (a *Auth) Rotate(ctx context.Context) (Rotation, error) {
	done, err := a.Renew(ctx)
	if err != nil {
		return done, err
	}
	err = a.cfg.Store.Read(ctx, func(tx *store.Tx) error {
		use, err := tx.KeyUse(ctx)
		for at, id := range a.cfg.Keys.ids() {
			switch {
			case id == done.Current:
			case use[id] > 0:
				done.Waiting += use[id]
			case at > 1:
				done.Dropped = append(done.Dropped, id)
			}
		}
		return err
	})
	if err != nil || len(done.Dropped) == 0 {
		return done, err
	}
	err = changeKeys(ctx, a.cfg.Keys.path, func(file *keyFile) {
		file.Keys = slices.DeleteFunc(file.Keys, func(key keptKey) bool { return slices.Contains(done.Dropped, key.ID) })
	})
	if err != nil {
		return done, err
	}
	if _, err := a.cfg.Keys.Refresh(); err != nil {
		return done, err
	}
	return done, a.cfg.Keys.settle(ctx, a.cfg.Store)
}
