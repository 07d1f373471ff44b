package store_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/backend/workspace/store/storetest"
)

var (
	server = store.Viewer{Everything: true}
	noon   = time.Date(2026, 11, 23, 12, 0, 0, 123456000, time.UTC)
)

// eachEngine runs a test on an empty store of every engine.
func eachEngine(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	storetest.EachEngine(t, func(t *testing.T, at store.Config) { test(t, open(t, at)) })
}

func open(t testing.TB, cfg store.Config) *store.Store {
	t.Helper()
	cfg.Clock = func() time.Time { return noon }
	s, err := store.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func write(t testing.TB, s *store.Store, do func(*store.Tx) error) {
	t.Helper()
	if err := s.Write(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

// put inserts entities written as name, id, and the rest as pairs.
func put(ctx context.Context, tx *store.Tx, typeName, id string, pairs ...any) error {
	typ, _ := schema.ByName(typeName)
	values := map[string]any{typ.Key[0]: id}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i].(string)] = pairs[i+1]
	}
	return tx.Insert(ctx, typ, values)
}

func ask(t testing.TB, s *store.Store, v store.Viewer, text string) (*store.Result, error) {
	t.Helper()
	q, err := query.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	var found *store.Result
	err = s.Read(t.Context(), func(tx *store.Tx) (err error) {
		found, err = tx.Select(t.Context(), q, v)
		return err
	})
	return found, err
}

func TestASecondProcessIsToldThatTheFileIsInUse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data with ? and %20 in it.db")
	first := open(t, store.Config{Path: path})
	_, err := store.Open(t.Context(), store.Config{Path: path})
	if domain.CodeOf(err) != domain.Conflict {
		t.Fatalf("opening twice answers %v, want a conflict", err)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the data file has the rights %v, %v", info.Mode(), err)
	}
	epoch := first.Epoch()
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, store.Config{Path: path})
	if again.Epoch() != epoch || epoch == "" {
		t.Errorf("the epoch was %q and is %q", epoch, again.Epoch())
	}
}

func TestAFailedWriteLeavesNothing(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		boom := errors.New("boom")
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			if err := put(t.Context(), tx, "State", "s1", "name", "Done"); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) {
			t.Fatalf("Write answers %v", err)
		}
		if found, err := ask(t, s, server, "State"); err != nil || len(found.Rows) != 0 {
			t.Errorf("found %v, %v", found, err)
		}
	})
}

func TestValuesSurviveARoundTrip(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		write(t, s, func(tx *store.Tx) error {
			return put(t.Context(), tx, "Notification", "n1", "seq", 7, "user_id", "u1", "event_key", "note:1", "kind", "note",
				"kinds", []string{"note"}, "created_at", noon, "snooze_until_change", true, "summary", "Ünï \"quoted\" 日本")
		})
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			row, err := tx.Get(t.Context(), "Notification", "n1")
			if err != nil {
				return err
			}
			v := row.Values
			if v["seq"] != int64(7) || v["created_at"] != noon || v["snooze_until_change"] != true || v["summary"] != "Ünï \"quoted\" 日本" || v["read_at"] != nil {
				t.Errorf("read back %v", v)
			}
			if kinds, ok := v["kinds"].(interface{ MarshalJSON() ([]byte, error) }); !ok {
				t.Errorf("kinds are a %T", v["kinds"])
			} else if text, _ := kinds.MarshalJSON(); string(text) != `["note"]` {
				t.Errorf("kinds are %s", text)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestAbstractTypesBecomeWhatTheirValuesShow(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		write(t, s, func(tx *store.Tx) error {
			return errors.Join(
				put(t.Context(), tx, "Component", "c1"),
				put(t.Context(), tx, "TypedContext", "sh1", "object_type_id", schema.ObjectTypeShot),
			)
		})
		for text, want := range map[string]string{`Component`: "FileComponent", `Context`: "Shot", `TypedContext where id is sh1`: "Shot"} {
			if found, err := ask(t, s, server, text); err != nil || found.Rows[0].Type.Name != want {
				t.Errorf("%s answers %v, %v, want a %s", text, found, err, want)
			}
		}
	})
}

