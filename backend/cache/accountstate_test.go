package cache_test

import (
	"reflect"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/callboard/callboard/backend/cache"
	"github.com/callboard/callboard/backend/domain"
)

func state(t testing.TB, a *cache.Account) domain.AccountState {
	t.Helper()
	s, err := a.State()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func change(t testing.TB, a *cache.Account, change domain.AccountChange) domain.Action {
	t.Helper()
	queued, _, err := a.Enqueue(domain.Action{Verb: domain.ChangeAccount, Change: &change, At: noon})
	if err != nil {
		t.Fatal(err)
	}
	return queued
}

func language(l string) domain.AccountChange { return domain.AccountChange{Language: &l} }

func TestAWaitingChangeIsShownOverWhatTheServerSays(t *testing.T) {
	path := t.TempDir() + "/inbox.db"
	c := opened(t, path)
	a := c.Account("ada")
	if got := state(t, a); got.FetchedAt != nil {
		t.Errorf("before anything: %+v", got)
	}
	if err := a.PutState(domain.AccountState{Preferences: domain.Preferences{Language: "es", Theme: domain.ThemeLight}, FetchedAt: &noon}); err != nil {
		t.Fatal(err)
	}
	action := change(t, a, language("ja"))
	if err := a.PutState(domain.AccountState{Preferences: domain.Preferences{Language: "ru"}, FetchedAt: &noon}); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	a = opened(t, path).Account("ada")
	if got := state(t, a).Preferences; got.Language != "ja" || got.Theme != "" {
		t.Errorf("shown %+v", got)
	}
	if err := a.SettleChange(action, nil); err != nil {
		t.Fatal(err)
	}
	if got := state(t, a).Preferences; got.Language != "ru" {
		t.Errorf("after the refusal %+v", got)
	}
}

func TestAnAcceptedChangeCountsUntilTheServerIsAskedAgain(t *testing.T) {
	a := account(t)
	if err := a.PutState(domain.AccountState{FetchedAt: &noon}); err != nil {
		t.Fatal(err)
	}
	action := change(t, a, language("ja"))
	later := change(t, a, language("ko"))
	if err := a.SettleChange(action, []domain.AccountChange{language("ja")}); err != nil {
		t.Fatal(err)
	}
	if got := state(t, a).Preferences.Language; got != "ko" {
		t.Errorf("the one that waits still is not shown: %q", got)
	}
	if err := a.SettleChange(later, nil); err != nil {
		t.Fatal(err)
	}
	if got := state(t, a).Preferences.Language; got != "ja" {
		t.Errorf("%q", got)
	}
}

func TestAFileOfTheLayoutBeforeKeepsItsRowsAndItsQueue(t *testing.T) {
	path := t.TempDir() + "/inbox.db"
	c := opened(t, path)
	apply(t, c.Account("ada"), rows(1, 3)...)
	enqueue(t, c.Account("ada"), domain.MarkRead, row(1).ID)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = file.Update(func(tx *bbolt.Tx) error {
		ada := tx.Bucket([]byte("accounts")).Bucket([]byte("ada"))
		for _, name := range []string{"toasts", "held"} {
			if err := ada.DeleteBucket([]byte(name)); err != nil {
				return err
			}
		}
		return tx.Bucket([]byte("meta")).Put([]byte("version"), []byte{0, 0, 0, 0, 0, 0, 0, 1})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	again := opened(t, path)
	a := again.Account("ada")
	queue, err := a.Queue()
	if err != nil || len(queue) != 1 || again.Recovered() || !reflect.DeepEqual(all(t, a, domain.InboxFilter{}, noon), ids([]domain.Notification{row(3), row(2), row(1)})) {
		t.Errorf("queue %+v, recovered %v, %v", queue, again.Recovered(), err)
	}
	if err := a.PutToasts([]domain.ToastDecision{{ID: row(1).ID, Toast: domain.ToastShown, At: noon}}); err != nil {
		t.Error(err)
	}
}
