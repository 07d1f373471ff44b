package tracker_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/tracker"
)

type change struct {
	EntityID   string                    `json:"entityId"`
	EntityType string                    `json:"entityType"`
	Type       string                    `json:"entity_type"`
	Action     string                    `json:"action"`
	Keys       []string                  `json:"keys"`
	Changes    map[string]map[string]any `json:"changes"`
	Parents    []map[string]any          `json:"parents"`
}

// changes reads the only update event that was announced.
func changes(t *testing.T, heard []tracker.Committed) ([]change, map[string]any) {
	t.Helper()
	if len(heard) != 1 || len(heard[0].Updates) != 1 {
		t.Fatalf("announced %+v", heard)
	}
	var entities struct{ Entities []change }
	var rest map[string]any
	for _, into := range []any{&entities, &rest} {
		if err := json.Unmarshal(heard[0].Updates[0].Data, into); err != nil {
			t.Fatal(err)
		}
	}
	return entities.Entities, rest
}

func TestAStatusChangeIsAnnouncedInTheServersWords(t *testing.T) {
	s := open(t)
	s.do(t, "maya", update("Task", "comp", data{"status_id": "later", "name": "comp"}))
	heard := s.heard()
	entities, rest := changes(t, heard)
	c := entities[0]
	if len(entities) != 1 || c.EntityID != "comp" || c.EntityType != "task" || c.Type != "Task" || c.Action != "update" || len(c.Keys) != 1 {
		t.Fatalf("%+v", entities)
	}
	if diff := c.Changes["statusid"]; diff["old"] != "ready" || diff["new"] != "later" {
		t.Errorf("%v", c.Changes)
	}
	var way []string
	for _, p := range c.Parents {
		way = append(way, p["entityType"].(string)+"/"+p["entity_type"].(string))
	}
	if len(way) != 4 || way[0] != "task/Task" || way[1] != "task/Shot" || way[3] != "show/Project" || c.Parents[3]["parentId"] != nil {
		t.Errorf("parents %v", c.Parents)
	}
	if rest["clientToken"] != "client-maya" || rest["user"].(map[string]any)["userid"] != "maya" || heard[0].ProjectID != "film" {
		t.Errorf("%v", rest)
	}
	if rows := s.ask(t, "maya", "select id from StatusChange where parent_id is comp and from_status_id is ready and status_id is later"); len(rows) != 1 {
		t.Errorf("history %v", rows)
	}
}

func TestANoteIsAnnouncedOnceWithAllThatTheRequestMadeOfIt(t *testing.T) {
	s := open(t)
	s.do(t, "tomas",
		create("Note", data{"id": "n1", "content": "Hi"}),
		update("AssetVersion", "take", data{"notes": []any{ref("Note", "n1")}}),
		recipient("n1", "maya"))
	entities, _ := changes(t, s.heard())
	c := entities[0]
	if len(entities) != 1 || c.Action != "add" || c.EntityType != "note" || c.Changes["text"]["new"] != "Hi" || c.Changes["parent_id"]["new"] != "take" {
		t.Fatalf("%+v", entities)
	}
	if len(c.Parents) != 6 || c.Parents[1]["entityType"] != "assetversion" || c.Parents[2]["entityType"] != "asset" {
		t.Errorf("parents %v", c.Parents)
	}
	s.expect(t, "vera", "1 note:n1 note (version_user)")
}

func TestARemovalIsAnnouncedWithWhatWas(t *testing.T) {
	s := open(t)
	s.do(t, "tomas", remove("Appointment", "a1"))
	entities, _ := changes(t, s.heard())
	c := entities[0]
	if c.Action != "remove" || c.Changes["resource_id"]["old"] != "maya" || c.Changes["resource_id"]["new"] != nil || len(c.Parents) != 5 {
		t.Errorf("%+v", c)
	}
}

func TestEachProjectIsAnnouncedToItsOwn(t *testing.T) {
	s := open(t)
	s.do(t, "tomas", update("Task", "comp", data{"name": "comp2"}), update("Task", "core", data{"name": "core2"}))
	heard := s.heard()
	if len(heard) != 2 || heard[0].ProjectID != "film" || heard[1].ProjectID != "vault" {
		t.Errorf("%+v", heard)
	}
}

func TestARemovalIsHeardByThoseWhoCouldSeeIt(t *testing.T) {
	s := open(t)
	s.do(t, "vera", create("Note", data{"id": "n1", "content": "Lunch?"}), recipient("n1", "maya"))
	for name, c := range map[string]struct {
		by   string
		op   wire.Operation
		want []domain.UserID
	}{
		"a private project": {"ines", remove("Project", "vault"), []domain.UserID{"ines", "tomas"}},
		"a message":         {"vera", remove("Note", "n1"), []domain.UserID{"maya", "vera"}},
	} {
		s.heard()
		s.do(t, c.by, c.op)
		heard := s.heard()
		if len(heard) != 1 || len(heard[0].Updates) != 1 || heard[0].ProjectID != "" || !slices.Equal(heard[0].Only, c.want) {
			t.Errorf("%s: %+v", name, heard)
		}
	}
}
