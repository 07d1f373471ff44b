package tracker_test

import (
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

func TestAListHoldsWhatItIsSentAndNothingElse(t *testing.T) {
	s := open(t)
	s.do(t, "", create("ListCategory", data{"id": "dailies", "name": "Dailies"}))
	s.do(t, "ines",
		create("TypedContextList", data{"id": "monday", "name": "Monday", "project_id": "film", "items": []any{ref("Task", "comp"), ref("Shot", "sh0140")}}),
		create("AssetVersionList", data{"id": "takes", "name": "Takes", "project_id": "film", "items": []any{ref("AssetVersion", "take")}}))
	items := func(kind, id string) int {
		list, _ := s.one(t, "maya", "select items from "+kind+" where id is "+id)["items"].([]any)
		return len(list)
	}
	if items("TypedContextList", "monday") != 2 || items("AssetVersionList", "takes") != 1 {
		t.Errorf("%d and %d", items("TypedContextList", "monday"), items("AssetVersionList", "takes"))
	}
	s.do(t, "ines", update("TypedContextList", "monday", data{"items": []any{ref("Shot", "sh0140")}}))
	if got := s.ask(t, "maya", "select id from TypedContextList where items any (id is comp)"); items("TypedContextList", "monday") != 1 || len(got) != 0 {
		t.Errorf("after one was taken out: %d, %v", items("TypedContextList", "monday"), got)
	}
	for name, op := range map[string]wire.Operation{
		"a version among tasks": create("ListObject", data{"list_id": "monday", "entity_id": "take"}),
		"the same twice":        create("ListObject", data{"list_id": "monday", "entity_id": "sh0140"}),
		"another project's":     create("ListObject", data{"list_id": "monday", "entity_id": "core"}),
	} {
		if _, err := s.try("ines", op); err == nil {
			t.Errorf("%s went in", name)
		}
	}
	s.do(t, "ines", remove("Shot", "sh0140"))
	if items("TypedContextList", "monday") != 0 {
		t.Error("a deleted shot is still on its list")
	}
}

func TestAReviewNamesItsItemsAndItsPeople(t *testing.T) {
	s := open(t)
	s.do(t, "ines",
		update("User", "maya", data{"email": "maya@aurora.test"}),
	)
	s.do(t, "ines",
		create("ReviewSession", data{"id": "friday", "name": "Friday", "project_id": "film"}),
		create("ReviewSessionObject", data{"id": "first", "review_session_id": "friday", "version_id": "take"}),
		create("ReviewSessionObject", data{"id": "second", "review_session_id": "friday", "version_id": "take", "name": "Again"}),
		create("ReviewSessionInvitee", data{"id": "guest", "review_session_id": "friday", "resource_id": "maya"}),
		create("ReviewSessionObjectStatus", data{"id": "ok", "review_session_object_id": "first", "review_session_invitee_id": "guest", "status": "approved"}),
		create("Note", data{"id": "word", "content": "Lovely", "parent_id": "first", "parent_type": "ReviewSessionObject"}))
	first := s.one(t, "maya", "select name, version, sort_order, notes.content, statuses.resource_id, review_session.is_open from ReviewSessionObject where id is first")
	if first["name"] != "precomp" || first["version"] != "Version 1" || first["review_session"].(data)["is_open"] != true || len(first["notes"].([]any)) != 1 {
		t.Errorf("%v", first)
	}
	if status := first["statuses"].([]any)[0].(data); status["resource_id"] != "maya" {
		t.Errorf("%v", status)
	}
	if second := s.one(t, "maya", "select sort_order from ReviewSessionObject where id is second"); second["sort_order"] != 1.0 {
		t.Errorf("the second: %v", second)
	}
	if guest := s.one(t, "maya", "select name, email from ReviewSessionInvitee where id is guest"); guest["name"] != "Maya" || guest["email"] != "maya@aurora.test" {
		t.Errorf("%v", guest)
	}
	if note := s.one(t, "maya", "select project_id, parent_type from Note where id is word"); note["project_id"] != "film" || note["parent_type"] != "ReviewSessionObject" {
		t.Errorf("%v", note)
	}
	if _, err := s.try("ines", update("ReviewSession", "friday", data{"end_date": "2001-01-01"})); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("an end before its start: %v", err)
	}
}

