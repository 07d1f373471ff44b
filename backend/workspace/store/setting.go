package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/callboard/callboard/backend/domain"
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

// Edition is the workspace's edition.
func (tx *Tx) Edition(ctx context.Context) (domain.Edition, error) {
	edition := domain.Editions[0]
	err := tx.Setting(ctx, domain.SettingEdition, &edition)
	return edition, err
}
