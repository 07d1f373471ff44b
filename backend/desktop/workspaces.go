package desktop

import (
	"context"
	"slices"

	"github.com/callboard/callboard/backend/domain"
)

// Switch shows another of the workspaces somebody is signed in to.
func (d *Desktop) Switch(ctx context.Context, key string) error {
	if err := d.begun(ctx); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	l := d.lineOf(key)
	if l == nil {
		return domain.Errorf(domain.NotFound, "nobody is signed in as %q", key)
	}
	d.present(l)
	return nil
}

// present makes a line, or none, the one shown, and tells the page all of it that is no longer as it
// was. The caller holds mu.
func (d *Desktop) present(l *line) {
	if d.shown == l && l != nil {
		return
	}
	d.shown, d.opened = l, ""
	d.settings.Current = ""
	if l != nil {
		d.settings.Current = l.key
	}
	d.writeSettings()
	d.watch()
	d.tellPresent()
	d.repaint()
}

// tellPresent tells the page everything of the line shown. The caller holds mu.
func (d *Desktop) tellPresent() {
	session, connection := d.sessionState(), d.connectionState()
	inbox := domain.InboxChange{Reset: true}
	if d.shown != nil {
		inbox.Unread = d.shown.unread
	}
	d.dress()
	d.emitLocked(domain.Update{Session: &session, Account: d.accountState(), Connection: &connection, Inbox: &inbox})
}

// holder finds the line whose copy holds an item, the one shown first; nil where none does.
func (d *Desktop) holder(item domain.NotificationID) *line {
	for _, l := range d.everyLine() {
		if _, err := l.held.Get(item); err == nil {
			return l
		}
	}
	return nil
}

// sessionState says who is signed in to what is shown. The caller holds mu.
func (d *Desktop) sessionState() domain.SessionState {
	l := d.shown
	switch {
	case l == nil && d.entering:
		return domain.SessionState{Phase: domain.SigningIn}
	case l == nil:
		return domain.SessionState{Phase: domain.SignedOut}
	}
	account := l.account
	state := domain.SessionState{Phase: l.phase, Account: &account, Kept: l.kept}
	if d.entering && l.phase == domain.Expired {
		state.Phase = domain.SigningIn
	}
	return state
}

// connectionState says how fresh what is shown is. The caller holds mu.
func (d *Desktop) connectionState() domain.ConnectionState {
	if d.shown == nil {
		return domain.ConnectionState{}
	}
	return d.shown.connection
}

// tellSession tells the page who is signed in. The caller holds mu.
func (d *Desktop) tellSession() {
	session := d.sessionState()
	d.emitLocked(domain.Update{Session: &session})
}

// workspaces lists where somebody is signed in. The caller holds mu.
func (d *Desktop) workspaces() []domain.WorkspaceState {
	states := make([]domain.WorkspaceState, len(d.lines))
	for i, l := range d.lines {
		states[i] = domain.WorkspaceState{Account: l.account, Phase: l.phase, Online: l.connection.Online, Unread: l.unread}
	}
	return states
}

// tellWorkspaces tells the page the list, where something in it is new. The caller holds mu.
func (d *Desktop) tellWorkspaces() {
	now := d.workspaces()
	if slices.Equal(now, d.listed) {
		return
	}
	d.listed = now
	d.emitLocked(domain.Update{Workspaces: &domain.Workspaces{Items: now}})
}
