package domain

import (
	"net/mail"
	"strings"
	"time"
)

// LetterKind says what a letter is about.
type LetterKind string

const (
	// UserInvite asks somebody into the workspace, with a link to choose their password.
	UserInvite LetterKind = "user_invite"
	// ReviewInvite asks somebody to look at a review.
	ReviewInvite LetterKind = "review_invite"

	// ResetLink carries a link to a new password; AccountElsewhere says why there is none.
	ResetLink        LetterKind = "reset_link"
	AccountElsewhere LetterKind = "account_elsewhere"

	// The others tell somebody what happened to their account.

	PasswordChanged LetterKind = "password_changed"
	// PasswordReset: through a link.
	PasswordReset LetterKind = "password_reset"
	TwoFactorOn   LetterKind = "two_factor_on"
	TwoFactorOff  LetterKind = "two_factor_off"
	// TwoFactorReset: by an administrator, the Actor.
	TwoFactorReset  LetterKind = "two_factor_reset"
	BackupCodesMade LetterKind = "backup_codes_made"
	// BackupCodeUsed and, in its place where few are left, BackupCodesFew say in Count how many those are.
	BackupCodeUsed LetterKind = "backup_code_used"
	BackupCodesFew LetterKind = "backup_codes_few"
	// KeyCreated and KeyReset name the API key in Thing; an old one stopped with KeyReset.
	KeyCreated LetterKind = "key_created"
	KeyReset   LetterKind = "key_reset"
	NewDevice  LetterKind = "new_device"
	// EmailChanged goes to the address before and to the new one, which is Thing.
	EmailChanged LetterKind = "email_changed"
)

// LetterKinds lists every kind of letter.
var LetterKinds = []LetterKind{
	UserInvite, ReviewInvite, ResetLink, AccountElsewhere, PasswordChanged, PasswordReset, TwoFactorOn, TwoFactorOff, TwoFactorReset,
	BackupCodesMade, BackupCodeUsed, BackupCodesFew, KeyCreated, KeyReset, NewDevice, EmailChanged,
}

// LetterJob is the kind of job that sends a Letter.
const LetterJob = "letter"

// Letter is a mail to one person, before it is worded. As JSON it waits in the outbox, so it holds no
// secret.
type Letter struct {
	// ID is its own: a letter that is sent twice is known by it.
	ID   string     `json:"id"`
	Kind LetterKind `json:"kind"`
	// To is the address, Reader the name of whoever lives there.
	To     string `json:"to"`
	Reader string `json:"reader,omitempty"`
	// Language is one of Languages, or "" for the first.
	Language string `json:"language,omitempty"`
	// Actor is the name of whoever caused it.
	Actor string `json:"actor,omitempty"`
	// Username is the reader's name for signing in.
	Username string `json:"username,omitempty"`
	// Thing is what it is about: a review, a key, an address.
	Thing string `json:"thing,omitempty"`
	// Count is how many there are of what it counts.
	Count int `json:"count,omitempty"`
	// Link leads there.
	Link string `json:"link,omitempty"`
	// Ticket, in place of Link, names what the link is made for when the letter is sent: a link that holds
	// a secret must not lie in the outbox, whose rows outlive it in backups and in letters that failed.
	Ticket string `json:"ticket,omitempty"`
	// At is when it happened, Device the device and Address the network address it was done from.
	At      *time.Time `json:"at,omitempty"`
	Device  string     `json:"device,omitempty"`
	Address string     `json:"address,omitempty"`
}

// ValidMailAddress says whether a text is a bare mail address that servers everywhere take.
func ValidMailAddress(text string) bool {
	parsed, err := mail.ParseAddress(text)
	if err != nil || parsed.Address != text || len(text) > 254 {
		return false
	}
	return !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"(),:;<>[\]`, r) })
}
