package tracker_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

func mute(entityType, id string) wire.Operation {
	return create("NotificationMute", data{"entity_type": entityType, "entity_id": id})
}

// reviewed is a studio with a version on comp of which a client review shows an item. lena is in the
// group assigned to the shot, vera made the version, and sam manages the sequence.
func reviewed(t *testing.T) *studio {
	s := open(t)
	s.do(t, "",
		create("User", data{"id": "sam", "username": "sam"}), create("Manager", data{"context_id": "sq020", "user_id": "sam"}),
		create("Task", data{"id": "roto", "name": "roto", "parent_id": "sh0140"}),
		create("ReviewSession", data{"id": "review", "name": "Client", "project_id": "film", "created_by_id": "ines"}),
		create("ReviewSessionObject", data{"id": "item", "name": "comp", "review_session_id": "review", "version_id": "take"}))
	return s
}

// TestAMuteSilencesAThingWithAllBelowIt has sam mute something, and asks of which notes sent to him on
// other things he still hears.
func TestAMuteSilencesAThingWithAllBelowIt(t *testing.T) {
	s := reviewed(t)
	places := []string{"film", "sq020", "sh0140", "comp", "roto", "take", "item"}
	for what, quiet := range map[[2]string][]string{
		{"Project", "film"}:             {"film", "sq020", "sh0140", "comp", "roto", "take", "item"},
		{"Sequence", "sq020"}:           {"sq020", "sh0140", "comp", "roto", "take", "item"},
		{"TypedContext", "sh0140"}:      {"sh0140", "comp", "roto", "take", "item"},
		{"Task", "comp"}:                {"comp", "take", "item"},
		{"Asset", "precomp"}:            {"take", "item"},
		{"AssetVersion", "take"}:        {"take", "item"},
		{"ReviewSession", "review"}:     {"item"},
		{"ReviewSessionObject", "item"}: {"item"},
	} {
		s.do(t, "sam", mute(what[0], what[1]))
		row := s.one(t, "sam", "select id, entity_type from NotificationMute")
		if what[0] == "TypedContext" && row["entity_type"] != "Shot" {
			t.Errorf("it is called a %v", row["entity_type"])
		}
		for _, place := range places {
			id := what[1] + "/" + place
			s.do(t, "tomas", create("Note", data{"id": id, "content": "Look.", "parent_id": place}), recipient(id, "sam"), recipient(id, "ines"))
			silent := false
			for _, below := range quiet {
				silent = silent || below == place
			}
			if s.heardOf(t, "sam", id) == silent {
				t.Errorf("%s is muted: of a note on %s he hears: %v", what[1], place, silent)
			}
			if !s.heardOf(t, "ines", id) {
				t.Errorf("somebody else's mute of %s silences %s", what[1], place)
			}
		}
		s.do(t, "sam", remove("NotificationMute", row["id"].(string)))
	}
}

