package desktop_test

import (
	"testing"
	"time"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

func TestClosingHidesOnlyWhereATrayBringsTheWindowBack(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		if !w.desktop.Closing() || !w.shown || !w.minimal {
			t.Error("without a tray the window is to be minimised")
		}
		w.desktop.TrayPresent(true)
		if !w.desktop.Closing() || w.shown {
			t.Error("with a tray the window is to be hidden")
		}
		w.desktop.TrayPresent(false)
		if !w.shown {
			t.Error("the tray went away and took the window along")
		}
	})
}

func TestQuittingCloses(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		w.desktop.TrayPresent(true)
		w.must(w.desktop.Quit(w.t.Context()))
		if !w.quit || w.desktop.Closing() {
			t.Error("the window lives on")
		}
	})
}

func TestAClickOnTheTrayTogglesTheCompactInbox(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		w.desktop.TrayPresent(true)
		w.must(w.desktop.Hide(w.t.Context()))
		w.desktop.TrayClicked(&domain.Point{X: 1900, Y: 1070})
		if want := (desktop.Frame{X: 1500, Y: 390, Width: 420, Height: 640}); !w.shown || w.frame != want || !w.snapshot().Window.Compact {
			t.Errorf("shown %v at %+v, want %+v", w.shown, w.frame, want)
		}
		w.desktop.TrayClicked(&domain.Point{X: 1900, Y: 1070})
		if w.shown {
			t.Error("a second click does not hide it")
		}
		w.desktop.TrayOpen("")
		if want := (desktop.Frame{X: 10, Y: 20, Width: 1240, Height: 800}); !w.shown || w.frame != want || w.snapshot().Window.Compact {
			t.Errorf("the full window stands at %+v", w.frame)
		}
	})
}

func TestATrayThatKnowsNoPlaceLeavesTheWindowWhereItIs(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		w.desktop.TrayPresent(true)
		for _, at := range []*domain.Point{nil, {}} {
			w.desktop.TrayClicked(at)
			if w.frame.X != 10 || w.frame.Y != 20 {
				t.Errorf("%v: moved to %+v", at, w.frame)
			}
			w.desktop.TrayOpen("")
		}
	})
}

func TestAHiddenStartWithoutATrayShowsTheWindowAndSaysWhyOnce(t *testing.T) {
	prepare := func(w *world) { w.cfg.Hidden, w.shown = true, false }
	inWorld(t, prepare, func(w *world) {
		w.pass(5 * time.Second)
		if !w.shown || len(w.toasts) != 1 || !w.settings.TrayHintShown {
			t.Errorf("shown %v, %+v", w.shown, w.toasts)
		}
	})
	inWorld(t, prepare, func(w *world) {
		w.desktop.TrayPresent(true)
		w.pass(5 * time.Second)
		if w.shown || len(w.toasts) != 0 {
			t.Errorf("shown %v, %+v", w.shown, w.toasts)
		}
		w.desktop.TrayPresent(false)
		if !w.shown {
			t.Error("the tray went away later and left the window hidden")
		}
	})
}

func TestWhatWasAskedForBeforeThePageIsInItsSnapshotOnce(t *testing.T) {
	inWorld(t, func(w *world) { signedIn(w); w.cfg.Show = "a" }, func(w *world) {
		if s := w.snapshot(); s.Show == nil || s.Show.Notification != "a" {
			t.Errorf("%+v", s.Show)
		}
		if s := w.snapshot(); s.Show != nil {
			t.Errorf("again: %+v", s.Show)
		}
	})
}

func TestTheTrayShowsWhatIsUnreadAndWhetherItIsFresh(t *testing.T) {
	inWorld(t, func(w *world) {
		signedIn(w)
		for _, id := range []string{"a", "b", "c", "d", "e", "f"} {
			w.rows = append(w.rows, note(id, time.Now()))
		}
	}, func(w *world) {
		if !w.face.Offline || w.face.Unread != 6 || len(w.face.Newest) != 5 || w.face.Newest[0].ID != "a" {
			t.Errorf("before the server answered: %+v", w.face)
		}
		w.pass(time.Second)
		w.news(desktop.News{Connection: &domain.ConnectionState{Online: true}})
		w.pass(time.Second)
		if w.face.Offline || w.face.Tooltip != "Callboard: 6 unread notifications" {
			t.Errorf("after: %+v", w.face)
		}
	})
}
