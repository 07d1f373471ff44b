package tracker_test

import "testing"

// supervised adds sam, who manages sq020, and ed, who edits after the comp; what they were told of that
// is not what a test is about.
func supervised(t *testing.T) *studio {
	s := open(t)
	s.do(t, "",
		create("User", data{"id": "sam", "username": "sam"}), create("User", data{"id": "ed", "username": "ed"}),
		create("Manager", data{"context_id": "sq020", "user_id": "sam"}),
		create("Task", data{"id": "edit", "name": "edit", "parent_id": "sq020"}),
		create("Appointment", data{"id": "a3", "context_id": "edit", "resource_id": "ed"}),
		create("TypedContextLink", data{"from_id": "comp", "to_id": "edit"}))
	s.heard()
	return s
}

const editing = "1 assignment:a3:add assignment (assigned)"

// event is the key of the newest row of somebody's inbox: some keys have an id that the server made.
func (s *studio) event(t *testing.T, who string) string {
	t.Helper()
	rows := s.ask(t, who, "select event_key from Notification order by seq desc limit 1")
	if len(rows) == 0 {
		t.Fatalf("%s heard nothing", who)
	}
	return rows[0]["event_key"].(string)
}

func TestAClaimTellsManagers(t *testing.T) {
	s := supervised(t)
	s.do(t, "lena", create("Appointment", data{"id": "a5", "context_id": "comp", "resource_id": "lena"}))
	s.expect(t, "sam", "1 assignment:a5:add task_claimed (manages)")
	s.expect(t, "lena")
}

func TestTheStatusOfATaskTellsWhoIsAssignedAndWhoManages(t *testing.T) {
	s := supervised(t)
	s.do(t, "tomas", update("Task", "comp", data{"status_id": "later"}))
	change := s.one(t, "tomas", "select id from StatusChange where parent_id is comp")["id"].(string)
	s.expect(t, "sam", "1 status:"+change+" task_status (manages)")
	s.expect(t, "maya", assigned, "2 status:"+change+" task_status (assigned)")
	row := s.one(t, "sam", "select kind, entity_id, status_id, subject from Notification")
	from, to := row["subject"].(data)["from"].(data), row["subject"].(data)["to"].(data)
	if row["entity_id"] != "comp" || row["status_id"] != "later" || from["name"] != "Ready" || to["name"] != "Later" || to["id"] != "later" {
		t.Errorf("%v", row)
	}
	s.do(t, "tomas", update("Task", "comp", data{"status_id": "later"}))
	s.expect(t, "sam", "1 status:"+change+" task_status (manages)")
	s.do(t, "tomas", update("Task", "comp", data{"status_id": "ready"}))
	s.expect(t, "sam", "1 status:"+change+" task_status (manages)", "2 "+s.event(t, "sam")+" task_status (manages)")
}

func TestTheStatusOfAnObjectTellsItsGroupsAndThoseBelow(t *testing.T) {
	s := supervised(t)
	s.do(t, "tomas", update("Shot", "sh0140", data{"status_id": "later"}))
	key := s.event(t, "sam")
	s.expect(t, "sam", "1 "+key+" status (manages)")
	s.expect(t, "lena", "1 "+key+" status (group_assigned)")
	s.expect(t, "maya", assigned, "2 "+key+" status (assigned_below)")
	s.expect(t, "ed", editing)
}

func TestTheStatusOfAVersionTellsWhoPublishedItAndWhoManages(t *testing.T) {
	s := supervised(t)
	s.do(t, "tomas", update("AssetVersion", "take", data{"status_id": "later"}))
	key := s.event(t, "sam")
	s.expect(t, "sam", "1 "+key+" asset_status (manages)")
	s.expect(t, "vera", "1 "+key+" asset_status (version_user)")
	s.expect(t, "maya", assigned)
	row := s.one(t, "vera", "select entity_type, version_id, subject from Notification")
	if row["entity_type"] != "AssetVersion" || row["version_id"] != "take" || row["subject"].(data)["version"] != 1.0 {
		t.Errorf("%v", row)
	}
}

func TestAVersionTellsOnceWhenItIsPublished(t *testing.T) {
	s := supervised(t)
	s.do(t, "vera", create("AssetVersion", data{"id": "next", "asset_id": "precomp", "task_id": "comp", "is_published": false}))
	s.expect(t, "sam")
	s.do(t, "vera", update("AssetVersion", "next", data{"is_published": true}), update("AssetVersion", "next", data{"is_published": false}))
	s.expect(t, "sam")
	s.do(t, "vera", update("AssetVersion", "next", data{"is_published": true}))
	s.do(t, "vera", update("AssetVersion", "next", data{"is_published": false}))
	s.do(t, "vera", update("AssetVersion", "next", data{"is_published": true}))
	s.expect(t, "sam", "1 version:next version_supervised (manages)")
	s.expect(t, "maya", assigned, "2 version:next version_assigned (assigned)")
	s.expect(t, "ed", editing, "2 version:next version_dependent (task_follows)")
	if row := s.one(t, "sam", "select summary, version_id, subject from Notification"); row["version_id"] != "next" || row["subject"].(data)["version"] != 2.0 {
		t.Errorf("%v", row)
	}
}

