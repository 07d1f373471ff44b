// Package events is the event hub: the sockets of everybody who listens, what they subscribed to, and
// who may hear what. It speaks socket.io 0.9 as the official clients do. It stores nothing; whoever was
// away asks for the rows.
//
// The trap: clients number their packets, but one from here must not be numbered and must carry exactly
// one event (see wire.Event for its keys), or one of the two official clients drops it.
package events

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/auth"
)

// Gate knows people again; auth is one.
type Gate interface {
	Authenticate(ctx context.Context, c auth.Credentials) (auth.Who, error)
	// Again says whether somebody who was let in still may be.
	Again(ctx context.Context, who auth.Who) (auth.Who, error)
}

// Signer makes signatures and knows them again; auth.Keys is one.
type Signer interface {
	Sign(text string) (signature string, err error)
	Signed(text, signature string) bool
}

// Bus carries messages to every replica, this one included.
type Bus interface {
	Publish(subject string, message []byte)
	Subscribe(subject string, tell func(message []byte)) (stop func())
}

// Config says what the hub works with.
type Config struct {
	Gate Gate
	Bus  Bus
	// Audience gives those of the people who may hear of what changes in a project; project "" is what
	// belongs to none.
	Audience func(ctx context.Context, project domain.ProjectID, people []domain.UserID) ([]domain.UserID, error)
	// Epoch names the history that inbox positions belong to.
	Epoch func() string
	// Signer signs handshakes; all replicas believe each other's.
	Signer Signer
	Clock  func() time.Time
	Log    *slog.Logger
}

// Hub is the event hub.
type Hub struct {
	cfg    Config
	id     string // the hub's own, as the source of events that the server sends
	wanted chan message
	// doubted asks for a look at who may still be here.
	doubted chan struct{}
	size    atomic.Int64 // of what is in wanted, in bytes
	sent    atomic.Int64 // packets, ever

	running sync.WaitGroup // of everything that serves a connection

	mu      sync.RWMutex // guards what follows
	stopped bool
	byUser  map[domain.UserID][]*connection
}

// What may wait to be handed out.
const (
	maxEvents     = 4096
	maxEventBytes = 64 << 20
)

// New makes a hub. It serves from Run on.
func New(cfg Config) *Hub {
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return &Hub{
		cfg: cfg, id: uuid.NewString(), wanted: make(chan message, maxEvents), doubted: make(chan struct{}, 1), byUser: map[domain.UserID][]*connection{},
	}
}

// The subjects on the bus.
const (
	onEvent   = "events.event"
	onInbox   = "events.inbox"
	onAccount = "events.account"
	onPerson  = "events.person"
	onRevoked = "events.revoked"
)

// message is an event on its way to all who want it.
type message struct {
	Event   wire.Event       `json:"event"`
	Project domain.ProjectID `json:"project,omitempty"`
	Only    []domain.UserID  `json:"only"` // null is everybody, an empty list nobody
}

// hint tells one person that their inbox has changed.
type hint struct {
	User domain.UserID `json:"user"`
	Seq  int64         `json:"seq"`
}

// account tells one person, or everybody where it names nobody, that their account has changed.
type account struct {
	User domain.UserID `json:"user,omitempty"`
}

// Person is how people see somebody.
type Person struct {
	ID          domain.UserID      `json:"id"`
	Username    string             `json:"username"`
	FirstName   string             `json:"first_name"`
	LastName    string             `json:"last_name"`
	ThumbnailID domain.ComponentID `json:"thumbnail_id"` // "" is none
}

// Update is an ftrack.update and who may hear it.
type Update struct {
	Event wire.Event
	// Project limits it to those who may see the project; "" does not.
	Project domain.ProjectID
	// Only limits it to these people; nil does not. A message between people concerns nobody else.
	Only []domain.UserID
}

// Updated tells of a change. It returns at once.
func (h *Hub) Updated(u Update) {
	if u.Event.ID == "" {
		u.Event.ID = uuid.NewString()
	}
	if u.Event.Source == nil {
		u.Event.Source = h.source()
	}
	h.publish(onEvent, message(u))
}

// Inbox tells a person's own connections how far their inbox has come. It returns at once.
func (h *Hub) Inbox(user domain.UserID, seq int64) { h.publish(onInbox, hint{user, seq}) }

