package auth

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// Attempt is somebody trying to sign in.
type Attempt struct {
	Username string // or a mail address
	Password string
	// Code is one of the authenticator's, or a backup code; "" at the first try.
	Code string
	// Device is what the device calls itself, for the list of where one is signed in.
	Device string
	// DeviceToken is the secret of a device that signed in before; "" at the first time.
	DeviceToken string
	// Address is where the request comes from.
	Address string
}

// SignedIn is a fresh session. Token and DeviceToken are secrets that exist nowhere else.
type SignedIn struct {
	Who         Who
	Token       string
	DeviceToken string
}

// maxName bounds what is hashed and stored of a request's words.
const maxName = 255

// SignIn makes a session for a username, a password and, of who has a second factor, a code. Whatever is
// wrong with name and password, the answer and the time it takes are the same. Where Who.Enrol is true the
// session is good for nothing but setting up a second factor.
func (a *Auth) SignIn(ctx context.Context, in Attempt) (SignedIn, error) {
	out := SignedIn{Token: newToken(), DeviceToken: in.DeviceToken}
	if !wellFormedToken(out.DeviceToken) {
		out.DeviceToken = newToken()
	}
	err := a.enter(ctx, in, func(tx *store.Tx, h holder) error {
		session := store.Session{
			ID: uuid.NewString(), TokenHash: digest(out.Token), UserID: h.login.UserID, Device: clip(in.Device),
			CreatedAt: tx.Now(), UsedAt: tx.Now(), ExpiresAt: tx.Now().Add(absolute), ConfirmedAt: tx.Now(),
		}
		out.Who = whoOf(h.login).in(session)
		another, err := tx.HasDevice(ctx, h.login.UserID)
		if err != nil {
			return err
		}
		if err := tx.KeepDevice(ctx, digest(out.DeviceToken), h.login.UserID); err != nil {
			return err
		}
		if err := tx.InsertSession(ctx, session); err != nil {
			return err
		}
		var letter *domain.Letter
		if !h.known && another { // of the first one its person knows
			letter = &domain.Letter{Kind: domain.NewDevice}
		}
		return tell(ctx, tx, out.Who.by(in.Address), domain.AuditSignIn, out.Who.UserID, letter)
	})
	if err != nil {
		return SignedIn{}, err
	}
	return out, nil
}

// holder is whose password is tried, as the store knows them, and where the tries are counted.
type holder struct {
	login     store.Login
	password  store.Password
	known     bool // from a device that signed them in before, or within a session
	passwords counter
	codes     counter
	entry     store.AuditEntry // begun
	counted   counted          // the try of the password
	session   bool
}

// mine says whether the password is ours to check.
func (h holder) mine() bool { return h.login.Active && h.login.Local }

// find finds the holder, in whatever transaction is under way. Where there is none it gives an empty login:
// what follows must look the same.
type find func(tx *store.Tx) (holder, error)

// named finds somebody who signs in.
func (a *Auth) named(ctx context.Context, in Attempt) find {
	return func(tx *store.Tx) (h holder, err error) {
		h.login, h.password, err = tx.LoginByName(ctx, in.Username)
		if err != nil && domain.CodeOf(err) != domain.NotFound {
			return h, err
		}
		user := domain.UserID(h.login.UserID)
		if h.known, err = tx.KnownDevice(ctx, digest(in.DeviceToken), h.login.UserID); err != nil {
			return h, err
		}
		h.passwords, h.codes = counter{aPassword, nameBucket(in.Username), addressBucket(in.Address)}, counter{aCode, personBucket(user), addressBucket(in.Address)}
		if h.known {
			h.passwords.who = deviceBucket(digest(in.DeviceToken), user)
			h.codes.who = h.passwords.who
		}
		h.entry = store.AuditEntry{Auth: domain.AuthNone, What: domain.AuditSignIn, SubjectID: h.login.UserID, Address: in.Address, Device: clip(in.Device), Outcome: domain.OutcomeRefused}
		return h, nil
	}
}

