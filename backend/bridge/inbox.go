package bridge

import (
	"context"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

// Inbox is the door to the notifications and what hangs on them.
type Inbox struct{ door door }

// Page is a stretch of the inbox; the cursor is "" for the first, then the Next of the page before.
func (i *Inbox) Page(filter domain.InboxFilter, cursor string) (domain.InboxPage, error) {
	return ask(i.door, local, func(ctx context.Context, d *desktop.Desktop) (domain.InboxPage, error) {
		return d.Page(ctx, filter, cursor)
	})
}

// Open marks an item read and gives its thread as last known; a fresher one follows as an event.
func (i *Inbox) Open(id domain.NotificationID) (domain.Thread, error) {
	return ask(i.door, local, func(ctx context.Context, d *desktop.Desktop) (domain.Thread, error) { return d.Open(ctx, id) })
}

// Do does one thing to items.
func (i *Inbox) Do(verb domain.Verb, items []domain.NotificationID) error {
	return i.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.Do(ctx, verb, items) })
}

// MarkAllRead marks read everything that is open and unread.
func (i *Inbox) MarkAllRead() error {
	return i.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.MarkAllRead(ctx) })
}

// Snooze puts items off. Unsnooze is one of the verbs of Do.
func (i *Inbox) Snooze(items []domain.NotificationID, snooze domain.Snooze) error {
	return i.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.Snooze(ctx, items, snooze) })
}
