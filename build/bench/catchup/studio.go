package catchup

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/callboard/callboard/backend/cache"
	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack"
	"github.com/callboard/callboard/backend/syncer"
)

const (
	writer = "tomas" // writes the notes
	reader = "maya"  // hears of them
	// batch is how many notes one request writes: they are of the same moment.
	batch = seen
	// patience is how long a copy may take to catch up.
	patience = time.Minute
)

// studio is a running server with the demo's people.
type studio struct {
	url     string
	cmd     *exec.Cmd
	said    *bytes.Buffer
	key     string         // the writer's
	session domain.Session // the reader's
}

func serve(ctx context.Context, program, data string) (*studio, error) {
	s := &studio{cmd: exec.CommandContext(ctx, program, "serve", "--quiet-demo", "--data", data, "--listen", "127.0.0.1:0"), said: &bytes.Buffer{}}
	s.cmd.Stderr = s.said
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	var first struct {
		URL   string
		Users []struct {
			Username, Password string
			APIKey             string `json:"api_key"`
		}
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("the server said no address (%w):\n%s", s.cmd.Wait(), s.said)
	}
	if err := json.Unmarshal(line, &first); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	s.url = first.URL
	for _, user := range first.Users {
		switch user.Username {
		case writer:
			s.key = user.APIKey
		case reader:
			s.session, err = ftrack.SignIn(ctx, ftrack.Config{Device: "bench"}, domain.SignIn{Address: s.url, Username: reader, Password: user.Password})
		}
	}
	if err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, nil
}

func (s *studio) stop() error {
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	if err := s.cmd.Wait(); err != nil {
		return fmt.Errorf("the server: %w\n%s", err, s.said)
	}
	return nil
}

// write writes so many notes to the reader.
func (s *studio) write(ctx context.Context, count int) error {
	for written := 0; written < count; written += batch {
		var operations []any
		for n := range min(batch, count-written) {
			id := newID()
			operations = append(operations,
				create("Note", map[string]any{"id": id, "content": fmt.Sprintf("Note %d of many: could the rim light come down a little?", written+n)}),
				create("Recipient", map[string]any{"note_id": id, "resource_id": string(s.session.User.ID)}))
		}
		if err := s.call(ctx, operations); err != nil {
			return err
		}
	}
	return nil
}

func create(kind string, data map[string]any) map[string]any {
	return map[string]any{"action": "create", "entity_type": kind, "entity_data": data}
}

func (s *studio) call(ctx context.Context, operations []any) error {
	body, err := json.Marshal(operations)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/api", bytes.NewReader(body))
	if err != nil {
		return err
	}
	for name, value := range map[string]string{"Content-Type": "application/json", "ftrack-user": writer, "ftrack-api-key": s.key, "ftrack-strict-api": "true"} {
		req.Header.Set(name, value)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("the server answered %s: %s", resp.Status, answer)
	}
	return err
}

// follow opens the copy in a folder and follows the server until the copy holds so many rows more than
// before and is equal to the inbox. It times from the beginning of the connection.
func (s *studio) follow(ctx context.Context, folder string, more int) (_ took, err error) {
	file, err := cache.Open(filepath.Join(folder, "inbox.db"))
	if err != nil {
		return took{}, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	w := watcher{held: file.Account(reader), more: more, all: make(chan bool, 1)}
	if _, w.before, err = w.look(); err != nil {
		return took{}, err
	}
	follower := syncer.New(syncer.Config{
		Remote: ftrack.New(ftrack.Config{Address: s.url, Token: s.session.Token, HTTP: &http.Client{}}), Cache: w.held, Clock: time.Now, Out: w.hear,
	})
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	began := time.Now()
	go func() { ended <- follower.Run(ctx) }()
	defer func() {
		stop()
		err = errors.Join(err, <-ended)
	}()
	select {
	case <-w.all:
		return w.took(began), w.fault
	case <-time.After(patience):
		return took{}, fmt.Errorf("the copy did not catch up within %s", patience)
	case <-ctx.Done():
		return took{}, ctx.Err()
	}
}

// watcher reads the copy whenever the syncer tells of it, as the page does. The syncer tells one thing at
// a time.
type watcher struct {
	held   *cache.Account
	before int // rows there were
	more   int // rows to come
	all    chan bool
	sights []sight
	done   bool
	fault  error
}

// sight is what a window showed at a moment.
type sight struct {
	at   time.Time
	rows []domain.NotificationID
}

func (w *watcher) hear(event syncer.Event) {
	if w.done || event.Inbox == nil && event.Connection == nil {
		return
	}
	rows, total, err := w.look()
	w.fault = errors.Join(w.fault, err)
	w.sights = append(w.sights, sight{time.Now(), rows})
	if c := event.Connection; c != nil && c.Online && total >= w.before+w.more {
		w.done = true
		w.all <- true
	}
}

// took reads the sights: the last is how it is in the end.
func (w *watcher) took(began time.Time) took {
	last := w.sights[len(w.sights)-1]
	first := slices.IndexFunc(w.sights, func(s sight) bool { return slices.Equal(s.rows, last.rows) })
	return took{visible: w.sights[first].at.Sub(began), all: last.at.Sub(began)}
}

// look reads as many rows as a window shows.
func (w *watcher) look() (rows []domain.NotificationID, total int, err error) {
	page, err := w.held.Page(domain.InboxFilter{}, "", seen, time.Now())
	for _, row := range page.Items {
		rows = append(rows, row.ID)
	}
	return rows, page.Total, err
}

// newID is a random UUID.
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
