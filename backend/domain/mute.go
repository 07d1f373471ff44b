package domain

import "time"

// Mute silences a thread, a thing with all below it, or a project, for one person: every kind but
// messages, for a time or for good.
type Mute struct {
	ID string `json:"id"`
	// EntityType and EntityID name what is muted: a Note is the thread it begins.
	EntityType string `json:"entityType"`
	EntityID   string `json:"entityId"`
	// Path leads to it, as it was named when it was muted; of a thread it ends with what the thread hangs on.
	Path []Crumb `json:"path"`
	// Text is the beginning of the first note of a thread.
	Text string `json:"text,omitempty"`
	// Until ends it; nil is for good.
	Until     *time.Time `json:"until,omitempty" ts_type:"string"`
	CreatedAt time.Time  `json:"createdAt" ts_type:"string"`
}

// Over says whether the mute has ended by then.
func (m Mute) Over(now time.Time) bool { return m.Until != nil && !m.Until.After(now) }

// TypeNote and TypeProject are what a mute may name beside things of the production.
const (
	TypeNote    = "Note"
	TypeProject = "Project"
)
