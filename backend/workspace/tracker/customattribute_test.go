package tracker_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// framed adds custom attributes to the studio: a first frame on shots, and a delivery on everything
// below a project unless something nearer says otherwise.
func framed(t *testing.T) *studio {
	t.Helper()
	s := open(t)
	for id, name := range map[string]string{schema.CustomNumber: "number", schema.CustomText: "text", schema.CustomEnumerator: "enumerator"} {
		s.do(t, "", create("CustomAttributeType", data{"id": id, "name": name}))
	}
	s.do(t, "", create("ObjectType", data{"id": schema.ObjectTypeShot, "name": "Shot"}))
	s.do(t, "ines",
		create("CustomAttributeConfiguration", data{
			"id": "fstart", "key": "fstart", "entity_type": "task", "object_type_id": schema.ObjectTypeShot, "type_id": schema.CustomNumber, "default": 1001.0,
		}),
		create("CustomAttributeConfiguration", data{
			"id": "delivery", "key": "delivery", "entity_type": "show", "is_hierarchical": true, "type_id": schema.CustomText, "default": "none yet",
		}),
		create("CustomAttributeConfiguration", data{
			"id": "grade", "key": "grade", "entity_type": "assetversion", "type_id": schema.CustomEnumerator,
			"config": `{"data": "[{\"menu\": \"Hero\", \"value\": \"hero\"}, {\"menu\": \"Crowd\", \"value\": \"crowd\"}]"}`,
		}))
	s.heard()
	return s
}

// customs reads the custom attributes of one entity as JSON by key.
func (s *studio) customs(t *testing.T, who, of, id string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, entry := range s.one(t, who, "select custom_attributes from "+of+" where id is "+id)["custom_attributes"].([]any) {
		values := entry.(data)
		text, err := json.Marshal(values["value"])
		if err != nil {
			t.Fatal(err)
		}
		found[values["key"].(string)] = string(text)
	}
	return found
}

func TestAThingShowsEachOfItsCustomAttributesSetOrNot(t *testing.T) {
	s := framed(t)
	if got := s.customs(t, "maya", "Shot", "sh0140"); got["fstart"] != "1001" || got["delivery"] != `"none yet"` || len(got) != 2 {
		t.Errorf("untouched: %v", got)
	}
	s.do(t, "tomas", update("ContextCustomAttributeValue", "fstart,sh0140", data{"value": 1009.0}))
	s.do(t, "tomas", update("Sequence", "sq020", data{"custom_attributes": map[string]any{"delivery": "reel 2"}}))
	if got := s.customs(t, "maya", "Shot", "sh0140"); got["fstart"] != "1009" || got["delivery"] != `"reel 2"` {
		t.Errorf("set on it and above it: %v", got)
	}
	s.do(t, "tomas", create("ContextCustomAttributeValue", data{"configuration_id": "delivery", "entity_id": "comp", "value": "reel 3"}))
	if got := s.customs(t, "maya", "Task", "comp"); got["delivery"] != `"reel 3"` || len(got) != 1 {
		t.Errorf("the nearest counts: %v", got)
	}
	s.do(t, "tomas", remove("ContextCustomAttributeValue", "fstart,sh0140"))
	if got := s.customs(t, "maya", "Shot", "sh0140"); got["fstart"] != "1001" {
		t.Errorf("after a delete: %v", got)
	}
}

