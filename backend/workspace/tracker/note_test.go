package tracker_test

import (
	"slices"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

func TestANoteWithItsRecipientsIsOneEvent(t *testing.T) {
	s := open(t)
	s.do(t, "tomas",
		create("Note", data{"id": "n1", "content": "Edge is crawling.", "parent_id": "comp", "parent_type": "Task", "frame_number": 1012.0}),
		recipient("n1", "maya"), recipient("n1", "lighting"), recipient("n1", "tomas"))
	s.expect(t, "maya", assigned, "2 note:n1 note (assigned, recipient)")
	s.expect(t, "lena", "1 note:n1 note (group_recipient)")
	s.expect(t, "nia", "1 note:n1 note (group_recipient)")
	s.expect(t, "tomas")
	s.expect(t, "ines")

	row := s.one(t, "maya", "select kind, actor.first_name, project_id, entity_type, entity_id, note_id, subject, summary from Notification where event_key is 'note:n1'")
	subject := row["subject"].(data)
	if row["kind"] != "note" || row["entity_id"] != "comp" || row["entity_type"] != "Task" || row["project_id"] != "film" || row["note_id"] != "n1" {
		t.Errorf("%v", row)
	}
	if subject["text"] != "Edge is crawling." || subject["frame"] != 1012.0 || row["summary"] != "Tomas: sh0140/comp" {
		t.Errorf("%v, %v", subject, row["summary"])
	}
	if path := subject["path"].([]any); len(path) != 4 || path[0].(data)["name"] != "Northern Lights" || path[2].(data)["type"] != "Shot" {
		t.Errorf("path %v", path)
	}

	heads := map[domain.UserID]int64{}
	for _, c := range s.heard() {
		for user, seq := range c.Inbox {
			heads[user] = seq
		}
	}
	if len(heads) != 3 || heads["maya"] != 2 || heads["lena"] != 1 {
		t.Errorf("heads %v", heads)
	}
}

// The Python client writes a note without saying on what, and then sends whole collections.
func TestANoteHungOnByItsOwnersCollectionsIsTheSame(t *testing.T) {
	s := open(t)
	s.do(t, "tomas",
		create("Note", data{"id": "n1", "content": "Hi", "user_id": "tomas"}),
		update("Task", "comp", data{"notes": []any{ref("Note", "n1")}}),
		recipient("n1", "ines"),
		update("Note", "n1", data{"recipients": []any{wire.Reference{Type: "Recipient", Key: map[string]string{"note_id": "n1", "resource_id": "ines"}}}}))
	s.expect(t, "maya", assigned, "2 note:n1 note (assigned)")
	s.expect(t, "ines", "1 note:n1 note (recipient)")
	note := s.one(t, "maya", "select parent_id, parent_type, project_id from Note where id is n1")
	if note["parent_id"] != "comp" || note["project_id"] != "film" {
		t.Errorf("%v", note)
	}

	s.do(t, "maya",
		create("Note", data{"id": "n2", "content": "Done"}),
		update("Note", "n1", data{"replies": []any{ref("Note", "n2")}}))
	s.expect(t, "tomas", "1 note:n2 note (replied_author)")
	s.expect(t, "ines", "1 note:n1 note (recipient)", "2 note:n2 note (replied_recipient)")
	if reply := s.one(t, "maya", "select project_id, in_reply_to_id from Note where id is n2"); reply["project_id"] != "film" || reply["in_reply_to_id"] != "n1" {
		t.Errorf("%v", reply)
	}
}

func TestAReplyStirsItsThread(t *testing.T) {
	s := open(t)
	s.do(t, "tomas", create("Note", data{"id": "n1", "content": "1", "parent_id": "comp"}))
	before := s.one(t, "maya", "select thread_activity from Note where id is n1")["thread_activity"].(data)["value"]
	s.do(t, "maya", create("Note", data{"id": "n2", "content": "2", "in_reply_to_id": "n1"}))
	if after := s.one(t, "maya", "select thread_activity from Note where id is n1")["thread_activity"].(data)["value"]; after == before {
		t.Errorf("still %v", after)
	}
}

func TestAMessageStaysBetweenThoseItIsBetween(t *testing.T) {
	s := open(t)
	s.do(t, "vera", create("Note", data{"id": "n1", "content": "Lunch?"}), recipient("n1", "maya"))
	s.expect(t, "maya", assigned, "2 note:n1 message (recipient)")
	s.do(t, "maya", create("Note", data{"id": "n2", "content": "Yes", "in_reply_to_id": "n1", "parent_id": "comp"}))
	s.expect(t, "vera", "1 note:n2 message (started_thread)")
	if rows := s.ask(t, "lena", "select id from Note"); len(rows) != 0 {
		t.Errorf("lena reads %v", rows)
	}
	for _, c := range s.heard() {
		if len(c.Updates) > 0 && !slices.Equal(c.Only, []domain.UserID{"maya", "vera"}) {
			t.Errorf("announced to %v", c.Only)
		}
	}
}

func TestARecipientAddedLaterHearsOnce(t *testing.T) {
	s := open(t)
	s.do(t, "tomas", create("Note", data{"id": "n1", "content": "Hi", "parent_id": "comp"}))
	s.do(t, "tomas", recipient("n1", "ines"))
	s.expect(t, "maya", assigned, "2 note:n1 note (assigned)")
	s.expect(t, "ines", "1 note:n1 note (recipient)")
	s.do(t, "tomas", remove("Recipient", "n1,ines"))
	s.do(t, "tomas", recipient("n1", "ines"))
	s.do(t, "tomas", recipient("n1", "maya"))
	s.expect(t, "ines", "1 note:n1 note (recipient)")
	s.expect(t, "maya", assigned, "2 note:n1 note (assigned)")
}

func TestEditingANoteTellsNobodyAgain(t *testing.T) {
	s := open(t)
	s.do(t, "tomas", create("Note", data{"id": "n1", "content": "Hi", "parent_id": "comp"}))
	s.heard()
	s.do(t, "tomas", update("Note", "n1", data{"content": "Hello"}))
	s.expect(t, "maya", assigned, "2 note:n1 note (assigned)")
	for _, c := range s.heard() {
		if len(c.Inbox) > 0 {
			t.Errorf("inboxes %v", c.Inbox)
		}
	}
}

func TestOutsidersAndTheDeactivatedHearNothing(t *testing.T) {
	s := open(t)
	s.do(t, "tomas", create("Note", data{"id": "n1", "content": "Hush", "parent_id": "core"}),
		recipient("n1", "maya"), recipient("n1", "old"), recipient("n1", "ines"))
	s.expect(t, "maya", assigned)
	s.expect(t, "ines", "1 note:n1 note (recipient)") // administrators see everything
	s.do(t, "tomas", create("Appointment", data{"id": "a9", "context_id": "core", "resource_id": "maya"}))
	s.do(t, "tomas", create("Note", data{"id": "n2", "content": "Now", "parent_id": "core"}))
	s.expect(t, "maya", assigned, "2 assignment:a9:add assignment (assigned)", "3 note:n2 note (assigned)")
}

func TestANoteDeletedTakesRepliesAndNotificationsAlong(t *testing.T) {
	s := open(t)
	s.do(t, "tomas", create("Note", data{"id": "n1", "content": "1", "parent_id": "comp"}))
	s.do(t, "lena", create("Note", data{"id": "n2", "content": "2", "in_reply_to_id": "n1"}))
	s.do(t, "tomas", remove("Note", "n1"))
	s.expect(t, "maya", assigned, "4 note:n1 note (assigned) removed", "5 note:n2 note (assigned) removed")
	s.expect(t, "tomas", "2 note:n2 note (replied_author) removed")
	if rows := s.ask(t, "tomas", "select id from Note"); len(rows) != 0 {
		t.Errorf("left: %v", rows)
	}
}

func TestANoteWrittenAndDeletedInOneRequestTellsNobody(t *testing.T) {
	s := open(t)
	s.do(t, "tomas", create("Note", data{"id": "n1", "content": "Oops", "parent_id": "comp"}), recipient("n1", "ines"), remove("Note", "n1"))
	s.expect(t, "ines")
	if heard := s.heard(); len(heard) != 0 {
		t.Errorf("announced %+v", heard)
	}
}
