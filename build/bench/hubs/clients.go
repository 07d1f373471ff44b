package hubs

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// clients are the connected hubs. Each wants the updates and replies to itself, as the official clients do.
type clients struct {
	mu    sync.Mutex
	began map[string]time.Time // of each change, by the id of its note
	heard chan float64         // ms from the beginning of a change until one hub heard of it
	lost  chan error
	count int
}

func connect(ctx context.Context, s *server, count int) (*clients, error) {
	c := &clients{began: map[string]time.Time{}, heard: make(chan float64, count), lost: make(chan error, count), count: count}
	var opened sync.WaitGroup
	places := make(chan struct{}, 16) // dialling at a time
	failed := make(chan error, count)
	for i := range count {
		opened.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			if err := c.open(ctx, s, i); err != nil {
				failed <- err
			}
		})
	}
	opened.Wait()
	select {
	case err := <-failed:
		return nil, err
	default:
		return c, nil
	}
}

// open connects a hub, subscribes as the Python client does, and goes on reading until it is closed.
func (c *clients) open(ctx context.Context, s *server, number int) error {
	user := s.users[number%len(s.users)]
	sid, err := handshake(ctx, s.url, user)
	if err != nil {
		return err
	}
	ws, _, err := websocket.Dial(ctx, s.url+"/socket.io/1/websocket/"+sid, nil) //nolint:bodyclose // a websocket has none
	if err != nil {
		return err
	}
	ws.SetReadLimit(1 << 20)
	id := newID()
	for i, subscription := range []string{"topic=ftrack.meta.reply", "topic=ftrack.update"} {
		packet := fmt.Sprintf(`5:%d+::{"name":"ftrack.event","args":[{"topic":"ftrack.meta.subscribe","id":%q,"sent":null,"target":"","inReplyToEvent":null,`+
			`"data":{"subscriber":{"id":%q,"applicationId":"ftrack.api.python","user":{"username":%q},"host":"render-%d"},"subscription":%q},`+
			`"source":{"id":%q,"applicationId":"ftrack.api.python","user":{"username":%q}}}]}`,
			i+1, newID(), id, user.Username, number, subscription, id, user.Username)
		if err := ws.Write(ctx, websocket.MessageText, []byte(packet)); err != nil {
			return err
		}
	}
	ready := make(chan struct{})
	go func() { c.lost <- c.listen(ctx, ws, ready) }()
	select {
	case <-ready:
		return nil
	case <-time.After(30 * time.Second):
		return fmt.Errorf("hub %d: the subscriptions were not answered", number)
	}
}

func handshake(ctx context.Context, url string, u user) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/socket.io/1/", http.NoBody)
	if err != nil {
		return "", err
	}
	request.Header.Set("ftrack-user", u.Username)
	request.Header.Set("ftrack-api-key", u.APIKey)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("the handshake was answered %s: %s", answer.Status, text)
	}
	sid, _, _ := strings.Cut(string(text), ":")
	return sid, err
}

// listen answers heartbeats and tells of every note it hears of. ready is closed when both subscriptions
// are acknowledged.
func (c *clients) listen(ctx context.Context, ws *websocket.Conn, ready chan struct{}) error {
	acks := 0
	for {
		_, text, err := ws.Read(ctx)
		if err != nil {
			return err
		}
		now := time.Now()
		switch text[0] {
		case '2':
			if err := ws.Write(ctx, websocket.MessageText, []byte("2:::")); err != nil {
				return err
			}
		case '6':
			if acks++; acks == 2 {
				close(ready)
			}
		case '5':
			c.hear(text, now)
		}
	}
}

func (c *clients) hear(text []byte, at time.Time) {
	_, rest, ok := bytes.Cut(text, []byte(`"entityId":"`))
	if !ok {
		return
	}
	id, _, _ := bytes.Cut(rest, []byte(`"`))
	c.mu.Lock()
	began, ours := c.began[string(id)]
	c.mu.Unlock()
	if ours {
		c.heard <- float64(at.Sub(began).Microseconds()) / 1000
	}
}

// fanOut makes changes one after another and gives how long each took to each hub, in ms, from before
// the request that made it.
func (c *clients) fanOut(ctx context.Context, s *server) ([]float64, error) {
	var all []float64
	for i := range changes {
		id := newID()
		c.mu.Lock()
		c.began[id] = time.Now()
		c.mu.Unlock()
		if err := s.note(ctx, id, fmt.Sprintf("Change %d of %d.", i+1, changes)); err != nil {
			return nil, err
		}
		patience := time.After(30 * time.Second)
		for range c.count {
			select {
			case took := <-c.heard:
				all = append(all, took)
			case err := <-c.lost:
				return nil, fmt.Errorf("a hub was lost: %w", err)
			case <-patience:
				return nil, fmt.Errorf("change %d did not reach all", i+1)
			}
		}
		time.Sleep(pause)
	}
	return all, nil
}
