package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/callboard/callboard/build/bench/studio"
)

// client is one person at one connection.
type client struct {
	url  string
	who  studio.Person
	http *http.Client
}

func (b *bench) as(who studio.Person) *client {
	return &client{b.url, who, &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1}}}
}

// call sends operations and reads the whole answer, in the protocol's strict mode as both official clients do.
func (c *client) call(ctx context.Context, operations ...any) ([]byte, error) {
	body, err := json.Marshal(operations)
	if err != nil {
		return nil, err
	}
	return c.post(ctx, body)
}

func (c *client) post(ctx context.Context, body []byte) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url+"/api", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	for name, value := range map[string]string{
		"Content-Type": "application/json", "ftrack-user": c.who.Username, "ftrack-api-key": c.who.Key, "ftrack-api-options": "strict:1;denormalize:1",
	} {
		req.Header.Set(name, value)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("the server answered %s: %s", resp.Status, answer)
	}
	return answer, err
}

// rows asks a query and counts what it answers.
func (c *client) rows(ctx context.Context, query string) (int, error) {
	answer, err := c.call(ctx, map[string]any{"action": "query", "expression": query})
	if err != nil {
		return 0, fmt.Errorf("%s: %w", query, err)
	}
	var pages []struct{ Data []json.RawMessage }
	if err := json.Unmarshal(answer, &pages); err != nil || len(pages) != 1 {
		return 0, fmt.Errorf("%s: %s: %w", query, answer, err)
	}
	return len(pages[0].Data), nil
}

// ids are those of what a query answers.
func (c *client) ids(ctx context.Context, query string) ([]string, error) {
	answer, err := c.call(ctx, map[string]any{"action": "query", "expression": query})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", query, err)
	}
	var pages []struct{ Data []struct{ ID string } }
	if err := json.Unmarshal(answer, &pages); err != nil || len(pages) != 1 {
		return nil, fmt.Errorf("%s: %s: %w", query, answer, err)
	}
	var ids []string
	for _, row := range pages[0].Data {
		ids = append(ids, row.ID)
	}
	return ids, nil
}

func create(kind string, data map[string]any) map[string]any {
	return map[string]any{"action": "create", "entity_type": kind, "entity_data": data}
}
