package auth

import (
	"context"
	"strings"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// TOTP is what an authenticator needs to begin: the secret as text, and the address that its QR code holds.
type TOTP struct{ Secret, URL string }

// GenerateTOTP makes a secret for somebody's authenticator. Nothing is kept of it until ConfigureTOTP.
func (a *Auth) GenerateTOTP(ctx context.Context, who Who) (TOTP, error) {
	var out TOTP
	err := a.cfg.Store.Read(ctx, func(tx *store.Tx) error {
		login, err := a.fresh(ctx, tx, who)
		switch {
		case err != nil:
			return err
		case login.SecondFactor:
			return errFactorOn()
		}
		out.Secret, out.URL, err = newTOTP(a.cfg.Name, login.Username)
		return err
	})
	return out, err
}

// ConfigureTOTP turns somebody's second factor on: the code shows that their authenticator has the secret.
func (a *Auth) ConfigureTOTP(ctx context.Context, who Who, code, secret, address string) error {
	secret, err := totpSecret(secret)
	if err != nil {
		return err
	}
	return a.within(ctx, who, domain.AuditTwoFactorOn, address, func(tx *store.Tx, h holder) (refused, err error) {
		if h.login.SecondFactor {
			return errFactorOn(), nil
		}
		if code == "" {
			return h.refuse("second_factor_required", "Enter the code that your authenticator shows."), nil
		}
		var step int64
		if refused, err := a.counting(ctx, tx, h, func() (found verdict, err error) {
			step, found = findStep(secret, plainCode(code), tx.Now(), 0)
			return found, nil
		}); refused != nil || err != nil {
			return refused, err
		}
		sealed, err := a.cfg.Keys.Seal(secret, secretOf(h.login.UserID))
		if err != nil {
			return nil, err
		}
		// The step of the code is used up with it.
		kept, err := tx.InsertSecondFactor(ctx, store.SecondFactor{
			SealedSecret: store.SealedSecret{UserID: h.login.UserID, KeyID: sealed.KeyID, Text: sealed.Text}, LastStep: step,
		})
		if err != nil {
			return nil, err
		}
		if !kept { // another device of theirs was quicker
			return errFactorOn(), nil
		}
		return nil, tell(ctx, tx, who.by(address), domain.AuditTwoFactorOn, who.UserID, &domain.Letter{Kind: domain.TwoFactorOn})
	})
}

// MakeBackupCodes makes a new set of somebody's backup codes, for a code of their authenticator. The old set
// opens nothing from the commit on; the new one can be read this once.
func (a *Auth) MakeBackupCodes(ctx context.Context, who Who, code, address string) ([]string, error) {
	var codes []string
	err := a.within(ctx, who, domain.AuditBackupCodesMade, address, func(tx *store.Tx, h holder) (refused, err error) {
		if refused, err := a.consume(ctx, tx, h, code, totpCode); refused != nil || err != nil {
			return refused, err
		}
		codes = make([]string, backupCodes)
		hashes := make([]string, backupCodes)
		keyID := a.cfg.Keys.Current()
		for i := range codes {
			codes[i] = newBackupCode()
			if hashes[i], err = a.cfg.Keys.backupHash(keyID, who.UserID, plainCode(codes[i])); err != nil {
				return nil, err
			}
		}
		if err := tx.ReplaceBackupCodes(ctx, h.login.UserID, keyID, hashes); err != nil {
			return nil, err
		}
		return nil, tell(ctx, tx, who.by(address), domain.AuditBackupCodesMade, who.UserID, &domain.Letter{Kind: domain.BackupCodesMade})
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// DisableSecondFactor turns somebody's second factor off, for a code of it. Their other sessions end.
func (a *Auth) DisableSecondFactor(ctx context.Context, who Who, code, address string) error {
	var then func(context.Context)
	err := a.within(ctx, who, domain.AuditTwoFactorOff, address, func(tx *store.Tx, h holder) (refused, err error) {
		if refused, err := a.consume(ctx, tx, h, code, anyCode); refused != nil || err != nil {
			return refused, err
		}
		if _, err := tx.DeleteSecondFactor(ctx, h.login.UserID); err != nil {
			return nil, err
		}
		if then, err = a.End(ctx, tx, who.UserID, who.SessionID); err != nil {
			return nil, err
		}
		return nil, tell(ctx, tx, who.by(address), domain.AuditTwoFactorOff, who.UserID, &domain.Letter{Kind: domain.TwoFactorOff})
	})
	if err == nil {
		then(ctx)
	}
	return err
}

// ResetSecondFactor has an administrator turn off the second factor of somebody who has lost it. That
// person's sessions end, and they are told.
func (a *Auth) ResetSecondFactor(ctx context.Context, who Who, user domain.UserID, address string) error {
	return a.carryOut(ctx, func(tx *store.Tx) (func(context.Context), error) {
		admin, err := a.fresh(ctx, tx, who)
		switch {
		case err != nil:
			return nil, err
		case !admin.Administrator:
			return nil, domain.Errorf(domain.Forbidden, "Only an administrator resets another person's second factor.")
		case user == who.UserID: // it would be a way around the code
			return nil, &domain.Error{Code: domain.Forbidden, Field: "user_id", Message: "Your own second factor is disabled with a code; another administrator can reset it."}
		}
		return a.dropSecondFactor(ctx, tx, who.by(address), user, nameOf(admin))
	})
}

// DropSecondFactor has the server itself turn off the second factor of somebody who has lost it.
func (a *Auth) DropSecondFactor(ctx context.Context, user domain.UserID) error {
	return a.carryOut(ctx, func(tx *store.Tx) (func(context.Context), error) {
		return a.dropSecondFactor(ctx, tx, store.AuditEntry{Auth: domain.AuthServer, Outcome: domain.OutcomeOK}, user, "")
	})
}

func (a *Auth) dropSecondFactor(ctx context.Context, tx *store.Tx, by store.AuditEntry, user domain.UserID, actor string) (then func(context.Context), err error) {
	if _, err := tx.LoginByID(ctx, string(user)); err != nil {
		return nil, err
	}
	there, err := tx.DeleteSecondFactor(ctx, string(user))
	if err != nil {
		return nil, err
	}
	if !there {
		return nil, errFactorOff()
	}
	if then, err = a.End(ctx, tx, user, ""); err != nil {
		return nil, err
	}
	return then, tell(ctx, tx, by, domain.AuditTwoFactorReset, user, &domain.Letter{Kind: domain.TwoFactorReset, Actor: actor})
}

// nameOf is what a person is called in letters.
func nameOf(l store.Login) string {
	if name := strings.TrimSpace(l.FirstName + " " + l.LastName); name != "" {
		return name
	}
	return l.Username
}
