package auth

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// ChangePassword gives somebody another password, for the old one. Their other sessions end.
func (a *Auth) ChangePassword(ctx context.Context, who Who, old, password, address string) error {
	if err := who.SignedIn(); err != nil {
		return err
	}
	hashed, err := a.prepare(ctx, who.UserID, password)
	if err != nil {
		return err
	}
	var then func(context.Context)
	err = a.prove(ctx, old, a.owner(ctx, who, domain.AuditPasswordChanged, address), func(tx *store.Tx, _ holder) (refused, err error) {
		then, err = a.renew(ctx, tx, who.UserID, hashed, who.SessionID)
		if err != nil {
			return nil, err
		}
		return nil, tell(ctx, tx, who.by(address), domain.AuditPasswordChanged, who.UserID, &domain.Letter{Kind: domain.PasswordChanged})
	})
	if err == nil {
		then(ctx)
	}
	return err
}

// SetPassword has the server itself give a person a password. All their sessions end but one ("" spares none).
func (a *Auth) SetPassword(ctx context.Context, user domain.UserID, password, except string) error {
	hashed, err := a.prepare(ctx, user, password)
	if err != nil {
		return err
	}
	return a.carryOut(ctx, func(tx *store.Tx) (func(context.Context), error) {
		before, err := tx.Password(ctx, string(user))
		if err != nil {
			return nil, err
		}
		then, err := a.renew(ctx, tx, user, hashed, except)
		if err != nil {
			return nil, err
		}
		var letter *domain.Letter
		if before.Hash != "" { // to somebody new it is no news
			letter = &domain.Letter{Kind: domain.PasswordChanged}
		}
		return then, tell(ctx, tx, store.AuditEntry{Auth: domain.AuthServer, Outcome: domain.OutcomeOK}, domain.AuditPasswordChanged, user, letter)
	})
}

// prepare hashes a new password of somebody's, where it is one that they may have.
func (a *Auth) prepare(ctx context.Context, user domain.UserID, password string) (store.Password, error) {
	var box store.Mailbox
	err := a.cfg.Store.Read(ctx, func(tx *store.Tx) (err error) {
		box, err = tx.Mailbox(ctx, string(user))
		return err
	})
	switch {
	case err != nil:
		return store.Password{}, err
	case box.Source != store.LocalAccount:
		return store.Password{}, errElsewhere()
	}
	if err := acceptable(password, box.Username, box.Name, box.Address, a.cfg.Name); err != nil {
		return store.Password{}, err
	}
	return a.hasher.hash(ctx, user, password)
}

// renew keeps a new password within a transaction, and ends the person's sessions but one. The caller calls
// then after the commit, and tells the person.
func (a *Auth) renew(ctx context.Context, tx *store.Tx, user domain.UserID, hashed store.Password, except string) (then func(context.Context), err error) {
	if err := tx.SetPassword(ctx, string(user), hashed); err != nil {
		return nil, err
	}
	return a.End(ctx, tx, user, except)
}

func errElsewhere() error {
	return &domain.Error{
		Code: domain.Forbidden, Reason: "account_elsewhere",
		Message: "This account is kept elsewhere, not in Callboard: its password is changed there. Ask your administrator.",
	}
}
