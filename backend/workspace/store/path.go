package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/callboard/callboard/backend/workspace/schema"
)

// plant records the ancestors of a new row. Rows that came before their parent are set right when the
// parent comes.
func (tx *Tx) plant(ctx context.Context, t *schema.Type, id, parent string) error {
	if parent == id {
		return errBelowItself(t)
	}
	_, err := tx.exec(ctx, fmt.Sprintf(`INSERT INTO %[1]s (id, ancestor_id, distance)
		SELECT CAST($1 AS TEXT), ancestor_id, distance + 1 FROM %[1]s WHERE id = $2 UNION ALL SELECT $1, $1, 0`, pathTable(t)), id, parent)
	if err != nil {
		return fmt.Errorf("plant %s: %w", t.Name, err)
	}
	orphans := map[string][]string{}
	if err := tx.collect(ctx, orphans, fmt.Sprintf("SELECT '', id FROM %s WHERE %s = $1", table(t), quote(t.Tree)), []any{id}); err != nil {
		return err
	}
	for _, orphan := range orphans[""] {
		if err := tx.graft(ctx, t, orphan, id); err != nil {
			return err
		}
	}
	return nil
}

func errBelowItself(t *schema.Type) error {
	return invalid("a %s cannot be placed below itself", t.Name)
}

// graft hangs a row, with all that is below it, under a parent.
func (tx *Tx) graft(ctx context.Context, t *schema.Type, id, parent string) error {
	if parent == "" {
		return nil
	}
	p := pathTable(t)
	var n int
	if err := tx.queryRow(ctx, fmt.Sprintf("SELECT count(*) FROM %s WHERE id = $1 AND ancestor_id = $2", p), parent, id).Scan(&n); err != nil {
		return err
	}
	if n > 0 {
		return errBelowItself(t)
	}
	_, err := tx.exec(ctx, fmt.Sprintf(`INSERT INTO %[1]s (id, ancestor_id, distance)
		SELECT below.id, above.ancestor_id, below.distance + above.distance + 1
		FROM %[1]s AS below JOIN %[1]s AS above ON above.id = $2
		WHERE below.ancestor_id = $1`, p), id, parent)
	if err != nil {
		return fmt.Errorf("place a %s: %w", t.Name, err)
	}
	return nil
}

// replant moves a row, with all that is below it, to another parent.
func (tx *Tx) replant(ctx context.Context, t *schema.Type, id, parent string) error {
	p := pathTable(t)
	// Whatever is planted or moved meanwhile would miss this move, or make a ring with it.
	if err := tx.engine.freeze(ctx, tx, p); err != nil {
		return err
	}
	_, err := tx.exec(ctx, fmt.Sprintf(`DELETE FROM %[1]s
		WHERE id IN (SELECT id FROM %[1]s WHERE ancestor_id = $1)
		AND ancestor_id IN (SELECT ancestor_id FROM %[1]s WHERE id = $1 AND distance > 0)`, p), id)
	if err != nil {
		return fmt.Errorf("move a %s: %w", t.Name, err)
	}
	if err := tx.graft(ctx, t, id, parent); err != nil || t.Root != "Context" {
		return err
	}
	return tx.adopt(ctx, id, parent)
}

// adopted are the tables that say which project their rows are of, each with the way from a moved
// context to those rows: who may see them hangs on it.
var adopted = []struct{ table, rows string }{
	{"context", "SELECT id FROM context_path WHERE ancestor_id = $2"},
	{"appointment", "SELECT id FROM appointment WHERE context_id IN (SELECT id FROM context_path WHERE ancestor_id = $2)"},
	{"asset", "SELECT id FROM asset WHERE context_id IN (SELECT id FROM context_path WHERE ancestor_id = $2)"},
	{"assetversion", "SELECT v.id FROM assetversion AS v JOIN asset AS a ON a.id = v.asset_id JOIN context_path AS p ON p.id = a.context_id WHERE p.ancestor_id = $2"},
	{"note", "SELECT n.id FROM note AS n JOIN context_path AS p ON p.id = n.parent_id WHERE p.ancestor_id = $2"},
	{"note", "SELECT n.id FROM note AS n JOIN assetversion AS v ON v.id = n.parent_id JOIN asset AS a ON a.id = v.asset_id JOIN context_path AS p ON p.id = a.context_id WHERE p.ancestor_id = $2"},
}

// adopt gives a moved context, and all that hangs on it, the project of its new parent.
func (tx *Tx) adopt(ctx context.Context, id, parent string) error {
	var project string
	err := tx.queryRow(ctx, "SELECT COALESCE(project_id, '') FROM context WHERE id = $1", parent).Scan(&project)
	if errors.Is(err, sql.ErrNoRows) || err == nil && project == "" {
		return nil
	}
	if err != nil {
		return err
	}
	for _, a := range adopted {
		if _, err := tx.exec(ctx, fmt.Sprintf("UPDATE %s SET project_id = $1 WHERE id IN (%s) AND project_id <> $1", a.table, a.rows), project, id); err != nil {
			return fmt.Errorf("move what is below: %w", err)
		}
	}
	return nil
}
