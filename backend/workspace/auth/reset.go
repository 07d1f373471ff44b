package auth

import (
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// ForgottenJob is the kind of job in which somebody who forgot their password is looked for.
const ForgottenJob = "forgotten"

const (
	resetLasts      = 30 * time.Minute
	invitationLasts = 7 * 24 * time.Hour

	resetTries    = 5 // links somebody is sent in resetWindow
	resetWindow   = time.Hour
	addressResets = 100 // tries from one address in addressWindow
	sharedAddress = 5   // people of one mail address who are written to
)

// lasts is how long a link opens after its letter was sent.
func lasts(invitation bool) time.Duration {
	if invitation {
		return invitationLasts
	}
	return resetLasts
}

// forgotten is the body of a ForgottenJob.
type forgotten struct {
	Login   string `json:"login"`
	Address string `json:"address"`
}

// Forgot notes that somebody asks for a new password by a username or a mail address. It looks for nobody:
// whoever asks learns nothing from the answer or from the time it takes, whether the person exists or not.
// Too many tries come to nothing, and look the same.
func (a *Auth) Forgot(ctx context.Context, login, address string) error {
	login = strings.TrimSpace(login)
	body, err := json.Marshal(forgotten{login, address})
	if err != nil {
		return domain.Errorf(domain.Internal, "write down who forgot a password: %w", err)
	}
	return a.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		few, err := spend(ctx, tx, "forgot-"+addressBucket(address), addressResets, addressWindow)
		if err != nil || !few {
			return err
		}
		few, err = spend(ctx, tx, "forgot:"+digest(strings.ToLower(login)), resetTries, resetWindow)
		if err != nil || !few || login == "" || len(login) > maxName || strings.ContainsFunc(login, unicode.IsControl) {
			return err
		}
		return tx.EnqueueJob(ctx, store.Job{ID: uuid.NewString(), Kind: ForgottenJob, Body: body, DueAt: tx.Now()})
	})
}

// spend counts one of so many within a window, and says whether there was one left.
func spend(ctx context.Context, tx *store.Tx, bucket string, most int, window time.Duration) (bool, error) {
	t, err := tx.Throttle(ctx, bucket)
	if err != nil {
		return false, err
	}
	if tx.Now().Sub(t.Since) >= window {
		t = store.Throttle{Since: tx.Now()}
	}
	few := t.Failures < most
	if few {
		t.Failures++
	}
	return few, tx.SetThrottle(ctx, bucket, t, forget)
}

// Forgotten does a ForgottenJob: it finds who is meant and mails them.
func (a *Auth) Forgotten(ctx context.Context, body json.RawMessage) error {
	var asked forgotten
	if err := json.Unmarshal(body, &asked); err != nil {
		return domain.Errorf(domain.Invalid, "who forgot a password cannot be read: %w", err)
	}
	return a.cfg.Store.Write(ctx, func(tx *store.Tx) error {
		people, err := tx.Mailboxes(ctx, asked.Login)
		if err != nil {
			return err
		}
		if len(people) == 0 {
			return tx.Audit(ctx, resetAsked(asked, store.Mailbox{}, "unknown"))
		}
		for _, m := range people[:min(len(people), sharedAddress)] {
			if err := a.sendReset(ctx, tx, asked, m); err != nil {
				return err
			}
		}
		return nil
	})
}

// sendReset mails one person their link, or why there is none.
func (a *Auth) sendReset(ctx context.Context, tx *store.Tx, asked forgotten, m store.Mailbox) error {
	few, err := spend(ctx, tx, "reset:"+m.UserID, resetTries, resetWindow)
	if err != nil {
		return err
	}
	l := domain.Letter{Kind: domain.ResetLink, Address: asked.Address}
	why := ""
	switch {
	case !m.Active:
		why = "deactivated"
	case !domain.ValidMailAddress(m.Address):
		why = "no_address"
	case !few:
		why = "too_many"
	case m.Source != store.LocalAccount:
		why, l.Kind, l.Thing = "kept_elsewhere", domain.AccountElsewhere, m.Source
	default:
		if l.Ticket, err = tx.OfferReset(ctx, m.UserID, false); err != nil {
			return err
		}
	}
	if err := tx.Audit(ctx, resetAsked(asked, m, why)); err != nil {
		return err
	}
	if l.Ticket == "" && l.Kind == domain.ResetLink {
		return nil
	}
	return tx.PostLetter(ctx, m.UserID, l)
}

