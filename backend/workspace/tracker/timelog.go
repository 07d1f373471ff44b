package tracker

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
)

func (r *request) completeTimelog(_ context.Context, t *schema.Type, values map[string]any) error {
	setDefault(values, "start", r.now)
	setDefault(values, "duration", 0.0)
	if seconds, ok := values["duration"].(float64); ok && seconds < 0 {
		return wrong(t, "duration", "cannot be less than nothing")
	}
	return nil
}

// completeTimer refuses a second clock for a person. The Python client looks for the name of the error
// and stops the first one then.
func (r *request) completeTimer(ctx context.Context, _ *schema.Type, values map[string]any) error {
	setDefault(values, "start", r.now)
	running, err := r.one(ctx, "select id from Timer where user_id is "+quoted(text(values, "user_id")))
	if err == nil && running != nil {
		err = domain.Errorf(domain.Conflict, "a timer is running already; stop it first")
	}
	return err
}

func (r *request) completeState(_ context.Context, t *schema.Type, values map[string]any) error {
	setDefault(values, "user_id", string(r.caller.UserID))
	return needKey(t, values)
}