func TestCustomAttributesAreSearchedByWhatTheyHold(t *testing.T) {
	s := framed(t)
	s.do(t, "tomas", update("Shot", "sh0140", data{"custom_attributes": map[string]any{"fstart": 1009.0, "delivery": "Reel 2"}}))
	for criteria, want := range map[string]int{
		`custom_attributes any (key is "fstart" and value is 1009)`:       1,
		`custom_attributes any (key is "fstart" and value is "1009")`:     1,
		`custom_attributes any (key is "fstart" and value > 1000)`:        1,
		`custom_attributes any (key is "fstart" and value > 1009)`:        0,
		`custom_attributes any (key is "fstart" and value in (1, 1009))`:  1,
		`custom_attributes any (key is delivery and value like "reel%")`:  1,
		`custom_attributes any (key is delivery and value is "reel 2")`:   0,
		`custom_attributes any (key is delivery and value is_not "none")`: 1,
	} {
		if got := s.ask(t, "maya", "select id from Shot where id is sh0140 and "+criteria); len(got) != want {
			t.Errorf("%s finds %d, want %d", criteria, len(got), want)
		}
	}
	if got := s.ask(t, "maya", `select entity_id, value from CustomAttributeValue where configuration.key is "fstart"`); len(got) != 1 || got[0]["__entity_type__"] != "ContextCustomAttributeValue" {
		t.Errorf("the values by themselves: %v", got)
	}
}

func TestACustomAttributeTellsOfItsChangeByItsKey(t *testing.T) {
	s := framed(t)
	s.do(t, "tomas", update("ContextCustomAttributeValue", "fstart,sh0140", data{"value": 1009.0}))
	heard := s.heard()
	if len(heard) != 1 || !strings.Contains(string(heard[0].Updates[0].Data), `"changes":{"fstart":{"old":null,"new":1009}}`) {
		t.Fatalf("heard %+v", heard)
	}
}

func TestACustomAttributeHoldsOnlyWhatItsConfigurationAllows(t *testing.T) {
	s := framed(t)
	for name, op := range map[string]wire.Operation{
		"a text for a number":       update("ContextCustomAttributeValue", "fstart,sh0140", data{"value": "soon"}),
		"a number on a task":        update("ContextCustomAttributeValue", "fstart,comp", data{"value": 1.0}),
		"an unknown choice":         update("AssetVersionCustomAttributeValue", "grade,take", data{"value": []any{"villain"}}),
		"an unknown attribute":      update("Shot", "sh0140", data{"custom_attributes": map[string]any{"fend": 1.0}}),
		"a second of the same name": create("CustomAttributeConfiguration", data{"key": "delivery", "entity_type": "show", "type_id": schema.CustomText}),
		"a kind we do not know":     create("CustomAttributeConfiguration", data{"key": "x", "entity_type": "show", "type_id": "magic"}),
		"another name for it":       update("CustomAttributeConfiguration", "fstart", data{"key": "start"}),
	} {
		if _, err := s.try("ines", op); domain.CodeOf(err) != domain.Invalid && domain.CodeOf(err) != domain.Conflict {
			t.Errorf("%s: %v", name, err)
		}
	}
	s.do(t, "ines", update("AssetVersionCustomAttributeValue", "grade,take", data{"value": []any{"hero", "crowd"}}))
	if got := s.customs(t, "maya", "AssetVersion", "take"); got["grade"] != `["hero","crowd"]` {
		t.Errorf("two choices: %v", got)
	}
}

func TestOnlyTheRolesThatAnAttributeNamesReadAndWriteIt(t *testing.T) {
	s := framed(t)
	s.do(t, "ines", update("CustomAttributeConfiguration", "delivery", data{
		"read_security_roles": []any{ref("SecurityRole", "manage")}, "write_security_roles": []any{ref("SecurityRole", "administer")},
	}))
	if got := s.customs(t, "maya", "Shot", "sh0140"); len(got) != 1 {
		t.Errorf("maya reads %v", got)
	}
	if got := s.customs(t, "tomas", "Shot", "sh0140"); len(got) != 2 {
		t.Errorf("tomas reads %v", got)
	}
	s.heard()
	s.do(t, "ines", update("ContextCustomAttributeValue", "delivery,sh0140", data{"value": "reel 9"}))
	if heard := s.heard(); len(heard) != 0 {
		t.Errorf("told to all who see the shot: %+v", heard)
	}
	if _, err := s.try("tomas", update("ContextCustomAttributeValue", "delivery,sh0140", data{"value": "x"})); domain.CodeOf(err) != domain.Forbidden {
		t.Errorf("tomas writes: %v", err)
	}
}
