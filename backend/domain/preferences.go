package domain

import (
	"fmt"
	"slices"
	"time"
)

// Preferences are what one person chose for themselves in one workspace. They follow the person to
// every computer. The zero value of a field means that nothing was chosen: what stands in
// DefaultPreferences, or in the workspace's settings, then counts.
type Preferences struct {
	FuzzyDates     *bool          `json:"fuzzyDates,omitempty"`
	DefaultPage    DefaultPage    `json:"defaultPage,omitempty"`
	Language       string         `json:"language,omitempty"` // one of Languages; "" is the system's
	Theme          Theme          `json:"theme,omitempty"`
	Timezone       string         `json:"timezone,omitempty"` // an IANA name; "" is the computer's, on a server UTC
	DigestInterval DigestInterval `json:"digestInterval,omitempty"`
	DigestHour     *int           `json:"digestHour,omitempty"` // 0 to 23, of the daily and weekly digest
	// QuietHours are the person's own; nil follows the workspace. An empty table is a choice: never quiet.
	QuietHours  QuietHours `json:"quietHours" ts_type:"Record<string, Span[]> | null"`
	PausedUntil *time.Time `json:"pausedUntil,omitempty" ts_type:"string"`
	// Player is an id of the catalogue of players; programs and templates stay on their computer.
	Player string `json:"player,omitempty"`
}

// DefaultPage is where the app opens after signing in.
type DefaultPage string

const (
	// PageTasks is the tasks assigned to me.
	PageTasks DefaultPage = "my_tasks"
	// PageOverview is what happened in my projects.
	PageOverview DefaultPage = "overview"
)

// AllPages lists every default page with its TypeScript name.
var AllPages = []struct {
	Value  DefaultPage
	TSName string
}{
	{PageTasks, "MyTasks"},
	{PageOverview, "Overview"},
}

// DigestInterval is how often a digest mail comes.
type DigestInterval string

// The intervals. Every twelve hours is at 9 and 21, daily at the digest hour, weekly on Monday at it.
const (
	Hourly      DigestInterval = "hourly"
	EveryFour   DigestInterval = "every_4_hours"
	EveryTwelve DigestInterval = "every_12_hours"
	Daily       DigestInterval = "daily"
	Weekly      DigestInterval = "weekly"
)

// DefaultDigestHour is when the daily digest comes where nobody chose another hour.
const DefaultDigestHour = 18

// AllDigestIntervals lists every interval with its TypeScript name.
var AllDigestIntervals = []struct {
	Value  DigestInterval
	TSName string
}{
	{Hourly, "Hourly"},
	{EveryFour, "EveryFour"},
	{EveryTwelve, "EveryTwelve"},
	{Daily, "Daily"},
	{Weekly, "Weekly"},
}

// WorkspaceDefaults are what counts for whoever chose nothing: an administrator's choices.
type WorkspaceDefaults struct {
	DigestInterval DigestInterval `json:"digestInterval"`
	DigestHour     int            `json:"digestHour"`
	QuietHours     QuietHours     `json:"quietHours" ts_type:"Record<string, Span[]>"`
	Player         string         `json:"player,omitempty"`
}

// BuiltInDefaults are those of a workspace whose administrators chose nothing.
func BuiltInDefaults() WorkspaceDefaults {
	return WorkspaceDefaults{DigestInterval: Daily, DigestHour: DefaultDigestHour, QuietHours: QuietHours{}}
}

// Hours are the quiet hours in force.
func (p Preferences) Hours(defaults WorkspaceDefaults) QuietHours {
	if p.QuietHours != nil {
		return p.QuietHours
	}
	return defaults.QuietHours
}

// Fuzzy says whether dates are shown relative to now.
func (p Preferences) Fuzzy() bool { return p.FuzzyDates == nil || *p.FuzzyDates }

// Paused says whether the person paused toasts, sounds and mail at that moment.
func (p Preferences) Paused(now time.Time) bool {
	return p.PausedUntil != nil && p.PausedUntil.After(now)
}

// Held says until when toasts, sounds and mail wait, and why; the zero time where they do not. A pause
// that ends within quiet hours goes over into them. here is the zone of whoever chose none.
func (p Preferences) Held(defaults WorkspaceDefaults, now time.Time, here *time.Location) (until time.Time, why Withheld) {
	zone, err := Zone(p.Timezone, here)
	if err != nil {
		zone = here // a name that another system knows and this one does not
	}
	hours := p.Hours(defaults)
	if p.Paused(now) {
		until, why = *p.PausedUntil, WithheldPaused
		if hours.At(until, zone) {
			until = hours.endAfter(until, zone)
		}
		return until, why
	}
	if hours.At(now, zone) {
		return hours.endAfter(now, zone), WithheldQuiet
	}
	return time.Time{}, ""
}

// endAfter is when the quiet that reigns at an instant ends; of quiet without end it is a week later,
// when one may look again.
func (q QuietHours) endAfter(at time.Time, zone *time.Location) time.Time {
	if end := q.Turn(at, zone); !end.IsZero() {
		return end
	}
	return at.AddDate(0, 0, 7)
}

// Withheld says why a notification got no toast.
type Withheld string

// The reasons, in the words kept on this computer; never rename one.
const (
	WithheldPaused    Withheld = "paused"     // the person paused
	WithheldQuiet     Withheld = "quiet"      // quiet hours
	WithheldInboxOnly Withheld = "inbox_only" // this computer shows toasts of other kinds only
	WithheldRead      Withheld = "read"       // it was read, done or snoozed elsewhere before
	WithheldOpen      Withheld = "open"       // it was on the screen
	WithheldFolded    Withheld = "folded"     // one summary stood for it and others
	WithheldNoDaemon  Withheld = "no_daemon"  // this computer cannot show toasts
	WithheldOff       Withheld = "off"        // toasts are off on this computer
)

// Valid says what of the preferences cannot be. Quiet hours come back in their normal form.
func (p Preferences) Valid() (Preferences, error) {
	switch {
	case p.DefaultPage != "" && p.DefaultPage != PageTasks && p.DefaultPage != PageOverview:
		return p, invalidPreference("default_page", "there is no page %q to begin with", p.DefaultPage)
	case p.Language != "" && !slices.Contains(Languages, p.Language):
		return p, invalidPreference("language", "Callboard does not speak %q", p.Language)
	case p.Theme != "" && p.Theme != ThemeDark && p.Theme != ThemeLight && p.Theme != ThemeSystem:
		return p, invalidPreference("theme", "there is no theme %q", p.Theme)
	case p.DigestInterval != "" && !p.DigestInterval.known():
		return p, invalidPreference("digest_interval", "there is no digest interval %q", p.DigestInterval)
	case p.DigestHour != nil && (*p.DigestHour < 0 || *p.DigestHour > 23):
		return p, invalidPreference("digest_hour", "%d is no hour of the day", *p.DigestHour)
	}
	if _, err := Zone(p.Timezone, time.UTC); err != nil {
		return p, err
	}
	if p.QuietHours == nil {
		return p, nil
	}
	normal, err := p.QuietHours.Normal()
	p.QuietHours = normal
	return p, err
}

func (i DigestInterval) known() bool {
	for _, known := range AllDigestIntervals {
		if known.Value == i {
			return true
		}
	}
	return false
}

func invalidPreference(field, format string, args ...any) error {
	return &Error{Code: Invalid, Field: field, Message: fmt.Sprintf(format, args...)}
}
