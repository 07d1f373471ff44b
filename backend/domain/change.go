package domain

// Change is one change of the production as the notification law sees it: one of the types below.
// The law reads everything else from the production as it stands once the whole request is carried
// out; a change therefore holds only what can no longer be read then.
type Change interface{ change() }

// NoteCreated: a note was written, as the first of a thread or as a reply.
type NoteCreated struct{ Note NoteID }

// RecipientAdded: a note was sent to one more person or group, with its creation or later.
type RecipientAdded struct {
	Note NoteID
	To   Resource
}

// AssignmentAdded: a person or group was assigned to a task or another object.
type AssignmentAdded struct{ Assignment }

// AssignmentRemoved: the assignment is gone, and not because the task went.
type AssignmentRemoved struct{ Assignment }

// NoteCompleted: a note that was open is completed, for the N-th time.
type NoteCompleted struct {
	Note NoteID
	N    int
}

// StatusChanged: a task, another object or an asset version has another status. ID is that of the
// change in the history of statuses.
type StatusChanged struct {
	ID       string
	On       Thing
	From, To string // ids of statuses; From is "" where there was none
}

// VersionPublished: an asset version is there and published, or became so.
type VersionPublished struct{ Version VersionID }

// ReviewStatusSet: somebody judged an item of a client review. ID is that of the judgement.
type ReviewStatusSet struct {
	ID     string
	Item   string // a ReviewSessionObject
	Status string // in a word of the client's: approved, require_changes
}

func (NoteCreated) change()       {}
func (RecipientAdded) change()    {}
func (AssignmentAdded) change()   {}
func (AssignmentRemoved) change() {}
func (NoteCompleted) change()     {}
func (StatusChanged) change()     {}
func (VersionPublished) change()  {}
func (ReviewStatusSet) change()   {}

// Assignment is an appointment of type assignment.
type Assignment struct {
	ID string
	On Thing
	To Resource
}

// Resource is whom a note is sent to or a thing assigned to: a person or a group, exactly one of them.
type Resource struct {
	User  UserID
	Group GroupID
}

// Thing is something of the production a change is about. The zero Thing is "nothing": what a
// message hangs on.
type Thing struct {
	Type    string // the protocol's type name: Task, Shot, AssetVersion, Project …
	ID      string
	Name    string
	Project ProjectID
}

// TypeTask is the one type of object that counts as a task; TypeVersion is an asset version and
// TypeReviewItem a version shown in a client review.
const (
	TypeTask       = "Task"
	TypeVersion    = "AssetVersion"
	TypeReviewItem = "ReviewSessionObject"
)

// IsZero says whether it is no thing at all.
func (t Thing) IsZero() bool { return t.ID == "" }

// Conversation is a thread of notes as the law reads it.
type Conversation struct {
	First NoteID
	// On is what the first note hangs on, and with it every reply, whatever a reply says of itself.
	On    Thing
	Notes map[NoteID]NoteFacts
}

// NoteFacts is what the law asks of one note.
type NoteFacts struct {
	Author    UserID
	InReplyTo NoteID // "" for the first
	Sent      []Resource
}

// Membership is a group with everybody in it, through nested groups too.
type Membership struct {
	Name  string
	Users []UserID
}

// Manager is somebody listed as manager, and the name of what they are listed on.
type Manager struct {
	User UserID
	Of   string
}

// VersionFacts is what the law asks of one asset version.
type VersionFacts struct {
	On     Thing // the version itself
	User   UserID
	Task   ContextID // "" where it was made on no task
	Parent ContextID // what its asset hangs on
}

// Dependent is a task that builds on an asset version.
type Dependent struct {
	Task ContextID
	Name string
	// Uses is true where something published on the task is made of the asset, false where the task
	// follows by a link.
	Uses bool
}

// ReviewFacts is what the law asks of an item of a client review.
type ReviewFacts struct {
	On      Thing // the item itself
	Creator UserID
	Invited []Resource
	Version VersionID
}
