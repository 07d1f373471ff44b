package store

import (
	"fmt"
	"strings"
	"testing"
)

// TestTheLawsQuestionsUseIndexes keeps the cost of a change from growing with the workspace.
func TestTheLawsQuestionsUseIndexes(t *testing.T) {
	s := opened(t)
	of := func(statement string, lists ...any) string { return fmt.Sprintf(statement, lists...) }
	for statement, bound := range map[string]int{
		of(assignedBelow, "$1, $2"): 2, of(managersOf, "$1, $2"): 2, of(taskFollows, "$1, $2"): 2, of(taskUses, "$1, $2"): 2,
		of(choicesOf, "$1, $2", "$3, $4", "$5"): 5, of(muters, "$1, $2", "$3"): 3,
		of(snoozing, "entity_id", "$1, $2", "$3, $4"): 4, of(snoozing, "note_id", "$1, $2", "$3, $4"): 4,
		expired: 2, expiredDone: 2, forgettable: 2,
	} {
		err := s.Read(t.Context(), func(tx *Tx) error {
			args := []any{"a", "b", "c", "d", "e"}
			plan, err := tx.plan(t, statement, args[:bound])
			if strings.Contains(plan, "notification_by_user_id_seq") {
				t.Errorf("%s\nreads whole inboxes:\n%s", statement, plan)
			}
			for step := range strings.Lines(plan) {
				if strings.HasPrefix(step, "SCAN") && !strings.Contains(step, "CONSTANT") && step != "SCAN up\n" {
					t.Errorf("%s\nreads a whole table:\n%s", statement, plan)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
