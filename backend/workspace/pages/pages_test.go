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

	"github.com/callboard/callboard/backend/workspace/pages"
)

func get(t *testing.T, cfg pages.Config, path string) *httptest.ResponseRecorder {
	t.Helper()
	mux := http.NewServeMux()
	pages.Register(mux, cfg)
	answer := httptest.NewRecorder()
	mux.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return answer
}

func TestTheFrontPageTellsClientsWhatThisIs(t *testing.T) {
	answer := get(t, pages.Config{Name: "<Aurora>", Protocol: "4.13.8.1", Version: "1"}, "/")
	body := answer.Body.String()
	if answer.Code != http.StatusOK || answer.Header().Get("FTRACK_VERSION") != "4.13.8.1" || !strings.Contains(body, "&lt;Aurora&gt;") {
		t.Errorf("%d %v %s", answer.Code, answer.Header(), body)
	}
	_, style, _ := strings.Cut(body, "<style>")
	style, _, _ = strings.Cut(style, "</style>")
	sum := sha256.Sum256([]byte(style))
	if policy := answer.Header().Get("Content-Security-Policy"); !strings.Contains(policy, base64.StdEncoding.EncodeToString(sum[:])) || !strings.HasPrefix(policy, "default-src 'none'") {
		t.Errorf("the policy does not allow the page's own style: %s", policy)
	}
	if answer.Header().Get("Cache-Control") != "no-store" {
		t.Error("the page may be stored")
	}
}

func TestReadinessFollowsTheWorkspace(t *testing.T) {
	down := pages.Config{Ready: func(context.Context) error { return errors.New("disk full at /secret") }}
	if answer := get(t, down, "/readyz"); answer.Code != http.StatusServiceUnavailable || strings.Contains(answer.Body.String(), "secret") {
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
