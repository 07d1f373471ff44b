package pages_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/workspace/pages"
)

func TestALinkLeadsIntoTheAppWhateverItNames(t *testing.T) {
	for path, want := range map[string]string{
		"/open/notification/0b5c-11": `href="callboard://open/0b5c-11"`,
		"/open/reviewsession/0b5c":   `href="callboard://open/reviewsession/0b5c"`,
		"/open/ReviewSession/0b5c":   `href="callboard://open/reviewsession/0b5c"`,
		"/player/version/0b5c":       `href="callboard://open/version/0b5c"`,
	} {
		answer := get(t, pages.Config{Name: "Aurora"}, path)
		if answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), want) || !strings.Contains(answer.Body.String(), "Aurora") {
			t.Errorf("%s: %d %s", path, answer.Code, answer.Body)
		}
		obeyed(t, answer)
	}
	for _, path := range []string{"/open/task/a%22b", "/open/task/a%2Fb", "/open/ta%20sk/b", "/open/task/" + strings.Repeat("a", 65), "/open/task", "/open/1/2", "/player/version/%3Cb%3E"} {
		if answer := get(t, pages.Config{}, path); answer.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, answer.Code)
		}
	}
}

func TestASignedLinkPlaysAndAnotherSaysWhyNot(t *testing.T) {
	cfg := pages.Config{Playable: func(_ context.Context, ticket string) (string, bool) {
		return map[string]string{"movie&": "video/mp4", "picture": "image/png", "archive": "application/zip"}[ticket], ticket != "stale"
	}}
	for ticket, want := range map[string]string{
		"movie%26": `<video controls preload="metadata" src="/component/get?ticket=movie%26">`, "picture": `<img src="/component/get?ticket=picture"`,
		"archive": `<a href="/component/get?ticket=archive">`,
	} {
		answer := get(t, cfg, "/player/version/0b5c?ticket="+ticket)
		if answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), want) {
			t.Errorf("%s: %d %s", ticket, answer.Code, answer.Body)
		}
		obeyed(t, answer)
	}
	for query, status := range map[string]int{"?ticket=stale": http.StatusForbidden, "": http.StatusOK} {
		answer := get(t, cfg, "/player/version/0b5c"+query)
		if answer.Code != status || strings.Contains(answer.Body.String(), "/component/") || !strings.Contains(answer.Body.String(), "does not play any more") {
			t.Errorf("%s: %d %s", query, answer.Code, answer.Body)
		}
	}
}
