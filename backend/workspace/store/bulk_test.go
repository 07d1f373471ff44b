package store_test

import (
	"fmt"
	"testing"

	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// TestManyAreInsertedAsOneByOne fills a project both ways and asks the same of both.
func TestManyAreInsertedAsOneByOne(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		task, _ := schema.ByName("Task")
		const many = 700
		write(t, s, func(tx *store.Tx) error {
			ctx := t.Context()
			for _, shot := range []string{"one", "all"} {
				if err := put(ctx, tx, "Project", "p-"+shot, "name", shot); err != nil {
					return err
				}
				if err := put(ctx, tx, "Shot", shot, "name", shot, "parent_id", "p-"+shot, "project_id", "p-"+shot); err != nil {
					return err
				}
			}
			var rows []map[string]any
			for i := range many {
				id := string(rune('a'+i%26)) + string(rune('a'+i/26))
				if err := put(ctx, tx, "Task", "one-"+id, "name", id, "parent_id", "one", "project_id", "p-one", "bid", 1.5); err != nil {
					return err
				}
				rows = append(rows, map[string]any{"id": "all-" + id, "name": id, "parent_id": "all", "project_id": "p-all", "bid": 1.5})
			}
			if err := tx.InsertAll(ctx, task, nil); err != nil {
				return err
			}
			return tx.InsertAll(ctx, task, rows)
		})
		for _, text := range []string{
			`select name, bid, object_type_id, context_type from Task where project_id is "p-%s" order by name`,
			`select name, bid, object_type_id, context_type from TypedContext where ancestors any (id is "%s") order by name`,
		} {
			one, all := rows(t, s, fmt.Sprintf(text, "one")), rows(t, s, fmt.Sprintf(text, "all"))
			if len(one) != many || len(all) != many {
				t.Errorf("%s: %d one by one, %d together, want %d", text, len(one), len(all), many)
			}
			for i := range min(len(one), len(all)) {
				for _, name := range []string{"name", "bid", "object_type_id", "context_type"} {
					if one[i].Values[name] != all[i].Values[name] {
						t.Fatalf("%s of row %d: %v one by one, %v together", name, i, one[i].Values[name], all[i].Values[name])
					}
				}
			}
		}
	})
}

func rows(t *testing.T, s *store.Store, text string) []*store.Row {
	t.Helper()
	result, err := ask(t, s, server, text)
	if err != nil {
		t.Fatal(err)
	}
	return result.Rows
}
