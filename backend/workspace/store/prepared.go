package store

import (
	"container/list"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"

	"modernc.org/sqlite"
)

// A connection to SQLite keeps its latest statements prepared: reading the text of one costs more than
// finding a row by its key, and a server says the same few hundred all day. The engine itself prepares a
// statement anew when the schema or the statistics it was planned by have changed.
const (
	keptStatements = 200
	longestKept    = 8 << 10 // bytes of text; longer ones hardly come twice
)

// openPrepared opens a database whose connections keep their statements.
func openPrepared(dsn string) (*sql.DB, error) {
	plain, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(keeper{plain}), nil
}

type keeper struct{ driver.Connector }

// Connect implements driver.Connector.
func (k keeper) Connect(ctx context.Context) (driver.Conn, error) {
	plain, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	whole, ok := plain.(connection)
	if !ok {
		return nil, errors.Join(fmt.Errorf("a %T is no connection of ours", plain), plain.Close())
	}
	return &keeping{connection: whole, kept: map[string]*list.Element{}, latest: list.New()}, nil
}

// connection is what the engine's own ones can do.
type connection interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// keeping is a connection with the statements it keeps, the latest used first. A statement under way
// is not among them. As all driver connections it is used by one goroutine at a time.
type keeping struct {
	connection
	kept   map[string]*list.Element
	latest *list.List
}

// statement is one the engine has read.
type statement struct {
	driver.Stmt
	text string
}

// ExecContext implements driver.ExecerContext.
func (k *keeping) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	s, err := k.take(ctx, text)
	if err != nil {
		return nil, err
	}
	exec, ok := s.Stmt.(driver.StmtExecContext)
	if !ok {
		return nil, errors.Join(driver.ErrSkip, s.Close())
	}
	result, err := exec.ExecContext(ctx, args)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return result, k.keep(s)
}

// QueryContext implements driver.QueryerContext.
func (k *keeping) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := k.take(ctx, text)
	if err != nil {
		return nil, err
	}
	query, ok := s.Stmt.(driver.StmtQueryContext)
	if !ok {
		return nil, errors.Join(driver.ErrSkip, s.Close())
	}
	rows, err := query.QueryContext(ctx, args)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return &keptRows{rows, k, s}, nil
}

// take gives the statement for a text, to be given back or closed.
func (k *keeping) take(ctx context.Context, text string) (*statement, error) {
	if at := k.kept[text]; at != nil {
		delete(k.kept, text)
		s, _ := k.latest.Remove(at).(*statement)
		return s, nil
	}
	read, err := k.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	return &statement{read, text}, nil
}

// keep takes a statement back that did its work.
func (k *keeping) keep(s *statement) error {
	if len(s.text) > longestKept || !repeats(s.text) || k.kept[s.text] != nil {
		return s.Close()
	}
	k.kept[s.text] = k.latest.PushFront(s)
	if k.latest.Len() <= keptStatements {
		return nil
	}
	oldest, _ := k.latest.Remove(k.latest.Back()).(*statement)
	delete(k.kept, oldest.text)
	return oldest.Close()
}

// repeats says whether a statement is one of those that come again and again. Those that shape tables
// come once, and may be scripts of many.
func repeats(text string) bool {
	word, _, _ := strings.Cut(text, " ")
	switch word {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "WITH":
		return true
	}
	return false
}

// Close implements driver.Conn.
func (k *keeping) Close() error {
	var errs []error
	for at := k.latest.Front(); at != nil; at = at.Next() {
		s, _ := at.Value.(*statement)
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, k.connection.Close())...)
}

// keptRows gives its statement back when it was read.
type keptRows struct {
	driver.Rows
	of *keeping
	by *statement
}

// Close implements driver.Rows.
func (r *keptRows) Close() error {
	if err := r.Rows.Close(); err != nil {
		return errors.Join(err, r.by.Close())
	}
	return r.of.keep(r.by)
}
