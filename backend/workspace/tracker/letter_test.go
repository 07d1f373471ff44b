package tracker_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/backend/workspace/tracker"
)

// posted takes the letters out of the outbox.
func (s *studio) posted(t *testing.T) []domain.Letter {
	t.Helper()
	var letters []domain.Letter
	err := s.store.Write(t.Context(), func(tx *store.Tx) error {
		for {
			job, found, err := tx.LeaseJob(t.Context(), time.Hour)
			if err != nil || !found {
				return err
			}
			if job.Kind != domain.LetterJob {
				continue
			}
			var l domain.Letter
			if err := json.Unmarshal(job.Body, &l); err != nil {
				return err
			}
			letters = append(letters, l)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return letters
}

func invite(user string) wire.Operation {
	return wire.Operation{Action: "send_user_invite", Rest: map[string]any{"user_id": user}}
}

func TestAnAdministratorInvitesSomebodyByMail(t *testing.T) {
	s := open(t)
	s.do(t, "", update("User", "maya", data{"email": "maya@aurora.example"}), update("User", "old", data{"email": "old@aurora.example"}), update("User", "vera", data{"email": "vera\r\nBcc: x"}))
	s.posted(t)
	for _, c := range []struct {
		by, to string
		want   domain.Code
	}{
		{"tomas", "maya", domain.Forbidden},
		{"maya", "maya", domain.Forbidden},
		{"ines", "old", domain.Invalid},
		{"ines", "lena", domain.Invalid},
		{"ines", "vera", domain.Invalid},
		{"ines", "nobody", domain.NotFound},
		{"ines", "", domain.Invalid},
	} {
		if _, err := s.try(c.by, invite(c.to)); domain.CodeOf(err) != c.want {
			t.Errorf("%s invites %q: %v", c.by, c.to, err)
		}
	}
	if got := s.posted(t); len(got) != 0 {
		t.Fatalf("%+v", got)
	}
	answer := s.do(t, "ines", invite("maya"))[0]
	if said, ok := answer.(map[string]any); !ok || said["sent"] != true {
		t.Errorf("%+v", answer)
	}
	got := s.posted(t)
	if len(got) != 1 || got[0].To != "maya@aurora.example" || got[0].Actor != "Ines" || got[0].Username != "maya" || got[0].Ticket == "" || got[0].Link != "" {
		t.Errorf("%+v", got)
	}
}

func TestAnInviteeIsMailedTheLinkToTheirReview(t *testing.T) {
	s := open(t)
	s.do(t, "ines",
		create("ReviewSession", data{"id": "dailies", "name": "Dailies", "project_id": "film"}),
		create("ReviewSessionInvitee", data{"id": "guest", "review_session_id": "dailies", "name": "Gail Guest", "email": "gail@client.example"}),
		create("ReviewSessionInvitee", data{"id": "nowhere", "review_session_id": "dailies", "name": "No Where", "email": "nowhere"}))
	ask := func(invitee string) wire.Operation {
		return wire.Operation{Action: "send_review_session_invite", Rest: map[string]any{"review_session_invitee_id": invitee}}
	}
	if _, err := s.try("ines", ask("nowhere")); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("no address: %v", err)
	}
	s.do(t, "tomas", ask("guest"))
	got := s.posted(t)
	if len(got) != 1 || got[0].To != "gail@client.example" || got[0].Reader != "Gail Guest" || got[0].Thing != "Dailies" || got[0].Link != "http://studio.test/open/reviewsession/dailies" {
		t.Errorf("%+v", got)
	}
	at := func(invitee string) any {
		return s.one(t, "ines", `select last_sent_at from ReviewSessionInvitee where id is "`+invitee+`"`)["last_sent_at"]
	}
	if at("guest") == nil {
		t.Error("nobody knows that it was sent")
	}
	if at("nowhere") != nil {
		t.Error("a refused invitation counts as sent")
	}
}

func reset(entity, key string, d data) wire.Operation {
	return wire.Operation{Action: "reset_remote", EntityType: entity, EntityKey: []string{key}, EntityData: d, Rest: map[string]any{"reset_type": "api_key"}}
}

// keyed is a studio whose people have keys of a real gate.
func keyed(t *testing.T) (*studio, *auth.Auth, *[]auth.Revocation) {
	t.Helper()
	s := open(t)
	var ended []auth.Revocation
	gate := auth.New(auth.Config{Store: s.store, Keys: auth.NewKeys(), Revoked: func(_ context.Context, r auth.Revocation) { ended = append(ended, r) }})
	s.tracker = tracker.New(tracker.Config{Store: s.store, BaseURL: "http://studio.test", Guard: gate})
	s.do(t, "", update("User", "maya", data{"email": "maya@aurora.example"}))
	return s, gate, &ended
}

func (s *studio) reset(t *testing.T, by string, op wire.Operation) string {
	t.Helper()
	answer, _ := s.do(t, by, op)[0].(wire.Answer)
	values, _ := answer.Data.(map[string]any)
	key, _ := values["api_key"].(string)
	if answer.Action != "reset_remote" || key == "" {
		t.Fatalf("%+v", answer)
	}
	return key
}

func TestAResetKeyIsDeadAtOnceAndItsPersonIsTold(t *testing.T) {
	s, gate, ended := keyed(t)
	opens := func(username, key string) bool {
		_, err := gate.Authenticate(t.Context(), auth.Credentials{Username: username, Key: key})
		return err == nil
	}
	first := s.reset(t, "maya", reset("User", "maya", nil))
	second := s.reset(t, "maya", reset("User", "maya", nil)) // her only key
	named := s.reset(t, "maya", reset("User", "maya", data{"identifier": "render farm"}))
	if opens("maya", first) || !opens("maya", second) || !opens("maya", named) {
		t.Error("the wrong keys open")
	}
	if len(*ended) != 1 || (*ended)[0].UserID != "maya" || (*ended)[0].KeyHash == "" {
		t.Errorf("sockets: %+v", *ended)
	}
	s.posted(t)
	third := s.reset(t, "ines", reset("User", "maya", data{"identifier": "render farm"}))
	if opens("maya", named) || !opens("maya", third) || !opens("maya", second) {
		t.Error("the wrong keys open after the administrator's reset")
	}
	if got := s.posted(t); len(got) != 1 || got[0].Kind != domain.KeyReset || got[0].To != "maya@aurora.example" || got[0].Actor != "Ines" || got[0].Thing != "render farm" {
		t.Errorf("%+v", got)
	}
	row := s.one(t, "maya", `select id, identifier from ApiKey where resource_id is "maya" and identifier is "render farm"`)["id"].(string)
	fourth := s.reset(t, "maya", reset("ApiKey", row, data{"identifier": "farm"}))
	if opens("maya", third) || !opens("maya", fourth) {
		t.Error("the wrong keys open after a reset by the key's id")
	}
	if again := s.one(t, "maya", `select id from ApiKey where resource_id is "maya" and identifier is "farm"`)["id"].(string); again != row {
		t.Errorf("the key became another: %s", again)
	}
}

func TestAPersonsOwnKeyIsMadeBesideThatOfAProgram(t *testing.T) {
	s, gate, _ := keyed(t)
	farm := s.reset(t, "maya", reset("User", "maya", data{"identifier": "render farm"}))
	first := s.reset(t, "maya", reset("User", "maya", data{"identifier": ""}))
	second := s.reset(t, "maya", reset("User", "maya", data{"identifier": ""}))
	for key, want := range map[string]bool{farm: true, first: false, second: true} {
		if _, err := gate.Authenticate(t.Context(), auth.Credentials{Username: "maya", Key: key}); (err == nil) != want {
			t.Errorf("a key is to open: %t; %v", want, err)
		}
	}
}

func TestKeysOfOthersAreTheAdministrators(t *testing.T) {
	s, _, _ := keyed(t)
	s.reset(t, "maya", reset("User", "maya", nil))
	row := s.one(t, "maya", `select id from ApiKey where resource_id is "maya"`)["id"].(string)
	password := reset("User", "maya", nil)
	password.Rest["reset_type"] = "password"
	unknown := reset("User", "maya", nil)
	unknown.Rest["reset_type"] = "everything"
	for _, c := range []struct {
		by   string
		op   wire.Operation
		want domain.Code
	}{
		{"tomas", reset("User", "maya", nil), domain.Forbidden},
		{"tomas", reset("ApiKey", row, nil), domain.NotFound},
		{"tomas", reset("ApiKey", "none", nil), domain.NotFound},
		{"ines", reset("User", "old", nil), domain.Invalid},
		{"ines", reset("User", "nobody", nil), domain.NotFound},
		{"ines", reset("Task", "comp", nil), domain.Invalid},
		{"maya", wire.Operation{Action: "reset_remote", EntityType: "User", Rest: map[string]any{"reset_type": "api_key"}}, domain.Invalid},
		{"maya", password, domain.Invalid},
		{"maya", unknown, domain.Invalid},
	} {
		if _, err := s.try(c.by, c.op); domain.CodeOf(err) != c.want {
			t.Errorf("%s, %+v: %v", c.by, c.op, err)
		}
	}
}

func TestWhatThisServerCannotDoItSays(t *testing.T) {
	s := open(t)
	for _, op := range []wire.Operation{
		{Action: "delayed_job", Rest: map[string]any{"job_type": "SYNC_USERS_LDAP"}}, {Action: "delayed_job"}, {Action: "get_widget_url", Rest: map[string]any{"name": "tasks"}},
	} {
		if _, err := s.try("ines", op); domain.CodeOf(err) != domain.Unsupported && domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%s: %v", op.Action, err)
		}
	}
}
