package bridge_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/bridge"
	"github.com/callboard/callboard/backend/domain"
)

func TestAFailureReachesThePageAsTextItCanParse(t *testing.T) {
	err := fmt.Errorf("sign in: %w", &domain.Error{Code: domain.Invalid, Reason: "invalid_address", Field: "address", Message: "no", Err: errors.New("secret")})
	text, ok := bridge.Failure(err).(string)
	if !ok {
		t.Fatal("not text")
	}
	var got domain.Error
	if err := json.Unmarshal([]byte(text), &got); err != nil || got.Code != domain.Invalid || got.Reason != "invalid_address" || got.Field != "address" {
		t.Errorf("%s, %v", text, err)
	}
	if strings.Contains(text, "secret") {
		t.Error("the cause reached the page")
	}
}

func TestAForeignErrorTellsThePageNothing(t *testing.T) {
	if text := fmt.Sprint(bridge.Failure(errors.New("token abc"))); strings.Contains(text, "abc") || !strings.Contains(text, `"internal"`) {
		t.Error(text)
	}
}

func TestEverythingIsServedUnderThePolicy(t *testing.T) {
	answer := httptest.NewRecorder()
	bridge.Strict(http.NotFoundHandler()).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
	policy := answer.Header().Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self';", "frame-ancestors 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("%q lacks %q", policy, want)
		}
	}
	if strings.Contains(policy, "unsafe") {
		t.Error(policy)
	}
}
