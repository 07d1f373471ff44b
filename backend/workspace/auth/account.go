package auth

import (
	"context"
	"time"

	"github.com/callboard/callboard/backend/workspace/store"
)

// Account is what somebody may know of their own account's safety.
type Account struct {
	// FreshUntil is until when the session may change what guards the account; the zero time is not now.
	FreshUntil time.Time
	// SecondFactor says that they have one, Enforced that the workspace wants everybody to.
	SecondFactor, Enforced bool
	// BackupCodes is how many of them are left.
	BackupCodes int
	// Local is false for an account that is kept elsewhere: its password is not changed here.
	Local bool
}

// Account reads it for who came with a session.
func (a *Auth) Account(ctx context.Context, who Who) (Account, error) {
	if err := who.SignedIn(); err != nil {
		return Account{}, err
	}
	var out Account
	err := a.cfg.Store.Read(ctx, func(tx *store.Tx) error {
		login, session, err := tx.LoginBySession(ctx, who.SessionID)
		if err != nil {
			return unknown(err)
		}
		out.SecondFactor, out.Enforced, out.Local = login.SecondFactor, login.Enforced, login.Local
		if until := session.ConfirmedAt.Add(Freshness); until.After(tx.Now()) {
			out.FreshUntil = until
		}
		out.BackupCodes, err = tx.BackupCodesLeft(ctx, login.UserID)
		return err
	})
	return out, err
}
