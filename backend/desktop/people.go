package desktop

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// met takes in that people look otherwise: the copy shows them so from now on, and so does the page.
func (d *Desktop) met(l *line, people []domain.Person) {
	if _, err := l.held.Meet(people); err != nil {
		d.cfg.Log.Error("keep how people look", "err", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.shown == l {
		d.emitLocked(domain.Update{People: &domain.PeopleChange{Changed: people}})
	}
}

// greet asks how people look whom the copy names: what changed while there was no connection nobody heard.
func (d *Desktop) greet(ctx context.Context, l *line) {
	ids, err := l.held.People()
	if err != nil {
		d.cfg.Log.Error("find whom the copy names", "err", err)
	}
	if len(ids) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, askLimit)
	defer cancel()
	people, err := l.remote.People(ctx, ids)
	if err != nil {
		d.cfg.Log.Info("the server does not say how people look", "err", err)
		return
	}
	changed, err := l.held.Meet(people)
	if err != nil {
		d.cfg.Log.Error("keep how people look", "err", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.shown == l && len(changed) > 0 {
		d.emitLocked(domain.Update{People: &domain.PeopleChange{Changed: changed}})
	}
}

// called takes in how the person of a line calls and shows themselves. The caller holds mu.
func (d *Desktop) called(l *line, profile domain.Profile) {
	me := profile.Person()
	if profile.ID == "" || l.account.User == me && l.account.Username == profile.Username {
		return
	}
	l.account.User, l.account.Username = me, profile.Username
	d.remember(l.account)
	if d.shown == l {
		d.tellSession()
	}
	d.tellWorkspaces()
	d.goesLocked(func(context.Context) { d.met(l, []domain.Person{me}) })
}
