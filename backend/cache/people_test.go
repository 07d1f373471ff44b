package cache_test

import (
	"slices"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

func TestPeopleAreShownAsTheyLookNow(t *testing.T) {
	path := t.TempDir() + "/inbox.db"
	c := opened(t, path)
	a := c.Account("ada")
	old, now := domain.Person{ID: "tomas", Name: "Tomas", ThumbnailID: "old"}, domain.Person{ID: "tomas", Name: "Tom", ThumbnailID: "new"}
	rows := []domain.Notification{
		{ID: "n1", Seq: 1, Actor: old, NoteID: "note1", CreatedAt: noon}, {ID: "n2", Seq: 2, Actor: domain.Person{ID: "lena", Name: "Lena"}, CreatedAt: noon},
	}
	if _, _, err := a.Apply(domain.Position{Epoch: "e", Seq: 2}, rows, false); err != nil {
		t.Fatal(err)
	}
	if err := a.PutThread(domain.Thread{First: "note1", Notes: []domain.Note{{ID: "note1", Author: old}, {ID: "note2", Author: domain.Person{ID: "vera", Name: "Vera"}}}}); err != nil {
		t.Fatal(err)
	}
	changed, err := a.Meet([]domain.Person{now, {ID: "lena", Name: "Lena"}, {ID: "stranger", Name: "Nobody here knows them"}})
	if err != nil || !slices.Equal(changed, []domain.Person{now}) {
		t.Errorf("%+v %v", changed, err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}

	a = opened(t, path).Account("ada")
	if ids, err := a.People(); err != nil || !slices.Equal(ids, []domain.UserID{"lena", "tomas", "vera"}) {
		t.Errorf("%v %v", ids, err)
	}
	page, err := a.Page(domain.InboxFilter{}, "", 10, noon)
	if err != nil || len(page.Items) != 2 {
		t.Fatalf("%+v %v", page, err)
	}
	for _, row := range page.Items {
		if row.ID == "n1" && row.Actor != now {
			t.Errorf("the list shows %+v", row.Actor)
		}
	}
	if row, err := a.Get("n1"); err != nil || row.Actor != now {
		t.Errorf("%+v %v", row.Actor, err)
	}
	if thread, err := a.Thread("note2"); err != nil || thread.Notes[0].Author != now || thread.Notes[1].Author.Name != "Vera" {
		t.Errorf("%+v %v", thread, err)
	}
	// What was done here does not bring an old face back, and what the server says later is newer still.
	if _, _, err := a.Enqueue(domain.Action{Verb: domain.MarkRead, Items: []domain.NotificationID{"n1"}, At: noon.Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	newer := domain.Person{ID: "tomas", Name: "Tomáš", ThumbnailID: "newer"}
	rows[1].Actor, rows[1].Seq = newer, 3
	if _, _, err := a.Apply(domain.Position{Epoch: "e", Seq: 3}, rows[1:], false); err != nil {
		t.Fatal(err)
	}
	if row, err := a.Get("n1"); err != nil || row.Actor != newer || row.ReadAt == nil {
		t.Errorf("%+v %v", row, err)
	}
}
