package tracker_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// audited is what the audit says since it was asked last.
func (s *studio) audited(t *testing.T) []string {
	t.Helper()
	var said []string
	if err := s.store.Read(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.VerifyAudit(t.Context(), store.AuditEnd{}); err != nil {
			t.Error(err)
		}
		return tx.Audited(t.Context(), store.AuditFilter{}, func(e store.AuditLine) error {
			said = append(said, fmt.Sprintf("%s by %s (%s) about %s %s", e.What, e.ActorName, e.Auth, e.SubjectName, e.Detail))
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	return said
}

func TestWhatAdministratorsDoToAccountsIsAudited(t *testing.T) {
	s := open(t)
	before := len(s.audited(t))
	const administrator = "select id from SecurityRole where name is Administrator"
	role := s.one(t, "ines", administrator)["id"].(string)
	s.do(t, "ines", create("User", data{"id": "new", "username": "nora", "email": "nora@aurora.example", "is_active": true}))
	s.do(t, "ines", create("UserSecurityRole", data{"id": "may", "user_id": "new", "security_role_id": role}))
	s.do(t, "ines", update("User", "new", data{"username": "nora.b"}), update("User", "new", data{"first_name": "Nora", "email": "nora@elsewhere.example", "is_active": false}))
	s.do(t, "ines", remove("UserSecurityRole", "may"))
	s.do(t, "ines", create("Group", data{"id": "crew", "name": "Crew"}), create("Membership", data{"id": "in", "user_id": "new", "group_id": "crew"}))
	s.do(t, "ines", remove("Membership", "in"))
	s.do(t, "ines", create("WorkspaceSetting", data{"name": "digest_hour", "value": 7.0}))
	s.do(t, "ines", create("WorkspaceSetting", data{"name": "digest_hour", "value": 9.0}))
	s.do(t, "ines", create("Membership", data{"id": "short", "user_id": "new", "group_id": "crew"}), remove("Membership", "short"))
	s.do(t, "ines", update("User", "new", data{"is_active": true}), update("User", "new", data{"is_active": false}))
	s.do(t, "ines", remove("User", "new"))
	want := []string{
		"user_created by ines (key) about nora {}",
		`role_given by ines (key) about nora {"all_open_projects":false,"role":"Administrator"}`,
		`user_renamed by ines (key) about nora.b {"from":"nora","to":"nora.b"}`,
		`email_changed by ines (key) about nora.b {"from":"nora@aurora.example","to":"nora@elsewhere.example"}`,
		"user_deactivated by ines (key) about nora.b {}",
		`role_taken by ines (key) about nora.b {"all_open_projects":false,"role":"Administrator"}`,
		`group_joined by ines (key) about nora.b {"group":"Crew"}`,
		`group_left by ines (key) about nora.b {"group":"Crew"}`,
		`setting_changed by ines (key) about  {"from":null,"name":"digest_hour","to":7,"type":"WorkspaceSetting"}`,
		`setting_changed by ines (key) about  {"from":7,"name":"digest_hour","to":9,"type":"WorkspaceSetting"}`,
		"user_deleted by ines (key) about nora.b {}",
	}
	if got := s.audited(t)[before:]; !slices.Equal(got, want) {
		t.Errorf("the audit says\n%q\nnot\n%q", got, want)
	}
	var told []string
	for _, l := range s.posted(t) {
		if l.Kind == domain.EmailChanged {
			told = append(told, l.To+" "+l.Thing)
		}
	}
	slices.Sort(told)
	if !slices.Equal(told, []string{"nora@aurora.example nora@elsewhere.example", "nora@elsewhere.example nora@elsewhere.example"}) {
		t.Errorf("of the new address hear %q", told)
	}
}

func TestWhatIsRefusedAndWhatIsDailyWorkIsNotAudited(t *testing.T) {
	s := open(t)
	before := len(s.audited(t))
	if _, err := s.try("maya", update("User", "tomas", data{"is_active": false})); domain.CodeOf(err) != domain.Forbidden {
		t.Error(err)
	}
	s.do(t, "maya", update("User", "maya", data{"first_name": "Maia"}), create("Note", data{"content": "hello", "parent_id": "comp"}))
	if got := s.audited(t)[before:]; len(got) != 0 {
		t.Errorf("%q", got)
	}
}

func TestNobodyWritesTheAuditThroughTheProtocol(t *testing.T) {
	s := open(t)
	s.do(t, "ines", update("User", "maya", data{"email": "maya@aurora.example"}))
	entry := s.one(t, "ines", "select id, seq, what, actor_name, subject_name, outcome, created_at from AuditEntry where what is email_changed order by seq desc limit 1")
	if entry["actor_name"] != "ines" || entry["subject_name"] != "maya" {
		t.Errorf("%v", entry)
	}
	id, _ := entry["id"].(string)
	for _, who := range []string{"ines", "maya", "gail"} {
		for _, op := range []struct {
			name string
			code domain.Code
			err  error
		}{
			{"create", domain.Forbidden, second(s.try(who, create("AuditEntry", data{"seq": 1.0, "what": "sign_in", "auth": "none", "outcome": "ok", "hash": "x", "created_at": s.tick()})))},
			{"update", domain.Forbidden, second(s.try(who, update("AuditEntry", id, data{"device": "x"})))},
			{"delete", domain.Forbidden, second(s.try(who, remove("AuditEntry", id)))},
		} {
			if code := domain.CodeOf(op.err); code == "" || who == "ines" && code != op.code && code != domain.Invalid {
				t.Errorf("%s by %s: %v", op.name, who, op.err)
			}
		}
	}
	s.audited(t)
}

func second(_ []any, err error) error { return err }
