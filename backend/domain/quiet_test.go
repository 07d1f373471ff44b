package domain_test

import (
	"reflect"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/callboard/callboard/backend/domain"
)

func madrid(t *testing.T) *time.Location {
	t.Helper()
	zone, err := domain.Zone("Europe/Madrid", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

var evenings = domain.QuietHours{
	"monday": {{From: "19:00", To: "24:00"}}, "tuesday": {{From: "00:00", To: "09:00"}}, "sunday": {{From: "00:00", To: "24:00"}},
}

func TestQuietIsWhatTheWallClockSays(t *testing.T) {
	zone := madrid(t)
	for text, want := range map[string]bool{
		"2026-11-23 18:59": false, "2026-11-23 19:00": true, "2026-11-23 23:59": true, // a Monday
		"2026-11-24 00:00": true, "2026-11-24 08:59": true, "2026-11-24 09:00": false,
		"2026-11-22 12:00": true, "2026-11-21 12:00": false,
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := evenings.At(at, zone); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestQuietEndsAcrossMidnightInOnePiece(t *testing.T) {
	zone := madrid(t)
	at := time.Date(2026, 11, 23, 20, 0, 0, 0, zone)
	if got, want := evenings.Turn(at, zone), time.Date(2026, 11, 24, 9, 0, 0, 0, zone); !got.Equal(want) {
		t.Errorf("ends %v, want %v", got, want)
	}
	if got, want := evenings.Turn(time.Date(2026, 11, 24, 9, 0, 0, 0, zone), zone), time.Date(2026, 11, 29, 0, 0, 0, 0, zone); !got.Equal(want) {
		t.Errorf("begins again %v, want %v", got, want)
	}
}

func TestWhatNeverChangesHasNoTurn(t *testing.T) {
	always := domain.QuietHours{}
	for _, name := range domain.Weekdays {
		always[name] = []domain.Span{{From: "00:00", To: "24:00"}}
	}
	for name, hours := range map[string]domain.QuietHours{"never": {}, "always": always} {
		if got := hours.Turn(noon, time.UTC); !got.IsZero() {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestQuietHoursKeepToTheWallClockWhenTheClocksChange(t *testing.T) {
	zone := madrid(t)
	nights := domain.QuietHours{"sunday": {{From: "00:00", To: "02:30"}}}
	// In spring 02:00 becomes 03:00: what ends at 02:30 ends at 03:00. In autumn 03:00 becomes 02:00.
	if got, want := nights.Turn(time.Date(2026, 3, 29, 1, 0, 0, 0, zone), zone), time.Date(2026, 3, 29, 3, 0, 0, 0, zone); !got.Equal(want) {
		t.Errorf("spring: %v, want %v", got, want)
	}
	autumn := time.Date(2026, 10, 25, 1, 0, 0, 0, zone)
	if got, want := nights.Turn(autumn, zone), autumn.Add(90*time.Minute); !got.Equal(want) {
		t.Errorf("autumn: %v, want %v", got, want)
	}
	if second := autumn.Add(2*time.Hour + 15*time.Minute); !nights.At(second, zone) {
		t.Error("02:15 came twice and was quiet once")
	}
}

func TestOverlappingHoursAreJoined(t *testing.T) {
	got, err := domain.QuietHours{"friday": {{From: "18:00", To: "20:00"}, {From: "08:00", To: "09:00"}, {From: "19:30", To: "24:00"}, {From: "09:00", To: "09:30"}}, "monday": {}}.Normal()
	want := domain.QuietHours{"friday": {{From: "08:00", To: "09:30"}, {From: "18:00", To: "24:00"}}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestImpossibleHoursAreRefused(t *testing.T) {
	for name, hours := range map[string]domain.QuietHours{
		"no such day":    {"someday": {{From: "08:00", To: "09:00"}}},
		"no such hour":   {"monday": {{From: "25:00", To: "26:00"}}},
		"no such minute": {"monday": {{From: "08:61", To: "09:00"}}},
		"after midnight": {"monday": {{From: "23:00", To: "24:01"}}},
		"backwards":      {"monday": {{From: "19:00", To: "09:00"}}},
		"nothing":        {"monday": {{From: "09:00", To: "09:00"}}},
		"words":          {"monday": {{From: "nine", To: "five"}}},
		"a sign":         {"monday": {{From: "-1:00", To: "09:00"}}},
	} {
		if _, err := hours.Normal(); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, zone := range []string{"Mars/Olympus", "Local", "../etc/passwd"} {
		if _, err := domain.Zone(zone, time.UTC); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%s: %v", zone, err)
		}
	}
}
