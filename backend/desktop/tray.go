package desktop

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

const (
	// trayItems is how many of the newest items the tray's menu lists.
	trayItems = 5
	// trayRest is the least time between two drawings: a first sync of a thousand rows is one.
	trayRest = 100 * time.Millisecond
	// trayGrace is how long a desktop that has just started may take to bring up its tray.
	trayGrace = 3 * time.Second
)

// repaint asks for the tray to be drawn anew.
func (d *Desktop) repaint() { wake(d.paint) }

// painter draws the tray whenever it was asked to, from the state of that moment.
func (d *Desktop) painter(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-d.paint:
		}
		d.around.Tray.Show(d.face())
		select {
		case <-ctx.Done():
			return
		case <-time.After(trayRest):
		}
	}
}

// face is what the tray shows now, of all workspaces together.
func (d *Desktop) face() domain.TrayFace {
	words := d.words()
	lines := d.everyLine()
	face := domain.TrayFace{Open: words.TrayOpen(), Quit: words.TrayQuit(), None: words.TrayNone()}
	if len(lines) == 0 {
		face.Offline, face.Tooltip = true, words.TraySignedOut()
		return face
	}
	now := d.cfg.Clock()
	d.mu.Lock()
	face.Offline = !slices.ContainsFunc(lines, func(l *line) bool { return l.phase == domain.SignedIn && l.connection.Online })
	face.Paused = slices.ContainsFunc(lines, func(l *line) bool { return l.state.Preferences.Paused(now) })
	able := slices.ContainsFunc(lines, func(l *line) bool { return l.state.Able.Preferences })
	d.mu.Unlock()
	var newest []domain.Notification
	for _, l := range lines {
		unread, err := l.held.Unread(now)
		d.report("count for the tray", err)
		face.Unread += unread
		page, err := l.held.Page(domain.InboxFilter{}, "", trayItems, now)
		d.report("list for the tray", err)
		newest = append(newest, page.Items...)
	}
	slices.SortStableFunc(newest, func(a, b domain.Notification) int { return b.CreatedAt.Compare(a.CreatedAt) })
	for _, item := range newest[:min(trayItems, len(newest))] {
		face.Newest = append(face.Newest, domain.TrayLine{ID: item.ID, Text: words.Summary(item), Unread: item.Unread(now)})
	}
	for _, command := range domain.TrayCommands {
		if offered(command, face, able) {
			face.Entries = append(face.Entries, words.TrayEntry(command))
		}
	}
	switch {
	case face.Paused:
		face.Tooltip = words.TrayPaused()
	case face.Offline:
		face.Tooltip = words.TrayOffline()
	default:
		face.Tooltip = words.TrayUnread(face.Unread)
	}
	return face
}

// offered says whether the menu offers a command now: a pause where somebody's preferences can hold one,
// and its end while there is one.
func offered(command domain.TrayCommand, face domain.TrayFace, able bool) bool {
	switch command {
	case domain.TrayAllRead:
		return face.Unread > 0
	case domain.TrayResume:
		return face.Paused
	default:
		return able && !face.Paused
	}
}

// TrayCommand is any other choice in the tray's menu. What it cannot do is told on the page.
func (d *Desktop) TrayCommand(command domain.TrayCommand) {
	if !d.up() {
		return
	}
	var err error
	switch command {
	case domain.TrayAllRead:
		for _, l := range d.everyLine() {
			err = errors.Join(err, d.allRead(d.life, l))
		}
	case domain.TrayPauseHalf:
		err = d.Pause(d.life, 30)
	case domain.TrayPauseHour:
		err = d.Pause(d.life, 60)
	case domain.TrayPauseTomorrow:
		err = d.PauseUntilTomorrow(d.life)
	case domain.TrayResume:
		err = d.Resume(d.life)
	}
	if err != nil {
		d.report("do what was chosen in the tray", err)
		d.emit(domain.Update{Problem: asError(err)})
	}
}

// TrayPresent takes in whether a tray shows our icon. A window hidden at a tray that went away comes
// back, or nobody could reach it.
func (d *Desktop) TrayPresent(yes bool) {
	d.setComputer(func(c *domain.Computer) { c.Tray = yes })
	d.mu.Lock()
	stranded := !yes && !d.window.visible && d.window.hidAtTray
	d.mu.Unlock()
	if stranded {
		d.reveal()
	}
	if yes {
		d.repaint()
	}
}

// mindTray looks after a desktop without a tray, once it is clear that there is none: a window that was
// started hidden is shown, and the person told, once ever, what closing does here.
func (d *Desktop) mindTray(ctx context.Context) {
	select {
	case <-ctx.Done():
		return
	case <-time.After(trayGrace):
	}
	d.mu.Lock()
	if d.computer.Tray {
		d.window.hidAtTray = !d.window.visible
		d.mu.Unlock()
		return
	}
	hidden, told := !d.window.visible, d.settings.TrayHintShown
	if !told {
		d.settings.TrayHintShown = true
		d.writeSettings()
	}
	d.mu.Unlock()
	if hidden {
		d.reveal()
	}
	if !told {
		d.around.Toaster.Show(domain.Toast{Title: "Callboard", Body: d.words().NoTray()})
	}
}

// setComputer changes and tells what this computer can do.
func (d *Desktop) setComputer(change func(*domain.Computer)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	before := d.computer
	change(&d.computer)
	if computer := d.computer; computer != before {
		d.emitLocked(domain.Update{Computer: &computer})
	}
}
