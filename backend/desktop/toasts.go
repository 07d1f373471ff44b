package desktop

import (
	"context"
	"slices"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// More than burstMost toasts within burstSpan are folded into one.
const (
	burstMost = 3
	burstSpan = 3 * time.Second
	// burstGroup makes each summary replace the one before.
	burstGroup = "burst"
)

// burst decides between toasts of their own and one for many.
type burst struct {
	shown  []time.Time // toasts of their own within the span
	folded int         // stood for by the summary on screen
	last   time.Time   // when the summary was last renewed
}

// fold takes n new items at now and says how many the summary stands for; 0 means one toast each, which
// together asks never to get.
func (b *burst) fold(n int, now time.Time, together bool) int {
	b.shown = slices.DeleteFunc(b.shown, func(at time.Time) bool { return now.Sub(at) >= burstSpan })
	if b.folded > 0 && now.Sub(b.last) >= burstSpan {
		b.folded = 0
	}
	if !together && b.folded == 0 && len(b.shown)+n <= burstMost {
		for range n {
			b.shown = append(b.shown, now)
		}
		return 0
	}
	b.folded += n
	b.last = now
	return b.folded
}

// toast shows new items, but for those that something withholds. Of a backlog there is one summary. What
// became of each is kept, so that it can be told.
func (d *Desktop) toast(l *line, items []domain.Notification, backlog bool) {
	if len(items) == 0 {
		return
	}
	now := d.cfg.Clock()
	decisions := make([]domain.ToastDecision, len(items))
	var show []domain.Notification
	d.mu.Lock()
	for i, item := range items {
		decisions[i] = domain.ToastDecision{ID: item.ID, Toast: d.withheld(l, item, now), At: now}
		if decisions[i].Toast == domain.ToastShown {
			show = append(show, item)
		}
	}
	folded := 0
	if len(show) > 0 {
		folded = d.burst.fold(len(show), now, backlog && len(show) > 1)
	}
	d.mu.Unlock()
	for i := range decisions {
		if folded > 0 && decisions[i].Toast == domain.ToastShown {
			decisions[i].Toast = domain.WithheldFolded
		}
	}
	d.raise(show, folded)
	d.report("keep what became of toasts", l.held.PutToasts(decisions))
	if slices.ContainsFunc(decisions, func(decision domain.ToastDecision) bool { return decision.Toast.Waits() }) {
		d.mu.Lock()
		l.released = false
		d.mu.Unlock()
	}
	d.minded()
}

// raise hands toasts to the system: one for each item, or one that stands for so many.
func (d *Desktop) raise(items []domain.Notification, folded int) {
	words := d.words()
	if folded > 0 {
		title, body := words.ToastBurst(folded)
		d.around.Toaster.Show(domain.Toast{Title: title, Body: body, Action: words.TrayOpen(), Group: burstGroup})
		return
	}
	for _, item := range items {
		title, body := words.Toast(item)
		d.around.Toaster.Show(domain.Toast{Item: item.ID, Title: title, Body: body, Action: words.TrayOpen()})
	}
}

// withheld says why an item gets no toast now, or that it is shown. The caller holds mu.
func (d *Desktop) withheld(l *line, item domain.Notification, now time.Time) domain.Withheld {
	switch {
	case !item.Unread(now):
		return domain.WithheldRead
	case d.settings.ToastsOff:
		return domain.WithheldOff
	case d.toastless:
		return domain.WithheldNoDaemon
	case slices.Contains(d.settings.InboxOnly, item.Kind):
		return domain.WithheldInboxOnly
	case d.window.visible && d.shown == l && item.ID == d.opened:
		return domain.WithheldOpen
	}
	if _, why := l.heldBack(now); why != "" {
		return why
	}
	return domain.ToastShown
}

// heldBack says until when toasts of a workspace wait, and why; "" where they do not. The caller holds
// the Desktop's mu.
func (l *line) heldBack(now time.Time) (until time.Time, why domain.Withheld) {
	return l.state.Preferences.Held(l.state.Defaults, now, now.Location())
}

// TestToast shows a toast at once, whatever holds others back.
func (d *Desktop) TestToast(ctx context.Context) error {
	if err := d.begun(ctx); err != nil {
		return err
	}
	d.mu.Lock()
	toastless := d.toastless
	d.mu.Unlock()
	if toastless {
		return &domain.Error{Code: domain.Unsupported, Reason: "no_toasts", Message: "nothing on this computer shows notifications"}
	}
	words := d.words()
	title, body := words.ToastTest()
	d.around.Toaster.Show(domain.Toast{Title: title, Body: body, Action: words.TrayOpen()})
	return nil
}

// ToastClicked opens what a toast spoke of; "" is the inbox.
func (d *Desktop) ToastClicked(item domain.NotificationID) { d.ShowItem(item) }

// ToastsAvailable takes in whether toasts can be shown. Until it is said they are taken to be.
func (d *Desktop) ToastsAvailable(yes bool) {
	d.setComputer(func(c *domain.Computer) { c.Toasts = yes })
	d.mu.Lock()
	d.toastless = !yes
	d.mu.Unlock()
}
