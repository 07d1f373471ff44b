package domain

import (
	"net/mail"
	"strings"
)

// LetterKind says what a letter is about.
type LetterKind string

const (
	// UserInvite asks somebody into the workspace and says how to sign in.
	UserInvite LetterKind = "user_invite"
	// ReviewInvite asks somebody to look at a review.
	ReviewInvite LetterKind = "review_invite"
	// KeyReset tells somebody that one of their API keys was replaced.
	KeyReset LetterKind = "key_reset"
)

// LetterKinds lists every kind of letter.
var LetterKinds = []LetterKind{UserInvite, ReviewInvite, KeyReset}

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
	// Thing is what it is about: a review, a key.
	Thing string `json:"thing,omitempty"`
	// Link leads there.
	Link string `json:"link,omitempty"`
}

// ValidMailAddress says whether a text is a bare mail address that servers everywhere take.
func ValidMailAddress(text string) bool {
	parsed, err := mail.ParseAddress(text)
	if err != nil || parsed.Address != text || len(text) > 254 {
		return false
	}
	return !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"(),:;<>[\]`, r) })
}
