package workspace_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// figures fetches the metrics and gives the status and the text.
func figures(t *testing.T, server *workspace.Server, as func(*http.Request)) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/metrics", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	as(request)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func TestTheFiguresAreForThisComputerAndForAdministrators(t *testing.T) {
	dir := t.TempDir()
	server := start(t, dir, &demo.Config{Quiet: true})
	basic := func(username string) func(*http.Request) {
		return func(r *http.Request) { r.SetBasicAuth(username, userOf(t, server, username).APIKey) }
	}
	call(t, server, "maya", `[{"action":"query","expression":"select id from Task limit 1"}]`)
	status, text := figures(t, server, func(*http.Request) {})
	for _, line := range []string{
		`callboard_request_seconds_count{action="query",outcome="ok"} 1`, `callboard_http_seconds_count{address="POST /api",status="2xx"} 1`,
		`callboard_transaction_seconds_count{kind="read"}`, "callboard_sockets 0", `callboard_outbox_jobs{state="waiting"}`,
	} {
		if !strings.Contains(text, line) {
			t.Errorf("%d: %s is missing", status, line)
		}
	}
	proxied := func(r *http.Request) { r.Header.Set("X-Forwarded-For", "203.0.113.9") }
	if status, _ := figures(t, server, proxied); status != http.StatusUnauthorized {
		t.Errorf("through a proxy: %d", status)
	}
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}

	// The same data under an address that others reach.
	public, err := workspace.Start(context.WithoutCancel(t.Context()), workspace.ServeConfig{Config: workspace.Config{
		DataDir: dir, BaseURL: "https://callboard.aurora.example", Demo: &demo.Config{Quiet: true},
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := public.Stop(); err != nil {
			t.Error(err)
		}
	}()
	for name, c := range map[string]struct {
		as   func(*http.Request)
		want int
	}{
		"nobody":               {func(*http.Request) {}, http.StatusUnauthorized},
		"an artist":            {basic("maya"), http.StatusForbidden},
		"an administrator":     {basic("ines"), http.StatusOK},
		"somebody with no key": {func(r *http.Request) { r.SetBasicAuth("ines", "sesame") }, http.StatusUnauthorized},
		"an administrator's own": {func(r *http.Request) {
			r.Header.Set("ftrack-user", "ines")
			r.Header.Set("ftrack-api-key", userOf(t, server, "ines").APIKey)
		}, http.StatusOK},
		"through another's proxy": {func(r *http.Request) { proxied(r); basic("ines")(r) }, http.StatusOK},
	} {
		if status, text := figures(t, public, c.as); status != c.want || status != http.StatusOK && strings.Contains(text, "callboard_sockets") {
			t.Errorf("%s: %d, want %d", name, status, c.want)
		}
	}
}
