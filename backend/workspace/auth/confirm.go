package auth

import (
	"context"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// Freshness is how long after showing who they are somebody may change what guards their account.
const Freshness = 10 * time.Minute

// Confirm has somebody show anew who they are, by password and, where they have one, second factor. It
// holds for their session alone.
func (a *Auth) Confirm(ctx context.Context, who Who, password, code, address string) error {
	if err := who.SignedIn(); err != nil {
		return err
	}
	return a.prove(ctx, password, a.owner(ctx, who, domain.AuditConfirmed, address), func(tx *store.Tx, h holder) (refused, err error) {
		if h.login.SecondFactor {
			if refused, err := a.consume(ctx, tx, h, code, anyCode); refused != nil || err != nil {
				return refused, err
			}
		}
		if err := tx.ConfirmSession(ctx, who.SessionID); err != nil {
			return nil, err
		}
		return nil, tell(ctx, tx, who.by(address), domain.AuditConfirmed, who.UserID, nil)
	})
}

// owner finds the person of a session, who does that.
func (a *Auth) owner(ctx context.Context, who Who, what domain.Audited, address string) find {
	return func(tx *store.Tx) (h holder, err error) {
		if h.login, _, err = tx.LoginBySession(ctx, who.SessionID); err != nil {
			return h, unknown(err)
		}
		if h.password, err = tx.Password(ctx, h.login.UserID); err != nil {
			return h, unknown(err)
		}
		h.session, h.known = true, true
		h.passwords = counter{aPassword, sessionBucket(who.SessionID), addressBucket(address)}
		h.codes = counter{aCode, sessionBucket(who.SessionID), addressBucket(address)}
		h.entry = who.by(address)
		h.entry.What, h.entry.SubjectID, h.entry.Outcome = what, h.login.UserID, domain.OutcomeRefused
		return h, nil
	}
}

// within has do change what guards an account, for somebody who showed lately who they are. What do refuses
// is told, and what it counted stays.
func (a *Auth) within(ctx context.Context, who Who, what domain.Audited, address string, do func(*store.Tx, holder) (refused, err error)) error {
	var refused error
	err := a.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		if _, err := a.fresh(ctx, tx, who); err != nil {
			return err
		}
		h, err := a.owner(ctx, who, what, address)(tx)
		if err != nil {
			return err
		}
		refused, err = do(tx, h)
		return err
	})
	if err != nil {
		return err
	}
	return refused
}

// Fresh refuses, within a transaction, what is not done in a session whose person showed lately who they are.
func (a *Auth) Fresh(ctx context.Context, tx *store.Tx, sessionID string) error {
	_, err := a.fresh(ctx, tx, Who{Session: sessionID != "", SessionID: sessionID})
	return err
}

func (a *Auth) fresh(ctx context.Context, tx *store.Tx, who Who) (store.Login, error) {
	if err := who.SignedIn(); err != nil {
		return store.Login{}, err
	}
	login, session, err := tx.LoginBySession(ctx, who.SessionID)
	if err != nil {
		return store.Login{}, unknown(err)
	}
	if !login.Active {
		return store.Login{}, errUnknown()
	}
	if age := tx.Now().Sub(session.ConfirmedAt); age >= Freshness || age < 0 { // or the clock went back
		return store.Login{}, &domain.Error{
			Code: domain.Forbidden, Reason: "confirmation_required",
			Message: "Show that it is you: confirm your password first, with POST /session/confirm.",
		}
	}
	return login, nil
}
