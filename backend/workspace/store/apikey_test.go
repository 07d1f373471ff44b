package store_test

import (
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

func TestAReplacedKeyKeepsItsNameAndLosesItsSecret(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		user, _ := schema.ByName("User")
		key := store.APIKey{ID: "k1", UserID: "keeper", Identifier: "farm", Prefix: "cb_abcd"}
		var old string
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			if err := tx.Insert(t.Context(), user, map[string]any{"id": "keeper", "resource_type": "user", "username": "keeper", "is_active": true}); err != nil {
				return err
			}
			if err := tx.InsertKey(t.Context(), key, "first"); err != nil {
				return err
			}
			key.Prefix = "cb_efgh"
			var err error
			old, err = tx.ReplaceKey(t.Context(), key, "second")
			return err
		})
		if err != nil || old != "first" {
			t.Fatalf("%v %q", err, old)
		}
		err = s.Read(t.Context(), func(tx *store.Tx) error {
			if _, err := tx.LoginByKey(t.Context(), "first"); domain.CodeOf(err) != domain.NotFound {
				t.Errorf("the first secret opens: %v", err)
			}
			login, err := tx.LoginByKey(t.Context(), "second")
			if err != nil || login.Username != "keeper" || login.KeyID != "k1" {
				t.Errorf("%+v %v", login, err)
			}
			keys, err := tx.KeysOf(t.Context(), "keeper")
			if err != nil || len(keys) != 1 || keys[0] != key {
				t.Errorf("%+v %v", keys, err)
			}
			if found, err := tx.Key(t.Context(), "k1"); err != nil || found != key {
				t.Errorf("%+v %v", found, err)
			}
			_, err = tx.Key(t.Context(), "none")
			if domain.CodeOf(err) != domain.NotFound {
				t.Errorf("a key that is not there: %v", err)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestTheBacklogCountsWhatWaitsAndWhatIsDead(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		due := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			if backlog, err := tx.Backlog(t.Context()); err != nil || backlog != (store.Backlog{}) {
				t.Errorf("empty: %+v %v", backlog, err)
			}
			for _, id := range []string{"a", "b", "c"} {
				if err := tx.EnqueueJob(t.Context(), store.Job{ID: id, Kind: "letter", Body: []byte("{}"), DueAt: due}); err != nil {
					return err
				}
				due = due.Add(time.Minute)
			}
			if err := tx.BuryJob(t.Context(), "a", "no such address"); err != nil {
				return err
			}
			backlog, err := tx.Backlog(t.Context())
			if want := (store.Backlog{Waiting: 2, Dead: 1, Oldest: time.Date(2026, 11, 23, 12, 1, 0, 0, time.UTC)}); backlog != want {
				t.Errorf("%+v", backlog)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.Beat(t.Context()) }); err != nil {
				t.Error(err)
			}
		}
	})
}
