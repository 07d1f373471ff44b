// Package syncer keeps the copy of an inbox equal to the server's, and carries to the server what was
// done here, in order. The rows are the truth; a hint only says that it is time to look. While
// connected nothing is polled.
//
// The trap: between the last fetch and the next connection anything may have happened, also another
// epoch (a server restored from backup). So every connection begins with the epoch, then subscribes,
// and only then fetches what comes after the copy's position.
package syncer

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

const (
	firstPause = time.Second
	mostPause  = 30 * time.Second
	pageSize   = 500
	// glanceSize is how many rows come first where much was missed: as many as a window shows at once.
	glanceSize = 60
	// manyRows is from how many changed rows on the page is told to ask again instead of being handed them.
	manyRows = 100
)

// errWoken ends a connection that may have slept.
var errWoken = errors.New("woken")

// Remote is the server, as one signed-in person.
type Remote interface {
	Workspace(ctx context.Context) (domain.Workspace, error)
	Inbox(ctx context.Context, after int64, limit int) ([]domain.Notification, error)
	// Newest gives the rows that changed last, in the order of their seq.
	Newest(ctx context.Context, after int64, limit int) ([]domain.Notification, error)
	Do(ctx context.Context, action domain.Action) error
	// Account is what the person and the workspace chose.
	Account(ctx context.Context) (domain.AccountState, error)
	// Change carries a change of the account out: all of it or nothing.
	Change(ctx context.Context, change domain.AccountChange) error
	// Listen passes on hints until the connection ends: how far the inbox has come, and that what was
	// chosen has changed. The first, a zero Position, says that from now on none is missed.
	Listen(ctx context.Context, inbox func(domain.Position), account func()) error
}

// Cache is the copy. Its changes are durable when a method returns.
type Cache interface {
	Position() (domain.Position, error)
	// Apply takes in rows and the position they bring the copy to. It answers the rows as they are
	// shown, and those of them that were not known before and want attention.
	Apply(position domain.Position, rows []domain.Notification, reset bool) (shown, fresh []domain.Notification, err error)
	Enqueue(action domain.Action) (domain.Action, []domain.Notification, error)
	Queue() ([]domain.Action, error)
	// Settle drops an answered action. It answers the rows on which it was refused, as they are shown now.
	Settle(action domain.Action, refused []domain.NotificationID) ([]domain.Notification, error)
	Unread(now time.Time) (int, error)
	// State and what follows are the account's choices as they are shown, with waiting changes applied.
	State() (domain.AccountState, error)
	PutState(state domain.AccountState) error
	SettleChange(action domain.Action, accepted []domain.AccountChange) error
	// Tasks are as they are shown, with waiting changes applied. SettleStatus drops an answered one.
	Tasks() (domain.TaskList, error)
	SettleStatus(action domain.Action, accepted bool) error
	// SyncedAt is when the copy last equalled the server's inbox; nil when it never did.
	SyncedAt() (*time.Time, error)
	MarkSynced(at time.Time) error
}

// Event is what the syncer tells. Nil and empty parts are unchanged.
type Event struct {
	Inbox      *domain.InboxChange
	Account    *domain.AccountState
	Tasks      *domain.TaskChange
	Connection *domain.ConnectionState
	// Arrived are rows never seen before that want attention, oldest first.
	Arrived []domain.Notification
	// Backlog says that what arrived was missed while there was no connection.
	Backlog bool
	// Problem is an action that the server refused; its effect was taken back.
	Problem *domain.Error
}

// Config is what a Syncer needs. Out is called from one goroutine at a time; it must not block, and must
// not call the Syncer back.
type Config struct {
	Remote Remote
	Cache  Cache
	Clock  func() time.Time
	Log    *slog.Logger
	Out    func(Event)
}

// Syncer keeps one account's copy.
type Syncer struct {
	cfg  Config
	wake chan struct{} // ends a pause between connections
	work chan struct{} // says that the queue has grown

	mu    sync.Mutex // guards state, and makes events leave one at a time
	state domain.ConnectionState
}

// New makes a syncer. It does nothing until Run.
func New(cfg Config) *Syncer {
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return &Syncer{cfg: cfg, wake: make(chan struct{}, 1), work: make(chan struct{}, 1)}
}

