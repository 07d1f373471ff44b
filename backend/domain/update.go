package domain

import "time"

// Update is what the page is told, all of it through one event. A nil field means "unchanged";
// Snapshot gives one with everything set.
type Update struct {
	Session    *SessionState    `json:"session,omitempty"`
	Workspaces *Workspaces      `json:"workspaces,omitempty"`
	Account    *AccountState    `json:"account,omitempty"`
	Connection *ConnectionState `json:"connection,omitempty"`
	Inbox      *InboxChange     `json:"inbox,omitempty"`
	Thread     *Thread          `json:"thread,omitempty"`
	Tasks      *TaskChange      `json:"tasks,omitempty"`
	Overview   *OverviewChange  `json:"overview,omitempty"`
	People     *PeopleChange    `json:"people,omitempty"`
	Sending    *Sending         `json:"sending,omitempty"`
	Dropped    *Drop            `json:"dropped,omitempty"`
	Window     *WindowState     `json:"window,omitempty"`
	Show       *Show            `json:"show,omitempty"`
	Settings   *Settings        `json:"settings,omitempty"`
	Computer   *Computer        `json:"computer,omitempty"`
	Problem    *Error           `json:"problem,omitempty"`
}

// Workspaces are all that somebody is signed in to here, in the order in which they signed in. The one
// shown is Session's.
type Workspaces struct {
	Items []WorkspaceState `json:"items"`
}

// WorkspaceState is how one of several workspaces stands.
type WorkspaceState struct {
	Account Account `json:"account"`
	Phase   Phase   `json:"phase"` // SignedIn or Expired
	Online  bool    `json:"online"`
	Unread  int     `json:"unread"`
}

// SessionState says who is signed in to the workspace shown.
type SessionState struct {
	Phase   Phase    `json:"phase"`
	Account *Account `json:"account,omitempty"`
	// Kept is false when the token lives only until Callboard quits, because this computer has no keychain.
	Kept bool `json:"kept"`
}

// Phase is where signing in stands.
type Phase string

const (
	// SignedOut: nobody; the first-run screen shows.
	SignedOut Phase = "signed-out"
	// SigningIn: the server is being asked, or the demo studio is being set up.
	SigningIn Phase = "signing-in"
	// SignedIn: the inbox shows, from the cache if need be.
	SignedIn Phase = "signed-in"
	// Expired: the cache still shows; the server wants a new sign-in.
	Expired Phase = "expired"
)

// ConnectionState says how fresh what is shown is.
type ConnectionState struct {
	Online bool `json:"online"`
	// Syncing is true while missed rows are being fetched.
	Syncing bool `json:"syncing"`
	// SyncedAt is when the copy last equalled the server's inbox; nil when it never did.
	SyncedAt *time.Time `json:"syncedAt,omitempty" ts_type:"string"`
	// Waiting counts actions done here that the server has not confirmed.
	Waiting int `json:"waiting"`
	// Problem says why it is offline, where more is known than that nobody answers.
	Problem *Error `json:"problem,omitempty"`
}

// InboxChange is what changed in the copy of the inbox.
type InboxChange struct {
	Unread  int              `json:"unread"`
	Changed []Notification   `json:"changed"` // new or changed rows, newest first
	Removed []NotificationID `json:"removed"`
	// Reset means: forget all rows and ask for the first page again.
	Reset bool `json:"reset"`
	// First is the first page of the open inbox, in a snapshot only.
	First *InboxPage `json:"first,omitempty"`
}

// PeopleChange is who looks otherwise than the rows that name them say: their name or picture is another.
type PeopleChange struct {
	Changed []Person `json:"changed"`
}

// WindowState is how the one window stands.
type WindowState struct {
	Visible bool `json:"visible"`
	Compact bool `json:"compact"` // the narrow inbox at the tray
}

// Show asks the page to go to an item.
type Show struct {
	Notification NotificationID `json:"notification"`
}
