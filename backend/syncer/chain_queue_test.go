package syncer_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/syncer"
)

type event = syncer.Event

// waiting is how many actions the copy keeps.
func (d *chain) waiting() int {
	d.t.Helper()
	queue, err := d.copy.Queue()
	if err != nil {
		d.t.Fatal(err)
	}
	return len(queue)
}

// problems are the refusals that were told.
func (d *chain) problems() (codes []domain.Code) {
	for _, e := range d.events() {
		if e.Problem != nil {
			codes = append(codes, e.Problem.Code)
		}
	}
	return codes
}

func TestWhatWasDoneOfflineIsReplayedInOrder(t *testing.T) {
	d := newChain(t)
	d.server.Put(rows(1, 2)...)
	d.run()
	d.connected()
	d.server.Away()
	d.offline()
	d.do(domain.MarkRead, row(1).ID)
	d.do(domain.MarkDone, row(1).ID, row(2).ID)
	d.do(domain.MarkUnread, row(1).ID)
	if state := d.Connection(); state.Waiting != 3 {
		t.Errorf("state %+v", state)
	}
	_ = d.stop()
	d.anew()
	d.run()
	d.until("the waiting actions are counted again", func() bool { return d.Connection().Waiting == 3 })
	d.server.Back()
	d.Wake()
	d.until("all are carried out", func() bool { return d.waiting() == 0 })
	var asked []string
	for _, op := range d.server.Asked("update") {
		for name, value := range op.EntityData {
			set := " set"
			if value == nil {
				set = " cleared"
			}
			asked = append(asked, op.EntityKey[0]+" "+name+set)
		}
	}
	want := []string{"row-00001 read_at set", "row-00001 done_at set", "row-00002 done_at set", "row-00001 read_at cleared"}
	if !slices.Equal(asked, want) {
		t.Errorf("asked %q", asked)
	}
	if n := d.server.Row(row(1).ID); n.ReadAt != nil || n.DoneAt == nil || !n.DoneAt.Equal(noon) {
		t.Errorf("the server has %+v", n)
	}
}

func TestARefusedActionIsTakenBackForItsRowOnly(t *testing.T) {
	d := newChain(t)
	d.server.Put(rows(1, 5)...)
	d.server.Refuse(row(3).ID, domain.Errorf(domain.Forbidden, "not this one"))
	d.run()
	d.connected()
	d.do(domain.MarkRead, row(1).ID, row(2).ID, row(3).ID, row(4).ID, row(5).ID)
	d.until("the refusal is told", func() bool { return slices.Equal(d.problems(), []domain.Code{domain.Forbidden}) })
	for n := 1; n <= 5; n++ {
		if isRead := d.shown(row(n).ID).ReadAt != nil; isRead != (n != 3) {
			t.Errorf("row %d is read: %v", n, isRead)
		}
		if isRead := d.server.Row(row(n).ID).ReadAt != nil; isRead != (n != 3) {
			t.Errorf("on the server row %d is read: %v", n, isRead)
		}
	}
	if d.waiting() != 0 {
		t.Error("the refused action still waits")
	}
}

func TestAnActionTheServerFailsOverWaitsAndNewsComesAllTheSame(t *testing.T) {
	d := newChain(t)
	d.server.Put(row(1))
	d.server.Refuse(row(1).ID, domain.Errorf(domain.Internal, "the disk is full"))
	d.run()
	d.connected()
	d.do(domain.MarkRead, row(1).ID)
	d.server.PutUnheard(row(2))
	d.server.Hint()
	d.Wake()
	d.until("row 2 comes", func() bool { return d.has(row(2).ID) })
	if d.waiting() != 1 || d.shown(row(1).ID).ReadAt == nil || len(d.problems()) != 0 {
		t.Errorf("%d wait, problems %v", d.waiting(), d.problems())
	}
	d.server.Refuse(row(1).ID, nil)
	d.Wake()
	d.until("the action is carried out", func() bool { return d.waiting() == 0 && d.server.Row(row(1).ID).ReadAt != nil })
}

func TestAStrangerInBetweenCostsNoAction(t *testing.T) {
	d := newChain(t)
	d.server.Put(row(1))
	d.run()
	d.connected()
	d.server.Instead(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>Welcome to our hotel")) }))
	d.do(domain.MarkRead, row(1).ID)
	d.offline()
	if d.waiting() != 1 || d.shown(row(1).ID).ReadAt == nil {
		t.Errorf("%d wait, problems %v", d.waiting(), d.problems())
	}
	d.server.Back()
	d.Wake()
	d.until("the action is carried out", func() bool { return d.waiting() == 0 })
}

func TestAnActionSurvivesAnotherEpoch(t *testing.T) {
	d := newChain(t)
	d.server.Put(row(1))
	d.run()
	d.connected()
	d.server.Away()
	d.offline()
	d.do(domain.MarkRead, row(1).ID)
	d.server.Restore("second")
	d.server.PutUnheard(row(1))
	d.server.Back()
	d.Wake()
	d.until("the action is carried out", func() bool { return d.server.Row(row(1).ID).ReadAt != nil && d.waiting() == 0 })
	d.until("the row is shown read", func() bool { return d.has(row(1).ID) && d.shown(row(1).ID).ReadAt != nil })
}

func TestAnActionOnNothingIsNothing(t *testing.T) {
	d := newChain(t)
	d.do(domain.MarkRead)
	if d.waiting() != 0 || len(d.events()) != 0 {
		t.Errorf("%d wait, told %s", d.waiting(), d.story())
	}
}
