package tracker

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// Activity is the history that overviews of a project read: entities of type Event, one for each
// version published, note written and status changed. No recorded server shows the words of action and
// insert; they follow what pipeline scripts ask for.

// keepActivity adds what happened to a thing. A message belongs to no project and stays out.
func (r *request) keepActivity(ctx context.Context, on *store.Row, action string, data map[string]any) error {
	project := text(on.Values, "project_id")
	if project == "" {
		return nil
	}
	written, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("write an activity: %w", err)
	}
	t, _ := schema.ByName("Event")
	// The key is a number that grows with time: the microsecond, or the next free one.
	id := max(r.now.UnixMicro(), r.activity+1)
	for range 100 {
		r.activity = id
		values := map[string]any{
			"id": id, "parent_type": on.Type.Name, "parent_id": on.Values["id"], "project_id": project,
			"action": action, "insert": "insert", "data": string(written), "created_at": r.now,
		}
		setDefault(values, "user_id", string(r.caller.UserID))
		if err = r.tx.Insert(ctx, t, values); domain.CodeOf(err) != domain.Conflict {
			return err
		}
		id++
	}
	return err
}

// statusActivity is what keepActivity is told of a change of status.
func (r *request) statusActivity(ctx context.Context, before, after *store.Row) error {
	kind := strings.ToLower(after.Type.Name)
	return r.keepActivity(ctx, after, "change.status."+kind, map[string]any{"oldValue": before.Values["status_id"], "newValue": after.Values["status_id"]})
}
