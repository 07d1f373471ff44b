package auth

import (
	"context"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// Attempt is somebody trying to sign in.
type Attempt struct {
	Username string
	Password string
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

// SignIn makes a session for a username and a password. Whatever is wrong with them, the answer and the
// time it takes are the same.
func (a *Auth) SignIn(ctx context.Context, in Attempt) (SignedIn, error) {
	if len(in.Username) > maxName || utf8.RuneCountInString(in.Password) > maxPassword {
		return SignedIn{}, errUnknown()
	}
	// The turn comes before the count: who is refused for overload has not tried.
	end, err := a.hasher.turn(ctx)
	if err != nil {
		return SignedIn{}, err
	}
	defer end()
	var login store.Login
	var hash string
	bucket, address := bucketOf(in.Username), addressBucket(in.Address)
	err = a.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		login, hash, err = tx.LoginByName(ctx, in.Username)
		if err != nil && domain.CodeOf(err) != domain.NotFound {
			return err
		}
		known, err := a.knownDevice(ctx, tx, in.DeviceToken, login.UserID)
		if err != nil {
			return err
		}
		if known {
			bucket = deviceBucket(digest(in.DeviceToken), login.UserID)
		}
		return charge(ctx, tx, bucket, address)
	})
	if err != nil {
		return SignedIn{}, err
	}
	if !a.hasher.matches(in.Password, hash) || !login.Active {
		return SignedIn{}, errUnknown()
	}
	return a.admit(ctx, in, hash, bucket, address)
}

func (a *Auth) knownDevice(ctx context.Context, tx *store.Tx, token, userID string) (bool, error) {
	if userID == "" || !wellFormedToken(token) {
		return false, nil
	}
	return tx.KnownDevice(ctx, digest(token), userID)
}

// admit makes the session of somebody whose password was right, hash being what it was compared with.
func (a *Auth) admit(ctx context.Context, in Attempt, hash, bucket, address string) (SignedIn, error) {
	out := SignedIn{Token: newToken(), DeviceToken: in.DeviceToken}
	if !wellFormedToken(out.DeviceToken) {
		out.DeviceToken = newToken()
	}
	err := a.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		if err := forgive(ctx, tx, bucket, address); err != nil {
			return err
		}
		// The password may have been changed, or the person deactivated, while it was being compared.
		login, current, err := tx.LoginByName(ctx, in.Username)
		if err != nil {
			return unknown(err)
		}
		if !login.Active || current != hash {
			return errUnknown()
		}
		out.Who = whoOf(login)
		session := store.Session{
			ID: uuid.NewString(), TokenHash: digest(out.Token), UserID: login.UserID, Device: clip(in.Device),
			CreatedAt: tx.Now(), UsedAt: tx.Now(), ExpiresAt: tx.Now().Add(absolute),
		}
		out.Who.Session, out.Who.SessionID, out.Who.ExpiresAt = true, session.ID, session.ExpiresAt
		if err := tx.KeepDevice(ctx, digest(out.DeviceToken), login.UserID); err != nil {
			return err
		}
		return tx.InsertSession(ctx, session)
	})
	if err != nil {
		return SignedIn{}, err
	}
	return out, nil
}

func clip(s string) string {
	if runes := []rune(s); len(runes) > maxName {
		return string(runes[:maxName])
	}
	return s
}

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
		return tx.InsertKey(ctx, uuid.NewString(), string(user), clip(identifier), key[:len(keyPrefix)+4], digest(key))
	})
}
