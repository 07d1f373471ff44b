package syncer_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/syncer"
)

func TestWhatWasThereAtTheFirstSyncIsNoNewsAndWhatFollowsIs(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		s.post(1_200)
		d := start(t, s, path)
		defer d.stop()
		synctest.Wait()
		if ids, _ := d.arrived(); len(ids) != 0 {
			t.Errorf("%d old rows were told as news", len(ids))
		}
		s.post(2)
		synctest.Wait()
		if ids, backlogs := d.arrived(); !slices.Equal(ids, []domain.NotificationID{"n01201", "n01202"}) || backlogs != 0 {
			t.Errorf("arrived %v, %d backlogs", ids, backlogs)
		}
		d.equals(s)
		if c := d.Connection(); !c.Online || c.Syncing || c.SyncedAt == nil {
			t.Errorf("connection %+v", c)
		}
	})
}

func TestAnEmptyInboxIsASyncToo(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		d := start(t, s, path)
		synctest.Wait()
		d.stop()
		s.post(1)
		d = start(t, s, path)
		defer d.stop()
		synctest.Wait()
		if ids, backlogs := d.arrived(); len(ids) != 1 || backlogs != 1 {
			t.Errorf("arrived %v in %d backlogs", ids, backlogs)
		}
	})
}

func TestAFirstSyncThatWasCutOffGoesOnWithoutNews(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		s.post(1_200)
		d := start(t, &cutOff{server: s, after: 1}, path)
		synctest.Wait()
		at, err := d.copy.Position()
		d.stop()
		if err != nil || at.Seq != 500 {
			t.Fatalf("the copy came to %+v, %v", at, err)
		}
		d = start(t, s, path)
		defer d.stop()
		synctest.Wait()
		if ids, _ := d.arrived(); len(ids) != 0 {
			t.Errorf("%d old rows were told as news", len(ids))
		}
		d.equals(s)
	})
}

func TestWhatWasMissedIsToldOnceAndInOnePiece(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		s.post(1)
		d := start(t, s, path)
		synctest.Wait()
		d.stop()
		s.post(1_100)
		d = start(t, s, path)
		synctest.Wait()
		if ids, backlogs := d.arrived(); len(ids) != 1_100 || backlogs != 1 {
			t.Errorf("%d rows in %d backlogs", len(ids), backlogs)
		}
		d.stop()
		d = start(t, s, path)
		defer d.stop()
		synctest.Wait()
		if ids, _ := d.arrived(); len(ids) != 0 {
			t.Errorf("%d rows were told twice", len(ids))
		}
	})
}

func TestALostConnectionIsTriedAgainEverMoreSlowlyAndAtOnceWhenWoken(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		d := start(t, s, path)
		defer d.stop()
		synctest.Wait()
		s.down(errDown)
		synctest.Wait()
		if c := d.Connection(); c.Online || c.Problem == nil || c.Problem.Code != domain.Offline {
			t.Errorf("connection %+v", c)
		}
		time.Sleep(10 * time.Minute)
		s.down(nil)
		s.post(1)
		d.Wake()
		synctest.Wait()
		d.equals(s)
		if !d.Connection().Online {
			t.Error("not connected after Wake")
		}
		s.down(errDown)
		s.down(nil)
		time.Sleep(2 * time.Second) // the pause begins anew after a connection that worked
		if !d.Connection().Online {
			t.Error("not connected two seconds after a short loss")
		}
	})
}

func TestALostHintCostsNoRow(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		d := start(t, s, path)
		defer d.stop()
		synctest.Wait()
		s.change(func() { s.mute = true })
		s.post(3)
		s.change(func() { s.mute = false })
		s.post(1)
		synctest.Wait()
		if ids, _ := d.arrived(); len(ids) != 4 {
			t.Errorf("arrived %v", ids)
		}
	})
}

func TestNothingIsAskedWhileConnectedAndQuiet(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		s.post(3)
		d := start(t, s, path)
		defer d.stop()
		synctest.Wait()
		before := s.asked
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		if s.asked != before {
			t.Errorf("%d fetches in a quiet day", s.asked-before)
		}
	})
}

