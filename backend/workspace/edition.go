package workspace

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// Edition is a workspace's edition. A server may be running.
func Edition(ctx context.Context, cfg Config) (edition domain.Edition, err error) {
	err = reading(ctx, cfg, func(tx *store.Tx) error {
		edition, err = tx.Edition(ctx)
		return err
	})
	return edition, err
}

// SetEdition gives a workspace another edition.
func SetEdition(ctx context.Context, cfg Config, edition domain.Edition) error {
	return inOffice(ctx, cfg, func(o *office) error {
		return o.do(ctx, change("create", "WorkspaceSetting", map[string]any{"name": domain.SettingEdition, "value": string(edition)}))
	})
}
