package tracker_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// secrets are one entity of every type that can be kept from maya: in a private project, or tomas's own.
// All that can be read of them says secret.
func secrets() []wire.Operation {
	const project = "secret-project"
	ops := []wire.Operation{
		create("Project", data{"id": project, "name": "secret", "full_name": "secret", "is_private": true}),
		create("UserSecurityRoleProject", data{"id": "secret-part", "user_security_role_id": "manages", "project_id": project}),
		create("CustomAttributeType", data{"id": schema.CustomText, "name": "text"}),
		create("Location", data{"id": "shelf", "name": "shelf"}),
		create("NoteLabel", data{"id": "label", "name": "label"}),
		create("ListCategory", data{"id": "dailies", "name": "dailies"}),
	}
	for _, object := range []string{"Task", "Shot", "Sequence", "Episode", "Folder", "AssetBuild", "Milestone"} {
		ops = append(ops, create(object, data{"id": "secret-" + object, "name": "secret", "parent_id": project}))
	}
	for _, table := range []string{"task", "asset", "assetversion", "list"} {
		ops = append(ops, create("CustomAttributeConfiguration", data{"id": "mood_" + table, "key": "mood_" + table, "entity_type": table, "type_id": schema.CustomText}))
	}
	ops = append(ops,
		create("CustomAttributeConfiguration", data{"id": "secret-attribute", "key": "secret", "entity_type": "task", "type_id": schema.CustomText, "project_id": project}),
		create("TypedContextLink", data{"id": "secret-link", "from_id": "secret-Shot", "to_id": "comp"}),
		create("Manager", data{"id": "secret-manager", "context_id": "secret-Task", "user_id": "tomas"}),
		create("Appointment", data{"id": "secret-appointment", "context_id": "secret-Task", "resource_id": "tomas"}),
		create("StatusChange", data{"id": "secret-change", "parent_id": "secret-Task", "status_id": "later"}),
		create("TypedContextList", data{"id": "secret-list", "name": "secret", "project_id": project, "category_id": "dailies"}),
		create("AssetVersionList", data{"id": "secret-versions", "name": "secret", "project_id": project, "category_id": "dailies"}),
		create("ListObject", data{"id": "secret-item", "list_id": "secret-list", "entity_id": "secret-Task"}),
		create("Asset", data{"id": "secret-asset", "name": "secret", "context_id": "secret-Shot"}),
		create("AssetVersion", data{"id": "secret-version", "asset_id": "secret-asset", "comment": "secret", "user_id": "tomas"}),
		create("AssetVersionLink", data{"id": "secret-use", "from_id": "secret-version", "to_id": "take"}),
		create("FileComponent", data{"id": "secret-file", "name": "secret", "version_id": "secret-version"}),
		create("SequenceComponent", data{"id": "secret-frames", "name": "secret", "version_id": "secret-version", "padding": 4.0}),
		create("ContainerComponent", data{"id": "secret-box", "name": "secret", "version_id": "secret-version"}),
		create("FileComponent", data{"id": "secret-picture", "name": "secret"}),
		update("Task", "secret-Task", data{"thumbnail_id": "secret-picture"}),
		create("ComponentLocation", data{"id": "secret-place", "component_id": "secret-file", "location_id": "shelf", "resource_identifier": "secret"}),
		create("Metadata", data{"parent_id": "secret-asset", "parent_type": "Asset", "key": "secret", "value": "secret"}),
		create("Note", data{"id": "secret-note", "content": "secret", "parent_id": "secret-Task", "user_id": "tomas"}),
		create("Note", data{"id": "secret-message", "content": "secret", "user_id": "tomas"}),
		recipient("secret-message", "ines"),
		recipient("secret-note", "tomas"),
		create("NoteLabelLink", data{"note_id": "secret-note", "label_id": "label"}),
		create("NoteComponent", data{"note_id": "secret-note", "component_id": "secret-file"}),
		create("ReviewSessionFolder", data{"id": "secret-folder", "name": "secret", "project_id": project}),
		create("ReviewSession", data{"id": "secret-review", "name": "secret", "project_id": project, "created_by_id": "tomas"}),
		create("ReviewSessionObject", data{"id": "secret-object", "name": "secret", "review_session_id": "secret-review", "version_id": "secret-version"}),
		create("ReviewSessionInvitee", data{"id": "secret-invitee", "name": "secret", "email": "secret@x.test", "review_session_id": "secret-review", "created_by_id": "tomas"}),
		create("ReviewSessionObjectStatus", data{"id": "secret-verdict", "status": "secret", "review_session_object_id": "secret-object", "review_session_invitee_id": "secret-invitee"}),
		create("Timelog", data{"id": "secret-time", "name": "secret", "context_id": "secret-Task", "user_id": "tomas", "duration": 60.0}),
		create("Timer", data{"id": "secret-timer", "name": "secret", "user_id": "tomas"}),
		create("Job", data{"id": "secret-job", "user_id": "tomas", "data": `{"description": "secret"}`}),
		create("JobComponent", data{"job_id": "secret-job", "component_id": "secret-file"}),
		create("UserSession", data{"id": "secret-session", "user_id": "tomas"}),
		create("ApiKey", data{"id": "secret-key", "resource_id": "tomas", "identifier": "secret"}),
		create("UserApplicationState", data{"user_id": "tomas", "key": "secret", "value": "secret"}),
		create("Notification", data{
			"id": "secret-notification", "user_id": "tomas", "seq": 900.0, "event_key": "secret", "kind": "note", "kinds": []any{}, "created_at": "2026-11-23T00:00:00",
		}),
		create("UserPreference", data{"id": "secret-preference", "user_id": "tomas"}),
		create("NotificationPreference", data{"id": "secret-channels", "user_id": "tomas", "kind": "note", "channels": []any{"mail"}}),
		create("NotificationMute", data{"id": "secret-mute", "user_id": "tomas", "entity_type": "Task", "entity_id": "secret-Task", "created_at": "2026-11-23T00:00:00"}),
		create("AuditEntry", data{
			"id": "secret-entry", "seq": 900.0, "created_at": "2026-11-23T00:00:00", "auth": "none", "what": "secret", "actor_id": "maya", "subject_id": "maya", "outcome": "ok", "hash": "secret",
		}),
		create("EntitySetting", data{"parent_id": "secret-Task", "parent_type": "Task", "group": "secret", "name": "secret", "value": "secret"}),
	)
	for _, of := range [][2]string{{"mood_task", "secret-Task"}, {"mood_asset", "secret-asset"}, {"mood_assetversion", "secret-version"}, {"mood_list", "secret-list"}} {
		ops = append(ops, create("ContextCustomAttributeValue", data{"configuration_id": of[0], "entity_id": of[1], "value": "secret"}))
	}
	return ops
}

