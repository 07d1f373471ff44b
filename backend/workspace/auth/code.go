package auth

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// kinds are the kinds of code that are taken.
type kinds int

const (
	anyCode  kinds = iota
	totpCode       // of the authenticator alone
)

// fewCodes is how many backup codes are few.
const fewCodes = 3

// consume looks at a code of somebody's second factor and uses it up: that of the authenticator with all
// before it, a backup code alone. It is the one way by which a code opens anything, whatever it opens. The
// caller commits even where it is refused, because the try counts.
func (a *Auth) consume(ctx context.Context, tx *store.Tx, h holder, code string, taken kinds) (refused, err error) {
	if code == "" {
		return h.refuse("second_factor_required", "Enter the code that your authenticator shows, or a backup code."), nil
	}
	return a.counting(ctx, tx, h, func() (verdict, error) {
		kept, on, err := tx.SecondFactor(ctx, h.login.UserID) // by now nobody else tries here
		if err != nil || !on {
			return absent, err
		}
		plain := plainCode(code)
		if backup, ok := backupCode(plain); ok && taken == anyCode {
			return a.takeBackup(ctx, tx, h, backup)
		}
		secret, err := a.cfg.Keys.Open(Sealed{kept.KeyID, kept.Text}, secretOf(h.login.UserID))
		if err != nil {
			return wrong, err
		}
		step, found := findStep(secret, plain, tx.Now(), kept.LastStep)
		if found != right {
			return found, nil
		}
		took, err := tx.TakeStep(ctx, h.login.UserID, step)
		if err == nil && !took { // somebody else did, just now
			found = used
		}
		return found, err
	})
}

// counting counts a try of a code around looking at it.
func (a *Auth) counting(ctx context.Context, tx *store.Tx, h holder, look func() (verdict, error)) (refused, err error) {
	before, err := h.codes.charge(ctx, tx)
	if domain.CodeOf(err) == domain.Throttled {
		return err, nil
	}
	if err != nil {
		return nil, err
	}
	found, err := look()
	if err != nil {
		return nil, err
	}
	switch found {
	case right:
		return nil, h.codes.forgive(ctx, tx)
	case absent:
		return errFactorOff(), before.restore(ctx, tx)
	case used:
		return h.refuse("code_used", "This code was used before. Wait for the next one."), before.restore(ctx, tx)
	case foretold:
		return h.refuse("clock_skew", "A code of a later time was used before: the server's clock went back. Use a backup code, or tell an administrator."), before.restore(ctx, tx)
	case skewed:
		return h.refuse("clock_skew", "The code is one of another time: set the clock of your phone by the network, then try the next code."), before.record(ctx, tx, h.entry, "clock_skew")
	default:
		return h.refuse("invalid_code", "The code is not right."), before.record(ctx, tx, h.entry, "invalid_code")
	}
}

// takeBackup uses up a backup code, and tells its person how many are left.
func (a *Auth) takeBackup(ctx context.Context, tx *store.Tx, h holder, code string) (verdict, error) {
	user := domain.UserID(h.login.UserID)
	var hashes []string
	for _, id := range a.cfg.Keys.ids() { // the set may be older than the current key
		hash, err := a.cfg.Keys.backupHash(id, user, code)
		if err != nil {
			return wrong, err
		}
		hashes = append(hashes, hash)
	}
	took, before, err := tx.TakeBackupCode(ctx, h.login.UserID, hashes)
	switch {
	case err != nil:
		return wrong, err
	case before:
		return used, nil
	case !took:
		return wrong, nil
	}
	left, err := tx.BackupCodesLeft(ctx, h.login.UserID)
	if err != nil {
		return wrong, err
	}
	letter := domain.Letter{Kind: domain.BackupCodeUsed, Count: left}
	if left <= fewCodes {
		letter.Kind = domain.BackupCodesFew
	}
	entry := h.entry
	entry.Outcome, entry.Detail = domain.OutcomeOK, map[string]any{"left": left}
	return right, tell(ctx, tx, entry, domain.AuditBackupCodeUsed, user, &letter)
}

// refuse is the answer to a code that is not taken. Before somebody is in it is a domain.Unauthorized;
// within a session that would mean that the session is over.
func (h holder) refuse(reason, message string) error {
	code := domain.Unauthorized
	if h.session {
		code = domain.Forbidden
	}
	return &domain.Error{Code: code, Field: "code", Reason: reason, Message: message}
}

// secretOf is where the secret of somebody's authenticator lies.
func secretOf(user string) Place { return Place{"second_factor", "secret", user} }

func errFactorOff() error {
	return &domain.Error{Code: domain.Conflict, Reason: "second_factor_off", Message: "Two-factor authentication is not set up."}
}

func errFactorOn() error {
	return &domain.Error{Code: domain.Conflict, Reason: "second_factor_on", Message: "Two-factor authentication is set up already: disable it first."}
}
