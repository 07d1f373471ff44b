package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"github.com/callboard/callboard/backend/domain"
)

const (
	// oldestPostgres is the oldest major version we are tested with and that is still looked after.
	oldestPostgres = 14
	// connections is how many each of a replica's two pools may hold; a server's usual limit is 100.
	connections = 10
	// reaching is how long a database may take to answer when the store is opened.
	reaching = 10 * time.Second
	// abandoned is how long a transaction may do nothing, in milliseconds. Ours never wait for anybody
	// outside, so one that does is of a replica that died, and others would wait for its locks.
	abandoned = "60000"
	// shaping is the name, as PostgreSQL's advisory locks have names, under which tables are changed.
	shaping = 0x63616c6c626f6172
)

// postgresEngine is the engine of many processes with one database. Writes run side by side: where their
// order counts, they hold or freeze what they must have to themselves.
type postgresEngine struct {
	config *pgx.ConnConfig
}

func newPostgres(address string) (*postgresEngine, error) {
	wrong := func(why string) error {
		return &domain.Error{
			Code: domain.Invalid, Field: "database", Reason: "database_address",
			Message: "the database must be an address such as postgres://callboard@db.example/callboard: " + why,
		}
	}
	// No error of a parser is passed on: they quote the address, and it may hold a password.
	u, err := url.Parse(address)
	if err != nil {
		return nil, wrong("what was given is no URL (write special characters of a password as %XX)")
	}
	if u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return nil, wrong("it must begin with postgres://")
	}
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, wrong("its host, port or options cannot be understood")
	}
	for name, value := range map[string]string{
		"application_name": "callboard", "idle_in_transaction_session_timeout": abandoned,
		"jit": "off", // compiling a query that many relations make long takes seconds, reading its rows does not
	} {
		if config.RuntimeParams[name] == "" {
			config.RuntimeParams[name] = value
		}
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = reaching
	}
	return &postgresEngine{config: config}, nil
}

func (e *postgresEngine) String() string {
	return fmt.Sprintf("the database %q at %s", e.config.Database, e.where())
}

func (e *postgresEngine) shared() bool { return true }

func (e *postgresEngine) connect(ctx context.Context, _ *slog.Logger) (writer, reader *sql.DB, err error) {
	writer = e.pool()
	if err := e.fit(ctx, writer); err != nil {
		return nil, nil, errors.Join(err, writer.Close())
	}
	return writer, e.pool(), nil
}

func (e *postgresEngine) look(context.Context) (*sql.DB, error) { return e.pool(), nil }

func (e *postgresEngine) pool() *sql.DB {
	db := stdlib.OpenDB(*e.config)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db
}

// fit says plainly why a database cannot be used.
func (e *postgresEngine) fit(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, reaching)
	defer cancel()
	var version, encoding string
	err := db.QueryRowContext(ctx, `SELECT current_setting('server_version_num'), current_setting('server_encoding')`).Scan(&version, &encoding)
	if err != nil {
		return e.unreachable(err)
	}
	number, err := strconv.Atoi(version)
	switch {
	case err != nil:
		return fmt.Errorf("read the version of PostgreSQL: %w", err)
	case number/10000 < oldestPostgres:
		return &domain.Error{
			Code: domain.Unsupported, Reason: "database_too_old",
			Message: fmt.Sprintf("the database at %s is PostgreSQL %d; Callboard needs %d or newer", e.where(), number/10000, oldestPostgres),
		}
	case encoding != "UTF8":
		return &domain.Error{
			Code: domain.Unsupported, Reason: "database_encoding",
			Message: fmt.Sprintf("the database at %s keeps text as %s; create it with ENCODING 'UTF8'", e.where(), encoding),
		}
	}
	return nil
}

// unreachable words the failures people meet when they set a database up. The cause holds no password:
// the driver leaves it out.
func (e *postgresEngine) unreachable(err error) error {
	message := "the database at " + e.where() + " cannot be reached: is it running, and does it listen there?"
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		switch refused.Code {
		case "28P01", "28000":
			message = fmt.Sprintf("the database at %s refuses to let %q in: check the user and the password", e.where(), e.config.User)
		case "3D000":
			message = fmt.Sprintf("there is no database %q at %s: create it first", e.config.Database, e.where())
		case "53300":
			message = fmt.Sprintf("the database at %s has no connection left: raise its max_connections", e.where())
		default:
			message = fmt.Sprintf("the database at %s refuses to be used: %s", e.where(), refused.Message)
		}
	}
	return &domain.Error{Code: domain.Offline, Reason: "database_unreachable", Message: message, Err: err}
}

