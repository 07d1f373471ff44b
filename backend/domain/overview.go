package domain

import "time"

// Overview is what goes on in the projects that somebody has a part in, as last fetched.
type Overview struct {
	Projects  []Glance    `json:"projects"`
	Happened  []Happening `json:"happened"`  // newest first
	Deadlines []Deadline  `json:"deadlines"` // soonest first
	People    []Colleague `json:"people"`    // who shares most comes first
	// FetchedAt is when the server was last asked; nil when it never answered.
	FetchedAt *time.Time `json:"fetchedAt,omitempty" ts_type:"string"`
}

// Glance is a project in a few figures.
type Glance struct {
	ID          ProjectID     `json:"id"`
	Name        string        `json:"name"`
	ThumbnailID ComponentID   `json:"thumbnailId,omitempty"`
	Ends        *time.Time    `json:"ends,omitempty" ts_type:"string"`
	Statuses    []StatusCount `json:"statuses"` // of all its tasks, in the order in which work passes through them
	Mine        int           `json:"mine"`     // open tasks of this person
	Late        int           `json:"late"`     // of those, how many are overdue
	Manages     bool          `json:"manages"`  // the person manages it, or a part of it
}

// StatusCount is how many tasks have a status.
type StatusCount struct {
	Status Status `json:"status"`
	Count  int    `json:"count"`
}

// Happening is something that happened in a project.
type Happening struct {
	ID      string         `json:"id"`
	Kind    HappeningKind  `json:"kind"`
	At      time.Time      `json:"at" ts_type:"string"`
	By      Person         `json:"by"`
	Project ProjectID      `json:"project"`
	Path    []Crumb        `json:"path"` // project first, the thing itself last
	Text    string         `json:"text,omitempty"`
	Version int            `json:"version,omitempty"`
	From    *Status        `json:"from,omitempty"`
	To      *Status        `json:"to,omitempty"`
	Picture ComponentID    `json:"picture,omitempty"`
	Item    NotificationID `json:"item,omitempty"` // the row of the person's inbox that tells of it; "" where none does
}

// HappeningKind says what happened.
type HappeningKind string

const (
	HappenedVersion HappeningKind = "version"
	HappenedNote    HappeningKind = "note"
	HappenedStatus  HappeningKind = "status"
)

// Deadline is something of a project that is due.
type Deadline struct {
	ID     ContextID `json:"id"`
	Path   []Crumb   `json:"path"`
	Type   string    `json:"type"` // the kind of work, "" where it is no task
	Status Status    `json:"status"`
	Due    time.Time `json:"due" ts_type:"string"`
	Who    []string  `json:"who"`  // names of people and groups
	Mine   bool      `json:"mine"` // the person's own
	// Milestone says that it is a day everybody works towards, and nobody's task.
	Milestone bool `json:"milestone"`
}

// Colleague is somebody who works on the same things.
type Colleague struct {
	Person Person   `json:"person"`
	Work   []string `json:"work"`   // the kinds of work they do there
	Shared int      `json:"shared"` // on how many of this person's things
}

// OverviewChange is what became of asking for the overview: it, or why it could not be fetched.
type OverviewChange struct {
	Overview *Overview `json:"overview,omitempty"`
	Problem  *Error    `json:"problem,omitempty"`
}
