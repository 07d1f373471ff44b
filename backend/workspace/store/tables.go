package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/pressly/goose/v3"

	"github.com/callboard/callboard/backend/workspace/schema"
)

// migrations hold what is no entity type. Numbers: 0001–0009 the store's own, 0010–0019 sessions and
// the outbox, 0020–0029 the inbox, from 0030 the audit and what resets passwords.
//
//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the file to the present shape: entity tables after their declarations first, so that
// the numbered migrations may speak of them.
func (s *Store) migrate(ctx context.Context) error {
	err := s.Write(ctx, func(tx *Tx) error {
		if err := s.engine.prepare(ctx, tx); err != nil {
			return err
		}
		for _, root := range roots() {
			if err := tx.shape(ctx, root); err != nil {
				return fmt.Errorf("make the table of %s: %w", root.Name, err)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(s.engine.dialect(), s.writer, folder, goose.WithAllowOutofOrder(true), goose.WithSlog(s.log))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return s.Write(ctx, func(tx *Tx) (err error) {
		s.epoch, err = tx.once(ctx, "epoch", uuid.NewString())
		return err
	})
}

// once gives what the data knows itself by under a name. It is made at the first start.
func (tx *Tx) once(ctx context.Context, name, made string) (value string, err error) {
	if _, err := tx.exec(ctx, `INSERT INTO workspace_meta (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING`, name, made); err != nil {
		return "", err
	}
	err = tx.queryRow(ctx, `SELECT value FROM workspace_meta WHERE name = $1`, name).Scan(&value)
	return value, err
}

// table is the SQL table of a type's family, in quotes.
func table(t *schema.Type) string { return quote(strings.ToLower(t.Root)) }

// pathTable holds, for families whose rows form trees, every row with each of its ancestors and their
// distance; a row is its own ancestor at distance 0.
func pathTable(t *schema.Type) string { return quote(strings.ToLower(t.Root) + "_path") }

func quote(name string) string { return `"` + name + `"` }

func roots() []*schema.Type {
	return slices.DeleteFunc(schema.All(), func(t *schema.Type) bool { return t.Name != t.Root })
}

// columns are the stored attributes of a whole family, each name once.
func columns(root *schema.Type) []*schema.Attribute {
	var found []*schema.Attribute
	seen := map[string]bool{}
	for _, t := range schema.All() {
		if t.Root != root.Name {
			continue
		}
		for _, a := range t.Attributes {
			if a.Stored() && !seen[a.Name] {
				seen[a.Name] = true
				found = append(found, a)
			}
		}
	}
	return found
}

// sqlType is the type of an attribute's column.
func (tx *Tx) sqlType(kind schema.Kind) string {
	switch kind {
	case schema.Boolean:
		return "BOOLEAN"
	case schema.Integer, schema.DateTime:
		return "BIGINT"
	case schema.Number:
		return "DOUBLE PRECISION"
	default:
		return tx.engine.text()
	}
}

// shape makes a family's table, or adds the columns and indexes it lacks.
func (tx *Tx) shape(ctx context.Context, root *schema.Type) error {
	var parts, keys []string
	for _, a := range columns(root) {
		part := quote(a.Name) + " " + tx.sqlType(a.Kind)
		if slices.Contains(root.Key, a.Name) {
			part += " NOT NULL"
			keys = append(keys, quote(a.Name))
		}
		parts = append(parts, part)
	}
	statements := []string{fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s (%s, PRIMARY KEY (%s))", table(root), strings.Join(parts, ", "), strings.Join(keys, ", "))}
	if len(keys) > 1 {
		statements[0] += tx.engine.byKey()
	}
	if root.Tree != "" {
		p := pathTable(root)
		statements = append(statements,
			fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s (id %[2]s NOT NULL, ancestor_id %[2]s NOT NULL, distance BIGINT NOT NULL, PRIMARY KEY (id, ancestor_id))", p, tx.engine.text())+tx.engine.byKey(),
			fmt.Sprintf("CREATE INDEX IF NOT EXISTS %s ON %s (ancestor_id, distance, id)", quote(strings.ToLower(root.Root)+"_path_ancestor"), p))
	}
	for _, s := range statements {
		if _, err := tx.exec(ctx, s); err != nil {
			return err
		}
	}
	if err := tx.extend(ctx, root); err != nil {
		return err
	}
	for _, index := range indexes(root, tx.engine.nothingFirst()) {
		if _, err := tx.exec(ctx, index); err != nil {
			return err
		}
	}
	return nil
}

// extend adds the columns that a table made by an earlier version lacks.
func (tx *Tx) extend(ctx context.Context, root *schema.Type) error {
	rows, err := tx.query(ctx, fmt.Sprintf("SELECT * FROM %s WHERE 1 = 0", table(root)))
	if err != nil {
		return err
	}
	present, err := rows.Columns()
	if err := closing(rows, err); err != nil {
		return err
	}
	for _, a := range columns(root) {
		if slices.Contains(present, a.Name) {
			continue
		}
		if _, err := tx.exec(ctx, fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s %s", table(root), quote(a.Name), tx.sqlType(a.Kind))); err != nil {
			return err
		}
	}
	return nil
}

func indexes(root *schema.Type, order string) []string {
	var statements []string
	for _, t := range schema.All() {
		if t.Root != root.Name {
			continue
		}
		for _, index := range t.Indexes {
			name := strings.ToLower(t.Name) + "_by_" + strings.Join(index.Attributes, "_")
			unique := ""
			if index.Unique {
				unique = "UNIQUE "
			}
			var names []string
			for _, a := range index.Attributes {
				names = append(names, quote(a)+order)
			}
			where := ""
			for i, part := range index.Only {
				name += "_of_" + part.Attribute
				where += map[bool]string{true: " WHERE ", false: " AND "}[i == 0] + quote(part.Attribute) + being[part.Being]
			}
			statements = append(statements, fmt.Sprintf("CREATE %sINDEX IF NOT EXISTS %s ON %s (%s)%s", unique, quote(name), table(root), strings.Join(names, ", "), where))
		}
	}
	return statements
}

// being words how an attribute is in the rows of an index that holds a part of them.
var being = map[schema.Being]string{schema.None: " IS NULL", schema.Some: " IS NOT NULL", schema.True: " = TRUE"}
