package ftrack_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

func TestAddressesAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]string{
		"studio.example":               "https://studio.example",
		"  https://Studio.Example/x ":  "https://studio.example",
		"http://127.0.0.1:8080/":       "http://127.0.0.1:8080",
		"localhost:8080/inbox?a=b":     "http://localhost:8080",
		"[::1]:80":                     "http://[::1]:80",
		"studio.example:8443":          "https://studio.example:8443",
		"http://studio.example":        "insecure",
		"ftp://studio.example":         "invalid_address",
		"https://me:secret@studio.com": "invalid_address",
		"":                             "invalid_address",
		"two words":                    "invalid_address",
		"https://":                     "invalid_address",
	} {
		got, err := ftrack.NormalAddress(typed, false)
		var refused *domain.Error
		if errors.As(err, &refused) {
			got = refused.Reason
			if strings.Contains(err.Error(), "secret") {
				t.Errorf("%q: the error tells the password", typed)
			}
		}
		if got != want {
			t.Errorf("%q became %q, want %q", typed, got, want)
		}
	}
}

// signIn asks a server that answers anything with one status, header and body.
func signIn(t *testing.T, status int, header http.Header, body string) (domain.Session, error) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for name, values := range header {
			w.Header()[name] = values
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	defer server.Close()
	return ftrack.SignIn(t.Context(), ftrack.Config{}, domain.SignIn{Address: server.URL, Username: "maya", Password: "hunter22"})
}

func TestSigningInGivesTheSession(t *testing.T) {
	session, err := signIn(t, 200, nil, `{"token":"t","device_token":"d","user":{"id":"u1","username":"maya","first_name":"Maya","last_name":"Ito"},"expires_at":"2026-03-02T12:00:00Z"}`)
	if err != nil || session.Token != "t" || session.DeviceToken != "d" || session.User.Name != "Maya Ito" || session.Username != "maya" {
		t.Errorf("session %+v, %v", session, err)
	}
}

func TestSigningInFailsWithItsReason(t *testing.T) {
	page := `<!doctype html><title>Welcome</title>`
	for name, c := range map[string]struct {
		status int
		header http.Header
		body   string
		code   domain.Code
		reason string
	}{
		"wrong password":     {401, nil, `{"code":"invalid_credentials"}`, domain.Unauthorized, "invalid_credentials"},
		"code wanted":        {401, nil, `{"code":"second_factor_required"}`, domain.Unauthorized, "second_factor_required"},
		"throttled":          {429, http.Header{"Retry-After": {"30"}}, ``, domain.Throttled, "throttled"},
		"a web page":         {200, nil, page, domain.Unsupported, "not_a_callboard_server"},
		"another's sign-in":  {401, nil, page, domain.Unsupported, "not_a_callboard_server"},
		"not found":          {404, nil, page, domain.Unsupported, "not_a_callboard_server"},
		"a redirect":         {302, http.Header{"Location": {"https://elsewhere.example/"}}, ``, domain.Unsupported, "not_a_callboard_server"},
		"JSON without token": {200, nil, `{}`, domain.Unsupported, "not_a_callboard_server"},
		"gateway":            {502, nil, page, domain.Offline, "server_failed"},
	} {
		_, err := signIn(t, c.status, c.header, c.body)
		var known *domain.Error
		if !errors.As(err, &known) || known.Code != c.code || known.Reason != c.reason {
			t.Errorf("%s: %v", name, err)
		} else if strings.Contains(err.Error(), "hunter22") {
			t.Errorf("%s: the error tells the password", name)
		}
	}
}

func TestADeadServerIsOffline(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	c := ftrack.New(ftrack.Config{Address: server.URL, Token: token})
	_, err := c.Workspace(t.Context())
	if domain.CodeOf(err) != domain.Offline || strings.Contains(err.Error(), token) {
		t.Error(err)
	}
}

func TestACertificateNobodyTrustsIsSaid(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = nil
	server.StartTLS()
	defer server.Close()
	_, err := ftrack.SignIn(t.Context(), ftrack.Config{}, domain.SignIn{Address: server.URL})
	var known *domain.Error
	if !errors.As(err, &known) || known.Code != domain.Offline || known.Reason != "tls" {
		t.Error(err)
	}
}

func TestTheWorkspaceIsReadFromServerInformation(t *testing.T) {
	f := newFake(t)
	f.answer = func(wire.Operation) any {
		return map[string]any{
			"version": "4.13.8.1", "callboard": map[string]any{"epoch": "e1"},
			"company_information": map[string]any{"name": "Northlight"}, "user_information": map[string]any{"id": "u1"},
		}
	}
	got, err := f.client().Workspace(t.Context())
	if want := (domain.Workspace{Name: "Northlight", Version: "4.13.8.1", Epoch: "e1", UserID: "u1"}); err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
	f.answer = func(wire.Operation) any { return map[string]any{"version": "4.13"} }
	if _, err := f.client().Workspace(t.Context()); domain.CodeOf(err) != domain.Unsupported {
		t.Errorf("a server without inbox is %v", err)
	}
}

func TestAnExpiredTokenIsUnauthorizedEverywhere(t *testing.T) {
	f := newFake(t)
	c := ftrack.New(ftrack.Config{Address: f.URL, Token: "old"})
	_, inboxErr := c.Inbox(t.Context(), 0, 1)
	_, _, pictureErr := c.Picture(t.Context(), "c1", 96)
	for name, err := range map[string]error{
		"inbox": inboxErr, "picture": pictureErr, "sign out": c.SignOut(t.Context()),
		"listen": c.Listen(t.Context(), func(domain.Position) {}, func() {}),
	} {
		if domain.CodeOf(err) != domain.Unauthorized {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := f.client().Picture(t.Context(), "none", 96); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("a missing picture is %v", err)
	}
}