func TestAMutedThreadIsSilentAndTheRestOfTheThingIsNot(t *testing.T) {
	s := open(t)
	s.note(t, "n1")
	s.do(t, "tomas", create("Note", data{"id": "r1", "content": "And there.", "in_reply_to_id": "n1"}))
	s.do(t, "maya", mute("Note", "r1")) // any note names its thread
	if got := s.one(t, "maya", "select entity_type, entity_id from NotificationMute"); got["entity_type"] != "Note" || got["entity_id"] != "n1" {
		t.Errorf("%v", got)
	}
	s.do(t, "tomas", create("Note", data{"id": "r2", "content": "Again.", "in_reply_to_id": "n1"}), recipient("r2", "maya"))
	s.do(t, "tomas", create("Note", data{"id": "r3", "content": "And again.", "in_reply_to_id": "r1"}))
	s.do(t, "tomas", update("Note", "n1", data{"completed_at": "2026-11-24T10:00:00"}))
	s.note(t, "n2")
	for note, want := range map[string]bool{"r1": true, "r2": false, "r3": false, "n2": true} {
		if s.heardOf(t, "maya", note) != want {
			t.Errorf("%s: heard %v", note, !want)
		}
	}
	if got := s.ask(t, "maya", "select id from Notification where kind is note_completed"); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

func TestMessagesAreNeverMuted(t *testing.T) {
	s := open(t)
	s.do(t, "tomas", create("Note", data{"id": "m1", "content": "Lunch?"}), recipient("m1", "maya"))
	s.do(t, "maya", mute("Note", "m1"), mute("Project", "film"))
	s.do(t, "tomas", create("Note", data{"id": "m2", "content": "Now?", "in_reply_to_id": "m1"}))
	if !s.heardOf(t, "maya", "m2") {
		t.Error("a message was silenced")
	}
	s.do(t, "tomas", update("Note", "m1", data{"completed_at": "2026-11-24T10:00:00"}))
	if got := s.ask(t, "maya", "select id from Notification where kind is note_completed"); len(got) != 0 {
		t.Errorf("what is no message was not: %v", got)
	}
}

func TestAMuteEnds(t *testing.T) {
	s := open(t)
	s.do(t, "maya", create("NotificationMute", data{"id": "m", "entity_type": "Task", "entity_id": "comp", "until": s.in(time.Minute)}))
	s.note(t, "n1")
	s.later(time.Hour)
	s.note(t, "n2")
	if s.heardOf(t, "maya", "n1") || !s.heardOf(t, "maya", "n2") {
		t.Error("it does not end when it should")
	}
	// To mute again what was muted is to begin anew; what was not yet over goes on from where it began.
	began := s.one(t, "maya", "select created_at from NotificationMute")["created_at"]
	s.do(t, "maya", mute("Task", "comp"))
	again := s.one(t, "maya", "select id, created_at, until from NotificationMute")
	if again["id"] != "m" || fmt.Sprint(again["created_at"]) == fmt.Sprint(began) || again["until"] != nil {
		t.Errorf("%v, which began %v", again, began)
	}
	s.do(t, "maya", update("NotificationMute", "m", data{"until": s.in(time.Hour)}))
	s.note(t, "n3")
	s.do(t, "maya", remove("NotificationMute", "m"))
	s.note(t, "n4")
	if s.heardOf(t, "maya", "n3") || !s.heardOf(t, "maya", "n4") {
		t.Error("changing and ending it does not count")
	}
}

func TestWhatIsMutedIsKeptByItsName(t *testing.T) {
	s := reviewed(t)
	s.do(t, "tomas", create("Note", data{"id": "n1", "content": "  The edge is crawling.  ", "parent_id": "take"}))
	for what, want := range map[[2]string]string{
		{"Note", "n1"}:              `{"path":[{"id":"film","type":"Project","name":"Northern Lights"},{"id":"sq020","type":"Sequence","name":"sq020"},{"id":"sh0140","type":"Shot","name":"sh0140"},{"id":"take","type":"AssetVersion","name":"precomp v001"}],"text":"The edge is crawling."}`,
		{"Project", "film"}:         `{"path":[{"id":"film","type":"Project","name":"Northern Lights"}]}`,
		{"Asset", "precomp"}:        `{"path":[{"id":"film","type":"Project","name":"Northern Lights"},{"id":"sq020","type":"Sequence","name":"sq020"},{"id":"sh0140","type":"Shot","name":"sh0140"},{"id":"precomp","type":"Asset","name":"precomp"}]}`,
		{"ReviewSession", "review"}: `{"path":[{"id":"film","type":"Project","name":"Northern Lights"},{"id":"review","type":"ReviewSession","name":"Client"}]}`,
	} {
		id := "m-" + what[1]
		s.do(t, "sam", create("NotificationMute", data{
			"id": id, "entity_type": what[0], "entity_id": what[1], "created_at": "1999-01-01T00:00:00", "subject": data{"path": "forged"},
		}))
		row := s.one(t, "sam", fmt.Sprintf("select subject, created_at from NotificationMute where id is %q", id))
		var expected any
		if err := json.Unmarshal([]byte(want), &expected); err != nil {
			t.Fatal(err)
		}
		if got := asText(t, row["subject"]); got != asText(t, expected) {
			t.Errorf("%s: %s", what[1], got)
		}
		if at := fmt.Sprint(row["created_at"]); at == "" || at[:4] == "1999" {
			t.Errorf("%s was muted %s", what[1], at)
		}
	}
}

func TestMutesThatCannotBeAreRefused(t *testing.T) {
	s := open(t)
	for what, c := range map[string]struct {
		op            wire.Operation
		code          domain.Code
		field, reason string
	}{
		"a person":         {mute("User", "tomas"), domain.Invalid, "entity_type", "not_mutable"},
		"nothing known":    {mute("Weather", "rain"), domain.Invalid, "entity_type", "not_mutable"},
		"no type":          {create("NotificationMute", data{"entity_id": "comp"}), domain.Invalid, "entity_type", ""},
		"no thing":         {create("NotificationMute", data{"entity_type": "Task"}), domain.Invalid, "entity_id", ""},
		"another's type":   {mute("Shot", "comp"), domain.NotFound, "entity_id", ""},
		"for another":      {create("NotificationMute", data{"entity_type": "Task", "entity_id": "comp", "user_id": "lena"}), domain.Forbidden, "user_id", ""},
		"until whenever":   {create("NotificationMute", data{"entity_type": "Task", "entity_id": "comp", "until": "soon"}), domain.Invalid, "until", ""},
		"others' messages": {mute("Note", "secret"), domain.NotFound, "entity_id", ""},
	} {
		s.do(t, "", create("Note", data{"id": "secret" + what, "content": "x", "user_id": "vera"}))
		_, err := s.try("maya", c.op)
		failure, _ := err.(*domain.Error) //nolint:errorlint // Do gives it as it is
		if failure == nil || failure.Code != c.code || failure.Field != c.field || failure.Reason != c.reason {
			t.Errorf("%s: %#v", what, err)
		}
	}
	s.do(t, "", create("Note", data{"id": "secret", "content": "x", "user_id": "vera"}), recipient("secret", "lena"))
	if _, err := s.try("maya", mute("Note", "secret")); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("%v", err)
	}
}

func TestThereIsAnEndToHowMuchIsMuted(t *testing.T) {
	s := open(t)
	var things, mutes []wire.Operation
	for i := range 1001 {
		id := fmt.Sprintf("t%d", i)
		things = append(things, create("Task", data{"id": id, "name": id, "parent_id": "sh0140"}))
		mutes = append(mutes, mute("Task", id))
	}
	s.do(t, "", things...)
	s.do(t, "maya", mutes[:1000]...)
	s.do(t, "maya", mutes[7]) // it is there already
	_, err := s.try("maya", mutes[1000])
	if failure, _ := err.(*domain.Error); failure == nil || failure.Code != domain.Conflict || failure.Reason != "too_many_mutes" { //nolint:errorlint // Do gives it as it is
		t.Errorf("%v", err)
	}
	first := s.one(t, "maya", "select id from NotificationMute where entity_id is t3")["id"].(string)
	s.do(t, "maya", update("NotificationMute", first, data{"until": s.in(time.Second)}))
	s.later(time.Hour)
	s.do(t, "maya", mutes[1000])
}