// secretKeys are the secrets of a type.
func secretKeys(t *testing.T, s *studio, typ *schema.Type) []data {
	t.Helper()
	var found []data
	for _, row := range s.ask(t, "", fmt.Sprintf("select %s from %s", strings.Join(readable(typ), ", "), typ.Name)) {
		if text, err := json.Marshal(row); err == nil && strings.Contains(string(text), "secret") {
			found = append(found, row)
		}
	}
	return found
}

// readable are the attributes of a type that stand in its rows.
func readable(typ *schema.Type) []string {
	var names []string
	for _, a := range typ.Attributes {
		if a.Stored() && !a.Hidden {
			names = append(names, a.Name)
		}
	}
	return names
}

// private are the types that have something to keep from maya.
func private() []*schema.Type {
	return slices.DeleteFunc(schema.All(), func(typ *schema.Type) bool {
		return typ.Hidden || typ.Rights().Read == schema.ToEverybody || typ.Name == "UserCustomAttributeValue"
	})
}

func guarded(t *testing.T) *studio {
	t.Helper()
	s := open(t)
	for _, op := range secrets() {
		if _, err := s.try("", op); err != nil {
			t.Fatalf("%s %s: %v", op.Action, op.EntityType, err)
		}
	}
	return s
}

func (s *studio) leaks(t *testing.T, who, expression string) {
	t.Helper()
	results, err := s.try(who, wire.Operation{Action: "query", Expression: expression})
	if domain.CodeOf(err) == domain.Invalid {
		return // no question that can be asked, which is the same for everybody
	}
	if err != nil {
		t.Errorf("%s: %v", expression, err)
		return
	}
	text, err := wire.EncodeAnswers(results, wire.Mode{Strict: true, Denormalize: true})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "secret") {
		t.Errorf("%s answers %s: %.400s", expression, who, text)
	}
}

func TestWhatSomebodyMayNotSeeIsNotThereWhateverTheyAsk(t *testing.T) {
	s := guarded(t)
	for _, typ := range private() {
		if len(secretKeys(t, s, typ)) == 0 {
			t.Errorf("there is no secret %s: add one", typ.Name)
		}
	}
	for _, typ := range schema.All() {
		if typ.Hidden {
			continue
		}
		s.leaks(t, "maya", fmt.Sprintf("select %s from %s", strings.Join(readable(typ), ", "), typ.Name))
		counted := s.ask(t, "maya", fmt.Sprintf("select count(%s) from %s", typ.Key[0], typ.Name))
		if seen := s.ask(t, "maya", fmt.Sprintf("select %s from %s", typ.Key[0], typ.Name)); fmt.Sprint(counted[0]["count_"+typ.Key[0]]) != fmt.Sprint(len(seen)) {
			t.Errorf("%s: %v counted, %d seen", typ.Name, counted, len(seen))
		}
		for _, a := range typ.Attributes {
			if a.Hidden || !a.Relation() {
				continue
			}
			target, _ := schema.ByName(a.Ref)
			s.leaks(t, "maya", fmt.Sprintf("select %s from %s", a.Name, typ.Name))
			for _, name := range readable(target) {
				s.leaks(t, "maya", fmt.Sprintf("select %s.%s from %s", a.Name, name, typ.Name))
				s.leaks(t, "maya", fmt.Sprintf("select %s.%s, count(%s) from %s group by %[1]s.%[2]s", a.Name, name, typ.Key[0], typ.Name))
			}
		}
	}
}

