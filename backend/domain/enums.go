package domain

// The lists below give the page's generated enums their names; a value missing here is a value the
// page cannot speak of.

// AllKinds lists every kind with its TypeScript name.
var AllKinds = []struct {
	Value  Kind
	TSName string
}{
	{KindMessage, "Message"},
	{KindNote, "Note"},
	{KindNoteCompleted, "NoteCompleted"},
	{KindClientReview, "ClientReview"},
	{KindAssignment, "Assignment"},
	{KindUnassignment, "Unassignment"},
	{KindTaskClaimed, "TaskClaimed"},
	{KindTaskStatus, "TaskStatus"},
	{KindStatus, "Status"},
	{KindAssetStatus, "AssetStatus"},
	{KindVersionAssigned, "VersionAssigned"},
	{KindVersionSupervised, "VersionSupervised"},
	{KindVersionDependent, "VersionDependent"},
}

// AllVerbs lists every verb that needs no more than its rows, with its TypeScript name.
var AllVerbs = []struct {
	Value  Verb
	TSName string
}{
	{MarkRead, "Read"},
	{MarkUnread, "Unread"},
	{MarkDone, "Done"},
	{MarkUndone, "Undone"},
	{WakeRows, "Unsnooze"},
}

// AllPhases lists every phase with its TypeScript name.
var AllPhases = []struct {
	Value  Phase
	TSName string
}{
	{SignedOut, "SignedOut"},
	{SigningIn, "SigningIn"},
	{SignedIn, "SignedIn"},
	{Expired, "Expired"},
}

// AllThemes lists every theme with its TypeScript name.
var AllThemes = []struct {
	Value  Theme
	TSName string
}{
	{ThemeDark, "Dark"},
	{ThemeLight, "Light"},
	{ThemeSystem, "System"},
}
