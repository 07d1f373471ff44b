package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/backend/workspace/store/storetest"
)

const day = 24 * time.Hour

// eachEngineOverTime is eachEngine with a clock that a test moves.
func eachEngineOverTime(t *testing.T, test func(t *testing.T, s *store.Store, now *time.Time)) {
	t.Helper()
	storetest.EachEngine(t, func(t *testing.T, at store.Config) {
		now := noon
		at.Clock = func() time.Time { return now }
		s, err := store.Open(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		crowd(t, s)
		test(t, s, &now)
	})
}

// inboxOf words somebody's inbox by seq: "e1 removed".
func inboxOf(t *testing.T, s *store.Store, who string) []string {
	t.Helper()
	found, err := ask(t, s, store.Viewer{UserID: who}, "select event_key, removed_at from Notification order by seq")
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, row := range found.Rows {
		line := fmt.Sprint(row.Values["event_key"])
		if row.Values["removed_at"] != nil {
			line += " removed"
		}
		said = append(said, line)
	}
	return said
}

func expire(t *testing.T, s *store.Store, keep store.Keep, most int) (heads map[domain.UserID]int64, marked int) {
	t.Helper()
	write(t, s, func(tx *store.Tx) (err error) {
		heads, marked, err = tx.Expire(t.Context(), keep, most)
		return err
	})
	return heads, marked
}

func at(d store.Delivery, when time.Time) store.Delivery {
	d.Notification.CreatedAt = when
	return d
}

func done(t *testing.T, s *store.Store, who, event string, when time.Time) {
	t.Helper()
	found, err := ask(t, s, store.Viewer{UserID: who}, fmt.Sprintf("select id from Notification where event_key is %q", event))
	if err != nil {
		t.Fatal(err)
	}
	write(t, s, func(tx *store.Tx) error {
		_, err := tx.ChangeNotification(t.Context(), domain.UserID(who), domain.NotificationID(found.Rows[0].Values["id"].(string)), map[string]any{"done_at": when})
		return err
	})
}

func TestWhatStayedLongEnoughGoesInTwoSteps(t *testing.T) {
	eachEngineOverTime(t, func(t *testing.T, s *store.Store, now *time.Time) {
		deliver(t, s, at(told("maya", "old"), noon.Add(-200*day)), at(told("lena", "old"), noon.Add(-200*day)), at(told("maya", "done"), noon.Add(-40*day)),
			at(told("maya", "both"), noon.Add(-190*day)), at(told("maya", "done lately"), noon.Add(-40*day)), at(told("maya", "new"), noon.Add(-40*day)))
		done(t, s, "maya", "done", noon.Add(-31*day))
		done(t, s, "maya", "both", noon.Add(-31*day))
		done(t, s, "maya", "done lately", noon.Add(-29*day))
		keep := store.Keep{Days: 180, DoneDays: 30}
		heads, marked := expire(t, s, keep, 100)
		if marked != 4 || heads["maya"] != 11 || heads["lena"] != 2 {
			t.Errorf("marked %d, heads %v", marked, heads)
		}
		if got := fmt.Sprint(inboxOf(t, s, "maya")); got != "[new done lately old removed both removed done removed]" {
			t.Errorf("%v", got)
		}
		if _, again := expire(t, s, keep, 100); again != 0 {
			t.Errorf("marked %d twice", again)
		}
		forget := func(most int) (n int) {
			write(t, s, func(tx *store.Tx) (err error) {
				n, err = tx.Forget(t.Context(), tx.Now().Add(-30*day), most)
				return err
			})
			return n
		}
		if n := forget(100); n != 0 {
			t.Errorf("%d deleted at once", n)
		}
		*now = noon.Add(31 * day)
		deliver(t, s, told("maya", "later"))
		horizon := func(who domain.UserID) (seq int64) {
			read(t, s, func(tx *store.Tx) (err error) {
				seq, err = tx.Horizon(t.Context(), who)
				return err
			})
			return seq
		}
		if n := forget(2); n != 2 || horizon("maya") == 0 && horizon("lena") == 0 {
			t.Errorf("%d deleted of two", n)
		}
		if n := forget(100); n != 2 {
			t.Errorf("%d deleted of the rest", n)
		}
		// A copy that came to 11 knew of all that went; one that came to 10 does not know of the last.
		if horizon("maya") != 11 || horizon("lena") != 2 || horizon("nia") != 0 || horizon("nobody") != 0 {
			t.Errorf("horizons %d, %d, %d", horizon("maya"), horizon("lena"), horizon("nia"))
		}
		if got := fmt.Sprint(inboxOf(t, s, "maya")); got != "[new done lately later]" {
			t.Errorf("%v", got)
		}
	})
}

func TestRetentionTakesAFewAtATimeTheOldestFirst(t *testing.T) {
	eachEngineOverTime(t, func(t *testing.T, s *store.Store, _ *time.Time) {
		var all []store.Delivery
		for i := range 250 {
			all = append(all, at(told([]domain.UserID{"maya", "lena", "nia"}[i%3], fmt.Sprintf("e%03d", i)), noon.Add(-time.Duration(400-i)*day)))
		}
		deliver(t, s, all...)
		total := 0
		for {
			_, n := expire(t, s, store.Keep{Days: 200, DoneDays: 30}, 90)
			if total += n; n < 90 {
				break
			}
			found, err := ask(t, s, store.Viewer{Everything: true}, "select event_key from Notification where removed_at is_not none order by created_at desc limit 1")
			if want := fmt.Sprintf("e%03d", total-1); err != nil || found.Rows[0].Values["event_key"] != want {
				t.Errorf("after %d the newest that went is %v; %v", total, found.Rows[0].Values, err)
			}
		}
		if total != 200 {
			t.Errorf("%d went", total)
		}
	})
}

func TestTheWorkspaceSaysHowLongNotificationsStay(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		retention := func() (keep store.Keep) {
			read(t, s, func(tx *store.Tx) (err error) {
				keep, err = tx.Retention(t.Context())
				return err
			})
			return keep
		}
		if keep := retention(); keep != (store.Keep{Days: 180, DoneDays: 30}) {
			t.Errorf("%v", keep)
		}
		write(t, s, func(tx *store.Tx) error {
			if err := put(t.Context(), tx, "WorkspaceSetting", "a", "name", "retention_days", "value", 7); err != nil {
				return err
			}
			return put(t.Context(), tx, "WorkspaceSetting", "b", "name", "retention_done_days", "value", nil)
		})
		if keep := retention(); keep != (store.Keep{Days: 7, DoneDays: 30}) {
			t.Errorf("%v", keep)
		}
	})
}

