package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/pressly/goose/v3"
)

// sqliteEngine is the engine of one process with one data file. It has one writer at a time, so that nothing
// in a write can meet another.
type sqliteEngine struct {
	path string
	lock *fileLock
}

func (e *sqliteEngine) String() string { return "the data file " + e.path }

func (e *sqliteEngine) shared() bool { return false }

func (e *sqliteEngine) connect(context.Context, *slog.Logger) (writer, reader *sql.DB, err error) {
	path, err := filepath.Abs(e.path)
	if err != nil {
		return nil, nil, fmt.Errorf("find the data file: %w", err)
	}
	e.path = path
	if e.lock, err = takeLock(path + ".lock"); err != nil {
		return nil, nil, err
	}
	if err := private(path); err != nil {
		return nil, nil, err
	}
	registerFold()
	if writer, err = openPrepared(dsn(path, "immediate")); err != nil {
		return nil, nil, err
	}
	writer.SetMaxOpenConns(1) // waiting here is cheaper than in SQLite
	if reader, err = openPrepared(dsn(path, "deferred") + "&_pragma=query_only(1)"); err != nil {
		return nil, nil, errors.Join(err, writer.Close())
	}
	readers := max(4, runtime.NumCPU())
	reader.SetMaxOpenConns(readers)
	reader.SetMaxIdleConns(readers)
	return writer, reader, nil
}

func (e *sqliteEngine) look(context.Context) (*sql.DB, error) {
	path, err := filepath.Abs(e.path)
	if err != nil {
		return nil, fmt.Errorf("find the data file: %w", err)
	}
	registerFold()
	return openPrepared(dsn(path, "deferred") + "&mode=rw&_pragma=query_only(1)") // rw makes no file
}

func (e *sqliteEngine) release() error {
	if e.lock == nil {
		return nil
	}
	return e.lock.release()
}

// alone has nothing to do: the lock on the file keeps other processes out.
func (e *sqliteEngine) alone(_ context.Context, _ *sql.DB, do func() error) error { return do() }

func (e *sqliteEngine) prepare(context.Context, *Tx) error { return nil }

// reading: a deferred transaction sees one moment, from its first query on.
func (e *sqliteEngine) reading() *sql.TxOptions { return nil }

func (e *sqliteEngine) met(error) bool { return false }

func (e *sqliteEngine) explain(err error) error { return err }

func (e *sqliteEngine) dialect() goose.Dialect { return goose.DialectSQLite3 }

// nothingFirst: they are there already.
func (e *sqliteEngine) nothingFirst() string { return "" }

func (e *sqliteEngine) byKey() string { return " WITHOUT ROWID" }

func (e *sqliteEngine) text() string { return "TEXT" }

func (e *sqliteEngine) listed(mark string) string { return "SELECT value FROM json_each(" + mark + ")" }

// boundAtMost: it knows the plan of a list of that many texts already, and finds rows by them best.
func (e *sqliteEngine) boundAtMost() int { return batch }

// rowsAtOnce: so few that the statement is kept. Reading the text of one takes longer than what it does, and
// grows with the square of its variables.
func (e *sqliteEngine) rowsAtOnce() int { return 8 }

func (e *sqliteEngine) skipLocked() string { return "" }

func (e *sqliteEngine) hold(context.Context, *Tx, string) error { return nil }

func (e *sqliteEngine) freeze(context.Context, *Tx, string) error { return nil }

// private makes a missing data file before SQLite does, readable by its owner alone: it holds hashes of
// passwords. SQLite gives the write-ahead log the same rights.
func private(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("make the data file: %w", err)
	}
	return file.Close()
}

// address names a file in SQLite's URI form, so that no character of a path is taken for an option.
func address(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/… on Windows
	}
	return "file://" + (&url.URL{Path: path}).EscapedPath()
}

// dsn says how the data file is opened. The log is written back every 8,000 pages (32 MiB): what is hot is
// then written once, not with every few notes.
func dsn(path, begin string) string {
	return address(path) + "?_txlock=" + begin +
		"&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=wal_autocheckpoint(8000)&_pragma=synchronous(FULL)&_pragma=temp_store(MEMORY)" +
		"&_pragma=cache_size(-32768)" // KiB a connection, taken as they are needed
}
