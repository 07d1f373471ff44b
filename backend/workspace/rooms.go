package workspace

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strings"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/phrases"
	"github.com/callboard/callboard/backend/workspace/api"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/bus"
	"github.com/callboard/callboard/backend/workspace/events"
	"github.com/callboard/callboard/backend/workspace/jobs"
	"github.com/callboard/callboard/backend/workspace/mail"
	"github.com/callboard/callboard/backend/workspace/media"
	"github.com/callboard/callboard/backend/workspace/metrics"
	"github.com/callboard/callboard/backend/workspace/pages"
	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/backend/workspace/tracker"
)

// rooms are the parts of an open workspace.
type rooms struct {
	store   *store.Store
	tracker *tracker.Tracker
	keys    *auth.Keys
	auth    *auth.Auth
	hub     *events.Hub
	jobs    *jobs.Jobs
	media   *media.Media
	book    *phrases.Book
	mail    *mail.Mail
	metrics *metrics.Metrics
	health  *health
}

// open opens the data and joins the rooms. Nothing runs yet.
func open(ctx context.Context, cfg Config, clock *clock) (*rooms, error) {
	r := &rooms{}
	r.metrics = r.newMetrics(cfg)
	st, err := openStore(ctx, cfg, store.Config{Clock: clock.now, Observe: r.metrics.Transaction, Enqueued: r.wake})
	if err != nil {
		return nil, err
	}
	if r.keys, err = auth.OpenKeys(ctx, st, cfg.keyFile()); err != nil {
		return nil, errors.Join(err, st.Close())
	}
	r.store, r.health = st, &health{store: st, clock: cfg.Clock}
	if err := r.furnishRooms(cfg); err != nil {
		return nil, errors.Join(err, st.Close())
	}
	r.hub = events.New(events.Config{
		Gate: r.auth, Bus: &bus.Local{}, Audience: r.tracker.Audience, Epoch: st.Epoch, Signer: r.keys, Clock: cfg.Clock, Log: cfg.Log,
	})
	return r, nil
}

// furnishRooms makes the rooms that stand alone, and those that only ask these.
func (r *rooms) furnishRooms(cfg Config) (err error) {
	if r.media, err = openMedia(cfg); err != nil {
		return err
	}
	if r.book, err = phrases.Open(); err != nil {
		return domain.Errorf(domain.Internal, "read the phrases: %w", err)
	}
	r.mail, err = mail.New(mail.Config{
		SMTP: cfg.SMTP, Dir: cfg.mail(), Workspace: cfg.Name, BaseURL: strings.TrimRight(cfg.BaseURL, "/"), Link: r.resetLink(cfg), Phrases: r.book, Clock: cfg.Clock, Log: cfg.Log,
	})
	if err != nil {
		return err
	}
	r.jobs = jobs.New(jobs.Config{Store: r.store, Handlers: r.handlers(), Clock: cfg.Clock, Log: cfg.Log})
	r.auth = auth.New(auth.Config{
		Store: r.store, Keys: r.keys, Name: cfg.Name, Clock: cfg.Clock, Log: cfg.Log,
		Revoked: func(_ context.Context, ended auth.Revocation) { r.hub.Revoke(ended) },
	})
	r.tracker = newTracker(cfg, r.book, tracker.Config{Store: r.store, Files: shelf{r.media}, Guard: r.auth, Announce: r.announce})
	return nil
}

// openStore opens the database, making and furnishing it where it is new. The data folder is for its owner
// alone: the secrets of a whole studio lie in it.
func openStore(ctx context.Context, cfg Config, how store.Config) (*store.Store, error) {
	if err := os.MkdirAll(cfg.DataDir, 0o700); err != nil {
		return nil, domain.Errorf(domain.Internal, "make the data folder: %w", err)
	}
	how.Database, how.Path, how.Log = cfg.Database, cfg.dataFile(), cfg.Log
	st, err := store.Open(ctx, how)
	if err != nil {
		return nil, err
	}
	if err := furnish(ctx, st); err != nil {
		return nil, errors.Join(err, st.Close())
	}
	return st, nil
}

// newTracker makes a tracker that answers in the workspace's name. Summaries are for scripts, hence in one
// language; people's own is the client's to speak.
func newTracker(cfg Config, book *phrases.Book, parts tracker.Config) *tracker.Tracker {
	parts.BaseURL, parts.Phraser = strings.TrimRight(cfg.BaseURL, "/"), book.In("en")
	return tracker.New(parts)
}

// announce tells the sockets what a request changed. It must not wait, and does not.
func (r *rooms) announce(_ context.Context, done tracker.Committed) {
	for _, event := range done.Updates {
		r.hub.Updated(events.Update{Event: event, Project: done.ProjectID, Only: done.Only})
	}
	for user, seq := range done.Inbox {
		r.hub.Inbox(user, seq)
	}
	if done.Accounts.All {
		r.hub.Accounts()
	}
	for _, user := range done.Accounts.People {
		r.hub.Account(user)
	}
	for _, face := range done.People {
		r.hub.Person(events.Person(face))
	}
}

// wake has the worker look at the outbox. Until it is made nobody needs it.
func (r *rooms) wake() {
	if r.jobs != nil {
		r.jobs.Wake()
	}
}

// handler is every address of the workspace.
func (r *rooms) handler(cfg Config) http.Handler {
	mux := http.NewServeMux()
	proxies := cfg.proxies()
	api.Register(mux, api.Config{
		Gate: r.auth, Tracker: door{r.tracker}, Files: r.media, Name: cfg.Name, Version: cfg.Version,
		BaseURL: strings.TrimRight(cfg.BaseURL, "/"), Epoch: r.store.Epoch, Horizon: r.horizon, Observe: r.metrics.Request,
		Address: proxies.address, Log: cfg.Log,
	})
	r.hub.Register(mux)
	pages.Register(mux, pages.Config{
		Name: cfg.Name, Protocol: api.Protocol, Version: cfg.Version, Gate: r.auth, Phrases: r.book, Playable: r.playable,
		Address: proxies.address, Ready: r.health.ready, Log: cfg.Log,
	})
	mux.Handle("GET /metrics", r.figures(cfg))
	return r.counted(mux)
}

// door is the tracker as the API's door calls it: the two rooms do not know each other.
type door struct{ tracker *tracker.Tracker }

// Do implements api.Tracker.
func (d door) Do(ctx context.Context, caller api.Caller, ops []wire.Operation, mode wire.Mode) ([]any, error) {
	return d.tracker.Do(ctx, tracker.Caller(caller), ops, mode)
}

// MayStore implements api.Tracker.
func (d door) MayStore(ctx context.Context, caller api.Caller, id domain.ComponentID) error {
	return d.tracker.MayStore(ctx, tracker.Caller(caller), id)
}
