package domain_test

import (
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestUnreadCountsOnlyWhatStillWantsAttention(t *testing.T) {
	past, later := noon.Add(-time.Hour), noon.Add(time.Hour)
	for name, c := range map[string]struct {
		row  domain.Notification
		want bool
	}{
		"new":                    {domain.Notification{}, true},
		"read":                   {domain.Notification{ReadAt: &past}, false},
		"done":                   {domain.Notification{DoneAt: &past}, false},
		"removed":                {domain.Notification{RemovedAt: &past}, false},
		"snoozed for an hour":    {domain.Notification{SnoozedUntil: &later}, false},
		"snooze is over":         {domain.Notification{SnoozedUntil: &past}, true},
		"snoozed until a change": {domain.Notification{SnoozeUntilChange: true}, false},
	} {
		if got := c.row.Unread(noon); got != c.want {
			t.Errorf("%s: unread %v, want %v", name, got, c.want)
		}
	}
}

func TestFilterChooses(t *testing.T) {
	open := domain.Notification{}
	read := domain.Notification{ReadAt: &noon}
	done := domain.Notification{DoneAt: &noon}
	gone := domain.Notification{RemovedAt: &noon}
	snoozed := domain.Notification{SnoozeUntilChange: true}
	for name, c := range map[string]struct {
		filter domain.InboxFilter
		row    domain.Notification
		want   bool
	}{
		"all shows open":         {domain.InboxFilter{}, open, true},
		"all shows read":         {domain.InboxFilter{}, read, true},
		"all hides done":         {domain.InboxFilter{}, done, false},
		"unread hides read":      {domain.InboxFilter{Unread: true}, read, false},
		"done shows done":        {domain.InboxFilter{Done: true}, done, true},
		"done hides open":        {domain.InboxFilter{Done: true}, open, false},
		"removed is never shown": {domain.InboxFilter{}, gone, false},
		"all hides snoozed":      {domain.InboxFilter{}, snoozed, false},
		"snoozed shows snoozed":  {domain.InboxFilter{Snoozed: true}, snoozed, true},
		"snoozed hides open":     {domain.InboxFilter{Snoozed: true}, open, false},
	} {
		if got := c.filter.Matches(c.row, noon); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestAnActionDoneTwiceKeepsItsFirstTime(t *testing.T) {
	first := domain.Action{Verb: domain.MarkRead, At: noon}.Apply(domain.Notification{})
	second := domain.Action{Verb: domain.MarkRead, At: noon.Add(time.Minute)}.Apply(first)
	if !second.ReadAt.Equal(noon) {
		t.Errorf("read at %v, want %v", second.ReadAt, noon)
	}
}

func TestEveryVerbHasItsOpposite(t *testing.T) {
	row := domain.Notification{}
	for _, pair := range [][2]domain.Verb{{domain.MarkRead, domain.MarkUnread}, {domain.MarkDone, domain.MarkUndone}} {
		there := domain.Action{Verb: pair[0], At: noon}.Apply(row)
		back := domain.Action{Verb: pair[1], At: noon}.Apply(there)
		if back.ReadAt != nil || back.DoneAt != nil {
			t.Errorf("%s then %s left %+v", pair[0], pair[1], back)
		}
	}
}

func TestThingIsTheEndOfThePath(t *testing.T) {
	row := domain.Notification{Subject: domain.Subject{Path: []domain.Crumb{{Name: "Northern Lights"}, {Name: "sq020"}, {Name: "sh0140"}, {Name: "comp"}}}}
	got := row.Thing()
	if len(got) != 2 || got[0] != "sh0140" || got[1] != "comp" {
		t.Errorf("thing %v", got)
	}
	if got := (domain.Notification{}).Thing(); len(got) != 0 {
		t.Errorf("a message has no thing, got %v", got)
	}
}
