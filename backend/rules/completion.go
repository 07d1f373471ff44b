package rules

import (
	"context"
	"strconv"

	"github.com/callboard/callboard/backend/domain"
)

// completions applies the row note completion: I am, or my group is, a recipient of the note, or I
// wrote in its thread.
func completions(ctx context.Context, g Graph, actor domain.UserID, changes []domain.Change) ([]*event, error) {
	notes := set[domain.NoteID]{}
	for _, change := range changes {
		if c, ok := change.(domain.NoteCompleted); ok {
			notes.add(c.Note)
		}
	}
	threads, err := askFor(ctx, notes, g.Conversations)
	if err != nil {
		return nil, err
	}
	groups, items := set[domain.GroupID]{}, set[string]{}
	for id, thread := range threads {
		addGroups(groups, thread.Notes[id].Sent)
		if thread.On.Type == domain.TypeReviewItem {
			items.add(thread.On.ID)
		}
	}
	members, err := askFor(ctx, groups, g.Members)
	if err != nil {
		return nil, err
	}
	reviews, err := askFor(ctx, items, g.Reviews)
	if err != nil {
		return nil, err
	}
	shows := reviewFacts{reviews: reviews}

	var events []*event
	for at, change := range changes {
		c, ok := change.(domain.NoteCompleted)
		thread, exists := threads[c.Note]
		if !ok || !exists {
			continue
		}
		e := &event{
			at: at, key: "completed:" + string(c.Note) + ":" + strconv.Itoa(c.N),
			actor: actor, deaf: newSet(actor), on: thread.On, note: c.Note, version: shows.shown(thread.On),
		}
		e.becauseOf(thread.Notes[c.Note].Sent, domain.KindNoteCompleted, group{"recipient", "group_recipient"}, members)
		for _, note := range thread.Notes {
			e.because(note.Author, domain.Reason{Kind: domain.KindNoteCompleted, Rule: "wrote_in_thread"})
		}
		events = append(events, e)
	}
	return events, nil
}