// Run connects, follows, and connects again until ctx ends (nil) or the server wants a new sign-in (an
// error with the code Unauthorized).
func (s *Syncer) Run(ctx context.Context) error {
	synced, err := s.cfg.Cache.SyncedAt()
	if err != nil {
		return err
	}
	s.connection(func(c *domain.ConnectionState) { c.SyncedAt, c.Syncing = synced, true })
	if err := s.countWaiting(); err != nil {
		return err
	}
	pause := firstPause
	for {
		reached, err := s.follow(ctx)
		if ctx.Err() != nil {
			return nil //nolint:nilerr // whatever failed, it failed because the end was asked for
		}
		if errors.Is(err, errWoken) {
			continue
		}
		s.offline(err)
		if domain.CodeOf(err) == domain.Unauthorized {
			return err
		}
		s.cfg.Log.InfoContext(ctx, "not connected to the workspace", "error", err)
		if reached {
			pause = firstPause
		}
		if !s.rest(ctx, pause) {
			return nil
		}
		pause = min(2*pause, mostPause)
	}
}

// Wake connects again at once: the network is back, or the computer is. A connection from before a sleep
// may be dead without having noticed, so it is given up too.
func (s *Syncer) Wake() { nudge(s.wake) }

// Connection is how fresh the copy is.
func (s *Syncer) Connection() domain.ConnectionState {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// rest waits for about the pause, less if woken; false where ctx ended.
func (s *Syncer) rest(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause/2 + rand.N(pause))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-s.wake:
	case <-ctx.Done():
		return false
	}
	return true
}

// follow is one connection, from its first question to its end. reached says whether the copy was once
// equal to the server's inbox.
func (s *Syncer) follow(ctx context.Context) (reached bool, err error) {
	epoch, err := s.begin(ctx)
	if err != nil {
		return false, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	hints, ended := newMailbox(), make(chan struct{})
	go func() {
		defer close(ended)
		cancel(s.cfg.Remote.Listen(ctx, hints.put, hints.putAccount))
	}()
	defer func() {
		cancel(nil)
		<-ended
	}()
	for {
		select {
		case <-ctx.Done():
			return reached, context.Cause(ctx)
		case <-s.wake:
			return reached, errWoken
		case <-s.work:
			if !reached {
				continue // the first hint replays the queue
			}
			if err := s.replay(ctx); err != nil {
				return reached, err
			}
		case <-hints.ready:
			if err := s.catchUp(ctx, epoch, hints, reached); err != nil {
				return reached, err
			}
			reached = true
		}
	}
}

// begin asks which epoch the server is in, and starts over where it is another than the copy's, or where
// the copy was away for so long that the server no longer says what went meanwhile.
func (s *Syncer) begin(ctx context.Context) (epoch string, err error) {
	workspace, err := s.cfg.Remote.Workspace(ctx)
	if err != nil {
		return "", err
	}
	position, err := s.cfg.Cache.Position()
	behind := position.Seq > 0 && position.Seq < workspace.Horizon
	if err != nil || position.Epoch == workspace.Epoch && !behind {
		return workspace.Epoch, err
	}
	if _, _, err := s.cfg.Cache.Apply(domain.Position{Epoch: workspace.Epoch, Filling: true}, nil, true); err != nil {
		return "", err
	}
	return workspace.Epoch, s.tell(Event{Inbox: &domain.InboxChange{Reset: true}})
}

// offline tells that there is no connection, and why.
func (s *Syncer) offline(err error) {
	var problem *domain.Error
	if !errors.As(err, &problem) {
		problem = nil
	}
	now, was := s.cfg.Clock(), s.Connection()
	s.connection(func(c *domain.ConnectionState) {
		if c.Online {
			c.SyncedAt = &now
		}
		c.Online, c.Syncing, c.Problem = false, false, problem
	})
	if !was.Online {
		return
	}
	if err := s.cfg.Cache.MarkSynced(now); err != nil {
		s.cfg.Log.Error("note when the copy was last equal", "error", err)
	}
}

// connection changes the state and tells it where it is another.
func (s *Syncer) connection(change func(*domain.ConnectionState)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.state
	change(&s.state)
	if s.state != before {
		state := s.state
		s.cfg.Out(Event{Connection: &state})
	}
}

// tell completes an event with the unread count and lets it out.
func (s *Syncer) tell(event Event) error {
	if event.Inbox != nil {
		unread, err := s.cfg.Cache.Unread(s.cfg.Clock())
		if err != nil {
			return err
		}
		event.Inbox.Unread = unread
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cfg.Out(event)
	return nil
}

func nudge(signal chan struct{}) {
	select {
	case signal <- struct{}{}:
	default:
	}
}
