package store

import (
	"context"
	"database/sql"
	"maps"
	"strings"

	"github.com/callboard/callboard/backend/workspace/schema"
)

// A transaction keeps the entities it read by their keys, and those it made: carrying out one request asks
// for the same note, and for what it hangs on, from a handful of places, and on PostgreSQL every question is
// a journey. What is kept is what a question would answer: whatever writes makes it forgotten, all of it
// unless it is known to concern one family only.

// recall finds an entity that the transaction knows.
func (tx *Tx) recall(t *schema.Type, key []string) (*Row, bool) {
	row, found := tx.known[identity(t, key)]
	if !found {
		return nil, false
	}
	return &Row{Type: row.Type, Values: maps.Clone(row.Values)}, true
}

// remember keeps an entity that was asked for as one of type t.
func (tx *Tx) remember(t *schema.Type, key []string, row *Row) {
	if tx.known == nil {
		tx.known = map[string]*Row{}
	}
	tx.known[identity(t, key)] = &Row{Type: row.Type, Values: maps.Clone(row.Values)}
}

func identity(t *schema.Type, key []string) string {
	return t.Name + "\x00" + strings.Join(key, "\x00")
}

// rememberNew keeps an entity just inserted, given what was stored in its columns.
func (tx *Tx) rememberNew(t *schema.Type, stored map[string]any) error {
	row := &Row{Type: t, Values: map[string]any{}}
	for _, a := range t.Attributes {
		if !a.Stored() {
			continue
		}
		value, err := decode(a, stored[a.Name])
		if err != nil {
			return err
		}
		row.Values[a.Name] = value
	}
	key := make([]string, len(t.Key))
	for i, name := range t.Key {
		if key[i] = text(row.Values, name); key[i] == "" {
			return nil // a number: such entities are not asked for again
		}
	}
	tx.remember(t, key, row)
	return nil
}

// add runs a statement that only adds rows: what is known stays true.
func (tx *Tx) add(ctx context.Context, text string, args ...any) (sql.Result, error) {
	return tx.tx.ExecContext(ctx, text, args...)
}

// change runs a statement that changes rows of one family only.
func (tx *Tx) change(ctx context.Context, t *schema.Type, text string, args ...any) (sql.Result, error) {
	maps.DeleteFunc(tx.known, func(_ string, row *Row) bool { return row.Type.Root == t.Root })
	return tx.tx.ExecContext(ctx, text, args...)
}
