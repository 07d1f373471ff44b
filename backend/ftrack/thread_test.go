package ftrack_test

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// note is a note as the server writes one, so many minutes after noon.
func note(id, inReplyTo string, minutes int, recipients ...map[string]any) wire.Entity {
	values := map[string]any{
		"id": id, "content": "text of " + id, "date": noon.Add(time.Duration(minutes) * time.Minute), "in_reply_to_id": nil, "frame_number": nil,
		"author": wire.Entity{Type: "User", Key: []string{"id"}, Values: map[string]any{"id": "bo", "first_name": "Bo", "last_name": "Berg"}},
	}
	if inReplyTo != "" {
		values["in_reply_to_id"] = inReplyTo
	}
	list := []wire.Entity{}
	for _, resource := range recipients {
		list = append(list, wire.Entity{Type: "Recipient", Key: []string{"note_id", "resource_id"}, Values: map[string]any{
			"note_id": id, "resource_id": resource["id"],
			"recipient": wire.Entity{Type: resource["type"].(string), Key: []string{"id"}, Values: resource},
		}})
	}
	values["recipients"] = list
	return wire.Entity{Type: "Note", Key: []string{"id"}, Values: values}
}

var asked = regexp.MustCompile(`"([^"]*)"`)

// notes lets a fake answer the queries for notes.
func notes(f *fake, all ...wire.Entity) {
	f.answer = func(op wire.Operation) any {
		_, where, _ := strings.Cut(op.Expression, " where ")
		var ids []any
		for _, found := range asked.FindAllStringSubmatch(where, -1) {
			ids = append(ids, found[1])
		}
		found := []wire.Entity{}
		for _, n := range all {
			byID := strings.HasPrefix(where, "id is") && slices.Contains(ids, n.Values["id"])
			byParent := strings.Contains(where, "in_reply_to_id") && slices.Contains(ids, n.Values["in_reply_to_id"])
			if byID || byParent {
				found = append(found, n)
			}
		}
		return wire.PageOf(found, nil)
	}
}

func thread(t *testing.T, f *fake, of domain.NoteID) (domain.Thread, []domain.NoteID) {
	t.Helper()
	found, err := f.client().Thread(context.Background(), of)
	if err != nil {
		t.Fatal(err)
	}
	var ids []domain.NoteID
	for _, n := range found.Notes {
		ids = append(ids, n.ID)
	}
	return found, ids
}

func TestAThreadIsWholeAndOldestFirstFromWhicheverNote(t *testing.T) {
	f := newFake(t)
	notes(f, note("late", "first", 9), note("first", "", 0), note("early", "first", 1), note("deep", "early", 3), note("deeper", "deep", 4), note("other", "", 2))
	want := []domain.NoteID{"first", "early", "deep", "deeper", "late"}
	for _, of := range want {
		found, ids := thread(t, f, of)
		if !slices.Equal(ids, want) || found.First != "first" || found.FetchedAt == nil {
			t.Errorf("from %s: %v, first %s", of, ids, found.First)
		}
	}
}

func TestRecipientsAreNamedInTheServersOrder(t *testing.T) {
	f := newFake(t)
	notes(f, note("first", "", 0,
		map[string]any{"type": "Group", "id": "g", "name": "Lighting"},
		map[string]any{"type": "User", "id": "u", "first_name": "Ada", "last_name": "Lov", "username": "ada"},
		map[string]any{"type": "User", "id": "n", "username": "nobody"},
		map[string]any{"type": "User", "id": "gone"},
	))
	found, _ := thread(t, f, "first")
	if got := found.Notes[0].Recipients; !slices.Equal(got, []string{"Lighting", "Ada Lov", "nobody"}) {
		t.Errorf("recipients %q", got)
	}
	if n := found.Notes[0]; n.Author.Name != "Bo Berg" || n.Text != "text of first" || !n.Date.Equal(noon) || n.Frame != nil {
		t.Errorf("note %+v", n)
	}
}

func TestAThreadBeginsWhereThePersonMaySee(t *testing.T) {
	f := newFake(t)
	notes(f, note("reply", "hidden", 1))
	if found, ids := thread(t, f, "reply"); found.First != "reply" || len(ids) != 1 {
		t.Errorf("%+v", found)
	}
	if _, err := f.client().Thread(context.Background(), "hidden"); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("a note that is not there: %v", err)
	}
}

func TestNotesInACircleEnd(t *testing.T) {
	f := newFake(t)
	notes(f, note("a", "b", 0), note("b", "a", 1))
	if _, ids := thread(t, f, "a"); len(ids) != 2 {
		t.Errorf("%v", ids)
	}
}
