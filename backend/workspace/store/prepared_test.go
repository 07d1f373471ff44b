package store

import (
	"fmt"
	"testing"
)

// TestAStatementKeptFromBeforeKnowsANewColumn reads by one text before and after its table grew.
func TestAStatementKeptFromBeforeKnowsANewColumn(t *testing.T) {
	s := opened(t)
	count := func(tx *Tx) int {
		rows, err := tx.query(t.Context(), `SELECT * FROM "state"`)
		if err != nil {
			t.Fatal(err)
		}
		names, err := rows.Columns()
		if err := closing(rows, err); err != nil {
			t.Fatal(err)
		}
		return len(names)
	}
	err := s.Write(t.Context(), func(tx *Tx) error {
		before := count(tx)
		if _, err := tx.exec(t.Context(), `ALTER TABLE "state" ADD COLUMN more TEXT`); err != nil {
			return err
		}
		if after := count(tx); after != before+1 {
			t.Errorf("%d columns before, %d after", before, after)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestAStatementMayRunInsideItself reads by one text while rows of that text are still coming.
func TestAStatementMayRunInsideItself(t *testing.T) {
	s := opened(t)
	const text = `WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < $1) SELECT i FROM n`
	err := s.Read(t.Context(), func(tx *Tx) error {
		for range 3 { // the second time they are kept ones
			outer, err := tx.query(t.Context(), text, 5)
			if err != nil {
				return err
			}
			met := 0
			for outer.Next() {
				inner, err := tx.query(t.Context(), text, 3)
				if err != nil {
					return closing(outer, err)
				}
				for inner.Next() {
					met++
				}
				if err := closing(inner, nil); err != nil {
					return closing(outer, err)
				}
			}
			if err := closing(outer, nil); err != nil {
				return err
			}
			if met != 15 {
				t.Errorf("met %d rows, want 15", met)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestAFailedStatementCanBeSaidAgain has one text fail and succeed in turn, and more texts than are kept.
func TestAFailedStatementCanBeSaidAgain(t *testing.T) {
	s := opened(t)
	err := s.Write(t.Context(), func(tx *Tx) error {
		for i := range 3 * keptStatements {
			if _, err := tx.exec(t.Context(), `INSERT INTO "state" (id) VALUES ($1)`, fmt.Sprint(i)); err != nil {
				return err
			}
			if _, err := tx.exec(t.Context(), `INSERT INTO "state" (id) VALUES ($1)`, fmt.Sprint(i)); err == nil {
				t.Error("one key twice")
			}
			var found string
			if err := tx.queryRow(t.Context(), fmt.Sprintf(`SELECT id FROM "state" WHERE id = '%d'`, i)).Scan(&found); err != nil || found != fmt.Sprint(i) {
				t.Errorf("%q %v", found, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
