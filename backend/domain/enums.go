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

// AllViews lists every view of the production with its TypeScript name.
var AllViews = []struct {
	Value  View
	TSName string
}{
	{ViewTasks, "Tasks"},
	{ViewOverview, "Overview"},
}

// AllHappenings lists every kind of happening with its TypeScript name.
var AllHappenings = []struct {
	Value  HappeningKind
	TSName string
}{
	{HappenedVersion, "Version"},
	{HappenedNote, "Note"},
	{HappenedStatus, "Status"},
}

// AllStates lists every state of a status with its TypeScript name.
var AllStates = []struct {
	Value  State
	TSName string
}{
	{StateNotStarted, "NotStarted"},
	{StateInProgress, "InProgress"},
	{StateDone, "Done"},
	{StateBlocked, "Blocked"},
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