func (e *postgresEngine) where() string {
	if strings.HasPrefix(e.config.Host, "/") {
		return e.config.Host
	}
	return net.JoinHostPort(e.config.Host, strconv.Itoa(int(e.config.Port)))
}

func (e *postgresEngine) release() error { return nil }

// alone holds a lock of the session, because a lock of a transaction would not outlast the several that
// change the tables. Replicas that start together wait here for one another.
func (e *postgresEngine) alone(ctx context.Context, writer *sql.DB, do func() error) (err error) {
	session, err := writer.Conn(ctx)
	if err != nil {
		return fmt.Errorf("reach the database: %w", err)
	}
	defer func() { err = errors.Join(err, session.Close()) }()
	if _, err := session.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, int64(shaping)); err != nil {
		return fmt.Errorf("wait for other servers that change the tables: %w", err)
	}
	defer func() {
		// Also where ctx has ended: the connection goes back to the pool, and would keep the lock.
		_, late := session.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, int64(shaping))
		err = errors.Join(err, late)
	}()
	return do()
}

// prepare makes fold(text), by the first collation there is whose lower() knows more than ASCII and
// changes one character at a time, as ours does.
func (e *postgresEngine) prepare(ctx context.Context, tx *Tx) error {
	var collation string
	err := tx.queryRow(ctx, `SELECT collname FROM pg_collation
		WHERE collname IN ('pg_c_utf8', 'C.utf8', 'C.UTF-8', 'und-x-icu') AND collencoding IN (-1, pg_char_to_encoding('UTF8'))
		ORDER BY CASE collname WHEN 'pg_c_utf8' THEN 1 WHEN 'und-x-icu' THEN 3 ELSE 2 END, collname LIMIT 1`).Scan(&collation)
	if errors.Is(err, sql.ErrNoRows) {
		collation, err = "default", nil
	}
	if err != nil {
		return fmt.Errorf("look for a collation: %w", err)
	}
	_, err = tx.exec(ctx, `CREATE OR REPLACE FUNCTION fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
		AS $fold$ SELECT lower($1 COLLATE pg_catalog.`+quote(collation)+`) $fold$`)
	if err != nil {
		return fmt.Errorf("make the function fold: %w", err)
	}
	return nil
}

func (e *postgresEngine) reading() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
}

// met: a serialization failure, or a deadlock that PostgreSQL broke at our cost.
func (e *postgresEngine) met(err error) bool {
	code := stateOf(err)
	return code == "40001" || code == "40P01"
}

// explain: what two requests do at the same moment may collide in an index though each looked before,
// and text of any origin may hold what PostgreSQL keeps in no text.
func (e *postgresEngine) explain(err error) error {
	switch stateOf(err) {
	case "23505":
		return &domain.Error{Code: domain.Conflict, Message: "somebody else made the same at the same moment", Err: err}
	case "22021":
		return &domain.Error{Code: domain.Invalid, Message: "text may not contain the character U+0000", Err: err}
	case "22P02", "22003": // a word where a key is a number, a number beyond all columns
		return &domain.Error{Code: domain.Invalid, Message: "a value does not fit what it is compared with", Err: err}
	default:
		return err
	}
}

// stateOf is PostgreSQL's code of an error, "" for one that is not PostgreSQL's.
func stateOf(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func (e *postgresEngine) dialect() goose.Dialect { return goose.DialectPostgres }

func (e *postgresEngine) nothingFirst() string { return " NULLS FIRST" }

func (e *postgresEngine) byKey() string { return "" }

func (e *postgresEngine) text() string { return `TEXT COLLATE "C"` }

func (e *postgresEngine) listed(mark string) string {
	return "SELECT jsonb_array_elements_text(CAST(" + mark + " AS JSONB))"
}

// boundAtMost: it plans anew for the values of every long list, which takes longer than finding the rows.
func (e *postgresEngine) boundAtMost() int { return 16 }

// rowsAtOnce: all of a batch, each statement is a journey.
func (e *postgresEngine) rowsAtOnce() int { return inboxBatch }

func (e *postgresEngine) skipLocked() string { return " FOR UPDATE SKIP LOCKED" }

func (e *postgresEngine) hold(ctx context.Context, tx *Tx, name string) error {
	_, err := tx.exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, name)
	return wrap("wait for "+name, err)
}

func (e *postgresEngine) freeze(ctx context.Context, tx *Tx, table string) error {
	_, err := tx.exec(ctx, "LOCK TABLE "+table+" IN SHARE ROW EXCLUSIVE MODE")
	return wrap("wait for writers of "+table, err)
}
