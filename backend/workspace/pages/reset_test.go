package pages_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/pages"
)

const token = "the-token-that-nobody-logs"

func (g *gate) Forgot(_ context.Context, login, _ string) error {
	g.login = login
	return g.err
}

func (g *gate) ResetOffered(_ context.Context, of string) (auth.ResetOffer, error) {
	if of != token {
		return auth.ResetOffer{}, &domain.Error{Code: domain.NotFound, Reason: "reset_link", Message: "gone"}
	}
	return auth.ResetOffer{Username: "maya", Invitation: g.identifier == "invited", SecondFactor: g.identifier == "twofold"}, g.offer
}

func (g *gate) Reset(_ context.Context, in auth.NewPassword) error {
	g.new = in
	return g.err
}

func fill(t *testing.T, cfg pages.Config, to string, header http.Header, values url.Values) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, to, strings.NewReader(values.Encode()))
	r.Header = header
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return ask(t, cfg, r)
}

func TestWhoeverForgotAPasswordIsAnsweredAlike(t *testing.T) {
	answer := get(t, pages.Config{Name: "Aurora"}, "/forgot")
	if answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), `name="login"`) || !strings.Contains(answer.Header().Get("Content-Security-Policy"), "form-action 'self';") {
		t.Errorf("%d %v %s", answer.Code, answer.Header(), answer.Body)
	}
	obeyed(t, answer)
	bodies := map[string]bool{}
	for _, login := range []string{"maya", "nobody", "", "maya@aurora.example", "<b>"} {
		g := &gate{}
		answer := fill(t, pages.Config{Name: "Aurora", Gate: g}, "/forgot", http.Header{}, url.Values{"login": {login}})
		if answer.Code != http.StatusOK || g.login != login {
			t.Errorf("%q: %d, %q", login, answer.Code, g.login)
		}
		bodies[answer.Body.String()] = true
		obeyed(t, answer)
	}
	if len(bodies) != 1 {
		t.Errorf("%d answers", len(bodies))
	}
}

func TestALinkShowsTheFormAndUsesNothingUp(t *testing.T) {
	g := &gate{}
	answer := get(t, pages.Config{Name: "Aurora", Gate: g}, "/reset?token="+token)
	body := answer.Body.String()
	for _, part := range []string{`value="` + token + `"`, `value="maya"`, `autocomplete="new-password"`, "Choose a new password", `action="reset"`} {
		if !strings.Contains(body, part) {
			t.Errorf("%s is missing in %s", part, body)
		}
	}
	if answer.Code != http.StatusOK || g.new.Token != "" {
		t.Errorf("%d %+v", answer.Code, g.new)
	}
	obeyed(t, answer)
	g.identifier = "invited"
	if answer := get(t, pages.Config{Name: "Aurora", Gate: g}, "/reset?token="+token); !strings.Contains(answer.Body.String(), "Welcome to Aurora") {
		t.Errorf("%s", answer.Body)
	}
	if strings.Contains(body, `name="code"`) {
		t.Error("a code is asked of who has none")
	}
	g.identifier = "twofold"
	if answer := get(t, pages.Config{Name: "Aurora", Gate: g}, "/reset?token="+token); !strings.Contains(answer.Body.String(), `name="code"`) {
		t.Errorf("%s", answer.Body)
	}
	for _, path := range []string{"/reset", "/reset?token=" + token[1:], "/reset?token=%00"} {
		answer := get(t, pages.Config{Name: "Aurora", Gate: g}, path)
		if answer.Code != http.StatusNotFound || !strings.Contains(answer.Body.String(), "was used already") || !strings.Contains(answer.Body.String(), `href="forgot"`) {
			t.Errorf("%s: %d %s", path, answer.Code, answer.Body)
		}
		obeyed(t, answer)
	}
}

func chosen(password, again string) url.Values {
	return url.Values{"token": {token}, "password": {password}, "again": {again}, "code": {"123 456"}}
}

