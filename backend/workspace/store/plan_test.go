package store

import (
	"fmt"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// TestHotQueriesUseTheirIndexes keeps the queries that run all day from reading whole tables.
func TestHotQueriesUseTheirIndexes(t *testing.T) {
	s := opened(t)
	for _, text := range []string{
		`Notification where seq > 5 order by seq limit 500`,
		`Task where assignments any (resource_id is "u")`,
		`Task where id is "a"`,
		`Task where project_id is "p" order by id limit 500`,
		`Note where parent_id is "t"`,
		`Note where in_reply_to_id is "n"`,
		`Note where recipients any (resource_id is "u")`,
		`Recipient where note_id is "n"`,
		`AssetVersion where task_id is "t"`,
		`AssetVersion where asset_id is "a" and is_latest_version is true`,
		`Task where ancestors any (id is "sq")`,
		`Membership where user_id is "u"`,
		`Appointment where context_id is "t"`,
		`Context where parent_id is "t"`,
		`User where username is "maya"`,
	} {
		q, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		err = s.Read(t.Context(), func(tx *Tx) error {
			typ, _ := schema.ByName(q.Type)
			c := newCompiler(Viewer{UserID: "u", Everything: true}, nil)
			where, err := c.where(typ, "t", q.Where)
			if err != nil {
				return err
			}
			tail, err := c.tail(typ, "t", q)
			if err != nil {
				return err
			}
			plan, err := tx.plan(t, fmt.Sprintf("SELECT t.* FROM %s AS t WHERE %s%s", table(typ), where, tail), c.args)
			for step := range strings.Lines(plan) {
				if strings.HasPrefix(step, "SCAN") && !strings.Contains(step, "CONSTANT") {
					t.Errorf("%s reads a whole table:\n%s", text, plan)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	err := s.Read(t.Context(), func(tx *Tx) error {
		plan, err := tx.plan(t, privateProjects, []any{"u"})
		if strings.Contains(plan, "SCAN context") {
			t.Errorf("finding the private projects reads all contexts:\n%s", plan)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (tx *Tx) plan(t *testing.T, statement string, args []any) (string, error) {
	rows, err := tx.query(t.Context(), "EXPLAIN QUERY PLAN "+statement, args...)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			return "", closing(rows, err)
		}
		b.WriteString(step + "\n")
	}
	return b.String(), closing(rows, nil)
}