func TestWhatIsLeftOfNothingIsTidiedUp(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		crowd(t, s)
		deliver(t, s, told("maya", "e1"), told("gone", "e1"), told("gone", "e2"))
		write(t, s, func(tx *store.Tx) error {
			ctx := t.Context()
			for _, entity := range []string{"comp", "first", "asset", "take", "nowhere"} {
				if err := put(ctx, tx, "NotificationMute", entity, "user_id", "maya", "entity_type", "Task", "entity_id", entity, "created_at", noon); err != nil {
					return err
				}
			}
			for id, until := range map[string]time.Time{"over": noon.Add(-day), "soon over": noon.Add(day)} {
				if err := put(ctx, tx, "NotificationMute", id, "user_id", "lena", "entity_type", "Task", "entity_id", map[string]string{"over": "comp", "soon over": "core"}[id], "created_at", noon, "until", until); err != nil {
					return err
				}
			}
			for id, project := range map[string]any{"everywhere": nil, "here": "film", "there": "nowhere"} {
				if err := put(ctx, tx, "NotificationPreference", id, "user_id", "maya", "kind", "note", "project_id", project, "channels", []string{}); err != nil {
					return err
				}
			}
			n, err := tx.Tidy(ctx, noon.Add(-time.Hour), 100)
			if n != 5 {
				t.Errorf("%d tidied", n)
			}
			return err
		})
		for text, want := range map[string]int{"Notification": 1, "NotificationMute": 5, "NotificationPreference": 2} {
			if found, err := ask(t, s, store.Viewer{Everything: true}, text); err != nil || len(found.Rows) != want {
				t.Errorf("%s: %d left; %v", text, len(found.Rows), err)
			}
		}
	})
}
