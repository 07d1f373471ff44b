package syncer_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/callboard/callboard/backend/cache"
	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/syncer"
)

var errDown = domain.Errorf(domain.Offline, "the server is away")

// server is a fake workspace with one person's inbox.
type server struct {
	mu    sync.Mutex // guards all
	epoch string
	seq   int64
	// horizon is how far a copy must have come that knows of all that is gone.
	horizon int64
	rows    map[domain.NotificationID]domain.Notification
	log     []domain.NotificationID // the row of each seq, from 1
	// fail makes every call fail; refuse makes actions on a row fail.
	fail   error
	refuse map[domain.NotificationID]error
	did    []domain.Action
	// asked counts fetches.
	asked int
	// mute keeps hints back, as a lossy bus does.
	mute  bool
	hints map[chan domain.Position]bool
	// state is what the person chose; spoilt refuses changes of it.
	state    domain.AccountState
	spoilt   func(domain.AccountChange) error
	accounts map[chan bool]bool
}

func newServer() *server {
	return &server{
		epoch: "e1", rows: map[domain.NotificationID]domain.Notification{},
		refuse: map[domain.NotificationID]error{}, hints: map[chan domain.Position]bool{}, accounts: map[chan bool]bool{},
	}
}

// post adds so many new rows and hints at them.
func (s *server) post(count int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range count {
		s.write(domain.Notification{
			ID: domain.NotificationID(fmt.Sprintf("n%05d", len(s.log)+1)), Kind: domain.KindNote,
			CreatedAt: time.Unix(1_800_000_000+s.seq, 0).UTC(), Summary: "Tomas wrote a note",
		})
	}
	s.hint()
}

func (s *server) write(row domain.Notification) {
	s.seq++
	row.Seq = s.seq
	s.rows[row.ID] = row
	s.log = append(s.log, row.ID)
}

func (s *server) hint() {
	for hints := range s.hints {
		if !s.mute {
			hints <- domain.Position{Epoch: s.epoch, Seq: s.seq}
		}
	}
}

// down ends every connection and refuses new ones with err; nil lets them in again.
func (s *server) down(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = err
	for hints := range s.hints {
		close(hints)
		delete(s.hints, hints)
	}
}

func (s *server) change(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	do()
}

func (s *server) Workspace(context.Context) (domain.Workspace, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return domain.Workspace{Epoch: s.epoch, Horizon: s.horizon}, s.fail
}

func (s *server) Inbox(_ context.Context, after int64, limit int) ([]domain.Notification, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	if s.fail != nil {
		return nil, s.fail
	}
	var rows []domain.Notification
	for seq := after + 1; seq <= s.seq && len(rows) < limit; seq++ {
		if row := s.rows[s.log[seq-1]]; row.Seq == seq { // an older seq of a row is overtaken
			rows = append(rows, row)
		}
	}
	return rows, nil
}

func (s *server) Newest(_ context.Context, after int64, limit int) (rows []domain.Notification, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for seq := s.seq; seq > after && len(rows) < limit; seq-- {
		if row := s.rows[s.log[seq-1]]; row.Seq == seq {
			rows = append(rows, row)
		}
	}
	slices.Reverse(rows)
	return rows, s.fail
}

func (s *server) Do(_ context.Context, action domain.Action) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail != nil {
		return s.fail
	}
	for _, id := range action.Items {
		if err := s.refuse[id]; err != nil {
			return err
		}
	}
	s.did = append(s.did, action)
	for _, id := range action.Items {
		s.write(action.Apply(s.rows[id]))
	}
	s.hint()
	return nil
}

func (s *server) Account(context.Context) (domain.AccountState, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state, s.fail
}

func (s *server) Change(_ context.Context, change domain.AccountChange) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail != nil {
		return s.fail
	}
	if s.spoilt != nil {
		if err := s.spoilt(change); err != nil {
			return err
		}
	}
	s.choose(change)
	return nil
}

