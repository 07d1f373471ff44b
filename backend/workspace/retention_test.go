package workspace

import (
	"fmt"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/store"
)

// TestInboxesAreClearedDayByDay has notifications stay for the days that an administrator says, be marked
// as removed for 30 more, and then go, while a copy that missed that can know.
func TestInboxesAreClearedDayByDay(t *testing.T) {
	now := time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)
	r := opened(t, &now)
	user := wire.Operation{Action: "create", EntityType: "User", EntityData: map[string]any{"id": "maya", "username": "maya", "is_active": true}}
	days := wire.Operation{Action: "create", EntityType: "WorkspaceSetting", EntityData: map[string]any{"name": "retention_days", "value": 7.0}}
	if _, err := r.tracker.Do(t.Context(), callerOf(""), []wire.Operation{user, days}, wire.Mode{}); err != nil {
		t.Fatal(err)
	}
	const many = 3*retainedAtOnce + 7
	var all []store.Delivery
	for i := range many {
		all = append(all, store.Delivery{To: "maya", Notification: domain.Notification{
			EventKey: fmt.Sprint(i), Kind: domain.KindMessage, Kinds: []domain.Kind{domain.KindMessage}, CreatedAt: now,
		}})
	}
	write := func(do func(tx *store.Tx) error) {
		t.Helper()
		if err := r.store.Write(t.Context(), do); err != nil {
			t.Fatal(err)
		}
	}
	write(func(tx *store.Tx) error { _, err := tx.Deliver(t.Context(), all); return err })
	count := func(which string) (n int) {
		write(func(tx *store.Tx) error {
			rows, err := find(t.Context(), tx, "select id from Notification"+which)
			n = len(rows)
			return err
		})
		return n
	}
	for _, step := range []struct {
		days, there, removed int
		horizon              int64
	}{{6, many, 0, 0}, {2, many, many, 0}, {29, many, many, 0}, {2, 0, 0, 2 * many}} {
		now = now.AddDate(0, 0, step.days)
		if err := r.retain(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		horizon, err := r.horizon(t.Context(), "maya")
		if err != nil {
			t.Fatal(err)
		}
		if there, removed := count(""), count(" where removed_at is_not none"); there != step.there || removed != step.removed || horizon != step.horizon {
			t.Errorf("on %s: %d there, %d of them removed, horizon %d, want %+v", now.Format(time.DateOnly), there, removed, horizon, step)
		}
	}
}
