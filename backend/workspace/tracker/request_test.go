package tracker_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/tracker"
)

func TestWhatCannotBeCarriedOutSaysWhy(t *testing.T) {
	s := open(t)
	for name, c := range map[string]struct {
		op    wire.Operation
		code  domain.Code
		field string
		words string
	}{
		"unknown action":            {wire.Operation{Action: "invent"}, domain.Invalid, "", "Invalid action u'invent'"},
		"unknown type":              {create("Nonsense", nil), domain.Invalid, "", `"Nonsense"`},
		"unknown attribute":         {create("Note", data{"nonsense": 1.0}), domain.Invalid, "nonsense", `"nonsense"`},
		"hidden attribute":          {update("Recipient", "n1,maya", data{"nonsense": 1.0}), domain.NotFound, "", "Recipient"},
		"wrong kind of value":       {create("Note", data{"content": 5.0}), domain.Invalid, "content", "Note.content must be text"},
		"half a frame":              {create("Note", data{"frame_number": 0.5}), domain.Invalid, "frame_number", "whole number"},
		"no date":                   {create("Note", data{"date": "soon"}), domain.Invalid, "date", "date and time"},
		"a zero byte":               {create("Note", data{"content": "a\x00b"}), domain.Invalid, "content", "U+0000"},
		"a novel":                   {create("Note", data{"content": strings.Repeat("x", 100_001)}), domain.Invalid, "content", "longer than 100000"},
		"a name without end":        {update("Task", "comp", data{"name": strings.Repeat("x", 1_001)}), domain.Invalid, "name", "longer than 1000"},
		"computed":                  {update("Task", "comp", data{"link": "x"}), domain.Invalid, "link", "worked out"},
		"the key":                   {update("Task", "comp", data{"id": "other"}), domain.Invalid, "id", "never changes"},
		"immutable":                 {update("Task", "comp", data{"created_by_id": "maya"}), domain.Invalid, "created_by_id", "never changes"},
		"emptied":                   {update("Task", "comp", data{"status_id": nil}), domain.Invalid, "status_id", "cannot be empty"},
		"missing":                   {create("Membership", data{"group_id": "lighting"}), domain.Invalid, "user_id", "Membership needs user_id"},
		"missing reference":         {create("Appointment", data{"context_id": "comp"}), domain.Invalid, "resource_id", "needs resource_id"},
		"dangling reference":        {update("Task", "comp", data{"status_id": "nowhere"}), domain.Invalid, "status_id", "does not exist"},
		"reference to another type": {update("Task", "comp", data{"status": ref("Type", "compositing")}), domain.Invalid, "status", "must be a Status"},
		"reference without a key":   {update("Task", "comp", data{"status": wire.Reference{Type: "Status"}}), domain.Invalid, "status", "must carry"},
		"no list":                   {update("Task", "comp", data{"notes": "n1"}), domain.Invalid, "notes", "list"},
		"members of another type":   {update("Task", "comp", data{"notes": []any{ref("Task", "comp")}}), domain.Invalid, "notes", "Note"},
		"a derived relation":        {update("Task", "comp", data{"ancestors": []any{}}), domain.Invalid, "ancestors", "cannot be set"},
		"abstract":                  {create("TypedContext", data{"name": "x", "parent_id": "film"}), domain.Invalid, "object_type_id", "object_type_id"},
		"too short a key":           {remove("Recipient", "n1"), domain.Invalid, "", "2 parts"},
		"nothing there":             {remove("Note", "nowhere"), domain.NotFound, "", "nowhere"},
		"taken":                     {create("User", data{"username": "maya"}), domain.Conflict, "username", "signs in with this name"},
		"a task below itself":       {update("Shot", "sh0140", data{"parent_id": "comp"}), domain.Invalid, "parent_id", "below itself"},
		"into another project":      {update("Task", "comp", data{"parent_id": "vault"}), domain.Invalid, "parent_id", "same project"},
		"a status in use":           {remove("Status", "ready"), domain.Conflict, "", "still used"},
		"an author":                 {remove("User", "vera"), domain.Conflict, "", "still used"},
		"a broken query":            {wire.Operation{Action: "query", Expression: "select id from Note where"}, domain.Invalid, "", "column"},
	} {
		t.Run(name, func(t *testing.T) {
			s.do(t, "", create("Note", data{"id": "by-vera-" + strings.ReplaceAll(name, " ", "-"), "user_id": "vera"}))
			_, err := s.try("ines", c.op)
			var e *domain.Error
			if !errors.As(err, &e) || e.Code != c.code || e.Field != c.field || !strings.Contains(e.Message, c.words) {
				t.Errorf("got %v (%+v)", err, e)
			}
		})
	}
}

func TestAFailureUndoesTheWholeRequestAndNamesItsOperation(t *testing.T) {
	s := open(t)
	_, err := s.try("tomas",
		create("Note", data{"id": "n1", "content": "half", "parent_id": "comp"}),
		update("Task", "comp", data{"nonsense": 1.0}))
	if err == nil || !strings.HasPrefix(err.Error(), "operation 2 (update Task): ") {
		t.Errorf("%v", err)
	}
	if rows := s.ask(t, "tomas", "select id from Note"); len(rows) != 0 {
		t.Errorf("half of it is there: %v", rows)
	}
	s.expect(t, "maya", assigned)
	if heard := s.heard(); len(heard) != 0 {
		t.Errorf("announced %+v", heard)
	}
}

