package studio

import (
	"context"
	"fmt"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

const words = "The edge on the left is still crawling, please have a look at the holdout before we show it again."

// write makes the notes: on tasks, on versions and, a few, without either; every third answers another.
func (b *builder) write(ctx context.Context) {
	var before map[string]any
	for i := range Notes {
		at := b.begun.Add(time.Duration(i) * time.Minute)
		note := map[string]any{
			"id": b.id(), "content": words, "date": at, "thread_activity": at, "user_id": b.pick(b.people), "is_todo": false,
			"parent_id": nil, "parent_type": nil, "project_id": nil, "in_reply_to_id": nil,
		}
		switch n := b.dice.IntN(10); {
		case before != nil && i%3 == 2:
			note["in_reply_to_id"] = before["id"]
			for _, name := range []string{"parent_id", "parent_type", "project_id"} {
				note[name] = before[name]
			}
			b.studio.Note, _ = before["id"].(string)
			before = nil
		case n < 7:
			t := b.tasks[b.dice.IntN(len(b.tasks))]
			note["parent_id"], note["parent_type"], note["project_id"] = t.id, "Task", t.project
			before = note
		case n < 9:
			v := b.versions[b.dice.IntN(len(b.versions))]
			note["parent_id"], note["parent_type"], note["project_id"] = v.id, domain.TypeVersion, v.project
			before = note
		}
		b.add(ctx, "Note", note)
		b.send(ctx, note, at, i)
	}
}

// send gives a note one or two recipients and puts it into their inboxes.
func (b *builder) send(ctx context.Context, note map[string]any, at time.Time, number int) {
	to := []string{b.pick(b.people)}
	if number%supervised == 0 {
		to = append(to, b.studio.Supervisor.ID)
	}
	if number%(2*supervised) == 1 {
		b.add(ctx, "Recipient", map[string]any{"note_id": note["id"], "resource_id": b.pick(b.teams)})
	}
	text := func(name string) string { s, _ := note[name].(string); return s }
	for _, person := range to {
		if person == to[0] && len(to) == 2 && to[1] == person {
			continue
		}
		b.add(ctx, "Recipient", map[string]any{"note_id": note["id"], "resource_id": person})
		b.told = append(b.told, store.Delivery{To: domain.UserID(person), Notification: domain.Notification{
			EventKey: "note:" + text("id"), Kind: domain.KindNote, Kinds: []domain.Kind{domain.KindNote},
			Reasons: []domain.Reason{{Kind: domain.KindNote, Rule: "recipient"}}, Actor: domain.Person{ID: domain.UserID(text("user_id"))},
			ProjectID: domain.ProjectID(text("project_id")), EntityType: text("parent_type"), EntityID: text("parent_id"), NoteID: domain.NoteID(text("id")),
			Summary: fmt.Sprintf("Note %d", number), CreatedAt: at,
			Subject: domain.Subject{Text: words, Path: []domain.Crumb{{ID: text("project_id"), Type: "Project", Name: "show"}, {ID: text("parent_id"), Type: "Task", Name: "comp"}}},
		}})
	}
}
