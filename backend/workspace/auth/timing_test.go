package auth_test

import (
	"testing"
	"time"

	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/backend/workspace/store/storetest"
)

// TestTheTimeOfARefusalTellsNothing compares how long it takes to refuse a wrong password of somebody with how
// long it takes to refuse one for whom there is none. It fails where three rounds in a row do: machines are
// busy with other things, too.
func TestTheTimeOfARefusalTellsNothing(t *testing.T) {
	if storetest.Racing() {
		t.Skip("the race detector changes the times that are compared")
	}
	s := newStudio(t)
	s.add(t, "u2", "gone", nil)
	s.add(t, "u3", "kept.elsewhere", nil)
	s.set(t, func(tx *store.Tx, user *schema.Type) error {
		if err := tx.Update(t.Context(), user, []string{"u2"}, map[string]any{"is_active": false}); err != nil {
			return err
		}
		if err := tx.Update(t.Context(), user, []string{"u3"}, map[string]any{"auth_source": "ldap"}); err != nil {
			return err
		}
		return tx.Insert(t.Context(), user, map[string]any{"id": "u4", "resource_type": "user", "username": "without.password", "is_active": true})
	})
	names := []string{"maya", "nobody", "gone", "kept.elsewhere", "without.password"}
	const samples, rounds = 60, 3
	for round := 1; ; round++ {
		took := map[string][]float64{}
		for range samples {
			for _, name := range names { // by turns: what else goes on meets all of them
				s.later(20 * time.Minute) // past any pause
				begun := time.Now()
				_, err := s.SignIn(t.Context(), auth.Attempt{Username: name, Password: "wrong word", Address: here})
				took[name] = append(took[name], float64(time.Since(begun)))
				if reasonOf(err) != "invalid_credentials" {
					t.Fatalf("%s: %v", name, err)
				}
			}
		}
		worst := ""
		for _, name := range names[1:] {
			if p, gap := mannWhitney(took["maya"], took[name]), gapOf(took["maya"], took[name]); p <= 0.01 && gap >= 0.02 {
				worst = name
				t.Logf("round %d: %s is told from maya: p = %.4f, the medians differ by %.1f %%", round, name, p, 100*gap)
			}
		}
		if worst == "" {
			return
		}
		if round == rounds {
			t.Fatalf("%s can be told from somebody by the time it takes", worst)
		}
	}
}
