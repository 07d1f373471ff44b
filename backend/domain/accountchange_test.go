package domain_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// chosen is the state of somebody who chose a few things.
func chosen() domain.AccountState {
	s := domain.AccountState{Preferences: domain.Preferences{Language: "es", Theme: domain.ThemeLight}}
	for _, kind := range domain.Kinds {
		s.Kinds = append(s.Kinds, domain.KindSetting{Kind: kind, Default: domain.Choices{}.Default(kind)})
	}
	s.Overrides = []domain.ProjectSetting{{Project: "p1", Name: "Northern Lights", Kinds: map[domain.Kind][]domain.Channel{domain.KindNote: {}}}}
	s.Mutes = []domain.Mute{{ID: "m1", EntityType: domain.TypeProject, EntityID: "p2"}}
	return s
}

// everything is a change of each part.
func everything() domain.AccountChange {
	yes, page, zone, interval, hour, until := true, domain.PageTasks, "Asia/Tokyo", domain.Weekly, 7, noon
	given, family := "Maya", "林"
	hours := domain.QuietHours{"monday": {{From: "18:00", To: "20:00"}}}
	return domain.AccountChange{
		FuzzyDates: &yes, DefaultPage: &page, Timezone: &zone, DigestInterval: &interval, DigestHour: &hour, QuietHours: &hours, PausedUntil: &until,
		Reset: []string{"language", "theme"}, FirstName: &given, LastName: &family,
		Channels: []domain.ChannelChange{
			{Kind: domain.KindNote, Channels: []domain.Channel{domain.Digest}},
			{Kind: domain.KindNote, Project: "p1", Reset: true},
			{Kind: domain.KindStatus, Project: "p3", ProjectName: "Tidewater", Channels: []domain.Channel{}},
		},
		Mute:   []domain.Mute{{ID: "m2", EntityType: domain.TypeNote, EntityID: "n1"}},
		Unmute: []string{"m1"},
	}
}

func TestAChangeIsAppliedWholeAndLeavesTheStateBeforeAlone(t *testing.T) {
	before, got := chosen(), everything().Apply(chosen())
	p := got.Preferences
	if got.Profile.FirstName != "Maya" || got.Profile.LastName != "林" || got.Profile.Person().Name != "Maya 林" {
		t.Errorf("the profile is %+v", got.Profile)
	}
	if !p.Fuzzy() || p.DefaultPage != domain.PageTasks || p.Language != "" || p.Theme != "" || p.Timezone != "Asia/Tokyo" || *p.DigestHour != 7 || len(p.QuietHours) != 1 || !p.PausedUntil.Equal(noon) {
		t.Errorf("preferences %+v", p)
	}
	if route := got.Choices().For(domain.KindNote, "p1"); route.Layer != domain.LayerOwn || route.Channels[0] != domain.Digest {
		t.Errorf("notes go %+v", route)
	}
	if off := got.Choices().For(domain.KindStatus, "p3"); off.Layer != domain.LayerProject || len(off.Channels) != 0 {
		t.Errorf("statuses go %+v", off)
	}
	if len(got.Overrides) != 1 || got.Overrides[0].Name != "Tidewater" || len(got.Mutes) != 1 || got.Mutes[0].ID != "m2" {
		t.Errorf("overrides %+v, mutes %+v", got.Overrides, got.Mutes)
	}
	everything().Apply(before)
	if !reflect.DeepEqual(before, chosen()) {
		t.Errorf("the state before became %+v", before)
	}
}

func TestThePartsOfAChangeAreTheWhole(t *testing.T) {
	got := chosen()
	parts := everything().Parts()
	for _, part := range parts {
		if more := part.Parts(); len(more) != 1 {
			t.Errorf("%+v has %d parts", part, len(more))
		}
		got = part.Apply(got)
	}
	if want := everything().Apply(chosen()); len(parts) != 16 || !reflect.DeepEqual(got, want) {
		t.Errorf("%d parts make %+v, want %+v", len(parts), got, want)
	}
}

func TestChangesSetOneFieldAndLeaveTheOthersToOtherDevices(t *testing.T) {
	theme, language := domain.ThemeDark, "ja"
	one := domain.AccountChange{Theme: &theme}.Apply(domain.AccountChange{Language: &language}.Apply(chosen()))
	other := domain.AccountChange{Language: &language}.Apply(domain.AccountChange{Theme: &theme}.Apply(chosen()))
	if !reflect.DeepEqual(one, other) {
		t.Errorf("%+v and %+v", one.Preferences, other.Preferences)
	}
}

func TestImpossibleChangesAreRefused(t *testing.T) {
	long, lines := strings.Repeat("林", 256), "Maya\nLin"
	hour, zone, hours := 24, "Nowhere/Land", domain.QuietHours{"monday": {{From: "9", To: "10"}}}
	for name, c := range map[string]domain.AccountChange{
		"a name without end":  {FirstName: &long},
		"a name of two lines": {LastName: &lines},
		"hour":                {DigestHour: &hour},
		"zone":                {Timezone: &zone},
		"hours":               {QuietHours: &hours},
		"reset":               {Reset: []string{"everything"}},
		"kind":                {Channels: []domain.ChannelChange{{Kind: "gossip"}}},
		"channel":             {Channels: []domain.ChannelChange{{Kind: domain.KindNote, Channels: []domain.Channel{"pigeon"}}}},
		"mute":                {Mute: []domain.Mute{{EntityID: "x"}}},
		"many":                {Unmute: make([]string, 1001)},
	} {
		if _, err := c.Valid(); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAValidChangeComesBackInItsNormalForm(t *testing.T) {
	hours := domain.QuietHours{"friday": {{From: "18:00", To: "20:00"}, {From: "20:00", To: "22:00"}}}
	got, err := domain.AccountChange{
		QuietHours: &hours, Channels: []domain.ChannelChange{{Kind: domain.KindNote, Channels: []domain.Channel{domain.Digest, domain.Mail, domain.Mail}}},
	}.Valid()
	if err != nil || len((*got.QuietHours)["friday"]) != 1 || !reflect.DeepEqual(got.Channels[0].Channels, []domain.Channel{domain.Mail, domain.Digest}) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAPauseMayBeResetWithoutTouchingTheRest(t *testing.T) {
	s := chosen()
	until := noon.Add(time.Hour)
	s.Preferences.PausedUntil = &until
	got := domain.AccountChange{Reset: []string{"pausedUntil"}}.Apply(s).Preferences
	if got.PausedUntil != nil || got.Language != "es" {
		t.Errorf("%+v", got)
	}
}
