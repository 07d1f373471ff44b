package ftrack_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

func recorded(typeName string, values map[string]any) wire.Entity {
	return wire.Entity{Type: typeName, Key: []string{"id"}, Values: values}
}

// choosy answers as a server at which Maya, an administrator, chose a few things.
func choosy(op wire.Operation) any {
	if op.Action == "query_server_information" {
		return json.RawMessage(`{"version":"4","callboard":{"epoch":"e"},"company_information":{"name":"Aurora"},"user_information":{"id":"u1"}}`)
	}
	_, from, _ := strings.Cut(op.Expression, " from ")
	typeName, _, _ := strings.Cut(from, " ")
	rows := map[string][]wire.Entity{
		"User": {recorded("User", map[string]any{"id": "u1", "username": "maya", "first_name": "Maya", "last_name": "Chen", "email": "maya@aurora.example"})},
		"UserSecurityRole": {recorded("UserSecurityRole", map[string]any{
			"id": "r1", "security_role": recorded("SecurityRole", map[string]any{"id": "s1", "name": "Administrator"}),
		})},
		"UserPreference": {recorded("UserPreference", map[string]any{
			"id": "p1", "fuzzy_dates": false, "language": "es", "theme": "sepia", "digest_hour": 7, "paused_until": noon,
			"quiet_hours": json.RawMessage(`{"monday":[{"from":"18:00","to":"24:00"}]}`),
		})},
		"NotificationPreference": {
			recorded("NotificationPreference", map[string]any{"id": "n1", "kind": "note", "project_id": nil, "channels": json.RawMessage(`[]`)}),
			recorded("NotificationPreference", map[string]any{
				"id": "n2", "kind": "status", "project_id": "p9", "channels": json.RawMessage(`["digest","pigeon"]`),
				"project": recorded("Project", map[string]any{"id": "p9", "name": "nl", "full_name": "Northern Lights"}),
			}),
		},
		"NotificationMute": {recorded("NotificationMute", map[string]any{
			"id": "m1", "entity_type": "Shot", "entity_id": "sh1", "created_at": noon, "subject": json.RawMessage(`{"path":[{"id":"sh1","type":"Shot","name":"sh0140"}]}`),
		})},
		"NotificationDefault": {recorded("NotificationDefault", map[string]any{"id": "d1", "kind": "assignment", "channels": json.RawMessage(`["mail"]`)})},
		"WorkspaceSetting": {
			recorded("WorkspaceSetting", map[string]any{"id": "w1", "name": "digest_interval", "value": json.RawMessage(`"weekly"`)}),
			recorded("WorkspaceSetting", map[string]any{"id": "w2", "name": "retention_days", "value": json.RawMessage(`90`)}),
		},
	}
	return wire.PageOf(rows[typeName], nil)
}

func TestTheAccountIsEverythingThatWasChosen(t *testing.T) {
	f := newFake(t)
	f.answer = choosy
	got, err := f.client().Account(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got.Profile.FirstName != "Maya" || got.Profile.Email != "maya@aurora.example" || !got.Able.Administrator || !got.Able.Preferences {
		t.Errorf("%+v, %+v", got.Profile, got.Able)
	}
	p := got.Preferences
	if p.Fuzzy() || p.Language != "es" || p.Theme != "" || *p.DigestHour != 7 || !p.PausedUntil.Equal(noon) || len(p.QuietHours["monday"]) != 1 {
		t.Errorf("preferences %+v", p)
	}
	choices := got.Choices()
	for name, c := range map[string]struct{ got, want domain.Choice }{
		"switched off":        {choices.For(domain.KindNote, ""), domain.Choice{Channels: []domain.Channel{}, Layer: domain.LayerOwn}},
		"for a project":       {choices.For(domain.KindStatus, "p9"), domain.Choice{Channels: []domain.Channel{domain.Digest}, Layer: domain.LayerProject}},
		"the workspace's":     {choices.For(domain.KindAssignment, "p9"), domain.Choice{Channels: []domain.Channel{domain.Mail}, Layer: domain.LayerWorkspace}},
		"nobody chose":        {choices.For(domain.KindMessage, ""), domain.Choice{Channels: []domain.Channel{domain.Mail, domain.InternalChannel}, Layer: domain.LayerBuiltIn}},
		"not for the project": {choices.For(domain.KindStatus, "other"), domain.Choice{Channels: []domain.Channel{domain.InternalChannel}, Layer: domain.LayerBuiltIn}},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, c.got, c.want)
		}
	}
	if len(got.Kinds) != len(domain.Kinds) || got.Overrides[0].Name != "Northern Lights" || got.Mutes[0].Path[0].Name != "sh0140" || got.Defaults.DigestInterval != domain.Weekly {
		t.Errorf("overrides %+v, mutes %+v, defaults %+v", got.Overrides, got.Mutes, got.Defaults)
	}
	if n := len(f.operations()); n != 8 { // who asks, and one request of seven
		t.Errorf("%d operations", n)
	}
}

