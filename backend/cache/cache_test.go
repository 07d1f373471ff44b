package cache_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/cache"
	"github.com/callboard/callboard/backend/domain"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// opened is a cache in a new file that is closed with the test.
func opened(t testing.TB, path string) *cache.Cache {
	t.Helper()
	c, err := cache.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// account is a room in a new cache.
func account(t testing.TB) *cache.Account {
	t.Helper()
	return opened(t, t.TempDir()+"/inbox.db").Account("ada")
}

// row is the n-th notification: the higher n, the newer.
func row(n int) domain.Notification {
	return domain.Notification{
		ID: domain.NotificationID(fmt.Sprintf("row-%05d", n)), Seq: int64(n), Kind: domain.KindNote,
		CreatedAt: noon.Add(time.Duration(n) * time.Minute), Subject: domain.Subject{Text: "could we see this warmer?"},
	}
}

func rows(from, to int) (list []domain.Notification) {
	for n := from; n <= to; n++ {
		list = append(list, row(n))
	}
	return list
}

// apply brings rows into the copy at the seq of the last.
func apply(t testing.TB, a *cache.Account, list ...domain.Notification) (shown, fresh []domain.Notification) {
	t.Helper()
	shown, fresh, err := a.Apply(domain.Position{Epoch: "first", Seq: list[len(list)-1].Seq}, list, false)
	if err != nil {
		t.Fatal(err)
	}
	return shown, fresh
}

func ids(list []domain.Notification) (names []domain.NotificationID) {
	for _, n := range list {
		names = append(names, n.ID)
	}
	return names
}

// all pages through a list and answers its ids.
func all(t testing.TB, a *cache.Account, filter domain.InboxFilter, now time.Time) (names []domain.NotificationID) {
	t.Helper()
	for cursor := ""; ; {
		page, err := a.Page(filter, cursor, 7, now)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, ids(page.Items)...)
		if cursor = page.Next; cursor == "" {
			if page.Total != len(names) {
				t.Errorf("%+v: a total of %d over %d rows", filter, page.Total, len(names))
			}
			return names
		}
	}
}

func unread(t testing.TB, a *cache.Account, now time.Time) int {
	t.Helper()
	n, err := a.Unread(now)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
