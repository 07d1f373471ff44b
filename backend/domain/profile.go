package domain

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Profile is a person as they show themselves.
type Profile struct {
	ID          UserID      `json:"id"`
	Username    string      `json:"username"`
	FirstName   string      `json:"firstName"`
	LastName    string      `json:"lastName"`
	Email       string      `json:"email"`
	ThumbnailID ComponentID `json:"thumbnailId,omitempty"`
}

// Person is how others see them.
func (p Profile) Person() Person {
	name := strings.TrimSpace(p.FirstName + " " + p.LastName)
	if name == "" {
		name = p.Username
	}
	return Person{ID: p.ID, Name: name, ThumbnailID: p.ThumbnailID}
}

// MostName is the most characters of a first or a last name.
const MostName = 255

// The reasons for which a part of a profile is refused.
const (
	ReasonNameTooLong  = "name_too_long"
	ReasonNameInvalid  = "name_invalid" // it holds line breaks or the like
	ReasonEmailInvalid = "email_invalid"
	ReasonEmailMissing = "email_missing"
	ReasonEmailTaken   = "email_taken" // by somebody else who is active
	// ReasonConfirm: the person has to show first that it is they.
	ReasonConfirm = "confirmation_required"
)

// ValidName is a first or last name in its normal form; its error blames the field. Nobody needs one: who
// has none is called by their username.
func ValidName(field, name string) (string, error) {
	name = strings.TrimSpace(name)
	switch {
	case utf8.RuneCountInString(name) > MostName:
		return "", &Error{Code: Invalid, Reason: ReasonNameTooLong, Field: field, Message: "A name has up to 255 characters."}
	case strings.ContainsFunc(name, unicode.IsControl):
		return "", &Error{Code: Invalid, Reason: ReasonNameInvalid, Field: field, Message: "A name is one line of readable characters."}
	}
	return name, nil
}

// ValidEmail is a person's own mail address in its normal form.
func ValidEmail(text string) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return "", &Error{Code: Invalid, Reason: ReasonEmailMissing, Field: "email", Message: "Without an address no mail and no link to a new password would reach you."}
	case !ValidMailAddress(text):
		return "", &Error{Code: Invalid, Reason: ReasonEmailInvalid, Field: "email", Message: "This is not a mail address that servers everywhere take."}
	}
	return text, nil
}
