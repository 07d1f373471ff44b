package desktop

import (
	"context"
	"errors"

	"github.com/callboard/callboard/backend/domain"
)

// line is one account's connection: its copy, its server, and the work between them.
type line struct {
	account domain.Account
	held    Account
	remote  Remote
	syncer  Syncer
	token   string
	stop    context.CancelFunc // nil until run
	ended   chan struct{}      // closed when the syncer has ended; nil until run
}

// newLine joins an account's copy to its server without starting anything. The caller holds mu, or is
// the only one who can know the Desktop.
func (d *Desktop) newLine(account domain.Account, token string) *line {
	l := &line{account: account, held: d.cache.Account(account.Key), token: token}
	l.remote, l.syncer = d.cfg.Connect(account, token, l.held, func(news News) { d.heard(l, news) })
	return l
}

// take puts a new line in the place of the one there is, and runs it. The old one is ended first, so
// that no two syncers write one copy; doors are answered from its copy until then. tell runs under mu
// before the new one can report anything, so that what it says is not undone. The caller has the turn.
func (d *Desktop) take(account domain.Account, token string, tell func()) {
	d.mu.Lock()
	old := d.line
	d.mu.Unlock()
	old.end()
	d.mu.Lock()
	l := d.newLine(account, token)
	ctx, stop := context.WithCancel(d.life)
	l.stop, l.ended = stop, make(chan struct{})
	d.line = l
	d.connection = domain.ConnectionState{Syncing: true}
	connection := d.connection
	d.emitLocked(domain.Update{Connection: &connection})
	tell()
	d.mu.Unlock()
	if !d.goes(func(context.Context) {
		defer close(l.ended)
		d.run(ctx, l)
	}) {
		stop()
		close(l.ended)
	}
	d.goes(func(context.Context) { d.introduce(ctx, l) })
}

// end stops a line's syncer and waits for it. Without a line there is nothing to stop.
func (l *line) end() {
	if l != nil && l.stop != nil {
		l.stop()
		<-l.ended
	}
}

func (d *Desktop) run(ctx context.Context, l *line) {
	err := l.syncer.Run(ctx)
	switch {
	case err == nil || ctx.Err() != nil:
	case domain.CodeOf(err) == domain.Unauthorized:
		d.expire(l)
	default:
		d.cfg.Log.Error("the sync ended", "err", err)
		d.heard(l, News{Connection: &domain.ConnectionState{Problem: asError(err)}})
	}
}

// introduce asks the server for its name and the epoch, and keeps the name.
func (d *Desktop) introduce(ctx context.Context, l *line) {
	workspace, err := l.remote.Workspace(ctx)
	if err != nil || workspace.Name == "" {
		return // the name kept from last time stays
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.line != l || l.account.Workspace == workspace.Name {
		return
	}
	l.account.Workspace = workspace.Name
	d.remember(l.account)
	d.session.Account = &l.account
	session := d.session
	d.emitLocked(domain.Update{Session: &session})
}

// heard takes in what a syncer reports. A line that was replaced is no longer listened to.
func (d *Desktop) heard(l *line, news News) {
	d.mu.Lock()
	if d.line != l {
		d.mu.Unlock()
		return
	}
	if news.Connection != nil {
		d.connection = *news.Connection
	}
	d.emitLocked(domain.Update{Inbox: news.Inbox, Connection: news.Connection, Thread: news.Thread, Problem: news.Problem})
	d.mu.Unlock()
	d.toast(news.New, news.Backlog)
	d.repaint()
	if c := news.Connection; c != nil && c.Problem != nil && c.Problem.Code == domain.Unauthorized {
		d.expire(l)
	}
}

// signedIn gives the line there is.
func (d *Desktop) signedIn(ctx context.Context) (*line, error) {
	if err := d.begun(ctx); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.line == nil {
		return nil, domain.Errorf(domain.Unauthorized, "nobody is signed in")
	}
	return d.line, nil
}

// asError is err as the page may see it: a foreign error keeps its cause for the log alone.
func asError(err error) *domain.Error {
	var e *domain.Error
	if errors.As(err, &e) {
		return e
	}
	return &domain.Error{Code: domain.Internal, Message: "something went wrong; the log has the details", Err: err}
}

// Wake tries at once to reach the server: the computer was asleep, or the network is back.
func (d *Desktop) Wake() {
	d.mu.Lock()
	l := d.line
	d.mu.Unlock()
	if l != nil {
		l.syncer.Wake()
	}
}
