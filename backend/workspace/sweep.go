package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// jobSweep is the kind of the jobs that tidy up the files of a workspace, and its sessions.
const jobSweep = "media.sweep"

// sweep tidies up the files and the sessions, and plans the next time.
func (r *rooms) sweep(ctx context.Context, _ json.RawMessage) error {
	if err := r.plan(ctx, jobSweep); err != nil {
		return err
	}
	return errors.Join(r.auth.Forget(ctx), r.media.Sweep(ctx, r.existing))
}

// existing are those of the components that there are.
func (r *rooms) existing(ctx context.Context, ids []domain.ComponentID) (map[domain.ComponentID]bool, error) {
	exist := map[domain.ComponentID]bool{}
	if len(ids) == 0 {
		return exist, nil
	}
	quoted := make([]string, len(ids))
	for i, id := range ids {
		quoted[i] = `"` + string(id) + `"` // a UUID
	}
	err := r.store.Read(ctx, func(tx *store.Tx) error {
		rows, err := find(ctx, tx, "select id from Component where id in ("+strings.Join(quoted, ", ")+")")
		for _, row := range rows {
			id, _ := row.Values["id"].(string)
			exist[domain.ComponentID(id)] = true
		}
		return err
	})
	return exist, err
}
