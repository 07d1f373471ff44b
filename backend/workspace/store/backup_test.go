package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

func states(t *testing.T, path string) int {
	t.Helper()
	s := open(t, store.Config{Path: path})
	defer func() { _ = s.Close() }()
	found, err := ask(t, s, server, "State")
	if err != nil {
		t.Fatal(err)
	}
	return len(found.Rows)
}

func TestABackupIsOneMomentOfAFileThatIsWrittenMeanwhile(t *testing.T) {
	dir := t.TempDir()
	path, into := filepath.Join(dir, "work space %41.db"), filepath.Join(dir, "back up?.db")
	s := open(t, store.Config{Path: path})
	add := func(n int) error {
		return s.Write(t.Context(), func(tx *store.Tx) error {
			for _, half := range []string{"a", "b"} { // always two at once
				if err := put(t.Context(), tx, "State", fmt.Sprintf("%d%s", n, half), "name", "x", "short", "y"); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for n := range 50 {
		if err := add(n); err != nil {
			t.Fatal(err)
		}
	}
	ended := make(chan error, 1)
	go func() {
		for n := 50; n < 150; n++ {
			if err := add(n); err != nil {
				ended <- err
				return
			}
		}
		ended <- nil
	}()
	if err := store.Backup(t.Context(), path, into); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(into); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if n := states(t, into); n < 100 || n%2 != 0 {
		t.Errorf("the copy has %d", n)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*.partial")); err != nil || len(left) > 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
	if err := store.Backup(t.Context(), path, into); domain.CodeOf(err) != domain.Conflict {
		t.Errorf("over another: %v", err)
	}
	if err := store.Backup(t.Context(), filepath.Join(dir, "nothing.db"), into+"2"); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("of nothing: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := store.Backup(ctx, path, into+"3"); err == nil {
		t.Error("it was given up and says nothing")
	}
	if _, err := os.Stat(into + "3"); err == nil {
		t.Error("half a backup has its name")
	}
}

func TestARestoredFileIsTheBackupInANewEpoch(t *testing.T) {
	dir := t.TempDir()
	path, backup := filepath.Join(dir, "workspace.db"), filepath.Join(dir, "backup.db")
	s := open(t, store.Config{Path: path})
	epoch := s.Epoch()
	add := func(id string) {
		write(t, s, func(tx *store.Tx) error { return put(t.Context(), tx, "State", id, "name", "x", "short", "y") })
	}
	add("before")
	if err := store.Backup(t.Context(), path, backup); err != nil {
		t.Fatal(err)
	}
	add("after")
	if _, err := store.Restore(t.Context(), path, backup, noon); domain.CodeOf(err) != domain.Conflict {
		t.Errorf("under a server: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	kept, err := store.Restore(t.Context(), path, backup, noon)
	if err != nil || kept != path+".before-20261123T120000Z" {
		t.Fatalf("%q, %v", kept, err)
	}
	if n := states(t, path); n != 1 {
		t.Errorf("%d states", n)
	}
	if n := states(t, kept); n != 2 {
		t.Errorf("what was there has %d", n)
	}
	again := open(t, store.Config{Path: path})
	if again.Epoch() == epoch || again.Epoch() == "" {
		t.Errorf("the epoch is %q, as before", again.Epoch())
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	if restored := open(t, store.Config{Path: backup}); restored.Epoch() != epoch {
		t.Error("the backup itself has changed")
	}
}

func TestWhatIsNoBackupTakesNothingsPlace(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "workspace.db")
	if err := open(t, store.Config{Path: path}).Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(dir, "other.db")
	db, err := sql.Open("sqlite", other)
	if err == nil {
		_, err = db.ExecContext(t.Context(), "CREATE TABLE recipes (name TEXT)")
	}
	if err != nil || db.Close() != nil {
		t.Fatal(err)
	}
	torn := filepath.Join(dir, "torn.db")
	if err := os.WriteFile(torn, before[:len(before)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	for _, from := range []string{other, torn, filepath.Join(dir, "empty"), filepath.Join(dir, "nothing")} {
		if strings.HasSuffix(from, "empty") {
			if err := os.WriteFile(from, nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		_, err := store.Restore(t.Context(), path, from, noon)
		if code := domain.CodeOf(err); code != domain.Invalid && code != domain.NotFound {
			t.Errorf("%s: %v", from, err)
		}
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the data has changed; %v", err)
	}
	entries, err := os.ReadDir(dir)
	for _, entry := range entries {
		if strings.Contains(entry.Name(), "partial") || strings.Contains(entry.Name(), "before") {
			t.Errorf("left over: %s", entry.Name())
		}
	}
	if err != nil {
		t.Error(err)
	}
}

func TestANewEpochCanBeginInAnyDatabase(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		before := s.Epoch()
		if err := s.BeginEpoch(t.Context()); err != nil {
			t.Fatal(err)
		}
		if s.Epoch() == before {
			t.Error("it is the old one")
		}
	})
}
