package pages_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/phrases"
	"github.com/callboard/callboard/backend/workspace/pages"
)

func ask(t *testing.T, cfg pages.Config, r *http.Request) *httptest.ResponseRecorder {
	t.Helper()
	var err error
	if cfg.Phrases, err = phrases.Open(); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	pages.Register(mux, cfg)
	answer := httptest.NewRecorder()
	mux.ServeHTTP(answer, r)
	return answer
}

func get(t *testing.T, cfg pages.Config, path string) *httptest.ResponseRecorder {
	t.Helper()
	return ask(t, cfg, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
}

// obeyed fails unless the page may be neither stored nor framed, and its policy allows its own style alone.
func obeyed(t *testing.T, answer *httptest.ResponseRecorder) {
	t.Helper()
	_, style, _ := strings.Cut(answer.Body.String(), "<style>")
	style, _, _ = strings.Cut(style, "</style>")
	sum := sha256.Sum256([]byte(style))
	policy := answer.Header().Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "frame-ancestors 'none'", base64.StdEncoding.EncodeToString(sum[:])} {
		if !strings.Contains(policy, part) {
			t.Errorf("the policy lacks %s: %s", part, policy)
		}
	}
	if answer.Header().Get("Cache-Control") != "no-store" || answer.Header().Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("%v", answer.Header())
	}
	if strings.Contains(answer.Body.String(), "<script") || strings.Contains(answer.Body.String(), "style=") {
		t.Error("the page holds what its policy forbids")
	}
}

func TestTheFrontPageTellsClientsWhatThisIs(t *testing.T) {
	answer := get(t, pages.Config{Name: "<Aurora>", Protocol: "4.13.8.1", Version: "1"}, "/")
	if answer.Code != http.StatusOK || answer.Header().Get("FTRACK_VERSION") != "4.13.8.1" || !strings.Contains(answer.Body.String(), "&lt;Aurora&gt;") {
		t.Errorf("%d %v %s", answer.Code, answer.Header(), answer.Body)
	}
	obeyed(t, answer)
}

func TestAPageSpeaksTheBrowsersLanguage(t *testing.T) {
	for wanted, want := range map[string]string{
		"": "en", "es-MX,es;q=0.9": "es", "fr, es;q=0.5": "es", "xx": "en", "en-GB": "en", strings.Repeat("a,", 5000): "en",
		"zh-CN,zh;q=0.9,en;q=0.8": "zh", "zh-TW": "zh", "zh-Hant-HK,zh;q=0.9": "zh", "ja-JP": "ja", "ru-RU,en;q=0.5": "ru", "ko": "ko", "fr, ko;q=0.1": "ko",
		"uk": "en", // near to Russian for a table of languages, and for nobody else
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.Header.Set("Accept-Language", wanted)
		if answer := ask(t, pages.Config{Name: "Aurora"}, r); !strings.Contains(answer.Body.String(), `<html lang="`+want+`">`) {
			t.Errorf("%.20q got %.60s", wanted, answer.Body)
		}
	}
}

func TestReadinessFollowsTheWorkspace(t *testing.T) {
	down := pages.Config{Ready: func(context.Context) error { return errors.New("disk full at /secret") }}
	if answer := get(t, down, "/readyz"); answer.Code != http.StatusServiceUnavailable || strings.Contains(answer.Body.String(), "secret") {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
	down.Ready = func(context.Context) error {
		return &domain.Error{Code: domain.Offline, Message: "the database cannot be written", Err: errors.New("disk full at /secret")}
	}
	if answer := get(t, down, "/readyz"); answer.Code != http.StatusServiceUnavailable || answer.Body.String() != "not ready: the database cannot be written\n" {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		if answer := get(t, pages.Config{}, path); answer.Code != http.StatusOK {
			t.Errorf("%s: %d", path, answer.Code)
		}
	}
	if answer := get(t, pages.Config{}, "/elsewhere"); answer.Code != http.StatusNotFound {
		t.Errorf("elsewhere: %d", answer.Code)
	}
}