// enter lets somebody in by name and password, and code where they need one, and has give do what that is
// good for.
func (a *Auth) enter(ctx context.Context, in Attempt, give func(*store.Tx, holder) error) error {
	if len(in.Username) > maxName || !utf8.ValidString(in.Username) || strings.ContainsRune(in.Username, 0) {
		in.Username = "" // nobody's
	}
	return a.prove(ctx, in.Password, a.named(ctx, in), func(tx *store.Tx, h holder) (refused, err error) {
		if h.login.SecondFactor {
			if refused, err := a.consume(ctx, tx, h, in.Code, anyCode); refused != nil || err != nil {
				return refused, err
			}
		}
		return nil, give(tx, h)
	})
}

// prove looks at a password, counting the try first, and has give do what a right one is good for, in one
// transaction with taking back the count. What give refuses is told, and what it counted stays.
func (a *Auth) prove(ctx context.Context, password string, who find, give func(*store.Tx, holder) (refused, err error)) error {
	if len(password) > maxNoise { // nobody's either, but too long to be hashed
		password = ""
	}
	// The turn comes before the count: who is refused for overload has not tried.
	end, err := a.hasher.turn(ctx)
	if err != nil {
		return err
	}
	h, better, refused, err := a.compare(ctx, password, who)
	end()
	if refused != nil && err == nil {
		return a.recordWrong(ctx, h, refused)
	}
	if err != nil {
		return err
	}
	err = a.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		if err := h.passwords.forgive(ctx, tx); err != nil {
			return err
		}
		// The password may have been changed, or the person deactivated, while it was being compared.
		now, err := who(tx)
		if err != nil {
			return err
		}
		if refused = nil; !now.mine() || now.password != h.password {
			refused = now.wrong()
			return nil
		}
		if better.Hash != "" {
			if err := tx.RehashPassword(ctx, now.login.UserID, better); err != nil {
				return err
			}
		}
		refused, err = give(tx, now)
		return err
	})
	if err != nil {
		return err
	}
	return refused
}

// compare counts a try and looks at it, within a turn. better is a hash by today's measures, where the one
// that is kept is not.
func (a *Auth) compare(ctx context.Context, password string, who find) (h holder, better store.Password, refused, err error) {
	err = a.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		if h, err = who(tx); err != nil {
			return err
		}
		h.counted, err = h.passwords.charge(ctx, tx)
		return err
	})
	if err != nil {
		return h, better, nil, err
	}
	kept := h.password
	if !h.mine() {
		kept = store.Password{}
	}
	user := domain.UserID(h.login.UserID)
	right, err := a.hasher.matches(user, password, kept)
	switch {
	case err != nil:
	case !right:
		refused = h.wrong()
	case a.hasher.outdated(kept):
		better, err = a.hasher.make(user, password)
	}
	return h, better, refused, err
}

// wrong is the answer to a wrong password.
func (h holder) wrong() error {
	if h.session {
		return &domain.Error{Code: domain.Forbidden, Field: "password", Reason: "wrong_password", Message: "The password is not right."}
	}
	return errUnknown()
}

// recordWrong records a wrong password, and the pause that begins with it. It gives what is answered.
func (a *Auth) recordWrong(ctx context.Context, h holder, refused error) error {
	err := a.cfg.Store.Write(ctx, func(tx *store.Tx) error { return h.counted.record(ctx, tx, h.entry, aPassword) })
	if err != nil {
		return err
	}
	return refused
}

// record records a try that was refused, and the pause that begins with it.
func (c counted) record(ctx context.Context, tx *store.Tx, entry store.AuditEntry, why string) error {
	entry.Detail = map[string]any{"refused": why}
	if err := tx.Audit(ctx, entry); err != nil || !c.paused() {
		return err
	}
	entry.What = domain.AuditThrottled
	return tx.Audit(ctx, entry)
}

func clip(s string) string {
	if runes := []rune(s); len(runes) > maxName {
		return string(runes[:maxName])
	}
	return s
}
