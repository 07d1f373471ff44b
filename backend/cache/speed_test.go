package cache_test

import (
	"testing"
	"time"

	"github.com/callboard/callboard/backend/cache"
	"github.com/callboard/callboard/backend/domain"
)

// thousand is the path of a cache with a thousand rows.
func thousand(t testing.TB) string {
	t.Helper()
	path := t.TempDir() + "/inbox.db"
	c := opened(t, path)
	apply(t, c.Account("ada"), rows(1, 1000)...)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func openAndPage(t testing.TB, path string) time.Duration {
	t.Helper()
	began := time.Now()
	c, err := cache.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	page, err := c.Account("ada").Page(domain.InboxFilter{}, "", 50, noon)
	took := time.Since(began)
	if err != nil || len(page.Items) != 50 || page.Total != 1000 {
		t.Fatalf("%d rows of %d, %v", len(page.Items), page.Total, err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	return took
}

// TestTheFirstPageIsThereAtOnce looks at the best of several: a busy machine may spoil any one.
func TestTheFirstPageIsThereAtOnce(t *testing.T) {
	path := thousand(t)
	best := time.Hour
	for range 10 {
		best = min(best, openAndPage(t, path))
	}
	if best > 15*time.Millisecond {
		t.Errorf("opening and the first page took %v", best)
	}
}

func BenchmarkOpenAndFirstPageOfAThousandRows(b *testing.B) {
	path := thousand(b)
	for b.Loop() {
		openAndPage(b, path)
	}
}

func BenchmarkApplyFiveHundredRows(b *testing.B) {
	a := account(b)
	for n := 0; b.Loop(); n++ {
		apply(b, a, rows(n*500+1, n*500+500)...)
	}
}

func BenchmarkEnqueueAndSettle(b *testing.B) {
	a := account(b)
	apply(b, a, rows(1, 1000)...)
	for b.Loop() {
		settle(b, a, enqueue(b, a, domain.MarkRead, row(500).ID))
	}
}
