package workspace

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

func TestReadinessIsLookedAtNowAndThen(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	transactions := 0
	st, err := store.Open(t.Context(), store.Config{Path: filepath.Join(t.TempDir(), "w.db"), Observe: func(bool, time.Duration) { transactions++ }})
	if err != nil {
		t.Fatal(err)
	}
	h := &health{store: st, clock: func() time.Time { return now }}
	before := transactions
	gone, cancel := context.WithCancel(t.Context())
	cancel() // whoever asks first hangs up, which is no fault of the database
	for range 100 {
		if err := h.ready(gone); err != nil {
			t.Fatal(err)
		}
	}
	if looks := transactions - before; looks != 2 { // one reads, one writes
		t.Errorf("%d transactions for a hundred questions", looks)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if err := h.ready(t.Context()); err != nil {
		t.Errorf("the answer did not hold: %v", err)
	}
	now = now.Add(fresh)
	if err := h.ready(t.Context()); domain.CodeOf(err) != domain.Offline || !strings.HasPrefix(err.Error(), "the database cannot be read") {
		t.Errorf("%v", err)
	}
}
