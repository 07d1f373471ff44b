package cache_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/callboard/callboard/backend/domain"
)

func TestAPictureComesBackAsItWasPut(t *testing.T) {
	a := account(t)
	data := []byte{0x89, 'P', 0, 0, 'N', 'G'}
	if err := a.PutPicture("p", 64, data, "image/png"); err != nil {
		t.Fatal(err)
	}
	kept, kind, err := a.Picture("p", 64)
	if err != nil || kind != "image/png" || !bytes.Equal(kept, data) {
		t.Errorf("%v %q %v", kept, kind, err)
	}
	if _, _, err := a.Picture("p", 128); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("another size: %v", err)
	}
	if err := a.PutPicture("p", 64, []byte("newer"), "image/jpeg"); err != nil {
		t.Fatal(err)
	}
	if kept, kind, _ := a.Picture("p", 64); kind != "image/jpeg" || string(kept) != "newer" {
		t.Errorf("after replacing: %q %q", kept, kind)
	}
}

func TestAVeryLargePictureIsNotKept(t *testing.T) {
	a := account(t)
	if err := a.PutPicture("p", 64, make([]byte, 300<<10), "image/png"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.Picture("p", 64); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("%v", err)
	}
}

func TestOnlySixHundredPicturesAreKept(t *testing.T) {
	a := account(t)
	for n := range 603 {
		if err := a.PutPicture(domain.ComponentID(fmt.Sprint(n)), 64, []byte("x"), "image/png"); err != nil {
			t.Fatal(err)
		}
	}
	for n, kept := range map[int]bool{0: false, 2: false, 3: true, 602: true} {
		_, _, err := a.Picture(domain.ComponentID(fmt.Sprint(n)), 64)
		if (err == nil) != kept {
			t.Errorf("picture %d: %v, want it kept: %v", n, err, kept)
		}
	}
}

func TestAThreadIsFoundByEachOfItsNotes(t *testing.T) {
	a := account(t)
	thread := domain.Thread{First: "first", FetchedAt: &noon, Notes: []domain.Note{{ID: "first"}, {ID: "reply", InReplyTo: "first"}}}
	if err := a.PutThread(thread); err != nil {
		t.Fatal(err)
	}
	for _, note := range []domain.NoteID{"first", "reply"} {
		if kept, err := a.Thread(note); err != nil || len(kept.Notes) != 2 {
			t.Errorf("%s: %+v, %v", note, kept, err)
		}
	}
	if _, err := a.Thread("other"); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("another note: %v", err)
	}
}

func TestTheThreadKeptFirstGoesWithAllWaysToIt(t *testing.T) {
	const most = 500
	a := account(t)
	for n := range most + 1 {
		first, reply := domain.NoteID(fmt.Sprint("first-", n)), domain.NoteID(fmt.Sprint("reply-", n))
		if err := a.PutThread(domain.Thread{First: first, Notes: []domain.Note{{ID: first}, {ID: reply}}}); err != nil {
			t.Fatal(err)
		}
	}
	for note, kept := range map[domain.NoteID]bool{"first-0": false, "reply-0": false, "reply-1": true, "first-500": true} {
		if _, err := a.Thread(note); (err == nil) != kept {
			t.Errorf("%s: %v, want it kept: %v", note, err, kept)
		}
	}
}
