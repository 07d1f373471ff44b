// Package store keeps the workspace's entities in SQL, in a SQLite file or a PostgreSQL database. It makes
// tables from the declarations in schema, compiles query trees to SQL and runs everything in
// transactions: Read sees one snapshot, Write returns after the durable commit.
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
	"math/rand/v2"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// Config says where a store lies.
type Config struct {
	// Database is the address of a PostgreSQL database, postgres://user@host/name: any number of processes
	// may use it at once. "" is the data file at Path.
	Database string
	// Path is the data file, where there is no Database. Beside it lie its write-ahead log and a lock.
	Path  string
	Clock func() time.Time
	Log   *slog.Logger
	// Observe is told of every Read and Write and how long it took, waiting included; nil is not.
	Observe func(write bool, took time.Duration)
	// Enqueued is told after each commit that put something into the outbox; nil is not. It must not wait.
	Enqueued func()
}

// Store is an open database: a data file, which one process at a time has, or a PostgreSQL database.
type Store struct {
	clock  func() time.Time
	log    *slog.Logger
	engine engine
	writer *sql.DB
	reader *sql.DB
	epoch  string
	told   func(write bool, took time.Duration)
	woken  func()
}

// Open opens the database, making or extending its tables as needed. Where another process has the data
// file the error is a domain.Conflict with Reason "in_use"; where a database cannot be reached it is a
// domain.Offline. No error holds a password.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	engine, err := engineOf(cfg)
	if err != nil {
		return nil, err
	}
	s := &Store{clock: cfg.Clock, log: cfg.Log, engine: engine, told: cfg.Observe, woken: cfg.Enqueued}
	if s.writer, s.reader, err = engine.connect(ctx, cfg.Log); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := engine.alone(ctx, s.writer, func() error { return s.migrate(ctx) }); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", engine, err), s.Close())
	}
	return s, nil
}

// Look opens a database for reading alone, also where another process has it to itself. Nothing is made or
// changed, so it may lack what this version reads.
func Look(ctx context.Context, cfg Config) (*Store, error) {
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	engine, err := engineOf(cfg)
	if err != nil {
		return nil, err
	}
	reader, err := engine.look(ctx)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", engine, err)
	}
	return &Store{clock: cfg.Clock, log: slog.New(slog.DiscardHandler), engine: engine, reader: reader}, nil
}

// Shared says whether other processes may use the database at the same time.
func (s *Store) Shared() bool { return s.engine.shared() }

// Close lets the database go. No transaction may be under way.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.reader, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(append(errs, s.engine.release())...)
}

// Epoch names this data file's history. It is made once; a client that knows another starts over.
func (s *Store) Epoch() string { return s.epoch }

// Read runs do on one snapshot.
func (s *Store) Read(ctx context.Context, do func(*Tx) error) error {
	defer s.observe(false, time.Now())
	return s.engine.explain(s.in(ctx, s.reader, s.engine.reading(), do))
}

// errMet says that a transaction found done, by another one, what it was about to do.
var errMet = errors.New("another write came first")

// meetings is how often a write is run that always meets another.
const meetings = 10

// Write runs do and makes what it did durable: where do answers nil the changes are durable when Write
// returns; where it does not, nothing happened. Where other processes write at the same time do may run
// more than once, each time on a fresh transaction, so it must not add to what an earlier run left behind.
func (s *Store) Write(ctx context.Context, do func(*Tx) error) error {
	if s.writer == nil {
		return domain.Errorf(domain.Forbidden, "the database is open for reading alone")
	}
	defer s.observe(true, time.Now())
	for run := 1; ; run++ {
		err := s.in(ctx, s.writer, nil, do)
		if err == nil || run == meetings || !errors.Is(err, errMet) && !s.engine.met(err) {
			return s.engine.explain(err)
		}
		s.log.DebugContext(ctx, "a write met another and is run again", "run", run, "error", err)
		if err := pause(ctx, run); err != nil {
			return err
		}
	}
}

func (s *Store) observe(write bool, begun time.Time) {
	if s.told != nil {
		s.told(write, time.Since(begun))
	}
}

// pause waits a few milliseconds, at random: those who met must not meet again.
func pause(ctx context.Context, run int) error {
	timer := time.NewTimer(rand.N(time.Duration(run) * 5 * time.Millisecond))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func (s *Store) in(ctx context.Context, db *sql.DB, options *sql.TxOptions, do func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	inner, err := db.BeginTx(ctx, options)
	if err != nil {
		return fmt.Errorf("begin a transaction: %w", err)
	}
	tx := &Tx{tx: inner, engine: s.engine, now: s.clock().UTC().Truncate(time.Microsecond)}
	// After a commit this does nothing; otherwise the error, or panic, that led here is what counts.
	defer func() { _ = inner.Rollback() }()
	if err := do(tx); err != nil {
		return err
	}
	if err := tx.keepAudits(ctx); err != nil {
		return err
	}
	if err := inner.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	if tx.enqueued && s.woken != nil {
		s.woken()
	}
	return nil
}

// Tx is one transaction. It is good until the function it was given to returns, for one goroutine.
type Tx struct {
	tx     *sql.Tx
	engine engine
	now    time.Time
	hidden map[string][]string // private projects a person does not see, until a write may change that
	known  map[string]*Row     // entities by type and key, until a write may change them
	audits []audited           // written at the end
	// enqueued says that something was put into the outbox.
	enqueued bool
}

// Now is the instant of the transaction, the same throughout: UTC, whole microseconds.
func (tx *Tx) Now() time.Time { return tx.now }

// Hold makes other transactions that hold the same name wait until this one ends. It is for what must be
// looked at and then written by one at a time, where no row stands for it.
func (tx *Tx) Hold(ctx context.Context, name string) error { return tx.engine.hold(ctx, tx, name) }

// exec runs a statement after which nothing that was read need be true.
func (tx *Tx) exec(ctx context.Context, text string, args ...any) (sql.Result, error) {
	tx.known = nil
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
	// Guest limits them to the reviews they are invited to.
	Guest bool
}

// micros is how instants are stored.
func micros(t time.Time) int64 { return t.UnixMicro() }

func fromMicros(n int64) time.Time { return time.UnixMicro(n).UTC() }

func invalid(format string, args ...any) error { return domain.Errorf(domain.Invalid, format, args...) }