func TestTimeIsLoggedAndOneClockRunsForAPerson(t *testing.T) {
	s := open(t)
	s.do(t, "ines",
		create("Timer", data{"id": "clock", "context_id": "comp"}),
		create("Timelog", data{"id": "morning", "context_id": "comp", "duration": 3600.0}),
		create("Timelog", data{"context_id": "comp", "duration": 1800.0, "comment": "after lunch"}))
	s.do(t, "ines", update("Task", "comp", data{"bid": 7200.0}))
	if task := s.one(t, "maya", "select time_logged, bid_time_logged_difference, timelogs.user_id from Task where id is comp"); task["time_logged"] != 5400.0 || task["bid_time_logged_difference"] != 1800.0 {
		t.Errorf("%v", task)
	}
	if got := s.ask(t, "maya", "select id from Task where time_logged > 5000 order by time_logged"); len(got) != 1 {
		t.Errorf("by time logged: %v", got)
	}
	if _, err := s.try("ines", create("Timer", data{"context_id": "comp"})); domain.CodeOf(err) != domain.Conflict {
		t.Errorf("a second clock: %v", err)
	}
	if got := s.ask(t, "vera", "select id from Timer"); len(got) != 0 {
		t.Errorf("vera sees maya's clock: %v", got)
	}
	if _, err := s.try("ines", create("Timelog", data{"context_id": "comp", "duration": -1.0})); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("time given back: %v", err)
	}
}

func TestTheActivityOfAProjectIsKept(t *testing.T) {
	s := open(t)
	s.do(t, "maya", create("Note", data{"content": "Hi", "parent_id": "comp"}), update("Task", "comp", data{"status_id": "later"}))
	s.do(t, "maya", create("Note", data{"content": "Between us"}), create("AssetVersion", data{"asset_id": "precomp", "task_id": "comp"}))
	var actions []any
	for _, row := range s.ask(t, "vera", "select action, user_id from Event where user_id is maya order by id") {
		actions = append(actions, row["action"])
	}
	if len(actions) != 3 || actions[0] != "note.created" || actions[1] != "change.status.task" || actions[2] != "asset.published" {
		t.Errorf("%v", actions)
	}
}

func TestAComponentOfFramesIsOne(t *testing.T) {
	s := open(t)
	s.do(t, "maya",
		create("SequenceComponent", data{"id": "plates", "version_id": "take", "padding": 4.0, "file_type": ".exr"}),
		create("FileComponent", data{"id": "f1001", "container_id": "plates", "name": "1001"}),
		create("ContainerComponent", data{"id": "box", "version_id": "take"}),
		update("ContainerComponent", "box", data{"members": []any{ref("SequenceComponent", "plates")}}))
	for entity, want := range map[string]int{"Component": 3, "ContainerComponent": 2, "SequenceComponent": 1, "FileComponent": 1} {
		if got := s.ask(t, "maya", "select id from "+entity); len(got) != want {
			t.Errorf("%d of %s, want %d", len(got), entity, want)
		}
	}
	box := s.one(t, "maya", "select members.members.name from ContainerComponent where id is box")
	if members := box["members"].([]any); len(members) != 1 || members[0].(data)["__entity_type__"] != "SequenceComponent" {
		t.Errorf("%v", box)
	}
	s.do(t, "maya", remove("ContainerComponent", "box"))
	if got := s.ask(t, "maya", "select id from Component"); len(got) != 0 {
		t.Errorf("left over: %v", got)
	}
}
