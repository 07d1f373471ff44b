package domain

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

// DefaultSetting is one row of the matrix.
type DefaultSetting struct {
	Kind Kind `json:"kind"`
	// Default is what counts, by the workspace's choice or built in.
	Default Choice `json:"default"`
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
