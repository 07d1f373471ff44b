package store_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/backend/workspace/store/storetest"
)

func TestALetterFindsItsPersonAndWakesWhoeverSendsIt(t *testing.T) {
	storetest.EachEngine(t, func(t *testing.T, at store.Config) {
		woken := 0
		at.Enqueued = func() { woken++ }
		s := open(t, at)
		write(t, s, func(tx *store.Tx) error {
			ctx := t.Context()
			for _, person := range []struct{ id, email string }{{"maya", "maya@aurora.example"}, {"vera", "vera\r\nBcc: eve@evil.example"}, {"lena", ""}} {
				if err := put(ctx, tx, "User", person.id, "username", person.id, "email", person.email, "first_name", "Ms", "is_active", true); err != nil {
					return err
				}
			}
			return put(ctx, tx, "UserPreference", "p", "user_id", "maya", "language", "es")
		})
		if woken != 0 {
			t.Error("somebody is woken for nothing")
		}
		for _, id := range []string{"maya", "vera", "lena"} {
			write(t, s, func(tx *store.Tx) error {
				return tx.PostLetter(t.Context(), id, domain.Letter{Kind: domain.NewDevice, Device: "tower", Address: "192.0.2.1"})
			})
		}
		write(t, s, func(tx *store.Tx) error {
			return tx.PostLetter(t.Context(), "maya", domain.Letter{Kind: domain.EmailChanged, To: "before@aurora.example", Thing: "maya@aurora.example"})
		})
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			return tx.PostLetter(t.Context(), "nobody", domain.Letter{Kind: domain.NewDevice})
		})
		if domain.CodeOf(err) != domain.NotFound || woken != 2 {
			t.Errorf("%v, woken %d times", err, woken)
		}
		var got []domain.Letter
		write(t, s, func(tx *store.Tx) error {
			for {
				job, found, err := tx.LeaseJob(t.Context(), time.Hour)
				if err != nil || !found {
					return err
				}
				var l domain.Letter
				if err := json.Unmarshal(job.Body, &l); err != nil {
					return err
				}
				got = append(got, l)
			}
		})
		to := map[string]domain.Letter{}
		for _, l := range got {
			to[l.To] = l
		}
		l := to["maya@aurora.example"]
		if len(got) != 2 || l.Reader != "Ms" || l.Username != "maya" || l.Language != "es" || l.Device != "tower" || !l.At.Equal(noon) || l.ID == "" || to["before@aurora.example"].Thing != "maya@aurora.example" {
			t.Errorf("%+v", got)
		}
	})
}
