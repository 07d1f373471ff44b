package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/callboard/callboard/backend/domain"
)

// InUse is the reason of a domain.Conflict for what cannot go because others need it.
const InUse = "in_use"

// failures maps what went wrong to the exception that clients know and to the status of strict mode.
// The first row of a code or a name is the one that is written; the others are only read.
var failures = []struct {
	code      domain.Code
	exception string
	status    int
}{
	{domain.Invalid, "ValidationError", http.StatusBadRequest},
	{domain.NotFound, "NotFoundError", http.StatusNotFound},
	{domain.Conflict, "DuplicateEntryError", http.StatusConflict},
	{domain.Unauthorized, "InvalidCredentialsError", http.StatusUnauthorized},
	{domain.Unauthorized, "FTAuthenticationError", http.StatusUnauthorized},
	{domain.Forbidden, "PermissionError", http.StatusForbidden},
	{domain.Throttled, "ThrottledError", http.StatusTooManyRequests},
	{domain.Unsupported, "NotImplementedError", http.StatusNotImplemented},
	{domain.Internal, "InternalError", http.StatusInternalServerError},
	{domain.Conflict, "IntegrityError", http.StatusConflict},
}

// failure is the object that takes the place of the whole list of answers.
type failure struct {
	Exception string  `json:"exception"`
	Content   string  `json:"content"`
	ErrorCode *string `json:"error_code"`
	// Field is Callboard's own: the attribute at fault, where there is one.
	Field string `json:"field,omitempty"`
}

// UnknownAction is the refusal of an action, in the words that the Python client looks for.
func UnknownAction(name string) error {
	return domain.Errorf(domain.Invalid, "Invalid action u'%s'", clip(name))
}

// maxWords keeps an explanation readable, whatever foreign text it repeats.
const maxWords = 1_000

// EncodeError words a failure for a client, with the status that strict mode wants. What is our own
// fault is not explained: its cause belongs in the log.
func EncodeError(err error) (body []byte, status int) {
	out, status := failure{Exception: "InternalError", Content: "The server failed. Its log has the cause."}, http.StatusInternalServerError
	var known *domain.Error
	if errors.As(err, &known) && known.Code != domain.Internal {
		out.Content, out.Field = clipTo(maxWords, known.Message), clip(known.Field)
		if known.Reason != "" {
			out.ErrorCode = &known.Reason
		}
		for _, row := range failures {
			if row.code == known.Code {
				out.Exception, status = row.exception, row.status
				break
			}
		}
		if known.Code == domain.Conflict && known.Reason == InUse {
			out.Exception = "IntegrityError"
		}
	}
	body, err = marshal(out)
	if err != nil { // texts and a pointer to one: it cannot fail
		body = []byte(`{"exception":"InternalError","content":"","error_code":null}`)
	}
	return body, status
}

// decodeError reads the object that takes the place of a list of answers; nil where there is none.
func decodeError(body []byte) error {
	if !bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("{")) {
		return nil
	}
	var in failure
	if err := json.Unmarshal(body, &in); err != nil || in.Exception == "" {
		return domain.Errorf(domain.Unsupported, "the answer is not one of the ftrack protocol")
	}
	out := &domain.Error{Code: domain.Internal, Field: clip(in.Field), Message: clip(in.Exception) + ": " + clip(in.Content)}
	for _, row := range failures {
		if row.exception == in.Exception {
			out.Code = row.code
			break
		}
	}
	if in.ErrorCode != nil {
		out.Reason = clip(*in.ErrorCode)
	}
	return out
}
