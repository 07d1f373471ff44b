package store

import (
	"fmt"
	"testing"

	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/schema"
)

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

// BenchmarkWrite commits one note with its recipient, durably.
func BenchmarkWrite(b *testing.B) {
	s := opened(b)
	note, _ := schema.ByName("Note")
	recipient, _ := schema.ByName("Recipient")
	for i := 0; b.Loop(); i++ {
		err := s.Write(b.Context(), func(tx *Tx) error {
			id := fmt.Sprint("n", i)
			if err := tx.Insert(b.Context(), note, map[string]any{"id": id, "content": "more blue", "user_id": "u", "date": tx.Now()}); err != nil {
				return err
			}
			return tx.Insert(b.Context(), recipient, map[string]any{"note_id": id, "resource_id": "u"})
		})
		if err != nil {
			b.Fatal(err)
		}
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
