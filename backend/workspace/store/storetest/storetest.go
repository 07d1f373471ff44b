// Package storetest gives tests empty stores, one of every engine.
package storetest

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/backend/workspace/store/postgrestest"
)

// EachEngine runs a test once for every engine, as a test of its own, with where an empty store lies.
func EachEngine(t *testing.T, test func(t *testing.T, at store.Config)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, PostgreSQL(t)) })
}

// SQLite says where an empty data file lies.
func SQLite(t testing.TB) store.Config {
	t.Helper()
	return store.Config{Path: filepath.Join(t.TempDir(), "workspace.db")}
}

// PostgreSQL says where an empty PostgreSQL database lies, its tables made already.
func PostgreSQL(t testing.TB) store.Config {
	t.Helper()
	return store.Config{Database: postgrestest.Copy(t, func(address string) error {
		s, err := store.Open(context.WithoutCancel(t.Context()), store.Config{Database: address})
		if err != nil {
			return err
		}
		return s.Close()
	})}
}
