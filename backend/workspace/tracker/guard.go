package tracker

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// Guard is what guards the accounts of people, within a request's transaction. What a then does is due
// after the commit. by says who does it.
type Guard interface {
	// NameKey makes a person's key of that name; one that had the name stops.
	NameKey(ctx context.Context, tx *store.Tx, by store.AuditEntry, user domain.UserID, identifier string) (key string, then func(context.Context), err error)
	// ResetKey gives a key another secret.
	ResetKey(ctx context.Context, tx *store.Tx, by store.AuditEntry, key store.APIKey) (secret string, then func(context.Context), err error)
	// End signs a person out everywhere, but of the session except.
	End(ctx context.Context, tx *store.Tx, user domain.UserID, except string) (then func(context.Context), err error)
	// Ended ends the connections of a session that is deleted.
	Ended(user domain.UserID, session string) (then func(context.Context))
	// Fresh refuses what is not done in a session whose person showed lately who they are.
	Fresh(ctx context.Context, tx *store.Tx, sessionID string) error
	// Doubt has all connections looked at: whether they may stay.
	Doubt(ctx context.Context)
}

// fresh refuses what guards accounts to those who did not show lately who they are, and to API keys.
func (r *request) fresh(ctx context.Context) error {
	if r.tracker.cfg.Guard == nil || r.level == server {
		return nil
	}
	return r.tracker.cfg.Guard.Fresh(ctx, r.tx, r.caller.SessionID)
}

// signOut ends what a person who is deactivated came by: being activated again does not bring it back.
func (r *request) signOut(ctx context.Context, before, after *store.Row) error {
	if r.tracker.cfg.Guard == nil || before.Values["is_active"] != true || after.Values["is_active"] == true {
		return nil
	}
	then, err := r.tracker.cfg.Guard.End(ctx, r.tx, domain.UserID(text(after.Values, "id")), "")
	r.after(then)
	return err
}

// endSession ends the connections of a session that is deleted.
func (r *request) endSession(ctx context.Context, session *store.Row) error {
	if r.tracker.cfg.Guard == nil {
		return nil
	}
	user := text(session.Values, "user_id")
	if err := r.audit(ctx, domain.AuditSignOut, user, map[string]any{"device": session.Values["device"]}); err != nil {
		return err
	}
	r.after(r.tracker.cfg.Guard.Ended(domain.UserID(user), text(session.Values, "id")))
	return nil
}
