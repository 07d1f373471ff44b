package ftrack_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// note is a note as the server writes one.
func note(id, inReplyTo string, minute int) wire.Entity {
	values := map[string]any{
		"id": id, "content": "text of " + id, "date": noon.Add(time.Duration(minute) * time.Minute), "in_reply_to_id": nil, "frame_number": nil,
		"author": wire.Entity{Type: "User", Key: []string{"id"}, Values: map[string]any{"id": "u1", "username": "tomas"}},
		"recipients": []wire.Entity{{Type: "Recipient", Key: []string{"note_id", "resource_id"}, Values: map[string]any{
			"note_id": id, "resource_id": "g1",
			"recipient": wire.Entity{Type: "Group", Key: []string{"id"}, Values: map[string]any{"id": "g1", "name": "Animation"}},
		}}},
	}
	if inReplyTo != "" {
		values["in_reply_to_id"] = inReplyTo
	}
	return wire.Entity{Type: "Note", Key: []string{"id"}, Values: values}
}

// notes answers the queries of a thread as the server does for these notes.
func notes(all ...wire.Entity) func(wire.Operation) any {
	return func(op wire.Operation) any {
		var rows []wire.Entity
		for _, n := range all {
			id, _ := n.Values["id"].(string)
			parent, _ := n.Values["in_reply_to_id"].(string)
			_, where, _ := strings.Cut(op.Expression, " where ")
			byParent := strings.Index(where, "in_reply_to_id")
			named, replies := where, ""
			if byParent >= 0 {
				named, replies = where[:byParent], where[byParent:]
			}
			if strings.Contains(named, `"`+id+`"`) || parent != "" && strings.Contains(replies, `"`+parent+`"`) {
				rows = append(rows, n)
			}
		}
		return wire.PageOf(rows, nil)
	}
}

func TestAThreadIsWholeFromAnyOfItsNotes(t *testing.T) {
	for _, asked := range []domain.NoteID{"first", "reply", "deep"} {
		f := newFake(t)
		f.answer = notes(note("deep", "reply", 9), note("reply", "first", 3), note("first", "", 0), note("other", "", 1))
		thread, err := f.client().Thread(t.Context(), asked)
		if err != nil {
			t.Fatal(err)
		}
		var ids []domain.NoteID
		for _, n := range thread.Notes {
			ids = append(ids, n.ID)
		}
		if thread.First != "first" || !slices.Equal(ids, []domain.NoteID{"first", "reply", "deep"}) {
			t.Errorf("from %s: %s with %v", asked, thread.First, ids)
		}
		if n := thread.Notes[1]; n.Author.Name != "tomas" || !slices.Equal(n.Recipients, []string{"Animation"}) || n.InReplyTo != "first" {
			t.Errorf("from %s: %+v", asked, n)
		}
		if thread.FetchedAt == nil {
			t.Errorf("from %s: nobody knows when it was fetched", asked)
		}
	}
}

func TestAThreadThatIsNotThereIsNotFound(t *testing.T) {
	f := newFake(t)
	if _, err := f.client().Thread(t.Context(), "gone"); domain.CodeOf(err) != domain.NotFound {
		t.Error(err)
	}
}

func TestNotesThatAnswerEachOtherInACircleEnd(t *testing.T) {
	f := newFake(t)
	f.answer = notes(note("a", "b", 0), note("b", "a", 1))
	if thread, err := f.client().Thread(t.Context(), "a"); err != nil || len(thread.Notes) != 2 {
		t.Errorf("%+v, %v", thread, err)
	}
}
