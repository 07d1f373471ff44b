package tracker_test

import (
	"sync"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

func TestAWorkspaceKeepsAnAdministrator(t *testing.T) {
	s := open(t)
	held := s.one(t, "ines", "select id from UserSecurityRole where user_id is ines")["id"].(string)
	for name, op := range map[string]wire.Operation{
		"deactivates": update("User", "ines", data{"is_active": false}), "leaves": remove("User", "ines"),
		"gives the role up": remove("UserSecurityRole", held), "gives it away": update("UserSecurityRole", held, data{"user_id": "old"}),
		"takes another": update("UserSecurityRole", held, data{"security_role_id": "manage"}),
		"renames it":    update("SecurityRole", "administer", data{"name": "Boss"}), "does away with it": remove("SecurityRole", "administer"),
	} {
		if _, err := s.try("ines", op); err == nil || name != "leaves" && blames(t, err) != "last_administrator " {
			t.Errorf("the last one %s: %v", name, err)
		}
	}
	s.do(t, "maya", update("User", "maya", data{"first_name": "Maia"})) // nobody else is asked
	s.do(t, "ines", create("UserSecurityRole", data{"id": "second", "user_id": "lena", "security_role_id": "administer"}))

	var both sync.WaitGroup
	var mu sync.Mutex
	codes := map[domain.Code]int{}
	for who, whom := range map[string]string{"ines": "lena", "lena": "ines"} {
		both.Go(func() {
			_, err := s.try(who, update("User", whom, data{"is_active": false}))
			mu.Lock()
			defer mu.Unlock()
			codes[domain.CodeOf(err)]++
		})
	}
	both.Wait()
	if codes[""] != 1 {
		t.Errorf("of two who send each other away: %v", codes)
	}
}

func TestAUsernameIsOnesOwn(t *testing.T) {
	s := open(t)
	for name, want := range map[string]string{"tomas": "username_taken username", "  ": "username_missing username", "ma\nya": "name_invalid username"} {
		if _, err := s.try("ines", update("User", "maya", data{"username": name})); blames(t, err) != want {
			t.Errorf("%q: %v", name, err)
		}
	}
	s.do(t, "ines", update("User", "maya", data{"username": " maya.chen "}))
	if got := s.one(t, "ines", "select username from User where id is maya")["username"]; got != "maya.chen" {
		t.Error(got)
	}
}
