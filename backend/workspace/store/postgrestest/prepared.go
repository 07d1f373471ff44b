package postgrestest

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"
	"testing"
)

// spare are the prepared databases that no test uses just now.
var spare struct {
	mu        sync.Mutex
	databases []database
}

// database is a prepared one, and the statement that makes it so again.
type database struct{ address, clear string }

// Prepared gives the address of a database, not durable, that holds what prepare put into it and nothing
// else. When the test has ended the rows that came later are deleted and another test gets it: making a
// hundred tables takes longer than most tests do. A test must leave no connection open, and no tables.
// prepare is the same in all tests of a process.
func Prepared(t testing.TB, prepare func(address string) error) string {
	t.Helper()
	d, found := takeSpare()
	if !found {
		d.address = create(t, hasty)
		if err := prepare(d.address); err != nil {
			t.Fatal(err)
		}
		if err := in(d.address, func(db *sql.DB) (err error) {
			d.clear, err = clearing(t.Context(), db)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		if err := in(d.address, func(db *sql.DB) error {
			_, err := db.ExecContext(context.WithoutCancel(t.Context()), d.clear)
			return err
		}); err != nil {
			t.Errorf("clear the database: %v", err)
			return
		}
		spare.mu.Lock()
		defer spare.mu.Unlock()
		spare.databases = append(spare.databases, d)
	})
	return d.address
}

func takeSpare() (database, bool) {
	spare.mu.Lock()
	defer spare.mu.Unlock()
	last := len(spare.databases) - 1
	if last < 0 {
		return database{}, false
	}
	d := spare.databases[last]
	spare.databases = spare.databases[:last]
	return d, true
}

// clearing is the statement that empties the tables that are empty now.
func clearing(ctx context.Context, db *sql.DB) (string, error) {
	tables, err := tablesOf(ctx, db)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("DO $$ BEGIN ")
	for _, name := range tables {
		var filled bool
		if err := db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM "+name+")").Scan(&filled); err != nil {
			return "", err
		}
		if !filled {
			b.WriteString("DELETE FROM " + name + "; ")
		}
	}
	b.WriteString("END $$")
	return b.String(), nil
}

// tablesOf are the quoted names of a database's tables.
func tablesOf(ctx context.Context, db *sql.DB) (tables []string, err error) {
	rows, err := db.QueryContext(ctx, `SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		tables = append(tables, name)
	}
	return tables, rows.Err()
}