// choose changes the account, as here or at another device, and hints at it. The caller holds mu.
func (s *server) choose(change domain.AccountChange) {
	s.state = change.Apply(s.state)
	for account := range s.accounts {
		account <- true
	}
}

func (s *server) Listen(ctx context.Context, hint func(domain.Position), changed func()) error {
	hints, account := make(chan domain.Position, 10_000), make(chan bool, 100)
	s.mu.Lock()
	if s.fail != nil {
		defer s.mu.Unlock()
		return s.fail
	}
	s.hints[hints], s.accounts[account] = true, true
	s.mu.Unlock()
	defer s.change(func() { delete(s.accounts, account) })
	hint(domain.Position{})
	for {
		select {
		case at, open := <-hints:
			if !open {
				return errDown
			}
			hint(at)
		case <-account:
			changed()
		case <-ctx.Done():
			s.change(func() { delete(s.hints, hints) })
			return ctx.Err()
		}
	}
}

// desk is a syncer at work over a real cache file, and what it told.
type desk struct {
	*syncer.Syncer
	t     *testing.T
	copy  *cache.Account
	stop  func() // as the end of the process does it
	ended error  // of Run, after stop

	mu   sync.Mutex // guards told
	told []syncer.Event
}

// start opens the cache file at path and lets a syncer follow the server.
func start(t *testing.T, s syncer.Remote, path string) *desk {
	t.Helper()
	file, err := cache.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, copy: file.Account("maya")}
	d.Syncer = syncer.New(syncer.Config{Remote: s, Cache: d.copy, Out: func(e syncer.Event) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.told = append(d.told, e)
	}})
	ctx, cancel := context.WithCancel(t.Context())
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		d.ended = d.Run(ctx)
	}()
	d.stop = sync.OnceFunc(func() {
		cancel()
		<-finished
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// arrived are the ids told as news so far, and how many events told them as missed.
func (d *desk) arrived() (ids []domain.NotificationID, backlogs int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, e := range d.told {
		for _, row := range e.Arrived {
			ids = append(ids, row.ID)
		}
		if len(e.Arrived) > 0 && e.Backlog {
			backlogs++
		}
	}
	return ids, backlogs
}

func (d *desk) problems() (codes []domain.Code) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, e := range d.told {
		if e.Problem != nil {
			codes = append(codes, e.Problem.Code)
		}
	}
	return codes
}

// equals fails the test where the copy is not the server's inbox.
func (d *desk) equals(s *server) {
	d.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, want := range s.rows {
		got, err := d.copy.Get(id)
		if err != nil || got.Seq != want.Seq || (got.ReadAt == nil) != (want.ReadAt == nil) || (got.DoneAt == nil) != (want.DoneAt == nil) {
			d.t.Errorf("%s is %+v, %v; want %+v", id, got, err, want)
			return
		}
	}
	page, err := d.copy.Page(domain.InboxFilter{}, "", 1, time.Now())
	if err != nil {
		d.t.Error(err)
	}
	done, err := d.copy.Page(domain.InboxFilter{Done: true}, "", 1, time.Now())
	if err != nil || page.Total+done.Total != len(s.rows) {
		d.t.Errorf("%d rows, want %d (%v)", page.Total+done.Total, len(s.rows), err)
	}
}

// bubble runs a test in fake time; it fails where a goroutine outlives it.
func bubble(t *testing.T, test func(t *testing.T, path string)) {
	path := filepath.Join(t.TempDir(), "inbox.db")
	synctest.Test(t, func(t *testing.T) { test(t, path) })
}

// cutOff is a server that is lost after so many fetches.
type cutOff struct {
	*server
	after int
}

func (c *cutOff) Inbox(ctx context.Context, after int64, limit int) ([]domain.Notification, error) {
	if c.after == 0 {
		return nil, errDown
	}
	c.after--
	return c.server.Inbox(ctx, after, limit)
}
