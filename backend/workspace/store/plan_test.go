package store

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// hot are the queries that run all day.
var hot = []string{
	`Notification where seq > 5 order by seq limit 500`,
	`Task where assignments any (resource_id is "u")`,
	`Task where assignments.resource.username is "jo" and status.state.short is_not 'DONE' and project.status is_not 'hidden' order by status.sort asc, name asc limit 200`,
	`Task where id is "a"`,
	`Task where project_id is "p" order by id limit 500`,
	`Task where project_id is "p" order by name limit 500`,
	`Task where parent_id is "p" and not assignments any ()`,
	`Note where parent_id is "t"`,
	`Note where in_reply_to_id is "n"`,
	`Note where id is "n" or in_reply_to_id is "n" order by date, id limit 500`,
	`Note where recipients any (resource_id is "u")`,
	`Note where recipients any (resource_id is "u") order by date desc limit 100`,
	`Note where project_id is "p" order by date desc limit 100`,
	`Recipient where note_id is "n"`,
	`AssetVersion where task_id is "t"`,
	`AssetVersion where asset_id is "a" and is_latest_version is true`,
	`Task where ancestors any (id is "sq")`,
	`Membership where user_id is "u"`,
	`Appointment where context_id is "t"`,
	`Context where parent_id is "t"`,
	`User where username is "maya"`,
}

// TestHotQueriesUseTheirIndexes keeps the queries that run all day from reading whole tables, for an
// administrator as for somebody whom private projects are kept from. What a studio chooses from may be
// read whole: there is little of it. The plans are those of a file without statistics, which is what a
// file always is: so they never change by themselves.
func TestHotQueriesUseTheirIndexes(t *testing.T) {
	s := opened(t)
	for _, text := range hot {
		q, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, kept := range [][]string{nil, {"private", "secret"}} {
			err = s.Read(t.Context(), func(tx *Tx) error {
				typ, _ := schema.ByName(q.Type)
				c := tx.compiler(Viewer{UserID: "u", Everything: kept == nil}, kept)
				where, err := c.where(typ, "t", q.Where)
				if err != nil {
					return err
				}
				tail, err := c.tail(typ, "t", q)
				if err != nil {
					return err
				}
				statement := fmt.Sprintf("SELECT t.* FROM %s AS t WHERE %s%s", table(typ), where, tail)
				plan, err := tx.plan(t, statement, c.args)
				if large := scanned(statement, plan); large != "" {
					t.Errorf("%s reads the whole table %s:\n%s\n%s", text, large, statement, plan)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	err := s.Read(t.Context(), func(tx *Tx) error {
		plan, err := tx.plan(t, privateProjects, []any{"u"})
		if large := scanned(privateProjects, plan); large != "" {
			t.Errorf("finding the private projects reads the whole table %s:\n%s", large, plan)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

var called = regexp.MustCompile(`"(\w+)" AS (\w+)`)

// scanned names a table that a plan reads whole and that is large in a large studio, "" for none.
func scanned(statement, plan string) string {
	tables := map[string]string{}
	for _, found := range called.FindAllStringSubmatch(statement, -1) {
		tables[found[2]] = found[1]
	}
	for step := range strings.Lines(plan) {
		words := strings.Fields(step)
		if len(words) < 2 || words[0] != "SCAN" || words[1] == "CONSTANT" {
			continue
		}
		small := func(root *schema.Type) bool { return few(root) && strings.ToLower(root.Name) == tables[words[1]] }
		if !slices.ContainsFunc(roots(), small) {
			return tables[words[1]] + " (" + words[1] + ")"
		}
	}
	return ""
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
