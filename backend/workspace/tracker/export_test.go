package tracker

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/rules"
)

// DoAndTell is Do for tests of the law: it gives the changes that the request came to, and whom the law
// tells of them when it asks inside of the transaction.
func (t *Tracker) DoAndTell(ctx context.Context, caller Caller, ops []wire.Operation) (changes []domain.Change, told []rules.Told, err error) {
	err = t.write(ctx, caller, wire.Mode{Strict: true}, func(r *request) error {
		if _, err := r.run(ctx, ops); err != nil {
			return err
		}
		var err error
		changes = r.changes
		told, err = rules.Tell(ctx, r.tx, caller.UserID, changes)
		return err
	})
	return changes, told, err
}
