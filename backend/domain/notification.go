package domain

import "time"

// Person is somebody as a list shows them.
type Person struct {
	ID          UserID      `json:"id"`
	Name        string      `json:"name"` // first and last name; the username where there is none
	ThumbnailID ComponentID `json:"thumbnailId,omitempty"`
}

// Crumb is one step of the path from the project down to a thing.
type Crumb struct {
	ID   string `json:"id"`
	Type string `json:"type"` // the protocol's type name: Project, Sequence, Shot, Task, AssetVersion …
	Name string `json:"name"`
}

// Status is a status as the studio named and coloured it.
type Status struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Color string `json:"color"` // #rrggbb; anything else is not shown as a colour
	State State  `json:"state,omitempty"`
}

// Subject is what a notification is about, as it was when it happened.
type Subject struct {
	Path        []Crumb     `json:"path"` // project first, the thing itself last; empty for a message
	ThumbnailID ComponentID `json:"thumbnailId,omitempty"`
	Text        string      `json:"text,omitempty"` // the words of the note, at most MaxExcerpt characters
	From        *Status     `json:"from,omitempty"` // the status before, for status kinds
	To          *Status     `json:"to,omitempty"`   // the status after
	Frame       *int        `json:"frame,omitempty"`
	Version     int         `json:"version,omitempty"`
}

// MaxExcerpt is how many characters of a note a notification carries.
const MaxExcerpt = 400

// Reason says why somebody hears of an event, in a form that every language can word.
type Reason struct {
	Kind Kind   `json:"kind"`
	Rule string `json:"rule"`           // e.g. "assigned", "recipient", "group_recipient", "wrote_in_thread"
	Name string `json:"name,omitempty"` // what the rule speaks of: the group's name, "sq020"
}

// Notification is one row of a person's inbox. The workspace server makes it; only its person
// changes it. Seq is per person and grows with every change of any of their rows.
type Notification struct {
	ID         NotificationID `json:"id"`
	Seq        int64          `json:"seq"`
	EventKey   string         `json:"eventKey"`
	Kind       Kind           `json:"kind"`
	Kinds      []Kind         `json:"kinds"`
	Reasons    []Reason       `json:"reasons"`
	Routes     []Route        `json:"routes,omitempty"` // the channels it took, and whose choice that was
	Actor      Person         `json:"actor"`
	ProjectID  ProjectID      `json:"projectId,omitempty"`
	EntityType string         `json:"entityType,omitempty"`
	EntityID   string         `json:"entityId,omitempty"`
	NoteID     NoteID         `json:"noteId,omitempty"`
	VersionID  VersionID      `json:"versionId,omitempty"`
	StatusID   string         `json:"statusId,omitempty"`
	Subject    Subject        `json:"subject"`
	Summary    string         `json:"summary,omitempty"` // English, for scripts; people read phrases in their language
	CreatedAt  time.Time      `json:"createdAt" ts_type:"string"`
	ReadAt     *time.Time     `json:"readAt,omitempty" ts_type:"string"`
	DoneAt     *time.Time     `json:"doneAt,omitempty" ts_type:"string"`
	// SnoozedUntil hides the row from the unread count until then.
	SnoozedUntil      *time.Time `json:"snoozedUntil,omitempty" ts_type:"string"`
	SnoozeUntilChange bool       `json:"snoozeUntilChange,omitempty"`
	// RemovedAt marks a row that is gone: clients drop it.
	RemovedAt *time.Time `json:"removedAt,omitempty" ts_type:"string"`
}

// Unread says whether the row counts: not read, not done, not snoozed at that moment, not removed.
func (n Notification) Unread(now time.Time) bool {
	return n.ReadAt == nil && n.DoneAt == nil && n.RemovedAt == nil && !n.Snoozed(now)
}

// Snoozed says whether the row is put off at that moment.
func (n Notification) Snoozed(now time.Time) bool {
	return n.SnoozeUntilChange || n.SnoozedUntil != nil && n.SnoozedUntil.After(now)
}

// Thing is the name a row leads with: the last two steps of its path ("sh0140", "comp").
func (n Notification) Thing() []string {
	path := n.Subject.Path
	if len(path) > 2 {
		path = path[len(path)-2:]
	}
	names := make([]string, len(path))
	for i, c := range path {
		names[i] = c.Name
	}
	return names
}
