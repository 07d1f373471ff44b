package workspace

import (
	"log/slog"
	"maps"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/store"
)

// opened is the rooms of a new workspace, at a time that the test moves.
func opened(t *testing.T, now *time.Time) *rooms {
	t.Helper()
	cfg, err := Config{DataDir: t.TempDir(), BaseURL: "http://studio.test", Clock: func() time.Time { return *now }, Log: slog.New(slog.NewTextHandler(t.Output(), nil))}.defaults()
	if err != nil {
		t.Fatal(err)
	}
	r, err := open(t.Context(), cfg, &clock{real: cfg.Clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.store.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func TestOneDayIsSweptOnceAndPlansTheNext(t *testing.T) {
	now := time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)
	r := opened(t, &now)
	const here, gone = "0a1b2c3d-0000-4000-8000-000000000001", "0a1b2c3d-0000-4000-8000-000000000002"
	component := wire.Operation{Action: "create", EntityType: "FileComponent", EntityData: map[string]any{"id": here, "name": "plate"}}
	if _, err := r.tracker.Do(t.Context(), callerOf(""), []wire.Operation{component}, wire.Mode{}); err != nil {
		t.Fatal(err)
	}
	exist, err := r.existing(t.Context(), []domain.ComponentID{here, gone})
	if want := map[domain.ComponentID]bool{here: true}; err != nil || !maps.Equal(exist, want) {
		t.Errorf("%v %v", exist, err)
	}
	for _, day := range []time.Time{time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC), time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)} {
		for range 2 { // two servers, or one that started twice
			if err := r.plan(t.Context(), jobSweep); err != nil {
				t.Fatal(err)
			}
		}
		err := r.store.Write(t.Context(), func(tx *store.Tx) error {
			next, any, err := tx.NextJob(t.Context())
			if err != nil || !any || !next.Equal(day) {
				t.Errorf("planned for %v, want %v; %v", next, day, err)
			}
			return tx.FinishJob(t.Context(), jobSweep+":"+day.Format(time.DateOnly))
		})
		if err != nil {
			t.Fatal(err)
		}
		now = day
	}
}
