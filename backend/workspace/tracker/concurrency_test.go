package tracker_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
)

// at has so many people send requests at once.
func at(t *testing.T, once int, do func(n int) error) {
	t.Helper()
	var sending sync.WaitGroup
	for n := range once {
		sending.Go(func() {
			if err := do(n); err != nil {
				t.Error(err)
			}
		})
	}
	sending.Wait()
}

func TestVersionsPublishedAtOnceAreNumberedWithoutAHole(t *testing.T) {
	s := open(t)
	s.do(t, "", create("Asset", data{"id": "plate", "name": "plate", "context_id": "sh0140"}))
	at(t, 20, func(n int) error {
		_, err := s.try("vera", create("AssetVersion", data{"id": fmt.Sprint("v", n), "asset_id": "plate", "task_id": "comp"}))
		return err
	})
	var got []float64
	for _, row := range s.ask(t, "", "select version from AssetVersion where asset_id is plate order by version") {
		got = append(got, row["version"].(float64))
	}
	if len(got) != 20 || got[0] != 1 || got[19] != 20 || len(slices.Compact(got)) != 20 {
		t.Errorf("versions %v", got)
	}
}

func TestNotesSentAtOnceReachEverybodyInOneOrder(t *testing.T) {
	s := open(t)
	at(t, 8, func(n int) error {
		for i := range 5 {
			id := fmt.Sprintf("n%d-%d", n, i)
			if _, err := s.try("tomas", create("Note", data{"id": id, "content": "Edge is crawling.", "parent_id": "comp"}),
				recipient(id, "ines"), recipient(id, "lighting")); err != nil {
				return err
			}
		}
		return nil
	})
	for _, who := range []string{"ines", "lena", "nia"} {
		rows := s.ask(t, who, "select seq from Notification order by seq")
		for i, row := range rows {
			if row["seq"] != float64(i+1) {
				t.Errorf("%s: row %d has seq %v", who, i+1, row["seq"])
			}
		}
		if len(rows) != 40 {
			t.Errorf("%s has %d rows", who, len(rows))
		}
	}
}