// Account tells a person's own connections that something of their account has changed. It returns at once.
func (h *Hub) Account(user domain.UserID) {
	if user != "" {
		h.publish(onAccount, account{user})
	}
}

// Accounts tells every connection that what counts for everybody has changed. It returns at once.
func (h *Hub) Accounts() { h.publish(onAccount, account{}) }

// Person tells every connection that somebody looks otherwise, and how. It returns at once.
func (h *Hub) Person(p Person) { h.publish(onPerson, p) }

// Connections is how many sockets are open.
func (h *Hub) Connections() int64 {
	h.mu.RLock()
	defer h.mu.RUnlock()
	open := 0
	for _, own := range h.byUser {
		open += len(own)
	}
	return int64(open)
}

// Packets is how many packets were ever put on their way to a socket.
func (h *Hub) Packets() int64 { return h.sent.Load() }

// Revoke ends the connections that a revocation covers, on every replica.
func (h *Hub) Revoke(r auth.Revocation) { h.publish(onRevoked, r) }

func (h *Hub) publish(subject string, content any) {
	text, err := json.Marshal(content)
	if err != nil {
		h.cfg.Log.Error("a message for the bus cannot be written", "subject", subject, "error", err)
		return
	}
	h.cfg.Bus.Publish(subject, text)
}

func (h *Hub) source() map[string]any {
	return map[string]any{"id": h.id, "applicationId": "callboard.server", "user": map[string]any{"id": nil, "username": nil}}
}

const (
	// beat is the time between two heartbeats: the JavaScript client waits 15 s for one.
	beat = 8 * time.Second
	// maxMissed is how many of them a client may leave unanswered in a row.
	maxMissed = 7
)

// Run hands out events and keeps the connections alive until ctx ends; then it closes them.
func (h *Hub) Run(ctx context.Context) error {
	defer h.stop()
	defer h.cfg.Bus.Subscribe(onEvent, func(text []byte) { hear(h, text, h.want) })()
	defer h.cfg.Bus.Subscribe(onInbox, func(text []byte) { hear(h, text, h.handHint) })()
	defer h.cfg.Bus.Subscribe(onAccount, func(text []byte) { hear(h, text, h.handAccount) })()
	defer h.cfg.Bus.Subscribe(onPerson, func(text []byte) { hear(h, text, h.handPerson) })()
	defer h.cfg.Bus.Subscribe(onRevoked, func(text []byte) { hear(h, text, h.drop) })()
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	var checks sync.WaitGroup
	defer checks.Wait()
	checks.Go(func() { h.reviews(ctx) }) // beside the handing out
	for {
		select {
		case <-ctx.Done():
			return nil
		case m := <-h.wanted:
			h.handOut(ctx, h.waited(m))
		case <-ticker.C:
			h.heartbeat()
			h.doubt()
		}
	}
}

// hear reads a message of the bus.
func hear[T any](h *Hub, text []byte, do func(T)) {
	var content T
	if err := json.Unmarshal(text, &content); err != nil {
		h.cfg.Log.Error("a message of the bus cannot be read", "error", err)
		return
	}
	do(content)
}

// want puts an event into the queue; the bus must not wait.
func (h *Hub) want(m message) {
	if h.full(1) {
		h.cfg.Log.Error("too many events wait; one is lost", "topic", m.Event.Topic)
		return
	}
	h.size.Add(int64(len(m.Event.Data)))
	select {
	case h.wanted <- m:
	default: // others were quicker
		h.size.Add(-int64(len(m.Event.Data)))
		h.cfg.Log.Error("too many events wait; one is lost", "topic", m.Event.Topic)
	}
}

// full says whether a part of the room for events that wait is taken.
func (h *Hub) full(part float64) bool {
	return float64(len(h.wanted)) >= part*maxEvents || float64(h.size.Load()) >= part*maxEventBytes
}

// atOnce is how many events are handed out in one round.
const atOnce = 64

// waited is the event with those that wait behind it.
func (h *Hub) waited(first message) []message {
	all := []message{first}
	for len(all) < atOnce && len(h.wanted) > 0 {
		all = append(all, <-h.wanted)
	}
	for _, m := range all {
		h.size.Add(-int64(len(m.Event.Data)))
	}
	return all
}
