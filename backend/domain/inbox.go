package domain

import "time"

// InboxFilter chooses rows of the inbox. The zero filter is everything that is neither done nor put off.
type InboxFilter struct {
	Unread  bool `json:"unread"`
	Done    bool `json:"done"`    // the done ones instead of the open ones
	Snoozed bool `json:"snoozed"` // of the open ones those that are put off
}

// Matches says whether a row belongs under the filter at that moment.
func (f InboxFilter) Matches(n Notification, now time.Time) bool {
	switch {
	case n.RemovedAt != nil:
		return false
	case f.Done != (n.DoneAt != nil):
		return false
	case !f.Done && f.Snoozed != n.Snoozed(now):
		return false
	default:
		return !f.Unread || n.Unread(now)
	}
}

// InboxPage is a stretch of the inbox, newest first.
type InboxPage struct {
	Items []Notification `json:"items"`
	// Next is given back to get the following page; "" at the end.
	Next string `json:"next"`
	// Total counts all rows under the filter.
	Total int `json:"total"`
}

// Note is one note of a thread.
type Note struct {
	ID         NoteID    `json:"id"`
	Author     Person    `json:"author"`
	Text       string    `json:"text"`
	Date       time.Time `json:"date" ts_type:"string"`
	Recipients []string  `json:"recipients"` // names of people and groups, in the server's order
	Frame      *int      `json:"frame,omitempty"`
	InReplyTo  NoteID    `json:"inReplyTo,omitempty"`
}

// Thread is a note with its replies, oldest first.
type Thread struct {
	First NoteID `json:"first"`
	Notes []Note `json:"notes"`
	// FetchedAt is when the server was last asked; nil when it never answered for this thread.
	FetchedAt *time.Time `json:"fetchedAt,omitempty" ts_type:"string"`
}

// Position is how far a copy of an inbox has come. Another epoch means: start over.
type Position struct {
	Epoch string `json:"epoch"`
	Seq   int64  `json:"seq"`
	// Filling is true until a new copy was complete once: what it holds by then is the past, and no news.
	Filling bool `json:"filling,omitempty"`
}

// Verb is what a person does to rows of their inbox.
type Verb string

const (
	// MarkRead and the others are the wire-independent names used in the offline queue; never renumber or reuse them.
	MarkRead   Verb = "read"
	MarkUnread Verb = "unread"
	MarkDone   Verb = "done"
	MarkUndone Verb = "undone"
	// SnoozeRows puts rows off, as Action.Snooze says; WakeRows ends that.
	SnoozeRows Verb = "snooze"
	WakeRows   Verb = "unsnooze"
	// ChangeAccount is no verb of rows: it carries out Action.Change.
	ChangeAccount Verb = "account"
	// SetStatus is none either: it carries out Action.Status.
	SetStatus Verb = "status"
)

// Snooze is how long rows are put off: until a time, or until something changes about what they tell of.
type Snooze struct {
	Until       *time.Time `json:"until,omitempty" ts_type:"string"`
	UntilChange bool       `json:"untilChange"`
}

// Action is one thing a person did to their inbox, to their account or to a task. It is stored before it is shown,
// and replayed to the server in order.
type Action struct {
	ID     uint64           `json:"id"` // its place in the queue; 0 until queued
	Verb   Verb             `json:"verb"`
	Items  []NotificationID `json:"items"`
	At     time.Time        `json:"at"`
	Snooze *Snooze          `json:"snooze,omitempty"` // of SnoozeRows
	Change *AccountChange   `json:"change,omitempty"` // of ChangeAccount
	Status *StatusChoice    `json:"status,omitempty"` // of SetStatus
}

// Apply does to a row what the action means. It is used for the copy here; the server does the same
// to the truth.
func (a Action) Apply(n Notification) Notification {
	at := a.At
	switch a.Verb {
	case MarkRead:
		if n.ReadAt == nil {
			n.ReadAt = &at
		}
	case MarkUnread:
		n.ReadAt = nil
	case MarkDone:
		if n.DoneAt == nil {
			n.DoneAt = &at
		}
	case MarkUndone:
		n.DoneAt = nil
	case SnoozeRows:
		if a.Snooze != nil {
			n.SnoozedUntil, n.SnoozeUntilChange = a.Snooze.Until, a.Snooze.UntilChange
		}
	case WakeRows:
		n.SnoozedUntil, n.SnoozeUntilChange = nil, false
	}
	return n
}