func TestAnOlderFileGainsWhatIsNew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data.db")
	old, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := old.ExecContext(t.Context(), `CREATE TABLE "note" ("id" TEXT NOT NULL, "content" TEXT, PRIMARY KEY ("id")); INSERT INTO "note" VALUES ('n1', 'kept')`); err != nil {
		t.Fatal(err)
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	found, err := ask(t, open(t, store.Config{Path: path}), server, `select content, frame_number from Note where frame_number is none`)
	if err != nil || len(found.Rows) != 1 || found.Rows[0].Values["content"] != "kept" {
		t.Errorf("%v, %v", found, err)
	}
}

func TestAFileThatIsNoDatabaseIsSaidToBeNone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data.db")
	if err := os.WriteFile(path, []byte("this was a text before anybody opened it as something else"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), store.Config{Path: path}); err == nil || !strings.Contains(err.Error(), "not a database") {
		t.Errorf("opening it answers %v", err)
	}
	if text, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(text), "this was a text") {
		t.Errorf("the file is now %q, %v", text, err)
	}
}

func TestReadersSeeOneMomentWhileAWriterWorks(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		q, _ := query.Parse(`State`)
		err := s.Read(t.Context(), func(reader *store.Tx) error {
			before, err := reader.Select(t.Context(), q, server)
			if err != nil {
				return err
			}
			write(t, s, func(tx *store.Tx) error { return put(t.Context(), tx, "State", "s1") })
			after, err := reader.Select(t.Context(), q, server)
			if err == nil && len(before.Rows) != len(after.Rows) {
				t.Errorf("the reader saw %d rows, then %d", len(before.Rows), len(after.Rows))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestWrongWritesAreRefused(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		write(t, s, func(tx *store.Tx) error { return put(t.Context(), tx, "User", "u1", "username", "maya") })
		user, _ := schema.ByName("User")
		for name, c := range map[string]struct {
			do   func(*store.Tx) error
			want domain.Code
		}{
			"a key that is taken":      {func(tx *store.Tx) error { return put(t.Context(), tx, "User", "u1", "username", "other") }, domain.Conflict},
			"a username that is taken": {func(tx *store.Tx) error { return put(t.Context(), tx, "User", "u2", "username", "maya") }, domain.Conflict},
			"no key":                   {func(tx *store.Tx) error { return put(t.Context(), tx, "User", "", "username", "x") }, domain.Invalid},
			"an unknown attribute":     {func(tx *store.Tx) error { return put(t.Context(), tx, "User", "u3", "password", "x") }, domain.Invalid},
			"a relation":               {func(tx *store.Tx) error { return put(t.Context(), tx, "User", "u3", "memberships", "x") }, domain.Invalid},
			"a wrong kind of value":    {func(tx *store.Tx) error { return put(t.Context(), tx, "User", "u3", "username", 3) }, domain.Invalid},
			"a zero character":         {func(tx *store.Tx) error { return put(t.Context(), tx, "User", "u3", "username", "a\x00b") }, domain.Invalid},
			"an abstract type":         {func(tx *store.Tx) error { return put(t.Context(), tx, "Resource", "u3") }, domain.Invalid},
			"an update of the key": {func(tx *store.Tx) error {
				return tx.Update(t.Context(), user, []string{"u1"}, map[string]any{"id": "u9"})
			}, domain.Invalid},
			"an update of nothing": {func(tx *store.Tx) error {
				return tx.Update(t.Context(), user, []string{"u9"}, map[string]any{"email": "x"})
			}, domain.NotFound},
			"a delete of nothing": {func(tx *store.Tx) error { return tx.Delete(t.Context(), user, []string{"u9"}) }, domain.NotFound},
			"a group below itself": {func(tx *store.Tx) error {
				group, _ := schema.ByName("Group")
				if err := errors.Join(put(t.Context(), tx, "Group", "g1"), put(t.Context(), tx, "Group", "g2", "parent_id", "g1")); err != nil {
					return err
				}
				return tx.Update(t.Context(), group, []string{"g1"}, map[string]any{"parent_id": "g2"})
			}, domain.Invalid},
		} {
			if err := s.Write(t.Context(), c.do); domain.CodeOf(err) != c.want {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
	})
}
