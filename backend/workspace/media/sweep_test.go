package media_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// TestFilesWithoutAComponentArePutAwayAndLaterRemoved goes on from day to day.
func TestFilesWithoutAComponentArePutAwayAndLaterRemoved(t *testing.T) {
	d := newDock(t)
	d.now = time.Now() // as the disk has it
	const gone = domain.ComponentID("0a1b2c3d-0000-4000-8000-000000000002")
	for _, component := range []domain.ComponentID{id, gone} {
		if err := d.Put(t.Context(), component, strings.NewReader(string(pngOf(t, 64, 64)))); err != nil {
			t.Fatal(err)
		}
	}
	small, err := d.Thumbnail(t.Context(), id, 48)
	if err != nil {
		t.Fatal(err)
	}
	if err := small.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(d.dir, "files", "0a", ".new-1"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	left := func() []string {
		var found []string
		for _, pattern := range []string{"files/*/*", "files/*/.new*", "removed/*", "thumbnails/*/*"} {
			paths, err := filepath.Glob(filepath.Join(d.dir, filepath.FromSlash(pattern)))
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range paths {
				folder, _, _ := strings.Cut(filepath.ToSlash(strings.TrimPrefix(path, d.dir))[1:], "/")
				found = append(found, folder)
			}
		}
		slices.Sort(found)
		return slices.Compact(found)
	}
	sweep := func() {
		t.Helper()
		err := d.Sweep(t.Context(), func(_ context.Context, ids []domain.ComponentID) (map[domain.ComponentID]bool, error) {
			return map[domain.ComponentID]bool{id: true}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		wait time.Duration
		gone bool
		left string
	}{
		{time.Hour, false, "files thumbnails"},
		{25 * time.Hour, true, "files removed thumbnails"},
		{29 * 24 * time.Hour, true, "files removed"},
		{2 * 24 * time.Hour, true, "files"},
	} {
		d.now = d.now.Add(step.wait)
		sweep()
		_, err := os.Stat(filepath.Join(d.dir, "files", "0a", string(gone)))
		if got := strings.Join(left(), " "); got != step.left || os.IsNotExist(err) != step.gone {
			t.Errorf("after %v more: %s, want %s; gone: %v", step.wait, got, step.left, err)
		}
		if content := d.stored(t); len(content) == 0 || content == "-" {
			t.Fatal("a known file is gone")
		}
	}
	if _, err := os.Stat(filepath.Join(d.dir, "files", "0a", ".new-1")); !os.IsNotExist(err) {
		t.Error("half a file is left")
	}
}
