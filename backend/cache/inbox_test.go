package cache_test

import (
	"slices"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

func TestAnEmptyAccountReadsAsEmpty(t *testing.T) {
	a := account(t)
	page, err := a.Page(domain.InboxFilter{}, "", 50, noon)
	if err != nil || page.Items == nil || len(page.Items) != 0 || page.Total != 0 || page.Next != "" {
		t.Errorf("page %+v, %v", page, err)
	}
	if _, err := a.Get("none"); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("get: %v", err)
	}
	if position, err := a.Position(); err != nil || position != (domain.Position{}) {
		t.Errorf("position %+v, %v", position, err)
	}
	if queue, err := a.Queue(); err != nil || len(queue) != 0 {
		t.Errorf("queue %v, %v", queue, err)
	}
	if unread(t, a, noon) != 0 {
		t.Error("something is unread")
	}
}

func TestRowsAndPositionAreKeptTogetherAndSurviveReopening(t *testing.T) {
	path := t.TempDir() + "/deep/folder/inbox.db"
	c := opened(t, path)
	apply(t, c.Account("ada"), rows(1, 3)...)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	again := opened(t, path)
	a := again.Account("ada")
	if position, err := a.Position(); err != nil || position != (domain.Position{Epoch: "first", Seq: 3}) {
		t.Errorf("position %+v, %v", position, err)
	}
	if got, want := all(t, a, domain.InboxFilter{}, noon), ids([]domain.Notification{row(3), row(2), row(1)}); !slices.Equal(got, want) {
		t.Errorf("rows %v, want the newest first %v", got, want)
	}
	if again.Recovered() {
		t.Error("a sound file was taken for a damaged one")
	}
	if other := all(t, again.Account("bo"), domain.InboxFilter{}, noon); len(other) != 0 {
		t.Errorf("another account sees %v", other)
	}
}

func TestOnlyUnknownRowsThatWantAttentionAreFresh(t *testing.T) {
	a := account(t)
	read, done, gone := row(2), row(3), row(4)
	read.ReadAt, done.DoneAt, gone.RemovedAt = &noon, &noon, &noon
	shown, fresh := apply(t, a, row(1), read, done, gone)
	if got := ids(fresh); !slices.Equal(got, ids(rows(1, 1))) {
		t.Errorf("fresh %v", got)
	}
	if len(shown) != 4 {
		t.Errorf("shown %v", ids(shown))
	}
	changed := row(1)
	changed.Seq = 5
	if _, fresh := apply(t, a, changed); len(fresh) != 0 {
		t.Errorf("a known row is fresh again: %v", ids(fresh))
	}
}

func TestARowMovesBetweenTheLists(t *testing.T) {
	a := account(t)
	apply(t, a, rows(1, 2)...)
	one := row(1)
	for _, step := range []struct {
		name               string
		change             func()
		open, unread, done int
	}{
		{"read", func() { one.ReadAt = &noon }, 2, 1, 0},
		{"done", func() { one.DoneAt = &noon }, 1, 1, 1},
		{"undone and unread", func() { one.ReadAt, one.DoneAt = nil, nil }, 2, 2, 0},
		{"moved in time", func() { one.CreatedAt = noon.Add(time.Hour) }, 2, 2, 0},
		{"removed", func() { one.RemovedAt = &noon }, 1, 1, 0},
	} {
		step.change()
		one.Seq += 10
		apply(t, a, one)
		open, new, done := all(t, a, domain.InboxFilter{}, noon), all(t, a, domain.InboxFilter{Unread: true}, noon), all(t, a, domain.InboxFilter{Done: true}, noon)
		if len(open) != step.open || len(new) != step.unread || len(done) != step.done {
			t.Errorf("%s: open %v, unread %v, done %v", step.name, open, new, done)
		}
	}
	if _, err := a.Get("row-00001"); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("the removed row: %v", err)
	}
}

