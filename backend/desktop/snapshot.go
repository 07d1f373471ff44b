package desktop

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// Snapshot is everything the page shows at its start, from memory and the copy alone.
func (d *Desktop) Snapshot(ctx context.Context) (domain.Update, error) {
	if err := d.begun(ctx); err != nil {
		return domain.Update{}, err
	}
	d.mu.Lock()
	session, connection, settings, computer, window := d.sessionState(), d.connectionState(), d.settings, d.computer, d.windowState()
	l := d.shown
	update := domain.Update{
		Session: &session, Workspaces: &domain.Workspaces{Items: d.workspaces()}, Account: d.accountState(), Connection: &connection,
		Settings: &settings, Computer: &computer, Window: &window,
		Inbox: &domain.InboxChange{Reset: true}, Show: d.show, Problem: d.problem,
	}
	d.show, d.problem = nil, nil
	d.mu.Unlock()
	if l == nil {
		update.Inbox.First = &domain.InboxPage{}
		return update, nil
	}
	now := d.cfg.Clock()
	first, err := l.held.Page(domain.InboxFilter{}, "", pageSize, now)
	if err != nil {
		return domain.Update{}, err
	}
	unread, err := l.held.Unread(now)
	if err != nil {
		return domain.Update{}, err
	}
	update.Inbox.First, update.Inbox.Unread = &first, unread
	return update, nil
}
