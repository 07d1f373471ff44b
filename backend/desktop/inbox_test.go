package desktop_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

func TestOpeningMarksReadAndFetchesTheThread(t *testing.T) {
	inWorld(t, func(w *world) {
		signedIn(w)
		w.rows = []domain.Notification{note("a", time.Now())}
	}, func(w *world) {
		thread, err := w.desktop.Open(w.t.Context(), "a")
		w.must(err)
		if thread.First != "note-a" || len(thread.Notes) != 0 {
			t.Errorf("before the server answered: %+v", thread)
		}
		if len(w.actions) != 1 || w.actions[0].Verb != domain.MarkRead {
			t.Errorf("%+v", w.actions)
		}
		if thread, err = w.desktop.Open(w.t.Context(), "a"); err != nil || len(thread.Notes) != 1 || thread.FetchedAt == nil {
			t.Errorf("after it: %+v, %v", thread, err)
		}
		if len(w.actions) != 1 {
			t.Error("what is read was marked again")
		}
	})
}

func TestMarkingAllReadReachesWhatNoPageShowed(t *testing.T) {
	inWorld(t, func(w *world) {
		signedIn(w)
		for i := range 450 {
			w.rows = append(w.rows, note(fmt.Sprint(i), time.Now()))
		}
	}, func(w *world) {
		w.must(w.desktop.MarkAllRead(w.t.Context()))
		if s := w.snapshot(); s.Inbox.Unread != 0 {
			t.Errorf("%d are unread still", s.Inbox.Unread)
		}
	})
}

func TestDoorsRefuseNonsense(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		if err := w.desktop.Do(w.t.Context(), "explode", []domain.NotificationID{"a"}); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("verb: %v", err)
		}
		if err := w.desktop.Do(w.t.Context(), domain.MarkRead, make([]domain.NotificationID, 5001)); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("items: %v", err)
		}
		if _, err := w.desktop.Open(w.t.Context(), "nothing"); domain.CodeOf(err) != domain.NotFound {
			t.Errorf("item: %v", err)
		}
		for _, id := range []domain.ComponentID{"", "../etc", "a/b", "a?b"} {
			if _, _, err := w.desktop.Picture(w.t.Context(), "", id, 64); domain.CodeOf(err) != domain.Invalid {
				t.Errorf("picture %q: %v", id, err)
			}
		}
		if err := w.desktop.SaveSettings(w.t.Context(), "sepia", "", true); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("theme: %v", err)
		}
	})
}

func TestALanguageTakesHoldAtOnce(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		w.must(w.desktop.SaveSettings(w.t.Context(), domain.ThemeLight, "es", false))
		w.pass(time.Second)
		if w.face.Quit == "Quit" || w.settings.Language != "es" || w.snapshot().Computer.Language != "es" {
			t.Errorf("%+v, %+v", w.face, w.settings)
		}
	})
}

func TestWhatIsNewIsToasted(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		now := time.Now()
		w.news(desktop.News{New: []domain.Notification{note("a", now)}})
		if len(w.toasts) != 1 || w.toasts[0].Item != "a" || w.toasts[0].Body != "words of a" {
			t.Errorf("%+v", w.toasts)
		}
	})
}

func TestABurstIsFolded(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		for i := range 10 {
			w.news(desktop.News{New: []domain.Notification{note(fmt.Sprint(i), time.Now())}})
			w.pass(100 * time.Millisecond)
		}
		own, summaries := 0, 0
		for _, toast := range w.toasts {
			if toast.Group == "" {
				own++
			} else {
				summaries++
			}
		}
		if last := w.toasts[len(w.toasts)-1]; own != 3 || summaries != 7 || last.Title != "7 new notifications" {
			t.Errorf("%d of their own, %d summaries, the last %q", own, summaries, last.Title)
		}
		w.pass(5 * time.Second)
		w.news(desktop.News{New: []domain.Notification{note("later", time.Now())}})
		if last := w.toasts[len(w.toasts)-1]; last.Item != "later" {
			t.Errorf("after the burst: %+v", last)
		}
	})
}

func TestABacklogIsOneToast(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		now := time.Now()
		w.news(desktop.News{Backlog: true, New: []domain.Notification{note("a", now), note("b", now)}})
		if len(w.toasts) != 1 || w.toasts[0].Title != "2 new notifications" {
			t.Errorf("%+v", w.toasts)
		}
	})
}

func TestWhatIsOnScreenOrReadElsewhereIsNotToasted(t *testing.T) {
	inWorld(t, func(w *world) {
		signedIn(w)
		w.rows = []domain.Notification{note("open", time.Now())}
	}, func(w *world) {
		_, err := w.desktop.Open(w.t.Context(), "open")
		w.must(err)
		now := time.Now()
		read := note("read", now)
		read.ReadAt = &now
		w.news(desktop.News{New: []domain.Notification{note("open", now), read}})
		if len(w.toasts) != 0 {
			t.Errorf("%+v", w.toasts)
		}
	})
}
