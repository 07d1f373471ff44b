package desktop

import (
	"context"
	"errors"
	"slices"

	"github.com/callboard/callboard/backend/domain"
)

// line is one account's connection: its copy, its server, and the work between them. There is one for
// every workspace somebody is signed in to, and all of them run.
type line struct {
	key    string // of the account
	userID domain.UserID
	demo   bool
	held   Account
	remote Remote
	syncer Syncer
	token  string
	stop   context.CancelFunc // nil until run
	ended  chan struct{}      // closed when the syncer has ended; nil until run

	tasks, overview errand

	// What follows is guarded by the Desktop's mu.
	account    domain.Account
	phase      domain.Phase // SignedIn or Expired
	kept       bool         // the token will be there at the next start
	connection domain.ConnectionState
	unread     int
	concerns   concerns
	state      domain.AccountState // the zero state until the server has said it once
	released   bool                // no toasts of this line wait for a summary
}

// newLine joins an account's copy to its server without starting anything. The caller holds mu, or is
// the only one who can know the Desktop.
func (d *Desktop) newLine(account domain.Account, token string) *line {
	l := &line{
		key: account.Key, userID: account.User.ID, demo: account.Demo, held: d.cache.Account(account.Key), token: token,
		account: account, phase: domain.SignedIn, kept: true,
	}
	l.remote, l.syncer = d.cfg.Connect(account, token, l.held, func(news News) { d.heard(l, news) })
	var err error
	if l.unread, err = l.held.Unread(d.cfg.Clock()); err != nil {
		d.cfg.Log.Error("count what is unread", "err", err)
	}
	if l.state, err = l.held.State(); err != nil {
		d.cfg.Log.Error("read what was chosen", "err", err)
	}
	return l
}

// take puts a new line in the place of the one of the same account, and runs it. The old one is ended
// first, so that no two syncers write one copy; doors are answered from its copy until then. tell runs
// under mu before the new one can report anything, so that what it says is not undone. The caller has
// the turn.
func (d *Desktop) take(account domain.Account, token string, tell func(*line)) {
	d.mu.Lock()
	old := d.lineOf(account.Key)
	d.mu.Unlock()
	old.end()
	d.mu.Lock()
	l := d.newLine(account, token)
	ctx, stop := context.WithCancel(d.life)
	l.stop, l.ended = stop, make(chan struct{})
	l.connection = domain.ConnectionState{Syncing: true}
	if i := slices.Index(d.lines, old); old != nil && i >= 0 {
		d.lines[i] = l
	} else {
		d.lines = append(d.lines, l)
	}
	if old != nil && d.shown == old {
		d.shown = l
		d.dress()
		connection := l.connection
		d.emitLocked(domain.Update{Account: d.accountState(), Connection: &connection})
	}
	d.watch()
	tell(l)
	d.tellWorkspaces()
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
	if !d.has(l) || l.account.Workspace == workspace.Name {
		return
	}
	l.account.Workspace = workspace.Name
	d.remember(l.account)
	if d.shown == l {
		d.tellSession()
	}
	d.tellWorkspaces()
}

// heard takes in what a syncer reports. A line that was replaced is no longer listened to; of one that
// is not shown the page hears the counts, and what went wrong.
func (d *Desktop) heard(l *line, news News) {
	d.mu.Lock()
	if !d.has(l) {
		d.mu.Unlock()
		return
	}
	update := domain.Update{Problem: news.Problem}
	reached := news.Connection != nil && news.Connection.Online && !l.connection.Online
	if news.Connection != nil {
		l.connection = *news.Connection
	}
	if news.Inbox != nil {
		l.unread = news.Inbox.Unread
	}
	if news.Account != nil {
		d.chosen(l, *news.Account)
	}
	if d.shown == l {
		update.Inbox, update.Account, update.Connection, update.Thread = news.Inbox, news.Account, news.Connection, news.Thread
		update.Tasks, update.Overview = news.Tasks, news.Overview
	}
	if update != (domain.Update{}) {
		d.emitLocked(update)
	}
	d.tellWorkspaces()
	d.mu.Unlock()
	if reached {
		d.reached(l)
	}
	if news.Tasks != nil && news.Problem != nil { // refused: the copy is not how it stands
		d.soon(&l.tasks, 0, func(ctx context.Context) { d.fetchTasks(ctx, l) })
	}
	if news.Stirring != nil {
		d.stirred(l, *news.Stirring)
	}
	if len(news.People) > 0 {
		d.met(l, news.People)
	}
	d.toast(l, news.New, news.Backlog)
	d.repaint()
	if news.Account != nil || news.Inbox != nil {
		d.minded()
	}
	if c := news.Connection; c != nil && c.Problem != nil && c.Problem.Code == domain.Unauthorized {
		d.expire(l)
	}
}

// has says whether a line is one of those there are. The caller holds mu.
func (d *Desktop) has(l *line) bool { return slices.Contains(d.lines, l) }

// lineOf finds the line of an account; nil where there is none. The caller holds mu.
func (d *Desktop) lineOf(key string) *line {
	for _, l := range d.lines {
		if l.key == key {
			return l
		}
	}
	return nil
}

// everyLine lists the lines, the one shown first.
func (d *Desktop) everyLine() []*line {
	d.mu.Lock()
	defer d.mu.Unlock()
	lines := slices.Clone(d.lines)
	slices.SortStableFunc(lines, func(a, b *line) int {
		switch {
		case a == d.shown:
			return -1
		case b == d.shown:
			return 1
		default:
			return 0
		}
	})
	return lines
}

// signedIn gives the line that is shown.
func (d *Desktop) signedIn(ctx context.Context) (*line, error) {
	if err := d.begun(ctx); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.shown == nil {
		return nil, domain.Errorf(domain.Unauthorized, "nobody is signed in")
	}
	return d.shown, nil
}

// asError is err as the page may see it: a foreign error keeps its cause for the log alone.
func asError(err error) *domain.Error {
	var e *domain.Error
	if errors.As(err, &e) {
		return e
	}
	return &domain.Error{Code: domain.Internal, Message: "something went wrong; the log has the details", Err: err}
}

// Wake tries at once to reach the servers: the computer was asleep, or the network is back.
func (d *Desktop) Wake() {
	for _, l := range d.everyLine() {
		l.syncer.Wake()
	}
}
