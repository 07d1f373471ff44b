package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/callboard/callboard/build/testbed"
)

const (
	writer   = "tomas" // writes the notes
	listener = "maya"  // hears of them
)

// studio is the running server, spoken to as its writer.
type studio struct {
	url      string
	password string // the listener's
	key      string // the writer's
	task     string
	person   string // the listener's id
}

func serve(ctx context.Context, desktop *testbed.Desktop, server, data string) (*studio, error) {
	address, err := testbed.FreeAddress(ctx)
	if err != nil {
		return nil, err
	}
	process, err := desktop.Run(nil, server, "serve", "--quiet-demo", "--data", data, "--listen", address)
	if err != nil {
		return nil, err
	}
	var first struct {
		URL   string
		Users []struct {
			Username, Password string
			APIKey             string `json:"api_key"`
		}
	}
	for deadline := time.Now().Add(30 * time.Second); first.URL == ""; {
		// Its log shares the file; only the announcement is an object, and it is not repeated: it holds passwords.
		for line := range strings.Lines(desktop.Log(server)) {
			if strings.HasPrefix(line, "{") && json.Unmarshal([]byte(line), &first) != nil {
				first.URL = "" // not yet written to its end
			}
		}
		if !process.Alive() || time.Now().After(deadline) {
			return nil, fmt.Errorf("the server gave no address within 30 seconds; its data is in %s", data)
		}
		if err := sleep(ctx, 20*time.Millisecond); err != nil {
			return nil, err
		}
	}
	s := &studio{url: first.URL}
	for _, user := range first.Users {
		switch user.Username {
		case writer:
			s.key = user.APIKey
		case listener:
			s.password = user.Password
		}
	}
	if s.task, err = s.id(ctx, `select id from Task where name is "comp" and parent.name is "sh0110"`); err != nil {
		return nil, err
	}
	s.person, err = s.id(ctx, fmt.Sprintf(`select id from User where username is %q`, listener))
	return s, err
}

// write writes a note to the listener and says when the server answered.
func (s *studio) write(ctx context.Context, text string) (time.Time, error) {
	id := newID()
	_, err := s.call(ctx, []any{
		operation("create", "Note", map[string]any{"id": id, "content": text, "parent_id": s.task, "parent_type": "Task"}),
		operation("create", "Recipient", map[string]any{"note_id": id, "resource_id": s.person}),
	})
	return time.Now(), err
}

func operation(action, kind string, data map[string]any) map[string]any {
	return map[string]any{"action": action, "entity_type": kind, "entity_data": data}
}

// id is that of the only entity a query finds.
func (s *studio) id(ctx context.Context, query string) (string, error) {
	answer, err := s.call(ctx, []any{map[string]any{"action": "query", "expression": query}})
	if err != nil {
		return "", err
	}
	var results []struct{ Data []struct{ ID string } }
	if err := json.Unmarshal(answer, &results); err != nil {
		return "", err
	}
	if len(results) != 1 || len(results[0].Data) != 1 {
		return "", fmt.Errorf("%s found not one: %s", query, answer)
	}
	return results[0].Data[0].ID, nil
}

func (s *studio) call(ctx context.Context, operations []any) ([]byte, error) {
	body, err := json.Marshal(operations)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/api", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("ftrack-user", writer)
	req.Header.Set("ftrack-api-key", s.key)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err == nil && (resp.StatusCode != http.StatusOK || bytes.Contains(answer, []byte(`"exception"`))) {
		err = fmt.Errorf("the server answered %s: %s", resp.Status, answer)
	}
	return answer, err
}

// newID is a random UUID.
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
