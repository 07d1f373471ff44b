package cache_test

import (
	"slices"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/cache"
	"github.com/callboard/callboard/backend/domain"
)

func decide(t testing.TB, a *cache.Account, toast domain.Withheld, list ...domain.Notification) {
	t.Helper()
	var decisions []domain.ToastDecision
	for _, n := range list {
		decisions = append(decisions, domain.ToastDecision{ID: n.ID, Toast: toast, At: noon})
	}
	if err := a.PutToasts(decisions); err != nil {
		t.Fatal(err)
	}
}

func released(t testing.TB, a *cache.Account, now time.Time) []domain.NotificationID {
	t.Helper()
	list, err := a.Release(now)
	if err != nil {
		t.Fatal(err)
	}
	return ids(list)
}

func TestWhatBecameOfAToastIsKeptAsLongAsItsRow(t *testing.T) {
	a := account(t)
	apply(t, a, rows(1, 2)...)
	decide(t, a, domain.WithheldQuiet, row(1), row(9)) // the ninth never came
	if got, err := a.Toast(row(1).ID); err != nil || got.Toast != domain.WithheldQuiet || !got.At.Equal(noon) {
		t.Errorf("%+v, %v", got, err)
	}
	gone := row(1)
	gone.Seq, gone.RemovedAt = 3, &noon
	apply(t, a, gone)
	for _, id := range []domain.NotificationID{row(1).ID, row(2).ID, row(9).ID} {
		if got, err := a.Toast(id); domain.CodeOf(err) != domain.NotFound {
			t.Errorf("%s: %+v, %v", id, got, err)
		}
	}
	if got := released(t, a, noon); len(got) != 0 {
		t.Errorf("rows that are gone wait: %v", got)
	}
}

func TestWhatWaitsIsReleasedOnceWithoutWhatWantsNoAttentionAnyMore(t *testing.T) {
	path := t.TempDir() + "/inbox.db"
	c := opened(t, path)
	a := c.Account("ada")
	apply(t, a, rows(1, 4)...)
	decide(t, a, domain.WithheldQuiet, row(1), row(2))
	decide(t, a, domain.WithheldPaused, row(3))
	decide(t, a, domain.WithheldOff, row(4))
	enqueue(t, a, domain.MarkRead, row(2).ID)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	a = opened(t, path).Account("ada")
	if got := released(t, a, noon); !slices.Equal(got, []domain.NotificationID{row(1).ID, row(3).ID}) {
		t.Errorf("released %v", got)
	}
	if got := released(t, a, noon); len(got) != 0 {
		t.Errorf("and again %v", got)
	}
	if got, err := a.Toast(row(1).ID); err != nil || got.Toast != domain.WithheldQuiet {
		t.Errorf("why it waited is forgotten: %+v, %v", got, err)
	}
}

func TestSnoozesThatEndAreToldOnce(t *testing.T) {
	a := account(t)
	first, second, third := row(1), row(2), row(3)
	in := func(minutes int) *time.Time { at := noon.Add(time.Duration(minutes) * time.Minute); return &at }
	first.SnoozedUntil, second.SnoozedUntil, third.SnoozeUntilChange = in(10), in(20), true
	woken := func(minutes int) ([]domain.NotificationID, time.Time) {
		list, next, err := a.Woken(*in(minutes))
		if err != nil {
			t.Fatal(err)
		}
		return ids(list), next
	}
	if got, next := woken(0); len(got) != 0 || !next.IsZero() {
		t.Errorf("an empty inbox: %v, %v", got, next)
	}
	apply(t, a, first, second, third)
	if got, next := woken(5); len(got) != 0 || !next.Equal(*in(10)) {
		t.Errorf("before: %v, %v", got, next)
	}
	if got, next := woken(15); !slices.Equal(got, ids([]domain.Notification{first})) || !next.Equal(*in(20)) {
		t.Errorf("the first: %v, %v", got, next)
	}
	if got, _ := woken(16); len(got) != 0 {
		t.Errorf("again: %v", got)
	}
	woken(3) // the clock goes back
	if got, next := woken(25); !slices.Equal(got, ids([]domain.Notification{second, first})) || !next.IsZero() {
		t.Errorf("after the clock went back: %v, %v", got, next)
	}
}

func TestASnoozeThatEndedBeforeItsRowWasToldOfIsNoNewsTwice(t *testing.T) {
	a := account(t)
	if _, _, err := a.Woken(noon.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	late, ended := row(1), noon.Add(-time.Minute)
	late.SnoozedUntil = &ended
	apply(t, a, late)
	decide(t, a, domain.ToastShown, late)
	if list, _, err := a.Woken(noon); err != nil || len(list) != 0 {
		t.Errorf("%v, %v", ids(list), err)
	}
}
