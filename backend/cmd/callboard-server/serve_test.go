package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestServeSaysWhereItIsAndStopsWhenAsked runs the command as a program does that reads its output.
func TestServeSaysWhereItIsAndStopsWhenAsked(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := io.Pipe()
	var errs bytes.Buffer
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, []string{"serve", "--quiet-demo", "--listen", "127.0.0.1:0", "--data", t.TempDir()}, strings.NewReader(""), in, &errs)
		in.Close() //nolint:errcheck // a pipe's end closes without fail
	}()
	lines := bufio.NewReader(out)
	first, err := lines.ReadBytes('\n')
	if err != nil {
		t.Fatalf("no first line: %v\n%s", err, errs.String())
	}
	var said struct {
		URL   string `json:"url"`
		Users []struct {
			Username string `json:"username"`
			Password string `json:"password"`
			APIKey   string `json:"api_key"`
			Role     string `json:"role"`
		} `json:"users"`
	}
	if err := json.Unmarshal(first, &said); err != nil {
		t.Fatalf("%s: %v", first, err)
	}
	roles := map[string]int{}
	for _, user := range said.Users {
		roles[user.Role]++
		if user.Username == "" || user.Password == "" || user.APIKey == "" {
			t.Errorf("%s lacks something", user.Username)
		}
	}
	if roles["Administrator"] < 1 || roles["Project Manager"] < 1 || roles["User"] < 5 {
		t.Errorf("roles %v", roles)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, said.URL+"/readyz", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%v %v", answer, err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Error(err)
	}

	stop()
	rest, err := io.ReadAll(lines)
	if err != nil || len(rest) > 0 {
		t.Errorf("more on standard output: %q %v", rest, err)
	}
	if got := <-code; got != exitOK {
		t.Errorf("exit code %d\n%s", got, errs.String())
	}
	for _, user := range said.Users {
		if strings.Contains(errs.String(), user.Password) || strings.Contains(errs.String(), user.APIKey) {
			t.Errorf("a secret of %s is in the log", user.Username)
		}
	}
}