func TestWhatIsLeftOutIsFilledIn(t *testing.T) {
	s := open(t)
	task := s.one(t, "maya", "select status_id, type_id, priority_id, bid, project_id, created_by_id from Task where id is comp")
	if task["status_id"] != "ready" || task["type_id"] != "compositing" || task["bid"] != 0.0 || task["project_id"] != "film" {
		t.Errorf("%v", task)
	}
	s.do(t, "maya", create("AssetVersion", data{"id": "v2", "asset_id": "precomp"}), create("AssetVersion", data{"id": "v3", "asset_id": "precomp"}))
	version := s.one(t, "maya", "select version, user_id, project_id, is_published, status_id, date from AssetVersion where id is v3")
	if version["version"] != 3.0 || version["user_id"] != "maya" || version["project_id"] != "film" || version["is_published"] != true || version["date"] == nil {
		t.Errorf("%v", version)
	}
}

func TestAnswersCarryTheTypeAskedForAndTheWholeKey(t *testing.T) {
	s := open(t)
	results := s.do(t, "tomas",
		create("Component", data{"id": "c1", "name": "main", "system_type": "file"}),
		update("TypedContext", "comp", data{"description": "x"}),
		create("Note", data{"content": "x", "parent_id": "comp"}),
		create("Note", data{"id": "n1", "content": "x", "parent_id": "comp"}), recipient("n1", "maya"))
	entity := func(i int) wire.Entity {
		answer, _ := results[i].(wire.Answer)
		e, _ := answer.Data.(wire.Entity)
		return e
	}
	if e := entity(0); e.Type != "Component" || e.Values["id"] != "c1" {
		t.Errorf("%+v", e)
	}
	if e := entity(1); e.Type != "TypedContext" || e.Values["id"] != "comp" {
		t.Errorf("%+v", e)
	}
	if e := entity(2); e.Values["id"] == "" {
		t.Errorf("no id was made: %+v", e)
	}
	if e := entity(4); e.Values["note_id"] != "n1" || e.Values["resource_id"] != "maya" {
		t.Errorf("%+v", e)
	}
}

func TestNormalModeAnswersSystemProjectionsStrictDoesNot(t *testing.T) {
	s := open(t)
	op := wire.Operation{Action: "query", Expression: "select name from Task where id is comp"}
	for strict, want := range map[bool]bool{true: false, false: true} {
		results, err := s.tracker.Do(t.Context(), as("maya"), []wire.Operation{op}, wire.Mode{Strict: strict})
		if err != nil {
			t.Fatal(err)
		}
		rows, _ := results[0].(wire.Answer).Data.([]any)
		if _, ok := rows[0].(wire.Entity).Values["project_id"]; ok != want {
			t.Errorf("strict %v: %+v", strict, rows[0])
		}
	}
}

func TestATextThatLooksLikeAnInstantStaysText(t *testing.T) {
	s := open(t)
	s.do(t, "tomas", create("Note", data{"id": "n1", "content": time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), "parent_id": "comp"}))
	if note := s.one(t, "tomas", "select content from Note where id is n1"); note["content"] != "2026-01-02T03:04:05" {
		t.Errorf("%v", note)
	}
}

func TestMetadataIsSetAsADictionaryToo(t *testing.T) {
	s := open(t)
	s.do(t, "tomas", update("Task", "comp", data{"metadata": map[string]any{"a": "1", "b": "2"}}))
	s.do(t, "tomas", update("Task", "comp", data{"metadata": map[string]any{"a": "3"}}))
	if rows := s.ask(t, "maya", "select key, value from Metadata where parent_id is comp and value in ('2', '3')"); len(rows) != 2 {
		t.Errorf("%v", rows)
	}
}

func TestReadsSeeOnlyWhatTheCallerMay(t *testing.T) {
	s := open(t)
	if rows := s.ask(t, "maya", "select id from Task where id is core"); len(rows) != 0 {
		t.Errorf("%v", rows)
	}
	may, err := s.tracker.Audience(t.Context(), "vault", []domain.UserID{"maya", "tomas", "ines", "old"})
	if slices.Sort(may); err != nil || !slices.Equal(may, []domain.UserID{"ines", "tomas"}) {
		t.Errorf("%v, %v", may, err)
	}
}

func TestAReadThatTakesTooLongIsEndedAndSaysSo(t *testing.T) {
	s := open(t)
	hasty := tracker.New(tracker.Config{Store: s.store, Phraser: summaries{}, Patience: time.Nanosecond})
	_, err := hasty.Do(t.Context(), as("maya"), []wire.Operation{{Action: "query", Expression: "Task"}}, wire.Mode{})
	if domain.CodeOf(err) != domain.Invalid || !strings.Contains(err.Error(), "takes longer than 1ns") {
		t.Errorf("%v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := hasty.Do(ended, as("maya"), []wire.Operation{{Action: "query", Expression: "Task"}}, wire.Mode{}); !errors.Is(err, context.Canceled) {
		t.Errorf("somebody who has left is told %v", err)
	}
}
