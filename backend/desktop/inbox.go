package desktop

import (
	"context"
	"slices"

	"github.com/callboard/callboard/backend/domain"
)

const (
	// pageSize is how many rows one page of the inbox holds.
	pageSize = 200
	// maxItems bounds one action: more than a page can have selected is a mistake or an attack.
	maxItems = 5000
)

// Page is a stretch of the inbox, from the copy on this computer.
func (d *Desktop) Page(ctx context.Context, filter domain.InboxFilter, cursor string) (domain.InboxPage, error) {
	l, err := d.signedIn(ctx)
	if err != nil {
		return domain.InboxPage{}, err
	}
	return l.held.Page(filter, cursor, pageSize, d.cfg.Clock())
}

// Open marks an item read and gives its thread as the copy has it. The server is asked in the
// background; what it says follows as an update.
func (d *Desktop) Open(ctx context.Context, id domain.NotificationID) (domain.Thread, error) {
	l, err := d.signedIn(ctx)
	if err != nil {
		return domain.Thread{}, err
	}
	item, err := l.held.Get(id)
	if err != nil {
		return domain.Thread{}, err
	}
	d.mu.Lock()
	d.opened = id
	d.mu.Unlock()
	if item.ReadAt == nil {
		if err := d.do(ctx, l, domain.Action{Verb: domain.MarkRead, Items: []domain.NotificationID{id}}); err != nil {
			return domain.Thread{}, err
		}
	}
	if item.NoteID == "" {
		return domain.Thread{}, nil
	}
	d.goes(func(ctx context.Context) { d.freshen(ctx, l, item.NoteID) })
	thread, err := l.held.Thread(item.NoteID)
	if domain.CodeOf(err) == domain.NotFound {
		return domain.Thread{First: item.NoteID}, nil
	}
	return thread, err
}

// freshen asks the server for a thread and keeps and tells it.
func (d *Desktop) freshen(ctx context.Context, l *line, note domain.NoteID) {
	if l.token == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, askLimit)
	defer cancel()
	thread, err := l.remote.Thread(ctx, note)
	if err != nil {
		if code := domain.CodeOf(err); code != domain.Offline && ctx.Err() == nil {
			d.cfg.Log.Warn("fetch a thread", "note", note, "err", err)
			d.emit(domain.Update{Problem: asError(err)})
		}
		return // offline is shown by the connection already
	}
	d.mu.Lock()
	there := d.has(l)
	d.mu.Unlock()
	if !there {
		return // signed out meanwhile: nothing of the account is to be kept
	}
	now := d.cfg.Clock()
	thread.FetchedAt = &now
	if err := l.held.PutThread(thread); err != nil {
		d.cfg.Log.Error("keep a thread", "err", err)
	}
	d.heard(l, News{Thread: &thread})
}

// Do does one thing to items. It is durable when Do returns, and reaches the server when it can.
func (d *Desktop) Do(ctx context.Context, verb domain.Verb, items []domain.NotificationID) error {
	l, err := d.signedIn(ctx)
	if err != nil {
		return err
	}
	if !isVerb(verb) {
		return domain.Errorf(domain.Invalid, "nothing is called %q", verb)
	}
	return d.do(ctx, l, domain.Action{Verb: verb, Items: items})
}

// Snooze puts items off until a time, or until something changes about what they tell of.
func (d *Desktop) Snooze(ctx context.Context, items []domain.NotificationID, snooze domain.Snooze) error {
	l, err := d.signedIn(ctx)
	if err != nil {
		return err
	}
	switch {
	case snooze.UntilChange == (snooze.Until != nil):
		return &domain.Error{Code: domain.Invalid, Field: "until", Message: "a snooze is until a time or until a change"}
	case snooze.Until != nil && !snooze.Until.After(d.cfg.Clock()):
		return &domain.Error{Code: domain.Invalid, Field: "until", Reason: "past", Message: "the end of the snooze has passed"}
	}
	return d.do(ctx, l, domain.Action{Verb: domain.SnoozeRows, Items: items, Snooze: &snooze})
}

func isVerb(verb domain.Verb) bool {
	for _, known := range domain.AllVerbs {
		if known.Value == verb {
			return true
		}
	}
	return false
}

func (d *Desktop) do(ctx context.Context, l *line, action domain.Action) error {
	if len(action.Items) > maxItems {
		return domain.Errorf(domain.Invalid, "%d items are too many at once", len(action.Items))
	}
	action.At = d.cfg.Clock().UTC()
	if err := l.syncer.Do(ctx, action); err != nil {
		return err
	}
	d.mu.Lock()
	now := d.lineOf(l.key)
	d.mu.Unlock()
	if now != nil && now != l {
		now.syncer.Wake() // it took the line's place meanwhile, and is to find the action in the queue
	}
	return nil
}

// MarkAllRead marks read everything that is open and unread, also what no page has shown.
func (d *Desktop) MarkAllRead(ctx context.Context) error {
	l, err := d.signedIn(ctx)
	if err != nil {
		return err
	}
	return d.allRead(ctx, l)
}

func (d *Desktop) allRead(ctx context.Context, l *line) error {
	var items []domain.NotificationID
	for cursor := ""; ; {
		page, err := l.held.Page(domain.InboxFilter{Unread: true}, cursor, pageSize, d.cfg.Clock())
		if err != nil {
			return err
		}
		for _, item := range page.Items {
			items = append(items, item.ID)
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	for part := range slices.Chunk(items, pageSize) {
		if err := d.do(ctx, l, domain.Action{Verb: domain.MarkRead, Items: part}); err != nil {
			return err
		}
	}
	return nil
}
