package desktop_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

// The bubble's time begins on a Saturday at midnight, UTC.
var nights = domain.QuietHours{"saturday": {{From: "00:00", To: "08:00"}}}

// quietly is choosing with quiet hours until eight.
func quietly(w *world) {
	choosing(w)
	w.chosen[first].state.Preferences.QuietHours = nights
}

// arrive is news of so many rows.
func (w *world) arrive(ids ...string) {
	var rows []domain.Notification
	for _, id := range ids {
		rows = append(rows, note(id, time.Now()))
	}
	w.do(func() { w.rows = append(w.rows, rows...) })
	w.newsOf(first, desktop.News{New: rows, Inbox: &domain.InboxChange{Changed: rows, Unread: len(w.rows)}})
}

func TestQuietHoursHoldToastsBackAndEndInOneSummary(t *testing.T) {
	inWorld(t, quietly, func(w *world) {
		w.arrive("a")
		w.arrive("b", "c")
		now := time.Now()
		w.do(func() { w.rows[2].ReadAt = &now }) // read at another computer meanwhile
		w.pass(7 * time.Hour)
		if len(w.toasts) != 0 {
			t.Fatalf("by night: %+v", w.toasts)
		}
		if s := w.snapshot(); s.Inbox.Unread != 2 {
			t.Errorf("the inbox waits too: %d unread", s.Inbox.Unread)
		}
		w.pass(time.Hour)
		if len(w.toasts) != 1 || w.toasts[0].Title != "2 new notifications" {
			t.Errorf("in the morning: %+v", w.toasts)
		}
		w.pass(48 * time.Hour)
		if len(w.toasts) != 1 {
			t.Errorf("and again: %+v", w.toasts)
		}
	})
}

func TestOneThatWaitedAloneIsToastedItself(t *testing.T) {
	inWorld(t, quietly, func(w *world) {
		w.arrive("a")
		w.pass(9 * time.Hour)
		if len(w.toasts) != 1 || w.toasts[0].Item != "a" {
			t.Errorf("%+v", w.toasts)
		}
	})
}

func TestWhatWaitedWhenCallboardQuitIsToldAfterTheNextStart(t *testing.T) {
	inWorld(t, func(w *world) {
		quietly(w)
		w.chosen[first].state.Preferences.QuietHours = domain.QuietHours{}
		w.rows = []domain.Notification{note("a", time.Now()), note("b", time.Now())}
		w.chosen[first].held = []domain.NotificationID{"a", "b"}
	}, func(w *world) {
		if len(w.toasts) != 1 || w.toasts[0].Title != "2 new notifications" {
			t.Errorf("%+v", w.toasts)
		}
	})
}

func TestAPauseHoldsToastsBackInAllWorkspacesAndTheTrayEndsIt(t *testing.T) {
	inWorld(t, func(w *world) {
		signedInTwice(w)
		w.settings.FromAccount = true
		w.chosen[first], w.chosen[second] = &chosen{state: able(time.Now()), toasts: map[domain.NotificationID]domain.ToastDecision{}},
			&chosen{state: able(time.Now()), toasts: map[domain.NotificationID]domain.ToastDecision{}}
	}, func(w *world) {
		w.pass(time.Second)
		w.desktop.TrayCommand(domain.TrayPauseHour)
		w.pass(time.Second)
		if !w.face.Paused || w.face.Tooltip != "Callboard: notifications are paused" || len(w.face.Entries) != 1 || w.face.Entries[0].Command != domain.TrayResume {
			t.Errorf("the tray shows %+v", w.face)
		}
		theirs := note("theirs", time.Now())
		*w.others[second] = append(*w.others[second], theirs)
		w.newsOf(second, desktop.News{New: []domain.Notification{theirs}})
		w.pass(10 * time.Minute)
		if len(w.toasts) != 0 {
			t.Fatalf("during the pause: %+v", w.toasts)
		}
		w.desktop.TrayCommand(domain.TrayResume)
		w.pass(time.Second)
		if w.face.Paused || len(w.toasts) != 1 || w.toasts[0].Item != "theirs" {
			t.Errorf("after it: %+v, %+v", w.face, w.toasts)
		}
	})
}

func TestAPauseEndsByItself(t *testing.T) {
	inWorld(t, choosing, func(w *world) {
		w.must(w.desktop.Pause(w.t.Context(), 30))
		w.arrive("a")
		w.pass(29 * time.Minute)
		if !w.face.Paused || len(w.toasts) != 0 {
			t.Errorf("%+v, %+v", w.face, w.toasts)
		}
		w.pass(2 * time.Minute)
		if w.face.Paused || len(w.toasts) != 1 {
			t.Errorf("%+v, %+v", w.face, w.toasts)
		}
	})
}

func TestAPauseUntilTomorrowIsUntilTheMorning(t *testing.T) {
	inWorld(t, choosing, func(w *world) {
		w.must(w.desktop.PauseUntilTomorrow(w.t.Context())) // at midnight: this morning
		if until := w.snapshot().Account.Preferences.PausedUntil; time.Until(*until).Round(time.Hour) != 9*time.Hour {
			t.Errorf("at night until %v", until)
		}
		w.pass(6 * time.Hour)
		w.must(w.desktop.PauseUntilTomorrow(w.t.Context()))
		if until := w.snapshot().Account.Preferences.PausedUntil; time.Until(*until).Round(time.Hour) != 27*time.Hour {
			t.Errorf("by day until %v", until)
		}
	})
}

