package tracker_test

import (
	"encoding/json"
	"fmt"
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
		"nobody edits another's version":             {"maya", []wire.Operation{update("AssetVersion", "take", data{"comment": "x"})}, domain.Forbidden},
		"but sets its status":                        {"maya", []wire.Operation{update("AssetVersion", "take", data{"status_id": "later"})}, ""},
		"nobody renames a task":                      {"maya", []wire.Operation{update("Task", "comp", data{"name": "x"})}, domain.Forbidden},
		"nobody sets metadata of a task":             {"maya", []wire.Operation{update("Task", "comp", data{"metadata": data{"a": "b"}})}, domain.Forbidden},
		"nor does one by itself":                     {"maya", []wire.Operation{create("Metadata", data{"parent_id": "comp", "parent_type": "Task", "key": "a", "value": "b"})}, domain.Forbidden},
		"nobody assigns others":                      {"maya", []wire.Operation{create("Appointment", data{"context_id": "comp", "resource_id": "lena"})}, domain.Forbidden},
		"nobody unassigns others":                    {"lena", []wire.Operation{remove("Appointment", "a1")}, domain.Forbidden},
		"but themselves":                             {"maya", []wire.Operation{remove("Appointment", "a1")}, ""},
		"nobody hands their assignment on":           {"maya", []wire.Operation{update("Appointment", "a1", data{"resource_id": "lena"})}, domain.Forbidden},
		"nobody joins a group by themselves":         {"maya", []wire.Operation{create("Membership", data{"group_id": "lighting", "user_id": "maya"})}, domain.Forbidden},
		"nobody activates themselves":                {"maya", []wire.Operation{update("User", "maya", data{"is_active": false})}, domain.Forbidden},
		"nobody lists a file under another's name":   {"maya", []wire.Operation{create("FileComponent", data{"name": "x", "uploaded_by_id": "tomas"})}, domain.Invalid},
		"nobody says what another's version uses":    {"maya", []wire.Operation{create("AssetVersion", data{"id": "mine", "asset_id": "precomp"}), update("AssetVersion", "mine", data{"used_in_versions": []any{ref("AssetVersion", "take")}})}, domain.Forbidden},
		"but what their own does":                    {"maya", []wire.Operation{create("AssetVersion", data{"id": "mine", "asset_id": "precomp"}), update("AssetVersion", "mine", data{"uses_versions": []any{ref("AssetVersion", "take")}})}, ""},
		"time is one's own":                          {"maya", []wire.Operation{create("Timelog", data{"context_id": "comp", "duration": 60.0})}, ""},
		"and not another's":                          {"maya", []wire.Operation{create("Timelog", data{"context_id": "comp", "duration": 60.0, "user_id": "lena"})}, domain.Forbidden},
		"a timer is not another's":                   {"maya", []wire.Operation{create("Timer", data{"user_id": "lena"})}, domain.Forbidden},
		"a user makes a review":                      {"maya", []wire.Operation{create("ReviewSession", data{"id": "r", "project_id": "film"}), create("ReviewSessionObject", data{"review_session_id": "r", "version_id": "take"})}, ""},
		"a user makes no project":                    {"maya", []wire.Operation{create("Project", data{"name": "x"})}, domain.Forbidden},
		"nor a manager of anything":                  {"maya", []wire.Operation{create("Manager", data{"context_id": "film", "user_id": "maya"})}, domain.Forbidden},
		"a manager of one project manages it":        {"vera", []wire.Operation{create("Shot", data{"name": "x", "parent_id": "short"})}, ""},
		"and is a user elsewhere":                    {"vera", []wire.Operation{create("Shot", data{"name": "x", "parent_id": "film"})}, domain.Forbidden},
		"nor takes things there":                     {"vera", []wire.Operation{update("Task", "title", data{"parent_id": "film"})}, domain.Invalid},
		"nor makes projects":                         {"vera", []wire.Operation{create("Project", data{"name": "x"})}, domain.Forbidden},
		"an assignment opens no management":          {"lena", []wire.Operation{update("Shot", "sh0140", data{"name": "x"})}, domain.Forbidden},
		"nobody moves an asset to another project":   {"tomas", []wire.Operation{update("Asset", "precomp", data{"context_id": "title"})}, domain.Invalid},
		"nor says that it is of another":             {"maya", []wire.Operation{update("Asset", "precomp", data{"project_id": "short"})}, domain.Invalid},
		"nobody answers a message between others":    {"maya", []wire.Operation{create("Note", data{"content": "x", "in_reply_to_id": "between"})}, domain.Invalid},
		"not even a manager":                         {"tomas", []wire.Operation{create("Note", data{"content": "x", "in_reply_to_id": "between"})}, domain.Invalid},
		"who is deactivated does nothing":            {"old", []wire.Operation{{Action: "query", Expression: "select id from Task"}}, domain.Unauthorized},
		"nor who is nobody":                          {"ghost", []wire.Operation{{Action: "query", Expression: "select id from Task"}}, domain.Unauthorized},
		"a hidden task is not there":                 {"maya", []wire.Operation{update("Task", "core", data{"name": "x"})}, domain.NotFound},
		"nobody writes on what they do not see":      {"maya", []wire.Operation{create("Note", data{"content": "x", "parent_id": "core"})}, domain.Invalid},
		"nobody is assigned to what one cannot see":  {"maya", []wire.Operation{create("Appointment", data{"context_id": "core", "resource_id": "maya"})}, domain.Invalid},
		"nobody makes notifications":                 {"ines", []wire.Operation{create("Notification", data{"user_id": "ines", "seq": 1.0, "event_key": "x", "kind": "note"})}, domain.Forbidden},
		"nor keeps a history of statuses themselves": {"ines", []wire.Operation{create("StatusChange", data{"id": "x", "parent_id": "comp"})}, domain.Forbidden},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			s.do(t, "tomas", create("Note", data{"id": "said", "content": "Hi", "parent_id": "comp"}))
			s.do(t, "",
				create("Note", data{"id": "between", "content": "Hi", "user_id": "lena"}), recipient("between", "nia"),
				create("Project", data{"id": "short", "name": "short"}), create("Task", data{"id": "title", "name": "title", "parent_id": "short"}),
				create("UserSecurityRole", data{"id": "vera-manages", "user_id": "vera", "security_role_id": "manage"}),
				create("UserSecurityRoleProject", data{"user_security_role_id": "vera-manages", "project_id": "short"}))
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

func TestWhoMakesAProjectPrivateStillSeesAndManagesIt(t *testing.T) {
	s := open(t)
	s.do(t, "tomas", create("Project", data{"id": "secret", "name": "secret", "is_private": true}), create("Shot", data{"id": "first", "name": "first", "parent_id": "secret"}))
	s.do(t, "tomas", update("Project", "film", data{"is_private": true}), update("Shot", "sh0140", data{"name": "sh0141"}))
	for _, project := range []string{"secret", "film"} {
		s.one(t, "tomas", "select id from UserSecurityRoleProject where project_id is "+project)
	}
	if rows := s.ask(t, "vera", "select id from Project"); len(rows) != 0 {
		t.Errorf("vera has no part in either: %v", rows)
	}
}

func TestWhatIsSeenNoLongerLeavesTheInbox(t *testing.T) {
	s := open(t)
	s.do(t, "", create("Appointment", data{"id": "v1", "context_id": "core", "resource_id": "lena", "type": "assignment"}))
	s.do(t, "tomas", create("Note", data{"id": "n1", "content": "Hi", "parent_id": "core"}))
	left := func(who string) []data {
		return s.ask(t, who, "select event_key from Notification where removed_at is none and project_id in ('vault', 'film')")
	}
	if len(left("lena")) != 2 || len(left("maya")) != 1 {
		t.Fatalf("%v %v", left("lena"), left("maya"))
	}
	s.heard()
	s.do(t, "tomas", remove("Appointment", "v1"))
	if rows := left("lena"); len(rows) != 0 {
		t.Errorf("still there: %v", rows)
	}
	if heard := s.heard(); len(heard) == 0 || heard[0].Inbox["lena"] == 0 {
		t.Errorf("lena is not told: %+v", heard)
	}
	s.do(t, "tomas", remove("Appointment", "a1"), update("Project", "film", data{"is_private": true}))
	if rows := left("maya"); len(rows) != 0 {
		t.Errorf("still there: %v", rows)
	}
}

func TestPermissionsAreToldBeforeTheyAreNeeded(t *testing.T) {
	s := open(t)
	ask := func(who, entity, expression string, d data) data {
		results := s.do(t, who, wire.Operation{Action: "permissions", EntityType: entity, Expression: expression, EntityData: d})
		encoded, err := wire.EncodeAnswers(results, wire.Mode{Strict: true})
		if err != nil {
			t.Fatal(err)
		}
		var answers []struct {
			Action string
			Data   data
		}
		if err := json.Unmarshal(encoded, &answers); err != nil || answers[0].Action != "permissions" {
			t.Fatalf("%v %s", err, encoded)
		}
		return answers[0].Data
	}
	if got := ask("maya", "Shot", "", data{"name": "x", "parent_id": "film"}); got["create"] != false {
		t.Errorf("%v", got)
	}
	if got := ask("tomas", "Shot", "select id from Shot where id is sh0140", data{"name": "x", "parent_id": "film"}); got["create"] != true || got["update"] != true || got["delete"] != true {
		t.Errorf("%v", got)
	}
	got := ask("maya", "Task", "Task", nil)
	if text := fmt.Sprint(got["entities"]); got["update"] != false || text != "map[comp:map[attributes:[status_id] create:false delete:false update:false]]" {
		t.Errorf("%v", got)
	}
	if rows := s.ask(t, "tomas", "select id from Shot"); len(rows) != 1 {
		t.Errorf("asking made something: %v", rows)
	}
}
