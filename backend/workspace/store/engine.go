package store

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"

	"github.com/pressly/goose/v3"
)

// engine is all that differs between the databases a store may lie in. Everything else is one SQL text.
type engine interface {
	// String names the database for people, without secrets.
	fmt.Stringer
	// shared says whether other processes may use the database at the same time.
	shared() bool
	// connect opens what writes go through and what reads go through.
	connect(ctx context.Context, log *slog.Logger) (writer, reader *sql.DB, err error)
	// look opens what reads go through, beside a process that may have the database to itself.
	look(ctx context.Context) (reader *sql.DB, err error)
	// release lets go of what connect took besides the two.
	release() error
	// alone runs do while no other process changes the shape of the tables.
	alone(ctx context.Context, writer *sql.DB, do func() error) error
	// prepare makes what our SQL uses and the database does not have, such as fold(text).
	prepare(ctx context.Context, tx *Tx) error

	// reading are the options of a transaction that sees one moment.
	reading() *sql.TxOptions
	// met says whether a transaction failed only because it met another one, so that it is run again.
	met(err error) bool
	// explain words what is the asker's fault, and not ours, among the database's errors.
	explain(err error) error

	dialect() goose.Dialect
	// text is the type of columns of text: compared byte by byte on every engine.
	text() string
	// nothingFirst puts the rows without a value at the front of an index, as our queries want them.
	nothingFirst() string
	// byKey ends the making of a table whose short rows lie in the order of their key, where there are such.
	byKey() string
	// listed selects the texts of a JSON list that is bound to the placeholder.
	listed(mark string) string
	// boundAtMost is how many texts of a list of ours are bound one by one; more travel as one JSON list.
	boundAtMost() int
	// rowsAtOnce is how many rows of an inbox one statement adds best.
	rowsAtOnce() int
	// skipLocked ends a SELECT of one row to be taken by nobody else.
	skipLocked() string
	// hold makes other transactions that hold the same name wait until this one ends.
	hold(ctx context.Context, tx *Tx, name string) error
	// freeze keeps other transactions from writing to a table until this one ends.
	freeze(ctx context.Context, tx *Tx, table string) error
}

// engineOf picks the engine a configuration names.
func engineOf(cfg Config) (engine, error) {
	if cfg.Database == "" {
		return &sqliteEngine{path: cfg.Path}, nil
	}
	return newPostgres(cfg.Database)
}
