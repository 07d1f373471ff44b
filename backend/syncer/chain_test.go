package syncer_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/cache"
	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack"
	"github.com/callboard/callboard/backend/ftrack/ftracktest"
	"github.com/callboard/callboard/backend/syncer"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// soon is how long a test waits for what must happen.
const soon = 10 * time.Second

// chain is the real way from a server to a person: a client and a syncer between a fake
// server and a real cache, and what was told.
type chain struct {
	*syncer.Syncer
	t      *testing.T
	server *ftracktest.Server
	copy   *cache.Account
	cache  *cache.Cache
	ended  chan error
	end    context.CancelFunc

	mu   sync.Mutex // guards told
	told []syncer.Event
}

// newChain has a syncer that does not run yet.
func newChain(t *testing.T) *chain {
	t.Helper()
	c, err := cache.Open(t.TempDir() + "/inbox.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	d := &chain{t: t, server: ftracktest.New(t), cache: c, copy: c.Account("ada")}
	d.anew()
	return d
}

// anew makes the syncer again, as after a new start of the app with the same copy.
func (d *chain) anew() {
	client := ftrack.New(ftrack.Config{Address: d.server.URL, Token: ftracktest.Token})
	d.Syncer = syncer.New(syncer.Config{Remote: client, Cache: d.copy, Out: func(event syncer.Event) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.told = append(d.told, event)
	}})
}

// run lets it run until stop, at the latest until the end of the test.
func (d *chain) run() {
	d.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	d.end, d.ended = cancel, make(chan error, 1)
	ended := d.ended
	go func() { ended <- d.Run(ctx) }()
	d.t.Cleanup(cancel)
}

// stop ends the run and answers its error.
func (d *chain) stop() error {
	d.t.Helper()
	d.end()
	return d.result()
}

func (d *chain) result() error {
	d.t.Helper()
	select {
	case err := <-d.ended:
		return err
	case <-time.After(soon):
		d.t.Fatal("Run does not end")
		return nil
	}
}

// until waits for something to become true.
func (d *chain) until(what string, true func() bool) {
	d.t.Helper()
	d.within(soon, what, true)
}

func (d *chain) within(patience time.Duration, what string, true func() bool) {
	d.t.Helper()
	deadline := time.Now().Add(patience)
	for !true() {
		if time.Now().After(deadline) {
			d.t.Fatalf("never: %s; told %s", what, d.story())
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// connected waits until the copy equals the server's inbox once.
func (d *chain) connected() {
	d.t.Helper()
	d.until("connected", func() bool { state := d.Connection(); return state.Online && !state.Syncing })
}

func (d *chain) offline() {
	d.t.Helper()
	d.until("offline", func() bool { return !d.Connection().Online })
}

// events is what was told so far.
func (d *chain) events() []syncer.Event {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]syncer.Event(nil), d.told...)
}

// arrived is all that was told as new, and how much of it as backlog.
func (d *chain) arrived() (ids []domain.NotificationID, backlog int) {
	for _, event := range d.events() {
		for _, n := range event.Arrived {
			ids = append(ids, n.ID)
			if event.Backlog {
				backlog++
			}
		}
	}
	return ids, backlog
}

func (d *chain) story() string {
	var lines []string
	for _, event := range d.events() {
		line := fmt.Sprintf("%d arrived, backlog %v, problem %v", len(event.Arrived), event.Backlog, event.Problem)
		if event.Connection != nil {
			line += fmt.Sprintf(", connection %+v", *event.Connection)
		}
		if event.Inbox != nil {
			line += fmt.Sprintf(", %d changed, unread %d, reset %v", len(event.Inbox.Changed), event.Inbox.Unread, event.Inbox.Reset)
		}
		lines = append(lines, line)
	}
	return "\n\t" + strings.Join(lines, "\n\t")
}

// has says whether the copy shows a row.
func (d *chain) has(id domain.NotificationID) bool {
	_, err := d.copy.Get(id)
	return err == nil
}

// shown is the row as the copy shows it.
func (d *chain) shown(id domain.NotificationID) domain.Notification {
	d.t.Helper()
	n, err := d.copy.Get(id)
	if err != nil {
		d.t.Fatal(err)
	}
	return n
}

func (d *chain) do(verb domain.Verb, items ...domain.NotificationID) {
	d.t.Helper()
	if err := d.Do(context.Background(), domain.Action{Verb: verb, Items: items, At: noon}); err != nil {
		d.t.Fatal(err)
	}
}

// row is the n-th notification: the higher n, the newer.
func row(n int) domain.Notification {
	return domain.Notification{
		ID: domain.NotificationID(fmt.Sprintf("row-%05d", n)), Kind: domain.KindNote, Kinds: []domain.Kind{domain.KindNote},
		Actor: domain.Person{ID: "bo", Name: "Bo Berg"}, CreatedAt: noon.Add(time.Duration(n) * time.Minute),
		Subject: domain.Subject{Text: "could we see this warmer?"},
	}
}

func rows(from, to int) (list []domain.Notification) {
	for n := from; n <= to; n++ {
		list = append(list, row(n))
	}
	return list
}

// leaks fails where more goroutines of the app run than before.
func leaks(t *testing.T) func() {
	t.Helper()
	before := runtime.NumGoroutine()
	return func() {
		t.Helper()
		for deadline := time.Now().Add(soon); runtime.NumGoroutine() > before+4; time.Sleep(5 * time.Millisecond) {
			if time.Now().After(deadline) {
				stacks := make([]byte, 1<<16)
				t.Fatalf("%d goroutines before, now %d:\n%s", before, runtime.NumGoroutine(), stacks[:runtime.Stack(stacks, true)])
			}
		}
	}
}
