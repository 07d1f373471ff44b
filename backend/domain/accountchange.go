package domain

import (
	"fmt"
	"slices"
	"time"
)

// AccountChange is what a person changed on a page of My account, to be carried out whole. A nil part is
// unchanged; a field named in Reset goes back to the default.
type AccountChange struct {
	FuzzyDates     *bool           `json:"fuzzyDates,omitempty"`
	DefaultPage    *DefaultPage    `json:"defaultPage,omitempty"`
	Language       *string         `json:"language,omitempty"`
	Theme          *Theme          `json:"theme,omitempty"`
	Timezone       *string         `json:"timezone,omitempty"`
	DigestInterval *DigestInterval `json:"digestInterval,omitempty"`
	DigestHour     *int            `json:"digestHour,omitempty"`
	QuietHours     *QuietHours     `json:"quietHours,omitempty" ts_type:"Record<string, Span[]>"`
	PausedUntil    *time.Time      `json:"pausedUntil,omitempty" ts_type:"string"`
	// FirstName and LastName are of the profile; the rest of it is not changed while one is away.
	FirstName *string `json:"firstName,omitempty"`
	LastName  *string `json:"lastName,omitempty"`
	// Reset names fields, by their JSON names above, of which the person's own choice is dropped.
	Reset    []string        `json:"reset,omitempty"`
	Channels []ChannelChange `json:"channels,omitempty"`
	// Mute are things to be silenced, Unmute the ids of mutes to be ended.
	Mute   []Mute   `json:"mute,omitempty"`
	Unmute []string `json:"unmute,omitempty"`
}

// ChannelChange sets the channels of a kind, everywhere or in one project, or drops the choice.
type ChannelChange struct {
	Kind    Kind      `json:"kind"`
	Project ProjectID `json:"project,omitempty"`
	// ProjectName is how the project is listed until the server says it.
	ProjectName string    `json:"projectName,omitempty"`
	Channels    []Channel `json:"channels"`
	Reset       bool      `json:"reset,omitempty"`
}

// preferenceField is one of the fields of Preferences, as a change sets, drops and keeps it apart.
type preferenceField struct {
	name  string
	set   func(AccountChange) bool
	apply func(*Preferences, AccountChange)
	drop  func(*Preferences)
	only  func(AccountChange) AccountChange
}

var preferenceFields = []preferenceField{
	fieldOf("fuzzyDates", func(c *AccountChange) **bool { return &c.FuzzyDates }, func(p *Preferences, v *bool) { p.FuzzyDates = v }),
	fieldOf("defaultPage", func(c *AccountChange) **DefaultPage { return &c.DefaultPage }, func(p *Preferences, v *DefaultPage) { p.DefaultPage = valueOf(v) }),
	fieldOf("language", func(c *AccountChange) **string { return &c.Language }, func(p *Preferences, v *string) { p.Language = valueOf(v) }),
	fieldOf("theme", func(c *AccountChange) **Theme { return &c.Theme }, func(p *Preferences, v *Theme) { p.Theme = valueOf(v) }),
	fieldOf("timezone", func(c *AccountChange) **string { return &c.Timezone }, func(p *Preferences, v *string) { p.Timezone = valueOf(v) }),
	fieldOf("digestInterval", func(c *AccountChange) **DigestInterval { return &c.DigestInterval },
		func(p *Preferences, v *DigestInterval) { p.DigestInterval = valueOf(v) }),
	fieldOf("digestHour", func(c *AccountChange) **int { return &c.DigestHour }, func(p *Preferences, v *int) { p.DigestHour = v }),
	fieldOf("quietHours", func(c *AccountChange) **QuietHours { return &c.QuietHours }, func(p *Preferences, v *QuietHours) { p.QuietHours = valueOf(v) }),
	fieldOf("pausedUntil", func(c *AccountChange) **time.Time { return &c.PausedUntil }, func(p *Preferences, v *time.Time) { p.PausedUntil = v }),
}

// fieldOf joins where a change holds a field and how preferences take it; nil drops it there.
func fieldOf[T any](name string, in func(*AccountChange) **T, put func(*Preferences, *T)) preferenceField {
	return preferenceField{
		name:  name,
		set:   func(c AccountChange) bool { return *in(&c) != nil },
		apply: func(p *Preferences, c AccountChange) { put(p, *in(&c)) },
		drop:  func(p *Preferences) { put(p, nil) },
		only: func(c AccountChange) (alone AccountChange) {
			*in(&alone) = *in(&c)
			return alone
		},
	}
}

// valueOf is what v points at, the zero value for nil.
func valueOf[T any](v *T) (value T) {
	if v != nil {
		value = *v
	}
	return value
}

// profileField is a field of the Profile that a change sets.
type profileField struct {
	name string // as the wire has it, which is also how errors name it
	in   func(*AccountChange) **string
	of   func(*Profile) *string
}

var profileFields = []profileField{
	{"first_name", func(c *AccountChange) **string { return &c.FirstName }, func(p *Profile) *string { return &p.FirstName }},
	{"last_name", func(c *AccountChange) **string { return &c.LastName }, func(p *Profile) *string { return &p.LastName }},
}

// Names are the fields of the profile that the change sets, by their names on the wire.
func (c AccountChange) Names() map[string]string {
	names := map[string]string{}
	for _, field := range profileFields {
		if name := *field.in(&c); name != nil {
			names[field.name] = *name
		}
	}
	return names
}

// OnlyNames says that nothing is changed but the profile, which every server keeps.
func (c AccountChange) OnlyNames() bool {
	return !c.SetsPreferences() && len(c.Channels)+len(c.Mute)+len(c.Unmute) == 0
}