func TestWhoseVersionItIsHearsNothingOfItThoughAnotherPublishes(t *testing.T) {
	s := supervised(t)
	s.do(t, "tomas", create("AssetVersion", data{"id": "next", "asset_id": "precomp", "task_id": "comp", "user_id": "maya"}))
	s.expect(t, "maya", assigned)
	if row := s.one(t, "sam", "select actor_id from Notification"); row["actor_id"] != "maya" {
		t.Errorf("%v", row)
	}
}

func TestEachCompletionOfANoteIsAnEvent(t *testing.T) {
	s := supervised(t)
	done := data{"completed_at": "2026-11-23T10:00:00"}
	s.do(t, "tomas", create("Note", data{"id": "n1", "content": "Edge.", "parent_id": "edit", "is_todo": true}), recipient("n1", "vera"))
	s.do(t, "ines", update("Note", "n1", done))
	s.do(t, "ines", update("Note", "n1", data{"completed_at": "2026-11-23T11:00:00"}))
	s.expect(t, "vera", "1 note:n1 note (recipient)", "2 completed:n1:1 note_completed (recipient)")
	s.expect(t, "tomas", "1 completed:n1:1 note_completed (wrote_in_thread)")
	s.do(t, "ines", update("Note", "n1", data{"completed_at": nil}))
	s.do(t, "ines", update("Note", "n1", done), update("Note", "n1", data{"completed_at": nil}))
	s.expect(t, "tomas", "1 completed:n1:1 note_completed (wrote_in_thread)")
	s.do(t, "ines", update("Note", "n1", done))
	s.expect(t, "tomas", "1 completed:n1:1 note_completed (wrote_in_thread)", "2 completed:n1:3 note_completed (wrote_in_thread)")
	if row := s.one(t, "vera", "select note_id, subject from Notification where event_key is 'completed:n1:1'"); row["note_id"] != "n1" || row["subject"].(data)["text"] != "Edge." {
		t.Errorf("%v", row)
	}
}

func TestAClientReviewTellsThoseOfTheReview(t *testing.T) {
	s := supervised(t)
	s.do(t, "",
		create("ReviewSession", data{"id": "review", "created_by_id": "tomas", "name": "Friday", "project_id": "film"}),
		create("ReviewSessionObject", data{"id": "item", "review_session_id": "review", "version_id": "take"}),
		create("ReviewSessionInvitee", data{"id": "i1", "review_session_id": "review", "resource_id": "lena", "created_by_id": "tomas"}))
	s.do(t, "ines", create("ReviewSessionObjectStatus", data{"id": "s1", "review_session_object_id": "item", "status": "approved"}))
	s.expect(t, "sam", "1 review:s1 client_review (manages)")
	s.expect(t, "vera", "1 review:s1 client_review (version_user)")
	s.expect(t, "tomas", "1 review:s1 client_review (review_creator)")
	s.expect(t, "lena", "1 review:s1 client_review (review_invited)")
	s.expect(t, "ines")
	row := s.one(t, "vera", "select entity_type, entity_id, version_id, project_id, subject from Notification")
	subject := row["subject"].(data)
	if row["entity_type"] != "ReviewSessionObject" || row["entity_id"] != "item" || row["version_id"] != "take" || row["project_id"] != "film" {
		t.Errorf("%v", row)
	}
	if subject["to"].(data)["name"] != "approved" || subject["version"] != 1.0 {
		t.Errorf("%v", subject)
	}
	s.do(t, "tomas", create("Note", data{"id": "n1", "content": "Nice.", "parent_id": "item"}), recipient("n1", "lena"))
	s.expect(t, "lena", "1 review:s1 client_review (review_invited)", "2 note:n1 note client_review (recipient, review_invited)")
	s.expect(t, "vera", "1 review:s1 client_review (version_user)", "2 note:n1 client_review (version_user)")
	s.do(t, "ines", remove("ReviewSession", "review"))
	s.expect(t, "lena", "3 review:s1 client_review (review_invited) removed", "4 note:n1 note client_review (recipient, review_invited) removed")
}

func TestWhatIsGoneAgainInOneRequestTellsNobody(t *testing.T) {
	s := supervised(t)
	s.do(t, "vera", create("AssetVersion", data{"id": "next", "asset_id": "precomp", "task_id": "comp"}), remove("AssetVersion", "next"))
	s.do(t, "tomas", create("Task", data{"id": "paint", "name": "paint", "parent_id": "sh0140"}), update("Task", "paint", data{"status_id": "later"}), remove("Task", "paint"))
	s.expect(t, "sam")
}
