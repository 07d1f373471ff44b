package domain

import "slices"

// DefaultsState is what an administrator sees of the workspace's choices: what counts for whoever chose
// nothing, and for how many people that is.
type DefaultsState struct {
	// Kinds are the rows of the matrix, by rank.
	Kinds     []DefaultSetting  `json:"kinds"`
	Workspace WorkspaceDefaults `json:"workspace"`
	// RetentionDays is how long notifications stay in an inbox, DoneRetentionDays how long those that are done.
	RetentionDays     int `json:"retentionDays"`
	DoneRetentionDays int `json:"doneRetentionDays"`
	// People counts everybody who is active in the workspace.
	People int `json:"people"`
}

// How long notifications are kept where the workspace did not choose, in days.
const (
	DefaultRetention     = 180
	DefaultDoneRetention = 30
)

// BuiltInDefaultsState is that of a workspace whose administrators chose nothing, without its rows.
func BuiltInDefaultsState() DefaultsState {
	return DefaultsState{
		Kinds: []DefaultSetting{}, Workspace: BuiltInDefaults(), RetentionDays: DefaultRetention, DoneRetentionDays: DefaultDoneRetention,
	}
}

// DefaultSetting is one row of the matrix.
type DefaultSetting struct {
	Kind Kind `json:"kind"`
	// Default is what counts, by the workspace's choice or built in.
	Default Choice `json:"default"`
	// BuiltIn is what counts where the workspace chooses nothing.
	BuiltIn []Channel `json:"builtIn"`
	// Followers counts the people who chose nothing for the kind.
	Followers int `json:"followers"`
}

// DefaultsChange is what an administrator changed, to be carried out whole. A nil part is unchanged; a
// field named in Reset goes back to what is built in.
type DefaultsChange struct {
	Channels          []ChannelChange `json:"channels,omitempty"` // of no project
	DigestInterval    *DigestInterval `json:"digestInterval,omitempty"`
	DigestHour        *int            `json:"digestHour,omitempty"`
	QuietHours        *QuietHours     `json:"quietHours,omitempty" ts_type:"Record<string, Span[]>"`
	RetentionDays     *int            `json:"retentionDays,omitempty"`
	DoneRetentionDays *int            `json:"doneRetentionDays,omitempty"`
	Reset             []string        `json:"reset,omitempty"`
}

// defaultFields are the fields of a DefaultsChange that may be reset.
var defaultFields = []string{"digestInterval", "digestHour", "quietHours", "retentionDays", "doneRetentionDays"}

// Valid is the change in its normal form, or says what in it cannot be.
func (c DefaultsChange) Valid() (DefaultsChange, error) {
	for _, name := range c.Reset {
		if !slices.Contains(defaultFields, name) {
			return c, &Error{Code: Invalid, Field: "reset", Message: "the workspace has no default " + name}
		}
	}
	for field, days := range map[string]*int{"retentionDays": c.RetentionDays, "doneRetentionDays": c.DoneRetentionDays} {
		if days != nil && *days < 1 {
			return c, &Error{Code: Invalid, Field: field, Reason: "out_of_range", Message: "notifications are kept for a day at least"}
		}
	}
	valid, err := AccountChange{Channels: c.Channels, DigestInterval: c.DigestInterval, DigestHour: c.DigestHour, QuietHours: c.QuietHours}.Valid()
	c.Channels, c.QuietHours = valid.Channels, valid.QuietHours
	return c, err
}