func TestAnotherEpochStartsOverWithoutNews(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		s.post(5)
		d := start(t, s, path)
		defer d.stop()
		synctest.Wait()
		s.change(func() {
			s.epoch, s.seq, s.log, s.rows = "e2", 0, nil, map[domain.NotificationID]domain.Notification{}
		})
		s.post(2) // its hint names the new epoch
		time.Sleep(3 * time.Second)
		synctest.Wait()
		d.equals(s)
		if ids, _ := d.arrived(); len(ids) != 0 {
			t.Errorf("arrived %v", ids)
		}
	})
}

func TestAnEndedSessionStopsAndSaysSo(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		d := start(t, s, path)
		synctest.Wait()
		s.down(domain.Errorf(domain.Unauthorized, "the session ended"))
		time.Sleep(time.Hour)
		d.stop()
		if domain.CodeOf(d.ended) != domain.Unauthorized {
			t.Errorf("Run ended with %v", d.ended)
		}
	})
}

func TestTenThousandMissedRowsComeInSeconds(t *testing.T) {
	path := t.TempDir() + "/inbox.db"
	s := newServer()
	s.post(10_000)
	began := time.Now()
	d := start(t, s, path)
	defer d.stop()
	for d.Connection().SyncedAt == nil {
		if time.Since(began) > time.Minute {
			t.Fatal("not there after a minute")
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Logf("10,000 rows in %s", time.Since(began))
	d.equals(s)
}

func TestACopyThatWasAwayTooLongStartsOverAndForgetsWhatIsNoMore(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		s.post(5)
		d := start(t, s, path)
		synctest.Wait()
		d.do(domain.MarkRead, "n00005")
		synctest.Wait()
		d.stop()
		s.change(func() { // the first two are gone for good, and what told of it too
			delete(s.rows, "n00001")
			delete(s.rows, "n00002")
			s.horizon = s.seq + 3
		})
		s.post(4)
		again := start(t, s, path)
		defer again.stop()
		synctest.Wait()
		again.equals(s)
		if ids, _ := again.arrived(); len(ids) != 0 {
			t.Errorf("arrived %v", ids)
		}
		asked := s.asked
		again.Wake()
		synctest.Wait()
		if s.asked > asked+1 {
			t.Error("a copy that is complete starts over again")
		}
	})
}

func TestAServerClockThatJumpsLosesNothing(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		s.post(3)
		d := start(t, s, path)
		defer d.stop()
		synctest.Wait()
		for i, jump := range []time.Duration{-48 * time.Hour, 24 * 365 * time.Hour, 0} {
			s.change(func() {
				s.write(domain.Notification{
					ID: domain.NotificationID(fmt.Sprintf("jump%d", i)), Kind: domain.KindNote, CreatedAt: time.Unix(1_800_000_000, 0).Add(jump).UTC(),
				})
				s.hint()
			})
			synctest.Wait()
		}
		d.equals(s)
		if ids, _ := d.arrived(); len(ids) != 3 {
			t.Errorf("arrived %v", ids)
		}
	})
}

func TestOfMuchThatWasMissedTheNewestComesFirstAndAllIsToldOnce(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		s.post(10)
		d := start(t, s, path)
		synctest.Wait()
		d.stop()
		s.post(1_700)
		again := start(t, s, path)
		defer again.stop()
		synctest.Wait()
		again.equals(s)
		glance := slices.IndexFunc(again.told, func(e syncer.Event) bool { return e.Inbox != nil && len(e.Inbox.Changed) > 0 })
		if rows := again.told[glance].Inbox.Changed; rows[0].ID != "n01710" || glance > 5 {
			t.Errorf("the newest came as event %d: %s", glance, rows[0].ID)
		}
		ids, backlogs := again.arrived()
		if !slices.IsSorted(ids) || len(slices.Compact(ids)) != 1_700 || backlogs != 1 {
			t.Errorf("%d arrived in %d events, in order %v", len(ids), backlogs, slices.IsSorted(ids))
		}
	})
}
