package cache_test

import (
	"slices"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/cache"
	"github.com/callboard/callboard/backend/domain"
)

func enqueue(t testing.TB, a *cache.Account, verb domain.Verb, items ...domain.NotificationID) domain.Action {
	t.Helper()
	queued, _, err := a.Enqueue(domain.Action{Verb: verb, Items: items, At: noon})
	if err != nil {
		t.Fatal(err)
	}
	return queued
}

func settle(t testing.TB, a *cache.Account, action domain.Action, refused ...domain.NotificationID) []domain.Notification {
	t.Helper()
	shown, err := a.Settle(action, refused)
	if err != nil {
		t.Fatal(err)
	}
	return shown
}

func got(t testing.TB, a *cache.Account, id domain.NotificationID) domain.Notification {
	t.Helper()
	n, err := a.Get(id)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAnActionIsShownAtOnceAndWaitsInOrder(t *testing.T) {
	path := t.TempDir() + "/inbox.db"
	c := opened(t, path)
	a := c.Account("ada")
	apply(t, a, rows(1, 2)...)
	_, shown, err := a.Enqueue(domain.Action{Verb: domain.MarkRead, Items: []domain.NotificationID{row(1).ID, "not in the copy"}, At: noon})
	if err != nil || len(shown) != 1 || shown[0].ReadAt == nil {
		t.Fatalf("shown %+v, %v", shown, err)
	}
	enqueue(t, a, domain.MarkDone, row(1).ID)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	a = opened(t, path).Account("ada")
	queue, err := a.Queue()
	if err != nil || len(queue) != 2 || queue[0].Verb != domain.MarkRead || queue[1].Verb != domain.MarkDone || queue[0].ID >= queue[1].ID {
		t.Errorf("queue %+v, %v", queue, err)
	}
	if len(queue[0].Items) != 2 {
		t.Error("a row that is not in the copy is forgotten in the queue")
	}
	if n := got(t, a, row(1).ID); n.ReadAt == nil || n.DoneAt == nil {
		t.Errorf("after reopening %+v", n)
	}
}

func TestAConfirmedActionStaysShown(t *testing.T) {
	a := account(t)
	apply(t, a, row(1))
	action := enqueue(t, a, domain.MarkRead, row(1).ID)
	if shown := settle(t, a, action); len(shown) != 0 {
		t.Errorf("nothing changed, yet %v", ids(shown))
	}
	if got(t, a, row(1).ID).ReadAt == nil || unread(t, a, noon) != 0 {
		t.Error("the row went back")
	}
	if queue, _ := a.Queue(); len(queue) != 0 {
		t.Errorf("queue %v", queue)
	}
}

func TestARefusedActionIsTakenBackAndLaterOnesStay(t *testing.T) {
	a := account(t)
	apply(t, a, rows(1, 2)...)
	read := enqueue(t, a, domain.MarkRead, ids(rows(1, 2))...)
	enqueue(t, a, domain.MarkDone, row(1).ID)
	shown := settle(t, a, read, row(1).ID)
	if len(shown) != 1 || shown[0].ID != row(1).ID {
		t.Fatalf("shown %v", ids(shown))
	}
	if n := got(t, a, row(1).ID); n.ReadAt != nil || n.DoneAt == nil {
		t.Errorf("the refused row: %+v", n)
	}
	if got(t, a, row(2).ID).ReadAt == nil {
		t.Error("the row that was not refused went back")
	}
}

func TestServerRowsThatArriveWhileAnActionWaitsKeepItsEffect(t *testing.T) {
	a := account(t)
	apply(t, a, row(1))
	action := enqueue(t, a, domain.MarkRead, row(1).ID)
	changed := row(1)
	changed.Seq, changed.Subject.Text = 2, "changed on the server"
	shown, fresh := apply(t, a, changed)
	if shown[0].ReadAt == nil || len(fresh) != 0 {
		t.Errorf("shown %+v, fresh %v", shown, ids(fresh))
	}
	settle(t, a, action, row(1).ID)
	if n := got(t, a, row(1).ID); n.ReadAt != nil || n.Subject.Text != changed.Subject.Text || n.Seq != 2 {
		t.Errorf("taken back to %+v, want the server's newest", n)
	}
}

func TestANewRowUnderAWaitingActionIsNoNews(t *testing.T) {
	a := account(t)
	apply(t, a, row(1))
	enqueue(t, a, domain.MarkRead, row(2).ID)
	if _, fresh := apply(t, a, row(2)); len(fresh) != 0 {
		t.Errorf("fresh %v", ids(fresh))
	}
}

func TestARowRemovedWhileAnActionWaitsStaysAway(t *testing.T) {
	a := account(t)
	apply(t, a, row(1))
	action := enqueue(t, a, domain.MarkRead, row(1).ID)
	gone := row(1)
	gone.Seq, gone.RemovedAt = 2, &noon
	apply(t, a, gone)
	if shown := settle(t, a, action, row(1).ID); len(shown) != 0 {
		t.Errorf("back came %v", ids(shown))
	}
	if left := all(t, a, domain.InboxFilter{}, noon); len(left) != 0 {
		t.Errorf("left %v", left)
	}
}

func TestUndoneBeforeTheServerHeardIsAsBefore(t *testing.T) {
	a := account(t)
	apply(t, a, row(1))
	there := enqueue(t, a, domain.MarkDone, row(1).ID)
	back := enqueue(t, a, domain.MarkUndone, row(1).ID)
	settle(t, a, there)
	settle(t, a, back)
	n := got(t, a, row(1).ID)
	if want := row(1); n.DoneAt != nil || !n.CreatedAt.Equal(want.CreatedAt) {
		t.Errorf("%+v", n)
	}
	if list := all(t, a, domain.InboxFilter{Unread: true}, noon.Add(time.Hour)); !slices.Equal(list, ids(rows(1, 1))) {
		t.Errorf("unread %v", list)
	}
}