func TestWhatSomebodyMayNotSeeIsNoCriterionEither(t *testing.T) {
	s := guarded(t)
	for _, typ := range schema.All() {
		for _, a := range typ.Attributes {
			target, ok := schema.ByName(a.Ref)
			if typ.Hidden || a.Hidden || !ok || a.Custom() {
				continue
			}
			word := map[bool]string{true: "any", false: "has"}[a.Many()]
			for _, secret := range secretKeys(t, s, target) {
				key := fmt.Sprintf("%s is %q", target.Key[len(target.Key)-1], secret[target.Key[len(target.Key)-1]])
				for _, criterion := range []string{
					fmt.Sprintf("%s %s (%s)", a.Name, word, key),
					fmt.Sprintf("%s.%s", a.Name, key),
					fmt.Sprintf("%s in (select %s from %s where %s)", typ.Key[0], target.Key[0], target.Name, key),
				} {
					rows, err := s.try("maya", wire.Operation{Action: "query", Expression: fmt.Sprintf("select %s from %s where %s", typ.Key[0], typ.Name, criterion)})
					if domain.CodeOf(err) == domain.Invalid {
						continue
					}
					if err != nil {
						t.Fatal(err)
					}
					if found, _ := rows[0].(wire.Answer).Data.([]any); len(found) > 0 {
						t.Errorf("%s where %s finds %v", typ.Name, criterion, found)
					}
				}
			}
		}
	}
}

func TestWhatSomebodyMayNotSeeCannotBeToldFromWhatIsMissing(t *testing.T) {
	s := guarded(t)
	words := func(err error, key []string) string {
		said := fmt.Sprint(err)
		for _, part := range key {
			said = strings.ReplaceAll(said, part, "…")
		}
		return said
	}
	for _, typ := range private() {
		for _, secret := range secretKeys(t, s, typ) {
			var key, other []string
			for _, name := range typ.Key {
				key = append(key, fmt.Sprint(secret[name]))
				other = append(other, "missing")
			}
			for _, op := range []wire.Operation{{Action: "delete", EntityType: typ.Name}, {Action: "update", EntityType: typ.Name, EntityData: data{"value": "x"}}} {
				op.EntityKey = key
				_, hidden := s.try("maya", op)
				op.EntityKey = other
				_, missing := s.try("maya", op)
				if hidden == nil || words(hidden, key) != words(missing, other) {
					t.Errorf("%s %s: %v, but of a missing one %v", op.Action, typ.Name, hidden, missing)
				}
			}
		}
	}
}

func TestAReferenceToWhatSomebodyMayNotSeeIsOneToNothing(t *testing.T) {
	s := guarded(t)
	for _, typ := range schema.All() {
		for _, a := range typ.Attributes {
			target, ok := schema.ByName(a.Ref)
			if typ.Hidden || a.Hidden || !ok || a.Kind != schema.ToOne || a.Computed || len(target.Key) > 1 {
				continue
			}
			for _, secret := range secretKeys(t, s, target) {
				id := fmt.Sprint(secret["id"])
				_, hidden := s.try("maya", create(typ.Name, data{a.Via: id}))
				_, missing := s.try("maya", create(typ.Name, data{a.Via: "missing"}))
				if fmt.Sprint(hidden) != fmt.Sprint(missing) {
					t.Errorf("create %s with %s: %v, with a missing one %v", typ.Name, a.Via, hidden, missing)
				}
			}
		}
	}
}

func TestNobodySearchesForWhatTheyMayNotSee(t *testing.T) {
	s := guarded(t)
	for _, typ := range schema.All() {
		if typ.Hidden {
			continue
		}
		results, err := s.try("maya", wire.Operation{
			Action: "search", EntityType: typ.Name, Expression: "select " + typ.Key[0] + " from " + typ.Name, Rest: map[string]any{"terms": []any{"secret"}},
		})
		if domain.CodeOf(err) == domain.Invalid {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if found, _ := results[0].(wire.Answer).Data.([]any); len(found) > 0 {
			t.Errorf("%s: %v", typ.Name, found)
		}
	}
}

func TestChangesOfWhatSomebodyMayNotSeeAreNotToldThem(t *testing.T) {
	s := open(t)
	for _, op := range secrets() {
		s.do(t, "", op)
		for _, told := range s.heard() {
			if len(told.Updates) == 0 || !strings.Contains(string(told.Updates[0].Data), "secret") || told.Only != nil && !slices.Contains(told.Only, "maya") {
				continue
			}
			if may, err := s.tracker.Audience(t.Context(), told.ProjectID, []domain.UserID{"maya"}); err != nil || len(may) > 0 {
				t.Errorf("%s %s is told in %q (%v): %s", op.Action, op.EntityType, told.ProjectID, err, told.Updates[0].Data)
			}
		}
	}
}
