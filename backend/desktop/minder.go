package desktop

import (
	"context"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// longestLook is how long the minder sleeps at most while it waits for something: its timer stands still
// while the computer sleeps, and the clock may be set.
const longestLook = 30 * time.Second

// minded asks the minder to look at once: what it waits for may be another.
func (d *Desktop) minded() { wake(d.mind) }

// minder sees to what happens by itself as time passes: quiet and pauses end, and what they held back is
// told in one toast; snoozes end. While nothing of this is due it sleeps.
func (d *Desktop) minder(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-d.mind:
		case <-timer.C:
		}
		if next := d.look(); !next.IsZero() {
			timer.Reset(min(max(next.Sub(d.cfg.Clock()), time.Millisecond), longestLook))
		} else {
			timer.Stop()
		}
	}
}

// look does what is due, and says when the next thing is; the zero time where nothing is to come.
func (d *Desktop) look() (next time.Time) {
	sooner := func(at time.Time) {
		if !at.IsZero() && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	paused := false
	for _, l := range d.everyLine() {
		now := d.cfg.Clock()
		d.mu.Lock()
		until, why := l.heldBack(now)
		if p := l.state.Preferences; p.Paused(now) {
			paused = true
			sooner(*p.PausedUntil) // quiet hours may follow, and the tray is to show that the pause is over
		}
		d.mu.Unlock()
		sooner(until)
		if why == "" {
			d.release(l, now)
		}
		sooner(d.unsnooze(l, now))
	}
	d.mu.Lock()
	changed := d.paused != paused
	d.paused = paused
	d.mu.Unlock()
	if changed {
		d.repaint()
	}
	return next
}

// release tells what was held back, in one toast, and forgets it.
func (d *Desktop) release(l *line, now time.Time) {
	d.mu.Lock()
	empty := l.released
	l.released = true
	d.mu.Unlock()
	if empty {
		return
	}
	items, err := l.held.Release(now)
	if err != nil {
		d.cfg.Log.Error("tell what was held back", "err", err)
		return
	}
	d.mu.Lock()
	silent := d.settings.ToastsOff || d.toastless
	d.mu.Unlock()
	switch {
	case silent || len(items) == 0:
	case len(items) == 1:
		d.raise(items, 0)
	default:
		d.raise(items, len(items))
	}
}

// unsnooze counts anew what wants attention again, and toasts it. It says when the next snooze ends.
func (d *Desktop) unsnooze(l *line, now time.Time) (next time.Time) {
	items, next, err := l.held.Woken(now)
	if err != nil {
		d.cfg.Log.Error("look for snoozes that have ended", "err", err)
		return time.Time{}
	}
	if len(items) == 0 {
		return next
	}
	unread, err := l.held.Unread(now)
	if err != nil {
		d.cfg.Log.Error("count what is unread", "err", err)
		return next
	}
	d.heard(l, News{New: items, Inbox: &domain.InboxChange{Unread: unread, Changed: items}})
	return next
}
