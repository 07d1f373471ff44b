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
	right, err := a.prove(ctx, in)
	if err != nil {
		return SignedIn{}, err
	}
	out := SignedIn{Token: newToken(), DeviceToken: in.DeviceToken}
	if !wellFormedToken(out.DeviceToken) {
		out.DeviceToken = newToken()
	}
	err = a.admit(ctx, in, right, func(tx *store.Tx, login store.Login) error {
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

// proof is a password that was right: the hash it was compared with, and where the try was counted.
type proof struct{ hash, bucket, address string }

// prove looks at a username and a password, counting the try first.
func (a *Auth) prove(ctx context.Context, in Attempt) (proof, error) {
	if len(in.Username) > maxName || utf8.RuneCountInString(in.Password) > maxPassword {
		return proof{}, errUnknown()
	}
	// The turn comes before the count: who is refused for overload has not tried.
	end, err := a.hasher.turn(ctx)
	if err != nil {
		return proof{}, err
	}
	defer end()
	var login store.Login
	p := proof{bucket: bucketOf(in.Username), address: addressBucket(in.Address)}
	err = a.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		login, p.hash, err = tx.LoginByName(ctx, in.Username)
		if err != nil && domain.CodeOf(err) != domain.NotFound {
			return err
		}
		known, err := a.knownDevice(ctx, tx, in.DeviceToken, login.UserID)
		if err != nil {
			return err
		}
		if known {
			p.bucket = deviceBucket(digest(in.DeviceToken), login.UserID)
		}
		return charge(ctx, tx, p.bucket, p.address)
	})
	if err != nil {
		return proof{}, err
	}
	if !a.hasher.matches(in.Password, p.hash) || !login.Active {
		return proof{}, errUnknown()
	}
	return p, nil
}

func (a *Auth) knownDevice(ctx context.Context, tx *store.Tx, token, userID string) (bool, error) {
	if userID == "" || !wellFormedToken(token) {
		return false, nil
	}
	return tx.KnownDevice(ctx, digest(token), userID)
}

// admit has give do what a right password is good for, in one transaction with taking back the count.
func (a *Auth) admit(ctx context.Context, in Attempt, right proof, give func(*store.Tx, store.Login) error) error {
	return a.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		if err := forgive(ctx, tx, right.bucket, right.address); err != nil {
			return err
		}
		// The password may have been changed, or the person deactivated, while it was being compared.
		login, current, err := tx.LoginByName(ctx, in.Username)
		if err != nil {
			return unknown(err)
		}
		if !login.Active || current != right.hash {
			return errUnknown()
		}
		return give(tx, login)
	})
}

func clip(s string) string {
	if runes := []rune(s); len(runes) > maxName {
		return string(runes[:maxName])
	}
	return s
}
