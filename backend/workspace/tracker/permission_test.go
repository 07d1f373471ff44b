package tracker_test

import (
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

func TestWhoMayDoWhat(t *testing.T) {
	for name, c := range map[string]struct {
		who  string
		ops  []wire.Operation
		want domain.Code
	}{
		"a user changes a status":                    {"maya", []wire.Operation{update("Task", "comp", data{"status_id": "later"})}, ""},
		"a user claims a task":                       {"lena", []wire.Operation{create("Appointment", data{"context_id": "comp", "resource_id": "lena"})}, ""},
		"a user publishes":                           {"maya", []wire.Operation{create("AssetVersion", data{"asset_id": "precomp"})}, ""},
		"a user makes no shots":                      {"maya", []wire.Operation{create("Shot", data{"name": "x", "parent_id": "film"})}, domain.Forbidden},
		"a manager does":                             {"tomas", []wire.Operation{create("Shot", data{"name": "x", "parent_id": "film"})}, ""},
		"a user makes no status":                     {"maya", []wire.Operation{create("Status", data{"name": "x"})}, domain.Forbidden},
		"nor does a manager":                         {"tomas", []wire.Operation{create("Status", data{"name": "x"})}, domain.Forbidden},
		"an administrator does":                      {"ines", []wire.Operation{create("Status", data{"name": "x"})}, ""},
		"a user writes as themselves":                {"maya", []wire.Operation{create("Note", data{"content": "x", "user_id": "maya", "parent_id": "comp"})}, ""},
		"a user writes in nobody else's name":        {"maya", []wire.Operation{create("Note", data{"content": "x", "user_id": "tomas", "parent_id": "comp"})}, domain.Forbidden},
		"a manager may":                              {"tomas", []wire.Operation{create("Note", data{"content": "x", "user_id": "maya", "parent_id": "comp"})}, ""},
		"nobody edits another's note":                {"maya", []wire.Operation{update("Note", "said", data{"content": "x"})}, domain.Forbidden},
		"nobody deletes another's note":              {"maya", []wire.Operation{remove("Note", "said")}, domain.Forbidden},
		"nobody sends another's note on":             {"maya", []wire.Operation{recipient("said", "lena")}, domain.Forbidden},
		"a user edits their own name":                {"maya", []wire.Operation{update("User", "maya", data{"first_name": "M"})}, ""},
		"but not their username":                     {"maya", []wire.Operation{update("User", "maya", data{"username": "m"})}, domain.Forbidden},
		"nor another's name":                         {"maya", []wire.Operation{update("User", "vera", data{"first_name": "V"})}, domain.Forbidden},
		"nobody makes themselves administrator":      {"maya", []wire.Operation{create("UserSecurityRole", data{"user_id": "maya", "security_role_id": "administer"})}, domain.Forbidden},
		"a hidden task is not there":                 {"maya", []wire.Operation{update("Task", "core", data{"name": "x"})}, domain.NotFound},
		"nobody writes on what they do not see":      {"maya", []wire.Operation{create("Note", data{"content": "x", "parent_id": "core"})}, domain.Invalid},
		"nobody is assigned to what one cannot see":  {"maya", []wire.Operation{create("Appointment", data{"context_id": "core", "resource_id": "maya"})}, domain.Invalid},
		"nobody makes notifications":                 {"ines", []wire.Operation{create("Notification", data{"user_id": "ines", "seq": 1.0, "event_key": "x", "kind": "note"})}, domain.Forbidden},
		"nor keeps a history of statuses themselves": {"ines", []wire.Operation{create("StatusChange", data{"id": "x", "parent_id": "comp"})}, domain.Forbidden},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			s.do(t, "tomas", create("Note", data{"id": "said", "content": "Hi", "parent_id": "comp"}))
			if _, err := s.try(c.who, c.ops...); domain.CodeOf(err) != c.want {
				t.Errorf("%q: %v", domain.CodeOf(err), err)
			}
		})
	}
}

func TestAnInboxIsItsPersonsAlone(t *testing.T) {
	s := open(t)
	id, _ := s.one(t, "maya", "select id from Notification")["id"].(string)
	for _, other := range []string{"tomas", "ines"} {
		if rows := s.ask(t, other, "select id from Notification where id is '"+id+"'"); len(rows) != 0 {
			t.Errorf("%s reads %v", other, rows)
		}
		if _, err := s.try(other, update("Notification", id, data{"read_at": s.tick()})); domain.CodeOf(err) != domain.NotFound {
			t.Errorf("%s: %v", other, err)
		}
	}
	if _, err := s.try("maya", remove("Notification", id)); domain.CodeOf(err) != domain.Forbidden {
		t.Errorf("delete: %v", err)
	}
	for attribute, value := range map[string]any{"user_id": "tomas", "kind": "message", "seq": 99.0, "removed_at": s.tick()} {
		if _, err := s.try("maya", update("Notification", id, data{attribute: value})); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%s: %v", attribute, err)
		}
	}
}

func TestReadingARowMovesTheInboxOn(t *testing.T) {
	s := open(t)
	id, _ := s.one(t, "maya", "select id from Notification")["id"].(string)
	at := s.tick()
	s.do(t, "maya", update("Notification", id, data{"read_at": at, "snooze_until_change": true}))
	row := s.one(t, "maya", "select seq, read_at, snooze_until_change from Notification where seq > 1")
	if row["seq"] != 2.0 || row["read_at"] == nil || row["snooze_until_change"] != true {
		t.Errorf("%v", row)
	}
	heard := s.heard()
	if len(heard) != 1 || heard[0].Inbox["maya"] != 2 || len(heard[0].Updates) != 0 {
		t.Errorf("announced %+v", heard)
	}
	s.do(t, "maya", update("Notification", id, data{"read_at": at}))
	if heard := s.heard(); len(heard) != 0 {
		t.Errorf("the same again is a change: %+v", heard)
	}
	s.do(t, "maya", update("Notification", id, data{"read_at": nil}))
	if row := s.one(t, "maya", "select seq, read_at from Notification"); row["seq"] != 3.0 || row["read_at"] != nil {
		t.Errorf("%v", row)
	}
}
