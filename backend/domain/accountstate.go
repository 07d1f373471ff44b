package domain

import "time"

// AccountState is everything that My account shows of one signed-in person: their profile, what they
// chose, and what the workspace chose for those who did not. It is kept on this computer, with what was
// changed here already in it.
type AccountState struct {
	Profile     Profile           `json:"profile"`
	Preferences Preferences       `json:"preferences"`
	Defaults    WorkspaceDefaults `json:"defaults"`
	// Kinds are the rows of the notification settings, by rank.
	Kinds     []KindSetting    `json:"kinds"`
	Overrides []ProjectSetting `json:"overrides"`
	Mutes     []Mute           `json:"mutes"`
	// Able is what this person may do and what this server can.
	Able Abilities `json:"able"`
	// FetchedAt is when the server was last asked; nil when it never answered.
	FetchedAt *time.Time `json:"fetchedAt,omitempty" ts_type:"string"`
}

// KindSetting is one row of the notification settings.
type KindSetting struct {
	Kind Kind `json:"kind"`
	// Own are the channels the person chose; nil where they follow Default. An empty list is off.
	Own     []Channel `json:"own" ts_type:"Channel[] | null"`
	Default Choice    `json:"default"`
}

// ProjectSetting is what the person chose for one project.
type ProjectSetting struct {
	Project ProjectID `json:"project"`
	Name    string    `json:"name"`
	// Kinds holds the kinds that are set for this project and their channels.
	Kinds map[Kind][]Channel `json:"kinds" ts_type:"Partial<Record<Kind, Channel[]>>"`
}

// ProjectName is a project as a search finds it.
type ProjectName struct {
	ID   ProjectID `json:"id"`
	Name string    `json:"name"`
}

// Abilities are what may be shown: the page offers nothing that would be refused.
type Abilities struct {
	// Preferences says that the server keeps preferences, inbox settings and mutes at all.
	Preferences   bool `json:"preferences"`
	Administrator bool `json:"administrator"`
	// NotificationMail says that the workspace sends mail and digests of notifications.
	NotificationMail bool `json:"notificationMail"`
}

// Choices are the account's choices as the law of channels reads them.
func (a AccountState) Choices() Choices {
	c := Choices{Projects: map[ProjectID]map[Kind][]Channel{}, Own: map[Kind][]Channel{}, Workspace: map[Kind][]Channel{}}
	for _, row := range a.Kinds {
		if row.Own != nil {
			c.Own[row.Kind] = row.Own
		}
		if row.Default.Layer == LayerWorkspace {
			c.Workspace[row.Kind] = row.Default.Channels
		}
	}
	for _, project := range a.Overrides {
		c.Projects[project.Project] = project.Kinds
	}
	return c
}

// Explanation is why and how a notification reached its person.
type Explanation struct {
	Reasons []Reason `json:"reasons"`
	// Routes are the channels it took, each with the kind and the layer that decided.
	Routes []Route `json:"routes"`
	// Toast says what became of the toast on this computer: "shown", a Withheld, or "" where it is not known.
	Toast Withheld `json:"toast"`
	// ToastAt is when that was decided.
	ToastAt *time.Time `json:"toastAt,omitempty" ts_type:"string"`
}

// ToastDecision is what became of a notification's toast on one computer.
type ToastDecision struct {
	ID    NotificationID `json:"id"`
	Toast Withheld       `json:"toast"` // or ToastShown
	At    time.Time      `json:"at"`
}

// ToastShown is the word for a toast that was shown.
const ToastShown Withheld = "shown"

// Waits says whether a toast withheld for this reason is made up for later, by a summary.
func (w Withheld) Waits() bool { return w == WithheldPaused || w == WithheldQuiet }
