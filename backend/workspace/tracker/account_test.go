package tracker_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/ftrack/wire"
)

// TestWhoIsToldThatAnAccountChanged asks of changes whose connections hear callboard.account.
func TestWhoIsToldThatAnAccountChanged(t *testing.T) {
	s := open(t)
	s.do(t, "maya", create("UserPreference", data{"id": "p", "theme": "dark"}), create("NotificationPreference", data{"id": "k", "kind": "note", "channels": []any{}}))
	for _, c := range []struct {
		what, by string
		op       wire.Operation
		want     string
	}{
		{"a preference", "maya", update("UserPreference", "p", data{"theme": "light"}), "maya"},
		{"the same preference", "maya", update("UserPreference", "p", data{"theme": "light"}), ""},
		{"channels", "maya", prefer("note", "film", "mail"), "maya"},
		{"channels again", "maya", prefer("note", "film", "digest"), "maya"},
		{"channels dropped", "maya", remove("NotificationPreference", "k"), "maya"},
		{"a mute", "maya", mute("Task", "comp"), "maya"},
		{"a name", "maya", update("User", "maya", data{"first_name": "May"}), "maya"},
		{"a name that an administrator gives", "ines", update("User", "vera", data{"last_name": "V"}), "vera"},
		{"a role", "ines", create("UserSecurityRole", data{"user_id": "lena", "security_role_id": "administer"}), "lena"},
		{"a default", "ines", defaults("note", "mail"), "everybody"},
		{"a setting", "ines", create("WorkspaceSetting", data{"name": "player", "value": "rv"}), "everybody"},
		{"a note", "tomas", create("Note", data{"content": "Edge.", "parent_id": "comp"}), ""},
	} {
		s.heard()
		s.do(t, c.by, c.op)
		var told []string
		for _, heard := range s.heard() {
			if heard.Accounts.All {
				told = append(told, "everybody")
			}
			for _, user := range heard.Accounts.People {
				told = append(told, string(user))
			}
		}
		if got := strings.Join(told, ", "); got != c.want {
			t.Errorf("%s: %q is told, want %q", c.what, got, c.want)
		}
	}
}

// TestNoUpdateEventSpeaksOfWhatIsAPersonsOwn looks through all that is announced.
func TestNoUpdateEventSpeaksOfWhatIsAPersonsOwn(t *testing.T) {
	s := open(t)
	s.do(t, "maya", create("UserPreference", data{"id": "secret-p", "theme": "dark"}), create("NotificationPreference", data{"id": "secret-k", "kind": "note", "channels": []any{}}),
		create("NotificationMute", data{"id": "secret-m", "entity_type": "Task", "entity_id": "comp"}))
	s.do(t, "maya", update("UserPreference", "secret-p", data{"theme": "light"}), remove("NotificationPreference", "secret-k"), remove("NotificationMute", "secret-m"))
	for _, heard := range s.heard() {
		for _, event := range heard.Updates {
			if strings.Contains(string(event.Data), "secret") {
				t.Errorf("%s", event.Data)
			}
		}
	}
}

func TestAdministratorsSeeHowManyFollowEachDefault(t *testing.T) {
	s := open(t)
	s.do(t, "maya", prefer("note", "", "mail"), prefer("note", "film", "mail"), prefer("status", "film", "mail"))
	s.do(t, "lena", prefer("note", ""))
	s.do(t, "", create("NotificationPreference", data{"user_id": "old", "kind": "note", "channels": []any{}})) // deactivated
	s.do(t, "ines", defaults("note", "digest"))
	ask := wire.Operation{Action: "notification_defaults"}
	if _, err := s.try("tomas", ask); err == nil {
		t.Error("everybody may ask")
	}
	text, err := wire.EncodeAnswers(s.do(t, "ines", ask), wire.Mode{Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	type kind struct {
		Kind, Layer string
		Channels    []string
		Followers   int
	}
	var answers []struct {
		Action string
		Data   struct {
			People int
			Kinds  []kind
		}
	}
	if err := json.Unmarshal(text, &answers); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	got := answers[0].Data
	if answers[0].Action != "notification_defaults" || got.People != 6 || len(got.Kinds) != 13 {
		t.Fatalf("%s", text)
	}
	if said := fmt.Sprint(got.Kinds[0], got.Kinds[1], got.Kinds[8]); said != "{message built_in [mail internal] 6} {note workspace [digest] 4} {status built_in [internal] 6}" {
		t.Error(said)
	}
}
