package store

import (
	"context"
	"fmt"

	"github.com/callboard/callboard/backend/domain"
)

// Lost marks as removed the notifications about private projects that their people see no longer, and
// gives the new heads of the inboxes it changed. It looks at the given people, or at everybody where
// there are none, which reads all notifications: projects seldom become private.
func (tx *Tx) Lost(ctx context.Context, people []domain.UserID) (map[domain.UserID]int64, error) {
	c := newCompiler(Viewer{}, nil)
	of := ""
	if len(people) > 0 {
		of = ` AND n.user_id IN (` + bindIDs(c, people) + `)`
	}
	rows := map[string][]string{}
	err := tx.collect(ctx, rows, `SELECT n.user_id, n.id FROM "notification" AS n JOIN "resource" AS u ON u.id = n.user_id
		JOIN "context" AS p ON p.id = n.project_id AND p.is_private = TRUE
		WHERE n.removed_at IS NULL`+of+` AND NOT `+fmt.Sprintf(hasPart, "n.project_id")+` ORDER BY n.user_id, n.seq`, c.args)
	if err != nil {
		return nil, fmt.Errorf("find what people see no longer: %w", err)
	}
	return tx.withdraw(ctx, rows)
}
