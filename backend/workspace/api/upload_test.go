package api_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/api"
	"github.com/callboard/callboard/backend/workspace/media"
)

// full is a disk without space.
type full struct{ api.Files }

func (full) Receive(context.Context, string, io.Reader, int64) (media.Receipt, error) {
	return media.Receipt{}, &domain.Error{Code: domain.Internal, Reason: media.ReasonNoSpace, Message: "The server has no space left for this file."}
}

func TestAFullDiskIsSaidAndNoTicketIsLogged(t *testing.T) {
	var log bytes.Buffer
	mux := http.NewServeMux()
	api.Register(mux, api.Config{Files: full{}, Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	answer := httptest.NewRecorder()
	mux.ServeHTTP(answer, httptest.NewRequest(http.MethodPut, "/upload?ticket=mysecret", strings.NewReader("plates")))
	if answer.Code != http.StatusInsufficientStorage || !strings.Contains(answer.Body.String(), "no space left") {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
	if strings.Contains(log.String(), "mysecret") || !strings.Contains(log.String(), "/upload") {
		t.Errorf("the log: %s", log.String())
	}
}
