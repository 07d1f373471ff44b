package syncer_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

func TestNewsIsToldOnceAndQuickly(t *testing.T) {
	d := newChain(t)
	d.server.Put(row(1))
	d.run()
	d.connected()
	began := time.Now()
	d.server.Put(row(2))
	d.until("row 2 arrives", func() bool { return d.has(row(2).ID) })
	if took := time.Since(began); took > time.Second {
		t.Errorf("it took %v", took)
	}
	read := row(2)
	read.Summary = "changed"
	d.server.Put(read)
	d.until("the change arrives", func() bool { return d.shown(read.ID).Summary == "changed" })
	d.server.Put(row(3))
	d.until("row 3 arrives", func() bool { return d.has(row(3).ID) })
	if err := d.stop(); err != nil {
		t.Errorf("Run: %v", err)
	}
	ids, backlog := d.arrived()
	if want := []domain.NotificationID{row(2).ID, row(3).ID}; !slices.Equal(ids, want) || backlog != 0 {
		t.Errorf("arrived %v, %d of them as backlog", ids, backlog)
	}
	if n := d.shown(row(3).ID); n.Actor.Name != "Bo Berg" || n.Subject.Text == "" || !n.CreatedAt.Equal(row(3).CreatedAt) {
		t.Errorf("it lost something on the way: %+v", n)
	}
}

func TestWhatWasMissedWhileOfflineIsToldAsBacklog(t *testing.T) {
	d := newChain(t)
	d.server.Put(row(1))
	d.run()
	d.connected()
	d.server.Away()
	d.offline()
	d.server.PutUnheard(rows(2, 700)...)
	d.server.Back()
	d.Wake()
	d.connected()
	_ = d.stop()
	if ids, backlog := d.arrived(); len(ids) != 699 || backlog != 699 {
		t.Errorf("%d arrived, %d of them as backlog", len(ids), backlog)
	}
}

func TestALostHintIsMadeUpForByTheNextHint(t *testing.T) {
	d := newChain(t)
	d.run()
	d.connected()
	d.server.PutUnheard(row(1))
	d.server.Put(row(2))
	d.until("both rows", func() bool { return d.has(row(1).ID) && d.has(row(2).ID) })
}

func TestAnotherEpochStartsOver(t *testing.T) {
	d := newChain(t)
	d.server.Put(rows(1, 5)...)
	d.run()
	d.connected()
	d.server.Restore("second")
	d.server.PutUnheard(row(9))
	d.until("the rows of the new epoch", func() bool { return d.has(row(9).ID) && !d.has(row(1).ID) })
	d.connected()
	if position, err := d.copy.Position(); err != nil || position.Epoch != "second" || position.Seq != 1 {
		t.Errorf("position %+v, %v", position, err)
	}
	if ids, _ := d.arrived(); len(ids) != 0 {
		t.Errorf("%v were told as news", ids)
	}
	if !slices.ContainsFunc(d.events(), func(e event) bool { return e.Inbox != nil && e.Inbox.Reset }) {
		t.Error("nobody was told to ask again")
	}
}

func TestAnExpiredSessionEndsTheRun(t *testing.T) {
	d := newChain(t)
	d.run()
	d.connected()
	d.server.Instead(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }))
	d.server.Cut()
	if err := d.result(); domain.CodeOf(err) != domain.Unauthorized {
		t.Errorf("Run: %v", err)
	}
	if state := d.Connection(); state.Online || state.Problem == nil || state.Problem.Code != domain.Unauthorized {
		t.Errorf("state %+v", state)
	}
}

func TestWhoeverElseAnswersIsAProblemAndNoEnd(t *testing.T) {
	d := newChain(t)
	d.server.Instead(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>Welcome to our hotel")) }))
	d.run()
	d.until("the problem is told", func() bool {
		problem := d.Connection().Problem
		return problem != nil && problem.Reason == "not_a_callboard_server"
	})
	d.server.Put(row(1))
	d.server.Back()
	d.Wake()
	d.connected()
	if !d.has(row(1).ID) || d.Connection().Problem != nil {
		t.Errorf("state %+v", d.Connection())
	}
}

func TestWakeConnectsAtOnce(t *testing.T) {
	d := newChain(t)
	d.server.Away()
	d.run()
	d.until("it has tried", func() bool { return d.Connection().Problem != nil })
	time.Sleep(20 * time.Millisecond)
	d.server.Back()
	began := time.Now()
	d.Wake()
	d.connected()
	if took := time.Since(began); took > 400*time.Millisecond {
		t.Errorf("it took %v", took)
	}
}

func TestWakeGivesAConnectionFromBeforeASleepUp(t *testing.T) {
	d := newChain(t)
	d.run()
	d.connected()
	d.server.PutUnheard(row(1))
	d.Wake()
	d.until("row 1, over a new connection", func() bool { return d.has(row(1).ID) && d.server.Connections() == 2 })
	for _, e := range d.events()[1:] {
		if e.Connection != nil && !e.Connection.Online {
			t.Errorf("it was told as offline: %s", d.story())
		}
	}
}

func TestManyHintsAreFollowedTogether(t *testing.T) {
	d := newChain(t)
	d.run()
	d.connected()
	before := len(d.server.Asked("query"))
	for n := 1; n <= 200; n++ {
		d.server.Put(row(n))
	}
	d.until("all rows arrive", func() bool { ids, _ := d.arrived(); return len(ids) == 200 })
	if asked := len(d.server.Asked("query")) - before; asked > 150 {
		t.Errorf("200 hints made %d requests", asked)
	}
}

// TestTenThousandMissedRowsAreThereWithinSeconds takes a second or two on a quiet machine; the bound
// leaves room for a busy one and for the race detector.
func TestTenThousandMissedRowsAreThereWithinSeconds(t *testing.T) {
	d := newChain(t)
	d.server.PutUnheard(row(1))
	d.run()
	d.connected()
	d.server.Away()
	d.offline()
	d.server.PutUnheard(rows(2, 10_001)...)
	d.server.Back()
	began := time.Now()
	d.Wake()
	d.within(30*time.Second, "all rows", func() bool {
		n, err := d.copy.Unread(noon)
		return err != nil || n == 10_001
	})
	d.connected()
	took := time.Since(began)
	t.Logf("10,000 rows took %v", took)
	if n, err := d.copy.Unread(noon); err != nil || n != 10_001 {
		t.Errorf("%d unread, %v", n, err)
	}
}

func TestAnEndedRunLeavesNothingBehind(t *testing.T) {
	d := newChain(t)
	done := leaks(t)
	for range 5 {
		d.run()
		d.connected()
		if err := d.stop(); err != nil {
			t.Errorf("Run: %v", err)
		}
		d.anew()
	}
	done()
}
