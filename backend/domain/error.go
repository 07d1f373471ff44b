package domain

import (
	"errors"
	"fmt"
	"strings"
)

// Code says what kind of failure a person or a program meets. There are few of them: whoever
// branches on an error branches on its code, never on its text.
type Code string

const (
	// Invalid: what was sent or typed cannot be accepted as it is.
	Invalid Code = "invalid"
	// NotFound: the thing does not exist, or may not be seen.
	NotFound Code = "not-found"
	// Conflict: it exists already, or somebody else changed it first.
	Conflict Code = "conflict"
	// Unauthorized: not signed in, or no longer.
	Unauthorized Code = "unauthorized"
	// Forbidden: signed in, but not allowed.
	Forbidden Code = "forbidden"
	// Throttled: too many tries; come back later.
	Throttled Code = "throttled"
	// Offline: the server cannot be reached.
	Offline Code = "offline"
	// Unsupported: this server or this computer cannot do it.
	Unsupported Code = "unsupported"
	// Internal: our fault. The cause is in the log, not in the message.
	Internal Code = "internal"
)

// AllCodes lists every code with its TypeScript name, for the page's generated enum.
var AllCodes = []struct {
	Value  Code
	TSName string
}{
	{Invalid, "Invalid"},
	{NotFound, "NotFound"},
	{Conflict, "Conflict"},
	{Unauthorized, "Unauthorized"},
	{Forbidden, "Forbidden"},
	{Throttled, "Throttled"},
	{Offline, "Offline"},
	{Unsupported, "Unsupported"},
	{Internal, "Internal"},
}

// Error is a failure that someone can act on. Message is plain English for logs and for the
// protocol's answers; the page words its own sentence from Code and Reason. It never holds a secret.
type Error struct {
	Code   Code   `json:"code"`
	Reason string `json:"reason,omitempty"` // a finer cause the page has a sentence for, e.g. "not_a_callboard_server"
	Field  string `json:"field,omitempty"`  // the field at fault, where there is one
	// Wait is how many seconds to wait before trying again, of a Throttled error that says so.
	Wait    int    `json:"wait,omitempty"`
	Message string `json:"message"`
	Err     error  `json:"-"` // the cause, for the log
}

// Error implements error.
func (e *Error) Error() string {
	if e.Err == nil || strings.HasSuffix(e.Message, e.Err.Error()) { // Errorf words the cause in the message
		return e.Message
	}
	return e.Message + ": " + e.Err.Error()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error of the given code. A wrapped error (%w) becomes its cause.
func Errorf(code Code, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Message: err.Error(), Err: errors.Unwrap(err)}
}

// CodeOf is the code of the first Error in err's chain, Internal where there is none, "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}
