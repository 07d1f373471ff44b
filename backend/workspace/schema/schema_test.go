package schema_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"testing"

	"github.com/callboard/callboard/backend/workspace/schema"
)

// recorded are the schemas of a real server, kept beside the work tree where they are at hand.
const recorded = "../../../../shared/data/ftrack/ts-query_schemas.json"

// ours are the types and attributes that no ftrack server has.
var ours = []string{
	"Notification", "UserPreference", "NotificationPreference", "NotificationMute", "NotificationDefault", "WorkspaceSetting", "AuditEntry",
	"User.auth_source", "UserSession.device", "ApiKey.last_used_at",
}

type entity struct {
	ID         string                    `json:"id"`
	Alias      any                       `json:"alias_for"`
	Mixin      any                       `json:"$mixin"`
	Properties map[string]map[string]any `json:"properties"`
	Key        []string                  `json:"primary_key"`
	Defaults   []string                  `json:"default_projections"`
	System     []string                  `json:"system_projections"`
	Required   []string                  `json:"required"`
	Immutable  []string                  `json:"immutable"`
	Computed   []string                  `json:"computed"`
}

func TestServedSchemasAreATrueSubsetOfARealServers(t *testing.T) {
	text, err := os.ReadFile(recorded)
	if errors.Is(err, fs.ErrNotExist) {
		t.Log("the recorded schemas are not on this machine; the golden test stands alone")
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	real := decode(t, text)
	for id, got := range decode(t, schema.Served()) {
		if slices.Contains(ours, id) {
			continue
		}
		want, ok := real[id]
		if !ok {
			t.Errorf("%s: no real server has this type", id)
			continue
		}
		for name, fragment := range got.Properties {
			if slices.Contains(ours, id+"."+name) {
				delete(got.Properties, name)
				continue
			}
			if want.Properties[name]["alias_for"] == name { // says nothing; real servers write it for three attributes
				delete(want.Properties[name], "alias_for")
			}
			if !reflect.DeepEqual(fragment, want.Properties[name]) {
				t.Errorf("%s.%s = %v, a real server serves %v", id, name, fragment, want.Properties[name])
			}
		}
		same := func(what string, got, want any) {
			t.Helper()
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %s = %v, a real server serves %v", id, what, got, want)
			}
		}
		known := func(names []string) []string {
			kept := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return got.Properties[n] == nil })
			slices.Sort(kept)
			return slices.Compact(kept)
		}
		same("alias_for", got.Alias, want.Alias)
		same("$mixin", got.Mixin, want.Mixin)
		same("primary_key", got.Key, want.Key)
		same("default_projections", known(got.Defaults), known(want.Defaults))
		same("system_projections", got.System, want.System)
		same("required", known(got.Required), known(want.Required))
		same("immutable", known(got.Immutable), known(want.Immutable))
		same("computed", known(got.Computed), known(want.Computed))
	}
}

func TestEveryRelationLeadsSomewhere(t *testing.T) {
	for _, typ := range schema.All() {
		for _, a := range typ.Attributes {
			if !a.Relation() {
				continue
			}
			target, ok := schema.ByName(a.Ref)
			if !ok {
				t.Errorf("%s.%s leads to %s, which is not declared", typ.Name, a.Name, a.Ref)
				continue
			}
			holder, via := target, a.Via
			switch {
			case a.Through != nil:
				holder, _ = schema.ByName(a.Through.Type)
				via = a.Through.Near
			case a.Kind == schema.ToOne && a.Span == schema.Near, a.Span == schema.Above && via != "":
				holder = typ
			case a.Span == schema.Above || a.Span == schema.Below:
				continue
			}
			if held, ok := holder.Attribute(via); !ok || !held.Stored() {
				t.Errorf("%s.%s goes by %s.%s, which is no stored attribute", typ.Name, a.Name, holder.Name, via)
			}
		}
	}
}

func TestATypeAnswersForThoseThatExtendIt(t *testing.T) {
	for name, want := range map[string][]string{
		"Context":      {"Project", "Task", "Shot", "Sequence", "Episode", "Folder", "AssetBuild", "Milestone"},
		"TypedContext": {"Task", "Shot", "Sequence", "Episode", "Folder", "AssetBuild", "Milestone"},
		"Resource":     {"User", "Collaborator", "Group"},
		"BaseUser":     {"User", "Collaborator"},
		"Component":    {"ContainerComponent", "SequenceComponent", "FileComponent"},
		"Task":         {"Task"},
	} {
		typ, _ := schema.ByName(name)
		var got []string
		for _, c := range typ.Concrete() {
			got = append(got, c.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s is answered by %v, want %v", name, got, want)
		}
	}
}

func decode(t *testing.T, text []byte) map[string]entity {
	t.Helper()
	var list []entity
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	byID := map[string]entity{}
	for _, e := range list {
		byID[e.ID] = e
	}
	return byID
}
