package desktop

import (
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

// toast shows new items, except those read elsewhere meanwhile and the one on screen. Of a backlog
// there is one summary.
func (d *Desktop) toast(l *line, items []domain.Notification, backlog bool) {
	now := d.cfg.Clock()
	d.mu.Lock()
	items = slices.DeleteFunc(slices.Clone(items), func(n domain.Notification) bool {
		return !n.Unread(now) || d.window.visible && d.shown == l && n.ID == d.opened
	})
	if len(items) == 0 {
		d.mu.Unlock()
		return
	}
	folded := d.burst.fold(len(items), now, backlog && len(items) > 1)
	d.mu.Unlock()
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

// ToastClicked opens what a toast spoke of; "" is the inbox.
func (d *Desktop) ToastClicked(item domain.NotificationID) { d.ShowItem(item) }

// ToastsAvailable takes in whether toasts can be shown.
func (d *Desktop) ToastsAvailable(yes bool) {
	d.setComputer(func(c *domain.Computer) { c.Toasts = yes })
}