// resetAsked is the audit's entry; why is empty where a link was sent.
func resetAsked(asked forgotten, m store.Mailbox, why string) store.AuditEntry {
	e := store.AuditEntry{
		Auth: domain.AuthNone, What: domain.AuditResetAsked, SubjectID: m.UserID, SubjectName: m.Username, Address: asked.Address, Outcome: domain.OutcomeOK,
	}
	if why != "" {
		e.Outcome, e.Detail = domain.OutcomeRefused, map[string]any{"why": why}
	}
	return e
}

// ArmReset makes the token of a link whose letter is being sent. It exists nowhere else.
func (a *Auth) ArmReset(ctx context.Context, ticket string) (token string, err error) {
	token = newToken()
	err = a.cfg.Store.Write(ctx, func(tx *store.Tx) error { return tx.ArmReset(ctx, ticket, digest(token), lasts) })
	return token, err
}

// ResetOffer is what a link offers: a new password for somebody.
type ResetOffer struct {
	Username   string
	Invitation bool
	// SecondFactor says that a code of theirs is needed as well.
	SecondFactor bool
}

// ResetOffered looks at a link, and uses nothing up: programs follow links in mails before people do. The
// error is a domain.NotFound where it opens nothing.
func (a *Auth) ResetOffered(ctx context.Context, token string) (ResetOffer, error) {
	offer, _, err := a.resetOffered(ctx, token)
	return offer, err
}

func (a *Auth) resetOffered(ctx context.Context, token string) (offer ResetOffer, login store.Login, err error) {
	err = a.cfg.Store.Read(ctx, func(tx *store.Tx) error {
		link, err := tx.Reset(ctx, digest(token))
		if err != nil {
			return err
		}
		login, err = tx.LoginByID(ctx, link.UserID)
		offer = ResetOffer{Username: login.Username, Invitation: link.Invitation, SecondFactor: login.SecondFactor}
		return err
	})
	return offer, login, err
}

// NewPassword is somebody choosing a password through a link.
type NewPassword struct {
	Token    string
	Password string
	// Code is one of the authenticator's, or a backup code, of who has a second factor.
	Code string
	// Address is where the request comes from.
	Address string
}

// Reset gives somebody the password they chose through a link, and uses the link up. Who has a second factor
// keeps it, and gives a code as well. It signs nobody in, and ends all of their sessions.
func (a *Auth) Reset(ctx context.Context, in NewPassword) error {
	_, login, err := a.resetOffered(ctx, in.Token)
	if err != nil {
		return err
	}
	user := domain.UserID(login.UserID)
	hashed, err := a.prepare(ctx, user, in.Password)
	if err != nil {
		return err
	}
	var refused error
	err = a.carryOut(ctx, func(tx *store.Tx) (func(context.Context), error) {
		h := holder{codes: counter{aCode, personBucket(user), addressBucket(in.Address)}, entry: store.AuditEntry{
			ActorID: login.UserID, Auth: domain.AuthNone, What: domain.AuditPasswordReset, SubjectID: login.UserID, Address: in.Address, Outcome: domain.OutcomeRefused,
		}}
		if h.login, err = tx.LoginByID(ctx, login.UserID); err != nil {
			return nil, err
		}
		if refused = nil; h.login.SecondFactor {
			if refused, err = a.consume(ctx, tx, h, in.Code, anyCode); refused != nil || err != nil {
				return nil, err
			}
		}
		link, err := tx.UseReset(ctx, digest(in.Token))
		if err != nil {
			return nil, err
		}
		then, err := a.renew(ctx, tx, domain.UserID(link.UserID), hashed, "")
		if err != nil {
			return nil, err
		}
		h.entry.Outcome, h.entry.Detail = domain.OutcomeOK, map[string]any{"invitation": link.Invitation}
		var letter *domain.Letter
		if !link.First { // to somebody new it is no news
			letter = &domain.Letter{Kind: domain.PasswordReset}
		}
		return then, tell(ctx, tx, h.entry, domain.AuditPasswordReset, user, letter)
	})
	if err != nil {
		return err
	}
	return refused
}
