package tracker_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// row gives somebody's notification of a note.
func (s *studio) row(t testing.TB, who, note string) data {
	t.Helper()
	return s.one(t, who, fmt.Sprintf("select id, seq, read_at, done_at, snoozed_until, snooze_until_change from Notification where note_id is %q", note))
}

// touch changes somebody's notification of a note.
func (s *studio) touch(t testing.TB, who, note string, d data) {
	t.Helper()
	s.do(t, who, update("Notification", s.row(t, who, note)["id"].(string), d))
}

func TestWhatIsSnoozedUntilItChangesComesBackWithNewsOfTheSameThing(t *testing.T) {
	s := open(t)
	s.do(t, "", create("Task", data{"id": "paint", "name": "paint", "parent_id": "sh0140"}), create("Appointment", data{"id": "a7", "context_id": "paint", "resource_id": "maya"}))
	s.note(t, "n1")
	s.do(t, "tomas", create("Note", data{"id": "n2", "content": "Green.", "parent_id": "paint"}))
	until := data{"snooze_until_change": true}
	s.touch(t, "maya", "n1", until)
	s.touch(t, "maya", "n2", until)
	before := s.row(t, "maya", "n2")
	s.heard()
	s.note(t, "n3") // on comp, as n1
	if row := s.row(t, "maya", "n1"); row["snooze_until_change"] != false || row["seq"].(float64) <= before["seq"].(float64) {
		t.Errorf("%v", row)
	}
	if row := s.row(t, "maya", "n2"); row["snooze_until_change"] != true || row["seq"] != before["seq"] {
		t.Errorf("another thing's: %v", row)
	}
	news := s.row(t, "maya", "n3")
	if heard := s.heard(); heard[0].Inbox["maya"] != int64(news["seq"].(float64)) {
		t.Errorf("the head is %v, the news %v", heard[0].Inbox, news)
	}
	// A change of the same thing of any kind is news, but not one that the person is not told of.
	s.touch(t, "maya", "n1", until)
	s.do(t, "maya", mute("Task", "comp"))
	s.do(t, "tomas", update("Task", "comp", data{"status_id": "later"}))
	if row := s.row(t, "maya", "n1"); row["snooze_until_change"] != true {
		t.Errorf("a muted change ended it: %v", row)
	}
	s.do(t, "maya", remove("NotificationMute", s.one(t, "maya", "select id from NotificationMute")["id"].(string)))
	s.do(t, "maya", update("Task", "comp", data{"status_id": "ready"}))
	if row := s.row(t, "maya", "n1"); row["snooze_until_change"] != true {
		t.Errorf("her own change ended it: %v", row)
	}
	s.do(t, "tomas", update("Task", "comp", data{"status_id": "later"}))
	if row := s.row(t, "maya", "n1"); row["snooze_until_change"] != false {
		t.Errorf("a status: %v", row)
	}
}

func TestASnoozedMessageComesBackWithAnAnswerInItsThread(t *testing.T) {
	s := open(t)
	s.do(t, "tomas", create("Note", data{"id": "m1", "content": "Lunch?"}), recipient("m1", "maya"))
	s.do(t, "tomas", create("Note", data{"id": "m2", "content": "Dailies at four."}), recipient("m2", "maya"))
	s.do(t, "tomas", create("Note", data{"id": "m3", "content": "Now?", "in_reply_to_id": "m1"}))
	for _, note := range []string{"m1", "m2"} {
		s.touch(t, "maya", note, data{"snooze_until_change": true})
	}
	s.do(t, "tomas", create("Note", data{"id": "m4", "content": "Then tomorrow.", "in_reply_to_id": "m3"}))
	for note, want := range map[string]bool{"m1": false, "m2": true} {
		if got := s.row(t, "maya", note)["snooze_until_change"]; got != want {
			t.Errorf("%s: snoozed %v", note, got)
		}
	}
}

func TestSeveralNewsOfOneRequestEndSnoozesOnce(t *testing.T) {
	s := open(t)
	for i := range 3 {
		s.note(t, fmt.Sprintf("n%d", i))
		s.touch(t, "maya", fmt.Sprintf("n%d", i), data{"snooze_until_change": true})
	}
	var ops []wire.Operation
	for i := range 130 { // more than one statement takes
		ops = append(ops, create("Note", data{"id": fmt.Sprintf("k%d", i), "content": "Edge.", "parent_id": "comp"}))
	}
	s.touch(t, "maya", "n1", data{"snooze_until_change": true})
	s.do(t, "tomas", ops...)
	seen := map[any]bool{}
	rows := s.ask(t, "maya", "select seq, snooze_until_change from Notification order by seq")
	for _, row := range rows {
		if seen[row["seq"]] || row["snooze_until_change"] != false {
			t.Errorf("%v", row)
		}
		seen[row["seq"]] = true
	}
	if len(rows) != 134 {
		t.Errorf("%d rows", len(rows))
	}
}

func TestNobodySnoozesForEver(t *testing.T) {
	s := open(t)
	s.note(t, "n1")
	id := s.row(t, "maya", "n1")["id"].(string)
	for what, until := range map[string]any{"a clock that jumps": s.in(6 * 365 * 24 * time.Hour), "no instant": "tomorrow", "a number": 5.0} {
		_, err := s.try("maya", update("Notification", id, data{"snoozed_until": until}))
		if failure, _ := err.(*domain.Error); failure == nil || failure.Code != domain.Invalid || failure.Field != "snoozed_until" { //nolint:errorlint // Do gives it as it is
			t.Errorf("%s: %v", what, err)
		}
	}
	s.do(t, "maya", update("Notification", id, data{"snoozed_until": s.in(-time.Hour)})) // said offline, an hour ago
	s.do(t, "maya", update("Notification", id, data{"snoozed_until": s.in(time.Hour), "snooze_until_change": true}))
	s.do(t, "maya", update("Notification", id, data{"snoozed_until": nil}))
	if row := s.row(t, "maya", "n1"); row["snoozed_until"] != nil || row["snooze_until_change"] != true {
		t.Errorf("%v", row)
	}
}

// TestTwoDevicesEndEqual has two devices of one person change the same row at once, again and again: each
// field is as the last of them said, and both devices, following by seq, end with the same rows.
func TestTwoDevicesEndEqual(t *testing.T) {
	s := open(t)
	s.note(t, "n1")
	id := s.row(t, "maya", "n1")["id"].(string)
	var devices sync.WaitGroup
	errs := make(chan error, 200)
	for _, field := range []string{"read_at", "done_at"} {
		devices.Go(func() {
			for i := range 50 {
				d := data{field: s.in(time.Duration(i) * time.Second), "snoozed_until": nil}
				if i%2 == 0 {
					d = data{field: nil, "snoozed_until": s.in(time.Hour)}
				}
				_, err := s.try("maya", update("Notification", id, d))
				errs <- err
			}
		})
	}
	devices.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	row := s.row(t, "maya", "n1")
	if row["read_at"] == nil || row["done_at"] == nil {
		t.Errorf("the last word of one device is lost: %v", row)
	}
	heads := map[domain.UserID]int64{}
	for _, c := range s.heard() {
		for user, seq := range c.Inbox {
			heads[user] = max(heads[user], seq)
		}
	}
	if int64(row["seq"].(float64)) != heads["maya"] {
		t.Errorf("seq %v, the last hint %d", row["seq"], heads["maya"])
	}
}