func TestAClockThatJumpsEndsAQuietThatIsOver(t *testing.T) {
	var ahead atomic.Int64
	inWorld(t, func(w *world) {
		quietly(w)
		w.cfg.Clock = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) } // a sleep the timers did not feel
	}, func(w *world) {
		w.arrive("a")
		ahead.Store(int64(10 * time.Hour))
		w.pass(time.Minute)
		if len(w.toasts) != 1 {
			t.Errorf("%+v", w.toasts)
		}
	})
}

func TestASnoozeThatEndsCountsAgainAndToastsOnce(t *testing.T) {
	inWorld(t, func(w *world) {
		choosing(w)
		w.rows = []domain.Notification{note("a", time.Now())}
	}, func(w *world) {
		until := time.Now().Add(time.Hour)
		w.must(w.desktop.Snooze(w.t.Context(), []domain.NotificationID{"a"}, domain.Snooze{Until: &until}))
		w.newsOf(first, desktop.News{Inbox: &domain.InboxChange{}})
		if s := w.snapshot(); s.Inbox.Unread != 0 {
			t.Errorf("%d unread while it sleeps", s.Inbox.Unread)
		}
		w.do(func() { w.updates = nil })
		w.pass(2 * time.Hour)
		if s := w.snapshot(); s.Inbox.Unread != 1 || w.face.Unread != 1 || len(w.toasts) != 1 || w.toasts[0].Item != "a" {
			t.Errorf("%d unread, tray %d, %+v", s.Inbox.Unread, w.face.Unread, w.toasts)
		}
		told := 0
		for _, update := range w.updates {
			if update.Inbox != nil && len(update.Inbox.Changed) == 1 && update.Inbox.Unread == 1 {
				told++
			}
		}
		if told != 1 {
			t.Errorf("the page was told %d times", told)
		}
	})
}

func TestASnoozeNeedsAnEnd(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		past, later := time.Now().Add(-time.Minute), time.Now().Add(time.Hour)
		for name, snooze := range map[string]domain.Snooze{"none": {}, "two": {Until: &later, UntilChange: true}, "past": {Until: &past}} {
			if err := w.desktop.Snooze(w.t.Context(), []domain.NotificationID{"a"}, snooze); domain.CodeOf(err) != domain.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.must(w.desktop.Snooze(w.t.Context(), []domain.NotificationID{"a"}, domain.Snooze{UntilChange: true}))
	})
}

func TestEveryToastThatIsWithheldSaysWhy(t *testing.T) {
	why := func(w *world, id string) domain.Withheld {
		t.Helper()
		explanation, err := w.desktop.Why(w.t.Context(), domain.NotificationID(id))
		w.must(err)
		return explanation.Toast
	}
	for name, c := range map[string]struct {
		prepare func(*world)
		do      func(*world)
		want    domain.Withheld
	}{
		"shown":      {choosing, func(*world) {}, domain.ToastShown},
		"quiet":      {quietly, func(*world) {}, domain.WithheldQuiet},
		"paused":     {choosing, func(w *world) { w.must(w.desktop.Pause(w.t.Context(), 5)) }, domain.WithheldPaused},
		"off":        {choosing, func(w *world) { w.must(w.desktop.SaveToasts(w.t.Context(), false, nil)) }, domain.WithheldOff},
		"no daemon":  {choosing, func(w *world) { w.desktop.ToastsAvailable(false) }, domain.WithheldNoDaemon},
		"inbox only": {choosing, func(w *world) { w.must(w.desktop.SaveToasts(w.t.Context(), true, []domain.Kind{domain.KindNote})) }, domain.WithheldInboxOnly},
		"folded": {choosing, func(w *world) {
			for i := range 3 {
				w.arrive(fmt.Sprint("before", i))
			}
		}, domain.WithheldFolded},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, c.prepare, func(w *world) {
				c.do(w)
				w.arrive("a")
				if got := why(w, "a"); got != c.want {
					t.Errorf("%q", got)
				}
			})
		})
	}
	inWorld(t, choosing, func(w *world) {
		w.do(func() { w.rows = append(w.rows, note("old", time.Now())) })
		if got := why(w, "old"); got != "" {
			t.Errorf("of what came before anybody signed in here: %q", got)
		}
	})
}

func TestATestToastComesWhateverHoldsOthersBack(t *testing.T) {
	inWorld(t, quietly, func(w *world) {
		w.must(w.desktop.TestToast(w.t.Context()))
		if len(w.toasts) != 1 {
			t.Errorf("%+v", w.toasts)
		}
		w.desktop.ToastsAvailable(false)
		if err := w.desktop.TestToast(w.t.Context()); domain.CodeOf(err) != domain.Unsupported {
			t.Error(err)
		}
	})
}
