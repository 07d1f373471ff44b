package domain_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

func TestAPauseThatEndsInQuietHoursGoesOverIntoThem(t *testing.T) {
	hours := domain.QuietHours{"monday": {{From: "13:00", To: "15:00"}}}
	until := noon.Add(90 * time.Minute) // a Monday
	end, why := domain.Preferences{PausedUntil: &until, QuietHours: hours}.Held(domain.BuiltInDefaults(), noon, time.UTC)
	if want := noon.Add(3 * time.Hour); !end.Equal(want) || why != domain.WithheldPaused {
		t.Errorf("until %v because of %q", end, why)
	}
}

func TestNobodyWaitsWithoutAReason(t *testing.T) {
	past := noon.Add(-time.Minute)
	if end, why := (domain.Preferences{PausedUntil: &past}).Held(domain.BuiltInDefaults(), noon, time.UTC); !end.IsZero() || why != "" {
		t.Errorf("until %v because of %q", end, why)
	}
}

func TestAnEmptyTableIsAChoiceAgainstTheWorkspacesHours(t *testing.T) {
	defaults := domain.WorkspaceDefaults{QuietHours: domain.QuietHours{"monday": {{From: "00:00", To: "24:00"}}}}
	if _, why := (domain.Preferences{}).Held(defaults, noon, time.UTC); why != domain.WithheldQuiet {
		t.Errorf("who chose nothing follows the workspace: %q", why)
	}
	if _, why := (domain.Preferences{QuietHours: domain.QuietHours{}}).Held(defaults, noon, time.UTC); why != "" {
		t.Errorf("who chose never to be quiet waits because of %q", why)
	}
}

func TestImpossiblePreferencesAreRefused(t *testing.T) {
	hour := 24
	for name, p := range map[string]domain.Preferences{
		"page":     {DefaultPage: "moon"},
		"language": {Language: "tlh"},
		"theme":    {Theme: "purple"},
		"interval": {DigestInterval: "yearly"},
		"hour":     {DigestHour: &hour},
		"zone":     {Timezone: "Nowhere/Land"},
		"hours":    {QuietHours: domain.QuietHours{"monday": {{From: "9", To: "10"}}}},
	} {
		if _, err := p.Valid(); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := (domain.Preferences{Language: "en", Timezone: "Asia/Tokyo"}).Valid(); err != nil {
		t.Error(err)
	}
}

func TestNeverQuietSurvivesBeingStored(t *testing.T) {
	for name, hours := range map[string]domain.QuietHours{"follows the workspace": nil, "never quiet": {}} {
		text, err := json.Marshal(domain.Preferences{QuietHours: hours})
		if err != nil {
			t.Fatal(err)
		}
		var back domain.Preferences
		if err := json.Unmarshal(text, &back); err != nil || (back.QuietHours == nil) != (hours == nil) {
			t.Errorf("%s: %s became %v, %v", name, text, back.QuietHours, err)
		}
	}
}