func TestAPasswordIsChosenTwiceAndSignsNobodyIn(t *testing.T) {
	var log bytes.Buffer
	g := &gate{}
	cfg := pages.Config{Name: "Aurora", Gate: g, Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	answer := fill(t, cfg, "/reset", http.Header{}, chosen("battery staple", "battery stable"))
	if answer.Code != http.StatusBadRequest || g.new.Password != "" || !strings.Contains(answer.Body.String(), "not the same") || strings.Contains(answer.Body.String(), "battery") {
		t.Errorf("%d %+v %s", answer.Code, g.new, answer.Body)
	}
	answer = fill(t, cfg, "/reset", http.Header{}, chosen("battery staple", "battery staple"))
	if answer.Code != http.StatusOK || g.new.Token != token || g.new.Code != "123 456" || g.new.Password != "battery staple" || g.new.Address != "192.0.2.1" || !strings.Contains(answer.Body.String(), "is saved") {
		t.Errorf("%d %+v %s", answer.Code, g.new, answer.Body)
	}
	if len(answer.Header()["Set-Cookie"]) > 0 || answer.Header().Get("Location") != "" || strings.Contains(answer.Body.String()+log.String(), token) {
		t.Errorf("%v %s %s", answer.Header(), answer.Body, &log)
	}
	obeyed(t, answer)
}

func TestARefusedPasswordSaysWhyAndKeepsTheLink(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		want   string
	}{
		{&domain.Error{Code: domain.Invalid, Reason: "password_length", Message: "x"}, http.StatusBadRequest, "8 to 256"},
		{&domain.Error{Code: domain.Invalid, Reason: "password_common", Message: "x"}, http.StatusBadRequest, "Many people use"},
		{&domain.Error{Code: domain.Invalid, Reason: "password_context", Message: "x"}, http.StatusBadRequest, "hardly more than"},
		{&domain.Error{Code: domain.Unauthorized, Reason: "second_factor_required", Message: "x"}, http.StatusUnauthorized, "backup code"},
		{&domain.Error{Code: domain.Unauthorized, Reason: "clock_skew", Message: "x"}, http.StatusUnauthorized, "another time"},
		{&domain.Error{Code: domain.Forbidden, Reason: "account_elsewhere", Message: "x"}, http.StatusForbidden, "outside of Callboard"},
		{&domain.Error{Code: domain.Throttled, Message: "x"}, http.StatusTooManyRequests, "too many tries"},
		{errors.New("the disk /secret is full"), http.StatusInternalServerError, "Its log has the cause"},
	} {
		answer := fill(t, pages.Config{Gate: &gate{err: c.err}}, "/reset", http.Header{}, chosen("battery staple", "battery staple"))
		body := answer.Body.String()
		if answer.Code != c.status || !strings.Contains(body, c.want) || !strings.Contains(body, `value="`+token+`"`) || strings.Contains(body, "battery") || strings.Contains(body, "/secret") {
			t.Errorf("%v: %d %s", c.err, answer.Code, body)
		}
		obeyed(t, answer)
	}
	broken := &gate{offer: errors.New("the disk /secret is full")}
	if answer := get(t, pages.Config{Gate: broken}, "/reset?token="+token); answer.Code != http.StatusInternalServerError || strings.Contains(answer.Body.String(), "/secret") {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
}

func TestAnotherSiteChoosesNobodysPassword(t *testing.T) {
	for _, path := range []string{"/forgot", "/reset"} {
		for _, header := range []http.Header{{"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}}, {"Origin": {"https://evil.example"}}} {
			g := &gate{}
			answer := fill(t, pages.Config{Gate: g}, path, header, chosen("battery staple", "battery staple"))
			if answer.Code != http.StatusForbidden || g.new.Token != "" || g.login != "" {
				t.Errorf("%s %v: %d", path, header, answer.Code)
			}
		}
		if answer := fill(t, pages.Config{Gate: &gate{}}, path, http.Header{}, url.Values{"login": {strings.Repeat("a", 1<<20)}}); answer.Code != http.StatusBadRequest {
			t.Errorf("%s: a long form: %d", path, answer.Code)
		}
	}
}
