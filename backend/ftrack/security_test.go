package ftrack_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack"
)

func TestARefusalSaysWhichFieldIsWrong(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
		do     func(*ftrack.Client) error
		want   domain.Error
	}{
		"a wrong password at the confirmation": {
			http.StatusForbidden, `{"code":"wrong_password","message":"no"}`,
			func(c *ftrack.Client) error { return c.Confirm(t.Context(), "x", "") },
			domain.Error{Code: domain.Unauthorized, Reason: "invalid_credentials", Field: "password"},
		},
		"a missing code at the confirmation": {
			http.StatusForbidden, `{"code":"second_factor_required","message":"no"}`,
			func(c *ftrack.Client) error { return c.Confirm(t.Context(), "x", "") },
			domain.Error{Code: domain.Unauthorized, Reason: "second_factor_required", Field: "code"},
		},
		"a wrong old password": {
			http.StatusForbidden, `{"exception":"PermissionError","content":"no","error_code":"wrong_password","field":"password"}`,
			func(c *ftrack.Client) error { return c.ChangePassword(t.Context(), "maya", "old", "new") },
			domain.Error{Code: domain.Unauthorized, Reason: "invalid_credentials", Field: "old_password"},
		},
		"a code used before": {
			http.StatusForbidden, `{"exception":"PermissionError","content":"no","error_code":"code_used"}`,
			func(c *ftrack.Client) error { return c.DisableSecondFactor(t.Context(), "1") },
			domain.Error{Code: domain.Unauthorized, Reason: "code_used", Field: "code"},
		},
		"what wants a confirmation first": {
			http.StatusForbidden, `{"exception":"PermissionError","content":"no","error_code":"confirmation_required"}`,
			func(c *ftrack.Client) error { _, err := c.MakeKey(t.Context(), "maya"); return err },
			domain.Error{Code: domain.Forbidden, Reason: "confirmation_required"},
		},
		"a session that ended": {
			http.StatusUnauthorized, `{"exception":"InvalidCredentialsError","content":"no","error_code":"invalid_credentials"}`,
			func(c *ftrack.Client) error { return c.ChangePassword(t.Context(), "maya", "old", "new") },
			domain.Error{Code: domain.Unauthorized, Reason: "session_expired"},
		},
		"too many tries": {
			http.StatusTooManyRequests, `{"code":"paused","message":"no"}`,
			func(c *ftrack.Client) error { return c.Confirm(t.Context(), "x", "") },
			domain.Error{Code: domain.Throttled, Reason: "throttled", Wait: 30},
		},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte(c.body))
		}))
		err := c.do(ftrack.New(ftrack.Config{Address: server.URL, Token: "t", HTTP: ftrack.Trusting("", time.Minute)}))
		server.Close()
		var got *domain.Error
		if !errors.As(err, &got) || got.Code != c.want.Code || got.Reason != c.want.Reason || got.Field != c.want.Field || got.Wait != c.want.Wait {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
