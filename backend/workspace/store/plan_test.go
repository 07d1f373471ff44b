package store

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
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

// FuzzSelect holds that whatever parses is answered or refused as the asker's fault, never by SQL.
func FuzzSelect(f *testing.F) {
	for _, text := range []string{
		`select name, link, notes.author.first_name from Task where not assignments any (resource[User].username like "a%") order by status.sort desc limit 3`,
		`select count(id), max(start_date) from Task group by status_id, project.name`,
		`Note where in_reply_to has (recipients any ()) or parent_id in (select id from Context where ancestors.name is x limit 2)`,
		`select latest_version.link, ancestors.name from Asset where latest_version is none`,
		`Metadata where value is none offset 3`, `select is_latest_version, thumbnail_url from AssetVersion order by is_latest_version`,
		`User where assignments is none and is_active in (true, none)`,
	} {
		f.Add(text)
	}
	s := opened(f)
	f.Fuzz(func(t *testing.T, text string) {
		q, err := query.Parse(text)
		if err != nil {
			return
		}
		for _, v := range []Viewer{{UserID: "u"}, {Everything: true}} {
			err := s.Read(t.Context(), func(tx *Tx) error {
				tx.hidden = map[string][]string{"u": {"p9"}}
				_, err := tx.Select(t.Context(), q, v)
				return err
			})
			if err != nil && domain.CodeOf(err) != domain.Invalid {
				t.Errorf("%s: %v", text, err)
			}
		}
	})
}

// BenchmarkSelect asks the commonest questions of a studio of 20,000 tasks.
func BenchmarkSelect(b *testing.B) {
	s := opened(b)
	fill(b, s, 20_000)
	for name, text := range map[string]string{
		"mine":     `select link, name, status.name, thumbnail_url from Task where assignments.resource.username is "u7" and status.state.short is_not 'DONE' order by status.sort asc, name asc limit 200`,
		"by id":    `select name, parent.name from Task where id is "t77"`,
		"below":    `Task where ancestors any (id is "sq3") limit 500`,
		"inbox":    `select id, seq, kind, actor.first_name from Notification where seq > 0 order by seq limit 500`,
		"sh notes": `select content, author.first_name, recipients.resource_id from Note where parent_id is "t5"`,
	} {
		q, err := query.Parse(text)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				err := s.Read(b.Context(), func(tx *Tx) error {
					_, err := tx.Select(b.Context(), q, Viewer{UserID: "u7"})
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func fill(b *testing.B, s *Store, tasks int) {
	insert := func(tx *Tx, name string, values map[string]any) {
		typ, _ := schema.ByName(name)
		if err := tx.Insert(b.Context(), typ, values); err != nil {
			b.Fatal(err)
		}
	}
	err := s.Write(b.Context(), func(tx *Tx) error {
		insert(tx, "State", map[string]any{"id": "s", "short": "IN_PROGRESS"})
		insert(tx, "Status", map[string]any{"id": "st", "name": "In progress", "state_id": "s", "sort": 1})
		insert(tx, "Project", map[string]any{"id": "p", "name": "show", "is_private": false})
		for i := range 200 {
			insert(tx, "User", map[string]any{"id": fmt.Sprint("u", i), "username": fmt.Sprint("u", i)})
		}
		for i := range tasks {
			if i%400 == 0 {
				insert(tx, "Sequence", map[string]any{"id": fmt.Sprint("sq", i/400), "name": fmt.Sprint("sq", i/400), "parent_id": "p", "project_id": "p"})
			}
			if i%4 == 0 {
				insert(tx, "Shot", map[string]any{"id": fmt.Sprint("sh", i/4), "name": fmt.Sprint("sh", i/4), "parent_id": fmt.Sprint("sq", i/400), "project_id": "p"})
			}
			id := fmt.Sprint("t", i)
			insert(tx, "Task", map[string]any{"id": id, "name": "comp", "parent_id": fmt.Sprint("sh", i/4), "project_id": "p", "status_id": "st"})
			insert(tx, "Appointment", map[string]any{"id": fmt.Sprint("a", i), "type": "assignment", "context_id": id, "resource_id": fmt.Sprint("u", i%200)})
			insert(tx, "Note", map[string]any{"id": fmt.Sprint("n", i), "content": "more blue", "parent_id": id, "project_id": "p", "user_id": "u1"})
			insert(tx, "Notification", map[string]any{"id": fmt.Sprint("x", i), "user_id": fmt.Sprint("u", i%200), "seq": i, "event_key": fmt.Sprint("note:n", i), "kind": "note", "created_at": tx.Now()})
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func opened(t testing.TB) *Store {
	t.Helper()
	s, err := Open(t.Context(), Config{Path: filepath.Join(t.TempDir(), "data.db"), Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}
