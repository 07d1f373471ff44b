package domain_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/callboard/callboard/backend/domain"
)

func TestCodeOf(t *testing.T) {
	cause := errors.New("connection refused")
	offline := domain.Errorf(domain.Offline, "ask the server: %w", cause)
	for name, c := range map[string]struct {
		err  error
		want domain.Code
	}{
		"nothing wrong":   {nil, ""},
		"ours":            {offline, domain.Offline},
		"ours, wrapped":   {fmt.Errorf("sync: %w", offline), domain.Offline},
		"somebody else's": {cause, domain.Internal},
	} {
		if got := domain.CodeOf(c.err); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if !errors.Is(offline, cause) {
		t.Error("the cause is lost")
	}
}

func TestAnErrorNamesItsCauseOnce(t *testing.T) {
	cause := errors.New("connection refused")
	for _, err := range []*domain.Error{
		domain.Errorf(domain.Offline, "ask the server: %w", cause),
		{Code: domain.Offline, Message: "ask the server", Err: cause},
	} {
		if got := err.Error(); got != "ask the server: connection refused" {
			t.Errorf("%q", got)
		}
	}
}
