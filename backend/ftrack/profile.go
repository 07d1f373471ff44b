package ftrack

import (
	"context"

	"github.com/callboard/callboard/backend/ftrack/wire"
)

// SetEmail gives the person another mail address. Its error has the reason domain.ReasonConfirm where they
// have to show first who they are.
func (c *Client) SetEmail(ctx context.Context, address string) error {
	me, err := c.self(ctx)
	if err != nil {
		return err
	}
	return c.tell(ctx, wire.Operation{
		Action: "update", EntityType: "User", EntityKey: []string{string(me)}, EntityData: map[string]any{"email": address},
	})
}
