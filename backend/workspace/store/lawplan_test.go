package store

import (
	"fmt"
	"strings"
	"testing"
)

// TestTheLawsQuestionsUseIndexes keeps the cost of a change from growing with the workspace.
func TestTheLawsQuestionsUseIndexes(t *testing.T) {
	s := opened(t)
	for _, statement := range []string{assignedBelow, managersOf, taskFollows, taskUses} {
		err := s.Read(t.Context(), func(tx *Tx) error {
			plan, err := tx.plan(t, fmt.Sprintf(statement, "$1, $2"), []any{"a", "b"})
			for step := range strings.Lines(plan) {
				if strings.HasPrefix(step, "SCAN") && !strings.Contains(step, "CONSTANT") {
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
