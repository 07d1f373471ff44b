// Package store keeps the workspace's entities in SQL. It makes tables from the declarations in schema,
// compiles query trees to SQL and runs everything in transactions: Read sees one snapshot, Write returns
// after the durable commit.
//
// It decides who may see a row, never who may change one, and it raises no events; that is tracker's.
//
// The trap: only values are bound, names never come from outside. Every table and column name in our SQL
// is a declared one, and every value stands behind a $n. Instants are BIGINT microseconds UTC.
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
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// Config says where a store lies.
type Config struct {
	// Path is the data file. Beside it lie its write-ahead log and a lock.
	Path  string
	Clock func() time.Time
	Log   *slog.Logger
}

// Store is an open data file. One process at a time has it.
type Store struct {
	clock  func() time.Time
	log    *slog.Logger
	lock   *fileLock
	writer *sql.DB // one connection: SQLite has one writer, and waiting here is cheaper than in SQLite
	reader *sql.DB
	epoch  string
}

// Open opens the data file, making or extending it as needed. Where another process has it the error
// is a domain.Conflict with Reason "in_use".
func Open(ctx context.Context, cfg Config) (*Store, error) {
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	path, err := filepath.Abs(cfg.Path)
	if err != nil {
		return nil, fmt.Errorf("find the data file: %w", err)
	}
	lock, err := takeLock(path + ".lock")
	if err != nil {
		return nil, err
	}
	if err := private(path); err != nil {
		return nil, errors.Join(err, lock.release())
	}
	s := &Store{clock: cfg.Clock, log: cfg.Log, lock: lock}
	if err := s.open(ctx, path); err != nil {
		return nil, errors.Join(fmt.Errorf("open the data file %s: %w", path, err), s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, path string) (err error) {
	registerFold()
	if s.writer, err = openPrepared(dsn(path, "immediate")); err != nil {
		return err
	}
	s.writer.SetMaxOpenConns(1)
	if err := s.migrate(ctx); err != nil {
		return err
	}
	if s.reader, err = openPrepared(dsn(path, "deferred") + "&_pragma=query_only(1)"); err != nil {
		return err
	}
	readers := max(4, runtime.NumCPU())
	s.reader.SetMaxOpenConns(readers)
	s.reader.SetMaxIdleConns(readers)
	return nil
}

// private makes a missing data file before SQLite does, readable by its owner alone: it holds hashes of
// passwords. SQLite gives the write-ahead log the same rights.
func private(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("make the data file: %w", err)
	}
	return file.Close()
}

// dsn names the file in SQLite's URI form, so that no character of a path is taken for an option.
func dsn(path, begin string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/… on Windows
	}
	return "file://" + (&url.URL{Path: path}).EscapedPath() + "?_txlock=" + begin +
		"&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=temp_store(MEMORY)" +
		"&_pragma=cache_size(-32768)" // KiB a connection, taken as they are needed
}

// Close lets the file go. No transaction may be under way.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.reader, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(append(errs, s.lock.release())...)
}

// Epoch names this data file's history. It is made once; a client that knows another starts over.
func (s *Store) Epoch() string { return s.epoch }

// Read runs do on one snapshot.
func (s *Store) Read(ctx context.Context, do func(*Tx) error) error {
	return s.in(ctx, s.reader, do)
}

// Write runs do as the only writer. Where do answers nil the changes are durable when Write returns;
// where it does not, nothing happened.
func (s *Store) Write(ctx context.Context, do func(*Tx) error) error {
	return s.in(ctx, s.writer, do)
}

func (s *Store) in(ctx context.Context, db *sql.DB, do func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	inner, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin a transaction: %w", err)
	}
	tx := &Tx{tx: inner, now: s.clock().UTC().Truncate(time.Microsecond)}
	// After a commit this does nothing; otherwise the error, or panic, that led here is what counts.
	defer func() { _ = inner.Rollback() }()
	if err := do(tx); err != nil {
		return err
	}
	if err := inner.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// Tx is one transaction. It is good until the function it was given to returns, for one goroutine.
type Tx struct {
	tx     *sql.Tx
	now    time.Time
	hidden map[string][]string // private projects a person does not see, until a write may change that
}

// Now is the instant of the transaction, the same throughout: UTC, whole microseconds.
func (tx *Tx) Now() time.Time { return tx.now }

func (tx *Tx) exec(ctx context.Context, text string, args ...any) (sql.Result, error) {
	return tx.tx.ExecContext(ctx, text, args...)
}

func (tx *Tx) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	return tx.tx.QueryContext(ctx, text, args...)
}

func (tx *Tx) queryRow(ctx context.Context, text string, args ...any) *sql.Row {
	return tx.tx.QueryRowContext(ctx, text, args...)
}

// Viewer is who asks.
type Viewer struct {
	UserID string
	// Everything lifts all limits: for administrators and the server itself. Other people's Notification
	// rows and keys stay theirs nevertheless, unless UserID is empty, which only the server itself is.
	Everything bool
}

// micros is how instants are stored.
func micros(t time.Time) int64 { return t.UnixMicro() }

func fromMicros(n int64) time.Time { return time.UnixMicro(n).UTC() }

func invalid(format string, args ...any) error { return domain.Errorf(domain.Invalid, format, args...) }
