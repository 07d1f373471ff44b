package syncer_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

func (d *desk) do(verb domain.Verb, ids ...domain.NotificationID) {
	d.t.Helper()
	if err := d.Do(d.t.Context(), domain.Action{Verb: verb, Items: ids}); err != nil {
		d.t.Fatal(err)
	}
}

func TestAnActionIsShownAtOnceAndReachesTheServer(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		s.post(2)
		d := start(t, s, path)
		defer d.stop()
		synctest.Wait()
		d.do(domain.MarkRead, "n00001")
		if row, err := d.copy.Get("n00001"); err != nil || row.ReadAt == nil {
			t.Errorf("the copy shows %+v, %v", row, err)
		}
		synctest.Wait()
		d.equals(s)
		if c := d.Connection(); c.Waiting != 0 || !c.Online {
			t.Errorf("connection %+v", c)
		}
	})
}

func TestWhatWasDoneOfflineIsReplayedInOrderAfterARestart(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		s.post(3)
		d := start(t, s, path)
		synctest.Wait()
		s.down(errDown)
		synctest.Wait()
		d.do(domain.MarkRead, "n00001", "n00002")
		d.do(domain.MarkDone, "n00002")
		d.do(domain.MarkUnread, "n00001")
		if c := d.Connection(); c.Waiting != 3 || c.Online {
			t.Errorf("connection %+v", c)
		}
		d.stop()
		// Meanwhile the row changed on the server: what was done here stays on top of it.
		s.change(func() { s.write(s.rows["n00002"]) })
		d = start(t, s, path)
		defer d.stop()
		synctest.Wait()
		if waiting := d.Connection().Waiting; waiting != 3 {
			t.Errorf("%d wait after the restart", waiting)
		}
		s.down(nil)
		d.Wake()
		synctest.Wait()
		var verbs []domain.Verb
		s.change(func() {
			for _, action := range s.did {
				verbs = append(verbs, action.Verb)
			}
		})
		if want := []domain.Verb{domain.MarkRead, domain.MarkDone, domain.MarkUnread}; !slices.Equal(verbs, want) {
			t.Errorf("the server heard %v, want %v", verbs, want)
		}
		d.equals(s)
		if ids, _ := d.arrived(); len(ids) != 0 {
			t.Errorf("%v came as news", ids)
		}
	})
}

func TestARefusedRowIsTakenBackAndTheOthersAreDone(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		s.post(3)
		s.refuse["n00002"] = domain.Errorf(domain.NotFound, "no such row")
		d := start(t, s, path)
		defer d.stop()
		synctest.Wait()
		d.do(domain.MarkDone, "n00001", "n00002", "n00003")
		synctest.Wait()
		d.equals(s)
		if codes := d.problems(); !slices.Equal(codes, []domain.Code{domain.NotFound}) {
			t.Errorf("problems %v", codes)
		}
		if row, err := d.copy.Get("n00002"); err != nil || row.DoneAt != nil {
			t.Errorf("the refused row is %+v, %v", row, err)
		}
		if !d.Connection().Online || d.Connection().Waiting != 0 {
			t.Errorf("connection %+v", d.Connection())
		}
	})
}

func TestAnActionTheServerChokesOnKeepsNoNewsAway(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		s.post(1)
		d := start(t, s, path)
		defer d.stop()
		synctest.Wait()
		s.refuse["n00001"] = domain.Errorf(domain.Internal, "the server failed")
		d.do(domain.MarkDone, "n00001")
		synctest.Wait()
		s.post(1)
		time.Sleep(time.Minute)
		synctest.Wait()
		if ids, _ := d.arrived(); len(ids) != 1 {
			t.Errorf("arrived %v", ids)
		}
		s.change(func() { delete(s.refuse, "n00001") })
		time.Sleep(time.Minute)
		synctest.Wait()
		d.equals(s)
	})
}
