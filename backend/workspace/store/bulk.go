package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// InsertAll adds many entities of one type, in few statements. It is for filling an empty database: all of
// them give the same attributes, everything they refer to is there, and nothing is worked out or looked at
// for them but what marks their type.
func (tx *Tx) InsertAll(ctx context.Context, t *schema.Type, rows []map[string]any) error {
	if len(rows) == 0 {
		return nil
	}
	for chunk := range slices.Chunk(rows, max(1, longList/(len(rows[0])+len(classes(t))))) {
		if err := tx.insertChunk(ctx, t, chunk); err != nil {
			return fmt.Errorf("insert %d of %s: %w", len(chunk), t.Name, err)
		}
	}
	tx.forget(t)
	return nil
}

func (tx *Tx) insertChunk(ctx context.Context, t *schema.Type, rows []map[string]any) error {
	c := newCompiler(Viewer{}, nil)
	var columns, tuples, ids []string
	for _, row := range rows {
		given := maps.Clone(row)
		for _, class := range slices.Backward(classes(t)) {
			given[class.Attribute] = class.Value
		}
		names, encoded, err := encodeAll(t, given)
		if err != nil {
			return err
		}
		if columns == nil {
			columns = names
		}
		if !slices.Equal(columns, names) {
			return domain.Errorf(domain.Internal, "one gives %v, another %v", columns, names)
		}
		marks := make([]string, len(encoded))
		for i, value := range encoded {
			marks[i] = c.bind(value)
		}
		tuples = append(tuples, "("+strings.Join(marks, ", ")+")")
		ids = append(ids, text(given, t.Key[0]))
	}
	quoted := make([]string, len(columns))
	for i, name := range columns {
		quoted[i] = quote(name)
	}
	statement := fmt.Sprintf("INSERT INTO %s (%s) VALUES %s", table(t), strings.Join(quoted, ", "), strings.Join(tuples, ", "))
	if _, err := tx.exec(ctx, statement, c.args...); err != nil || t.Tree == "" {
		return err
	}
	return tx.plantAll(ctx, t, ids)
}

// plantAll records the ancestors of new rows whose parents are planted.
func (tx *Tx) plantAll(ctx context.Context, t *schema.Type, ids []string) error {
	c := newCompiler(Viewer{}, nil)
	list := c.bindAll(ids)
	_, err := tx.exec(ctx, fmt.Sprintf(`INSERT INTO %[1]s (id, ancestor_id, distance)
		SELECT n.id, p.ancestor_id, p.distance + 1 FROM %[2]s AS n JOIN %[1]s AS p ON p.id = n.%[3]s WHERE n.id IN (%[4]s)
		UNION ALL SELECT n.id, n.id, 0 FROM %[2]s AS n WHERE n.id IN (%[4]s)`, pathTable(t), table(t), quote(t.Tree), list), c.args...)
	return err
}
