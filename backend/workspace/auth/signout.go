package auth

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// SignOut ends the session of somebody who came with one, from an address.
func (a *Auth) SignOut(ctx context.Context, who Who, address string) error {
	if err := who.SignedIn(); err != nil {
		return err
	}
	return a.carryOut(ctx, func(tx *store.Tx) (func(context.Context), error) {
		if err := tell(ctx, tx, who.by(address), domain.AuditSignOut, who.UserID, nil); err != nil {
			return nil, err
		}
		return a.Ended(who.UserID, who.SessionID), tx.DeleteSession(ctx, who.SessionID)
	})
}

// SignOutOthers ends all sessions of somebody but the one they came with.
func (a *Auth) SignOutOthers(ctx context.Context, who Who, address string) error {
	if err := who.SignedIn(); err != nil {
		return err
	}
	return a.carryOut(ctx, func(tx *store.Tx) (func(context.Context), error) {
		if err := tell(ctx, tx, who.by(address), domain.AuditSessionsEnded, who.UserID, nil); err != nil {
			return nil, err
		}
		return a.End(ctx, tx, who.UserID, who.SessionID)
	})
}

// Ended is due after the commit in which a session was deleted: it ends the session's connections.
func (a *Auth) Ended(user domain.UserID, session string) func(context.Context) {
	return func(ctx context.Context) { a.cfg.Revoked(ctx, Revocation{UserID: user, SessionID: session}) }
}

// End signs a person out everywhere within a transaction, but of the session except ("" spares none). The
// caller calls then after the commit: it ends their connections, those of API keys too.
func (a *Auth) End(ctx context.Context, tx *store.Tx, user domain.UserID, except string) (then func(context.Context), err error) {
	return func(ctx context.Context) { a.cfg.Revoked(ctx, Revocation{UserID: user, Except: except}) }, tx.DeleteSessions(ctx, string(user), except)
}

// Forget forgets the sessions that open nothing any more, so that nobody finds them in the list of theirs, and
// devices that were not seen for a year.
func (a *Auth) Forget(ctx context.Context) error {
	return a.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		return tx.ForgetSessions(ctx, tx.Now().Add(-idle), tx.Now().Add(-deviceIdle))
	})
}

// Doubt has everybody's connections looked at: whether they may stay.
func (a *Auth) Doubt(ctx context.Context) { a.cfg.Revoked(ctx, Revocation{Doubt: true}) }

// carryOut runs do in a transaction and, once it is durable, what it says is due then.
func (a *Auth) carryOut(ctx context.Context, do func(*store.Tx) (then func(context.Context), err error)) error {
	var then func(context.Context)
	err := a.cfg.Store.Write(ctx, func(tx *store.Tx) (err error) {
		then, err = do(tx)
		return err
	})
	if err != nil {
		return err
	}
	if then != nil {
		then(ctx)
	}
	return nil
}

// tell records what was done to somebody's account, and mails them the letter, where there is one, in the
// transaction of what was done.
func tell(ctx context.Context, tx *store.Tx, by store.AuditEntry, what domain.Audited, about domain.UserID, letter *domain.Letter) error {
	by.What, by.SubjectID = what, string(about)
	if err := tx.Audit(ctx, by); err != nil || letter == nil {
		return err
	}
	letter.Address, letter.Device = by.Address, by.Device
	return tx.PostLetter(ctx, string(about), *letter)
}
