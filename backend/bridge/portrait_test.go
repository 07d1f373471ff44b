package bridge

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
)

// hand holds one picture.
type hand struct {
	content []byte
	refused error
}

func (h *hand) HoldPicture(_ context.Context, content io.Reader) (domain.HeldPicture, error) {
	all, err := io.ReadAll(content)
	if err != nil {
		return domain.HeldPicture{}, err
	}
	h.content = all
	return domain.HeldPicture{ID: "held"}, h.refused
}

func (h *hand) HeldPicture(id string) ([]byte, string, error) {
	if id != "held" {
		return nil, "", domain.Errorf(domain.NotFound, "no")
	}
	return h.content, "image/png", nil
}

func asked(h *hand, method, path string, body io.Reader) *httptest.ResponseRecorder {
	mux := http.NewServeMux()
	portraits(mux, h)
	answer := httptest.NewRecorder()
	mux.ServeHTTP(answer, httptest.NewRequest(method, path, body))
	return answer
}

func TestAChosenFileIsHeldAndShown(t *testing.T) {
	h := &hand{}
	answer := asked(h, http.MethodPost, "/portrait", strings.NewReader("png"))
	if answer.Code != http.StatusOK || strings.TrimSpace(answer.Body.String()) != `{"id":"held"}` {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
	answer = asked(h, http.MethodGet, "/portrait/held", nil)
	if answer.Body.String() != "png" || answer.Header().Get("Content-Type") != "image/png" || answer.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%v %s", answer.Header(), answer.Body)
	}
	for _, path := range []string{"/portrait/other", "/portrait/..%2f..%2fetc%2fpasswd", "/portrait/", "/portrait"} {
		if answer := asked(h, http.MethodGet, path, nil); answer.Code == http.StatusOK {
			t.Errorf("%s: %s", path, answer.Body)
		}
	}
}

func TestAFileThatIsRefusedSaysWhy(t *testing.T) {
	for name, c := range map[string]struct {
		body   io.Reader
		refuse error
		want   string
	}{
		"no picture": {strings.NewReader("x"), &domain.Error{Code: domain.Invalid, Reason: domain.ReasonNoPicture}, domain.ReasonNoPicture},
		"too large":  {bytes.NewReader(make([]byte, domain.MostPictureBytes+2)), nil, domain.ReasonPictureTooLarge},
	} {
		answer := asked(&hand{refused: c.refuse}, http.MethodPost, "/portrait", c.body)
		var said domain.Error
		if err := json.Unmarshal(answer.Body.Bytes(), &said); err != nil || answer.Code != http.StatusBadRequest || said.Reason != c.want {
			t.Errorf("%s: %d %s %v", name, answer.Code, answer.Body, err)
		}
	}
}
