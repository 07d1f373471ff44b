package workspace

import (
	"context"
	"encoding/json"
	"strings"
)

// resetLink makes the link to a new password for a letter that is being sent. It leads to the address that
// the workspace was given, never to one that a request named.
func (r *rooms) resetLink(cfg Config) func(ctx context.Context, ticket string) (string, error) {
	base := strings.TrimRight(cfg.BaseURL, "/")
	return func(ctx context.Context, ticket string) (string, error) {
		token, err := r.auth.ArmReset(ctx, ticket)
		return base + "/reset?token=" + token, err
	}
}

// forgotten finds somebody who forgot their password.
func (r *rooms) forgotten(ctx context.Context, body json.RawMessage) error {
	return r.auth.Forgotten(ctx, body)
}