func TestAServerWithoutPreferencesStillTellsWhoOneIs(t *testing.T) {
	f := newFake(t)
	f.answer = func(op wire.Operation) any {
		switch {
		case op.Action == "query_schemas":
			return json.RawMessage(`[{"id":"User"},{"id":"Task"}]`)
		case strings.Contains(op.Expression, "Preference"):
			return domain.Errorf(domain.Invalid, "there is no entity type UserPreference")
		default:
			return choosy(op)
		}
	}
	got, err := f.client().Account(t.Context())
	if err != nil || got.Able.Preferences || got.Profile.Username != "maya" || len(got.Kinds) != len(domain.Kinds) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestARefusalOfAServerThatHasPreferencesIsOne(t *testing.T) {
	f := newFake(t)
	f.answer = func(op wire.Operation) any {
		switch {
		case op.Action == "query_schemas":
			return json.RawMessage(`[{"id":"UserPreference"},{"id":"NotificationPreference"},{"id":"NotificationMute"},{"id":"NotificationDefault"},{"id":"WorkspaceSetting"}]`)
		case strings.Contains(op.Expression, "Preference"):
			return domain.Errorf(domain.Invalid, "no attribute timezone")
		default:
			return choosy(op)
		}
	}
	if _, err := f.client().Account(t.Context()); domain.CodeOf(err) != domain.Invalid {
		t.Error(err)
	}
}

func TestAChangeIsOneRequestThatNamesOnlyWhatChanged(t *testing.T) {
	f := newFake(t)
	f.answer = func(op wire.Operation) any {
		if op.Action == "create" || op.Action == "delete" {
			return wire.Answer{Action: op.Action, Data: true}
		}
		return choosy(op)
	}
	theme, hours := domain.ThemeLight, domain.QuietHours{}
	err := f.client().Change(t.Context(), domain.AccountChange{
		Theme: &theme, QuietHours: &hours, Reset: []string{"pausedUntil"},
		Channels: []domain.ChannelChange{{Kind: domain.KindNote, Reset: true}, {Kind: domain.KindStatus, Project: "p1", Channels: []domain.Channel{}}},
		Mute:     []domain.Mute{{ID: "m2", EntityType: domain.TypeNote, EntityID: "note1"}}, Unmute: []string{"m1"},
	})
	if err != nil {
		t.Fatal(err)
	}
	var did []wire.Operation
	for _, op := range f.operations() {
		if op.Action == "create" || op.Action == "delete" {
			did = append(did, op)
		}
	}
	want := []wire.Operation{
		{Action: "create", EntityType: "UserPreference", EntityData: map[string]any{"user_id": "u1", "theme": "light", "quiet_hours": map[string]any{}, "paused_until": nil}},
		{Action: "delete", EntityType: "NotificationPreference", EntityKey: []string{"n1"}},
		{Action: "delete", EntityType: "NotificationMute", EntityKey: []string{"m1"}},
		{Action: "create", EntityType: "NotificationPreference", EntityData: map[string]any{"user_id": "u1", "kind": "status", "project_id": "p1", "channels": []any{}}},
		{Action: "create", EntityType: "NotificationMute", EntityData: map[string]any{"id": "m2", "user_id": "u1", "entity_type": "Note", "entity_id": "note1", "until": nil}},
	}
	if len(did) != len(want) {
		t.Fatalf("%+v", did)
	}
	for i := range want {
		if did[i].Action != want[i].Action || did[i].EntityType != want[i].EntityType || !reflect.DeepEqual(did[i].EntityKey, want[i].EntityKey) || !reflect.DeepEqual(did[i].EntityData, want[i].EntityData) {
			t.Errorf("%d: %+v, want %+v", i, did[i], want[i])
		}
	}
}

func TestASearchForProjectsCannotLeaveItsQuotes(t *testing.T) {
	f := newFake(t)
	if _, err := f.client().Projects(t.Context(), `a%" or "1" is "1\`); err != nil {
		t.Fatal(err)
	}
	if asked := f.operations()[0].Expression; !strings.Contains(asked, `like "%a\" or \"1\" is \"1\\%"`) {
		t.Error(asked)
	}
}
