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

const secret = "cb_the-key-that-nobody-logs"

// gate lets maya in and fails as it is told to.
type gate struct {
	err        error
	in         auth.Attempt
	identifier string

	login string
	new   auth.NewPassword
	offer error
}

func (g *gate) HandOver(_ context.Context, in auth.Attempt, identifier string) (auth.Handed, error) {
	g.in, g.identifier = in, identifier
	return auth.Handed{Username: "maya", Key: secret}, g.err
}

func link(identifier, redirect string) string {
	return "/user/api_credentials?" + url.Values{"identifier": {identifier}, "redirect_url": {redirect}}.Encode()
}

func post(t *testing.T, cfg pages.Config, to string, header http.Header) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, to, strings.NewReader("username=maya&password=correct+horse"))
	r.Header = header
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return ask(t, cfg, r)
}

func TestThePageSaysWhoGetsAKeyAndWhere(t *testing.T) {
	answer := get(t, pages.Config{Name: "Aurora"}, link("ftrack-connect-<b>kenji</b>@tower", "http://localhost:51234"))
	body := answer.Body.String()
	for _, part := range []string{"ftrack-connect-&lt;b&gt;kenji&lt;/b&gt;@tower", "http://localhost:51234", "Sign in to Aurora", `for="password"`} {
		if !strings.Contains(body, part) {
			t.Errorf("%s is missing in %s", part, body)
		}
	}
	if policy := answer.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "form-action 'self' http://localhost:51234;") {
		t.Error(policy)
	}
	obeyed(t, answer)
}

func TestAKeyIsHandedOverOnce(t *testing.T) {
	var log bytes.Buffer
	g := &gate{}
	answer := post(t, pages.Config{Gate: g, Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))},
		link("connect", "http://localhost:51234"), http.Header{})
	if answer.Code != http.StatusSeeOther || answer.Header().Get("Location") != "http://localhost:51234/?api_key="+secret+"&api_user=maya" {
		t.Errorf("%d %s", answer.Code, answer.Header().Get("Location"))
	}
	if g.identifier != "connect" || g.in.Username != "maya" || g.in.Password != "correct horse" || g.in.Address != "192.0.2.1" {
		t.Errorf("%+v", g)
	}
	if strings.Contains(answer.Body.String()+log.String(), secret) || answer.Header().Get("Cache-Control") != "no-store" || answer.Header().Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("the key may be found again: %v %s %s", answer.Header(), answer.Body, &log)
	}
}

func TestARefusalShowsTheFormAgainWithoutThePassword(t *testing.T) {
	for err, want := range map[error]struct {
		status   int
		sentence string
	}{
		&domain.Error{Code: domain.Forbidden, Reason: "enrolment_required", Message: "x"}:        {http.StatusForbidden, "two-factor authentication of everybody"},
		&domain.Error{Code: domain.Unauthorized, Message: "x"}:                                   {http.StatusUnauthorized, "not right"},
		&domain.Error{Code: domain.Unauthorized, Reason: "second_factor_required", Message: "x"}: {http.StatusUnauthorized, `name="code"`},
		&domain.Error{Code: domain.Unauthorized, Reason: "invalid_code", Message: "x"}:           {http.StatusUnauthorized, "was used already"},
		&domain.Error{Code: domain.Throttled, Message: "x"}:                                      {http.StatusTooManyRequests, "too many tries"},
		errors.New("the disk /secret is full"):                                                   {http.StatusInternalServerError, "Its log has the cause"},
	} {
		answer := post(t, pages.Config{Gate: &gate{err: err}}, link("connect", "http://localhost:1"), http.Header{})
		body := answer.Body.String()
		if answer.Code != want.status || !strings.Contains(body, want.sentence) || !strings.Contains(body, `value="maya"`) {
			t.Errorf("%v: %d %s", err, answer.Code, body)
		}
		if strings.Contains(body, "horse") || strings.Contains(body, "/secret") || answer.Header().Get("Location") != "" {
			t.Errorf("%v tells too much: %s", err, body)
		}
		obeyed(t, answer)
	}
}

func TestALinkThatLeadsElsewhereIsRefused(t *testing.T) {
	for _, redirect := range []string{"", "https://evil.example", "http://localhost@evil.example", "//evil.example", `http://localhost:1\@evil.example`} {
		g := &gate{}
		for _, answer := range []*httptest.ResponseRecorder{get(t, pages.Config{Gate: g}, link("x", redirect)), post(t, pages.Config{Gate: g}, link("x", redirect), http.Header{})} {
			if answer.Code != http.StatusBadRequest || !strings.Contains(answer.Body.String(), "somewhere else") || answer.Header().Get("Location") != "" {
				t.Errorf("%s: %d %s", redirect, answer.Code, answer.Body)
			}
			obeyed(t, answer)
		}
		if g.in.Username != "" {
			t.Errorf("%s: somebody was signed in", redirect)
		}
	}
}

func TestAnotherSitesFormIsNotTaken(t *testing.T) {
	for _, header := range []http.Header{{"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}}, {"Origin": {"https://evil.example"}}} {
		g := &gate{}
		answer := post(t, pages.Config{Gate: g}, link("x", "http://localhost:1"), header)
		if answer.Code != http.StatusForbidden || g.in.Username != "" {
			t.Errorf("%v: %d", header, answer.Code)
		}
	}
}

func TestALongFormIsRefused(t *testing.T) {
	g := &gate{}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, link("x", "http://localhost:1"), strings.NewReader("username="+strings.Repeat("a", 1<<20)))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if answer := ask(t, pages.Config{Gate: g}, r); answer.Code != http.StatusBadRequest || g.in.Username != "" {
		t.Errorf("%d", answer.Code)
	}
}