func TestSnoozedRowsDoNotCountUntilTheirTime(t *testing.T) {
	a := account(t)
	until := noon.Add(time.Hour)
	timed, waiting := row(1), row(2)
	timed.SnoozedUntil, waiting.SnoozeUntilChange = &until, true
	apply(t, a, timed, waiting, row(3))
	for at, want := range map[time.Time]int{noon: 1, until.Add(-time.Microsecond): 1, until: 2, until.AddDate(1, 0, 0): 2} {
		if got := unread(t, a, at); got != want {
			t.Errorf("at %v: %d unread, want %d", at, got, want)
		}
		if got := all(t, a, domain.InboxFilter{Unread: true}, at); len(got) != want {
			t.Errorf("at %v: the list has %v", at, got)
		}
	}
	if got := all(t, a, domain.InboxFilter{}, noon); len(got) != 1 {
		t.Errorf("the open list shows snoozed rows: %v", got)
	}
	if got := all(t, a, domain.InboxFilter{Snoozed: true}, noon); len(got) != 2 {
		t.Errorf("the snoozed list has %v", got)
	}
	if got := all(t, a, domain.InboxFilter{Snoozed: true}, until); len(got) != 1 {
		t.Errorf("when one woke the snoozed list has %v", got)
	}
}

func TestACursorHoldsItsPlaceWhileRowsComeAndGo(t *testing.T) {
	a := account(t)
	apply(t, a, rows(1, 20)...)
	page, err := a.Page(domain.InboxFilter{}, "", 5, noon)
	if err != nil || page.Items[4].ID != row(16).ID {
		t.Fatalf("first page %v, %v", ids(page.Items), err)
	}
	last := row(16)
	last.RemovedAt = &noon
	apply(t, a, append(rows(21, 30), last)...)
	page, err = a.Page(domain.InboxFilter{}, page.Next, 5, noon)
	if want := []domain.NotificationID{row(15).ID, row(14).ID, row(13).ID, row(12).ID, row(11).ID}; err != nil || !slices.Equal(ids(page.Items), want) {
		t.Errorf("second page %v, %v", ids(page.Items), err)
	}
}

func TestABadCursorIsRefused(t *testing.T) {
	a := account(t)
	apply(t, a, row(1))
	if _, err := a.Page(domain.InboxFilter{}, "no hex", 5, noon); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("%v", err)
	}
	if page, err := a.Page(domain.InboxFilter{}, "ff", 5, noon); err != nil || len(page.Items) != 0 {
		t.Errorf("behind the end: %v, %v", page, err)
	}
}

func TestResetForgetsRowsButKeepsWhatWaits(t *testing.T) {
	a := account(t)
	apply(t, a, rows(1, 3)...)
	if err := a.PutThread(domain.Thread{First: "n", Notes: []domain.Note{{ID: "n"}}}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.Enqueue(domain.Action{Verb: domain.MarkRead, Items: ids(rows(1, 1)), At: noon}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.Apply(domain.Position{Epoch: "second"}, nil, true); err != nil {
		t.Fatal(err)
	}
	if left := all(t, a, domain.InboxFilter{}, noon); len(left) != 0 {
		t.Errorf("left %v", left)
	}
	if _, err := a.Thread("n"); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("the thread: %v", err)
	}
	shown, _ := apply(t, a, row(1))
	if shown[0].ReadAt == nil {
		t.Error("the waiting action is not applied to the row that came again")
	}
	if queue, err := a.Queue(); err != nil || len(queue) != 1 {
		t.Errorf("queue %v, %v", queue, err)
	}
}

func TestTheOldestRowsGoBeyondTheCapacityDoneOnesFirst(t *testing.T) {
	const capacity = 20_000
	a := account(t)
	list := rows(1, capacity+10)
	for i := 100; i < 104; i++ {
		list[i].DoneAt = &noon
	}
	apply(t, a, list...)
	open, done := all(t, a, domain.InboxFilter{}, noon), all(t, a, domain.InboxFilter{Done: true}, noon)
	if len(open) != capacity || len(done) != 0 || open[len(open)-1] != row(7).ID {
		t.Errorf("%d open, the last %v; %d done", len(open), open[len(open)-1], len(done))
	}
}

func TestForgetDropsOneAccountOnly(t *testing.T) {
	c := opened(t, t.TempDir()+"/inbox.db")
	apply(t, c.Account("ada"), row(1))
	apply(t, c.Account("bo"), row(1))
	for range 2 {
		if err := c.Forget("ada"); err != nil {
			t.Fatal(err)
		}
	}
	if len(all(t, c.Account("ada"), domain.InboxFilter{}, noon)) != 0 || len(all(t, c.Account("bo"), domain.InboxFilter{}, noon)) != 1 {
		t.Error("the wrong account was forgotten")
	}
}
