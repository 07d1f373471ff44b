package store_test

import (
	"maps"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

func told(to domain.UserID, event string) store.Delivery {
	return store.Delivery{To: to, Notification: domain.Notification{
		EventKey: event, Kind: domain.KindNote, Kinds: []domain.Kind{domain.KindNote}, NoteID: "first", EntityID: "comp", CreatedAt: noon,
	}}
}

func deliver(t testing.TB, s *store.Store, deliveries ...store.Delivery) map[domain.UserID]int64 {
	t.Helper()
	var heads map[domain.UserID]int64
	write(t, s, func(tx *store.Tx) (err error) {
		heads, err = tx.Deliver(t.Context(), deliveries)
		return err
	})
	return heads
}

func TestEachInboxCountsForItselfAndAnEventArrivesOnce(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		crowd(t, s)
		heads := deliver(t, s, told("maya", "e1"), told("lena", "e1"), told("maya", "e2"))
		if want := (map[domain.UserID]int64{"maya": 2, "lena": 1}); !maps.Equal(heads, want) {
			t.Errorf("%v", heads)
		}
		if heads := deliver(t, s, told("maya", "e1"), told("nia", "e1")); !maps.Equal(heads, map[domain.UserID]int64{"nia": 1}) {
			t.Errorf("%v", heads)
		}
		if heads := deliver(t, s, told("maya", "e3")); heads["maya"] != 3 {
			t.Errorf("a number was lost: %v", heads)
		}
	})
}

func TestAChangedRowTakesTheNextSeq(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		crowd(t, s)
		deliver(t, s, told("maya", "e1"), told("maya", "e2"))
		found, err := ask(t, s, store.Viewer{UserID: "maya"}, "select id from Notification where event_key is e1")
		if err != nil {
			t.Fatal(err)
		}
		id := domain.NotificationID(found.Rows[0].Values["id"].(string))
		write(t, s, func(tx *store.Tx) error {
			seq, err := tx.ChangeNotification(t.Context(), "maya", id, map[string]any{"read_at": tx.Now()})
			if head, _ := tx.Head(t.Context(), "maya"); seq != 3 || head != 3 {
				t.Errorf("seq %d, head %d", seq, head)
			}
			return err
		})
		found, err = ask(t, s, store.Viewer{UserID: "maya"}, "select event_key, read_at from Notification where seq > 2")
		if err != nil || len(found.Rows) != 1 || found.Rows[0].Values["event_key"] != "e1" || found.Rows[0].Values["read_at"] != noon {
			t.Errorf("%+v, %v", found, err)
		}
	})
}

func TestWhatGoesIsWithdrawnFromInboxes(t *testing.T) {
	for typeName, id := range map[string]string{"Note": "first", "Task": "comp", "Shot": "shot", "Project": "film"} {
		eachEngine(t, func(t *testing.T, s *store.Store) {
			crowd(t, s)
			deliver(t, s, told("maya", "e1"), told("lena", "e1"))
			for range 2 { // what is withdrawn already stays as it is
				write(t, s, func(tx *store.Tx) error {
					_, err := tx.Withdraw(t.Context(), typed(typeName), id)
					return err
				})
			}
			found, err := ask(t, s, server, "select seq, removed_at from Notification where removed_at is_not none and seq is 2")
			if err != nil || len(found.Rows) != 2 {
				t.Errorf("%s: %+v, %v", typeName, found, err)
			}
		})
	}
}
