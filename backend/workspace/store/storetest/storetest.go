// Package storetest gives tests empty stores, one of every engine.
package storetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/backend/workspace/store/postgrestest"
)

// engines are all there are, by name.
var engines = []struct {
	name  string
	empty func(testing.TB) store.Config
}{{"sqlite", SQLite}, {"postgres", PostgreSQL}}

// current is the engine of the run that is under way; set by Run.
var current = engines[0]

// Racing says whether the race detector watches: what takes how long tells nothing then.
func Racing() bool { return racing }

// Run runs all tests of a package once for every engine, for packages whose tests reach the store through
// what they test. Under the race detector, which makes everything many times slower and looks at our side
// alone, one engine is enough: store's own tests run under it on all. It gives the exit code for TestMain.
func Run(m *testing.M) int {
	wanted := engines
	if racing {
		wanted = engines[:1]
	}
	for _, current = range wanted {
		if code := m.Run(); code != 0 {
			fmt.Fprintf(os.Stderr, "the tests ran with the store on %s\n", current.name)
			return code
		}
	}
	return 0
}

// Empty says where an empty store of the current engine lies.
func Empty(t testing.TB) store.Config {
	t.Helper()
	return current.empty(t)
}

// Durable says where an empty store of the current engine lies whose commits may be measured.
func Durable(t testing.TB) store.Config {
	t.Helper()
	if current.name == "postgres" {
		return store.Config{Database: postgrestest.Database(t)}
	}
	return current.empty(t)
}

// EachEngine runs a test once for every engine, as a test of its own, with where an empty store lies.
func EachEngine(t *testing.T, test func(t *testing.T, at store.Config)) {
	t.Helper()
	for _, engine := range engines {
		t.Run(engine.name, func(t *testing.T) { test(t, engine.empty(t)) })
	}
}

// SQLite says where an empty data file lies.
func SQLite(t testing.TB) store.Config {
	t.Helper()
	return store.Config{Path: filepath.Join(t.TempDir(), "workspace.db")}
}

// PostgreSQL says where an empty PostgreSQL database lies, its tables made already.
func PostgreSQL(t testing.TB) store.Config {
	t.Helper()
	return store.Config{Database: postgrestest.Prepared(t, func(address string) error {
		s, err := store.Open(context.WithoutCancel(t.Context()), store.Config{Database: address})
		if err != nil {
			return err
		}
		return s.Close()
	})}
}
