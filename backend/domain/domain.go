// Package domain holds Callboard's own words and the rules that belong to them: people, kinds of
// notification, the inbox, sessions, errors. It knows no wire, no database, no window; every other
// room speaks in its terms. Types that the page sees carry json and ts_type tags, because the page's
// TypeScript is generated from them.
package domain

// The identifiers of the production. They are the entity ids of the protocol (UUID text as a rule);
// own types keep one from being passed for another.
type (
	// UserID names a person.
	UserID string
	// GroupID names a group of people.
	GroupID string
	// ProjectID names a project.
	ProjectID string
	// ContextID names a project or anything below it: sequence, shot, task and so on.
	ContextID string
	// NoteID names a note.
	NoteID string
	// VersionID names an asset version.
	VersionID string
	// NotificationID names one row of one person's inbox.
	NotificationID string
	// ComponentID names a stored file: a picture, a movie.
	ComponentID string
)
