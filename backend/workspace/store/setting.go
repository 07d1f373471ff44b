package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
)

// Setting reads a setting of the workspace. Where no administrator chose one, what is in value stays.
func (tx *Tx) Setting(ctx context.Context, name string, value any) error {
	var text sql.NullString
	err := tx.queryRow(ctx, `SELECT value FROM "workspacesetting" WHERE name = $1`, name).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !text.Valid {
		return nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(text.String), value)
	}
	if err != nil {
		return fmt.Errorf("read the setting %s: %w", name, err)
	}
	return nil
}
