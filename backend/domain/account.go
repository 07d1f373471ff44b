package domain

import "time"

// Account is somebody's membership in one workspace, as this computer remembers it. It holds no
// secret: the token lies in the keychain under Key.
type Account struct {
	// Key names the account in the cache and the keychain. It outlives a change of the demo's port.
	Key       string `json:"key"`
	Address   string `json:"address"` // https://studio.example, without a path
	Demo      bool   `json:"demo"`    // the demo studio inside the app
	Workspace string `json:"workspace"`
	User      Person `json:"user"`
	Username  string `json:"username"`
	// Insecure says that the person insisted on plain http to another computer.
	Insecure bool `json:"insecure,omitempty"`
	// CAFile holds certificates that are trusted for this workspace beside the system's; "" for none.
	CAFile string `json:"caFile,omitempty"`
}

// SignIn is what a person enters to sign in.
type SignIn struct {
	Address  string `json:"address"`
	Username string `json:"username"`
	Password string `json:"password"`
	Code     string `json:"code"` // of the second factor; "" at the first try
	// Insecure insists on plain http to another computer; CAFile is as in Account.
	Insecure bool   `json:"insecure"`
	CAFile   string `json:"caFile"`
	// DeviceToken is this computer's secret of an earlier sign-in there; "" at the first.
	DeviceToken string `json:"-"`
}

// Session is a signed-in state as the server gave it. Token and DeviceToken are secrets.
type Session struct {
	Token       string
	DeviceToken string
	User        Person
	Username    string
	ExpiresAt   time.Time
	// Enrol says that the workspace wants a second factor first: the session can set one up and nothing else.
	Enrol bool
}

// Workspace is what a server says of itself.
type Workspace struct {
	Name    string
	Version string // the protocol version it speaks for
	Epoch   string // "" where the server has no inbox (a plain ftrack site)
	// Horizon is how far a copy of the inbox must have come: one that is behind holds rows that are no more,
	// and starts over. An empty copy is behind nothing.
	Horizon int64
	UserID  UserID
}
