package bridge

import (
	"encoding/json"
	"errors"

	"github.com/callboard/callboard/backend/domain"
)

// Failure is an error as the page gets it: the JSON text of a domain.Error. It is text because the
// page's runtime makes a JavaScript Error of whatever comes, and only text survives that. What is not
// ours says no more than that something went wrong.
func Failure(err error) any {
	var known *domain.Error
	if !errors.As(err, &known) {
		known = &domain.Error{Code: domain.Internal, Message: "something went wrong; the log has the details"}
	}
	text, fault := json.Marshal(known)
	if fault != nil {
		return `{"code":"internal","message":"something went wrong"}` // strings always encode
	}
	return string(text)
}