// SetsPreferences says whether anything in the preferences is set or dropped.
func (c AccountChange) SetsPreferences() bool {
	return len(c.Reset) > 0 || slices.ContainsFunc(preferenceFields, func(f preferenceField) bool { return f.set(c) })
}

// Apply is the state with the change carried out. What the state shares with others stays as it was.
func (c AccountChange) Apply(s AccountState) AccountState {
	for _, field := range preferenceFields {
		switch {
		case slices.Contains(c.Reset, field.name):
			field.drop(&s.Preferences)
		case field.set(c):
			field.apply(&s.Preferences, c)
		}
	}
	for _, field := range profileFields {
		if name := *field.in(&c); name != nil {
			*field.of(&s.Profile) = *name
		}
	}
	for _, change := range c.Channels {
		if change.Project == "" {
			s.Kinds = change.own(s.Kinds)
		} else {
			s.Overrides = change.override(s.Overrides)
		}
	}
	for _, mute := range c.Mute {
		s.Mutes = append(slices.DeleteFunc(slices.Clone(s.Mutes), func(m Mute) bool { return m.EntityID == mute.EntityID }), mute)
	}
	if len(c.Unmute) > 0 {
		s.Mutes = slices.DeleteFunc(slices.Clone(s.Mutes), func(m Mute) bool { return slices.Contains(c.Unmute, m.ID) })
	}
	return s
}

// own sets or drops the channels of a kind everywhere.
func (c ChannelChange) own(rows []KindSetting) []KindSetting {
	rows = slices.Clone(rows)
	for i := range rows {
		switch {
		case rows[i].Kind != c.Kind:
		case c.Reset:
			rows[i].Own = nil
		default:
			rows[i].Own = append([]Channel{}, c.Channels...)
		}
	}
	return rows
}

// override sets or drops the channels of a kind in one project. A project in which nothing is chosen any
// more is no longer listed.
func (c ChannelChange) override(projects []ProjectSetting) []ProjectSetting {
	projects = slices.Clone(projects)
	i := slices.IndexFunc(projects, func(p ProjectSetting) bool { return p.Project == c.Project })
	if i < 0 {
		if c.Reset {
			return projects
		}
		i = len(projects)
		projects = append(projects, ProjectSetting{Project: c.Project, Name: c.ProjectName})
	}
	kinds := map[Kind][]Channel{}
	for kind, channels := range projects[i].Kinds {
		if kind != c.Kind {
			kinds[kind] = channels
		}
	}
	if !c.Reset {
		kinds[c.Kind] = append([]Channel{}, c.Channels...)
	}
	if len(kinds) == 0 {
		return slices.Delete(projects, i, i+1)
	}
	projects[i].Kinds = kinds
	return projects
}

// Parts are changes of one field, one kind, one mute each, which together are the whole: of several at
// once that a server refuses some may be good.
func (c AccountChange) Parts() []AccountChange {
	var parts []AccountChange
	for _, field := range preferenceFields {
		if field.set(c) && !slices.Contains(c.Reset, field.name) {
			parts = append(parts, field.only(c))
		}
	}
	for _, name := range c.Reset {
		parts = append(parts, AccountChange{Reset: []string{name}})
	}
	for _, field := range profileFields {
		if name := *field.in(&c); name != nil {
			var alone AccountChange
			*field.in(&alone) = name
			parts = append(parts, alone)
		}
	}
	for _, change := range c.Channels {
		parts = append(parts, AccountChange{Channels: []ChannelChange{change}})
	}
	for _, mute := range c.Mute {
		parts = append(parts, AccountChange{Mute: []Mute{mute}})
	}
	for _, id := range c.Unmute {
		parts = append(parts, AccountChange{Unmute: []string{id}})
	}
	return parts
}

// mostChanges bounds one change: more at once is a mistake or an attack.
const mostChanges = 1000

// Valid is the change in its normal form, or says what in it cannot be.
func (c AccountChange) Valid() (AccountChange, error) {
	if len(c.Reset)+len(c.Channels)+len(c.Mute)+len(c.Unmute) > mostChanges {
		return c, Errorf(Invalid, "these are too many changes at once")
	}
	for _, name := range c.Reset {
		if !slices.ContainsFunc(preferenceFields, func(f preferenceField) bool { return f.name == name }) {
			return c, &Error{Code: Invalid, Field: "reset", Message: fmt.Sprintf("there is no preference %q", name)}
		}
	}
	valid, err := c.Apply(AccountState{}).Preferences.Valid()
	if err != nil {
		return c, err
	}
	if c.QuietHours != nil {
		c.QuietHours = &valid.QuietHours
	}
	for _, field := range profileFields {
		if said := *field.in(&c); said != nil {
			name, err := ValidName(field.name, *said)
			if err != nil {
				return c, err
			}
			*field.in(&c) = &name
		}
	}
	c.Channels = slices.Clone(c.Channels)
	for i, change := range c.Channels {
		if !slices.Contains(Kinds, change.Kind) {
			return c, &Error{Code: Invalid, Field: "kind", Reason: "unknown_kind", Message: fmt.Sprintf("there is no kind of notification %q", change.Kind)}
		}
		if c.Channels[i].Channels, err = ValidChannels(change.Channels); err != nil {
			return c, err
		}
	}
	for _, mute := range c.Mute {
		if mute.EntityType == "" || mute.EntityID == "" {
			return c, &Error{Code: Invalid, Field: "mute", Message: "a mute names what is muted"}
		}
	}
	return c, nil
}
