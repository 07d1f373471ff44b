package tracker

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// delayedJob refuses the work that ftrack servers do in the background on request: none of it exists here.
func (*request) delayedJob(_ context.Context, op wire.Operation) (any, error) {
	if kind, _ := op.Rest["job_type"].(string); kind == "SYNC_USERS_LDAP" {
		return nil, domain.Errorf(domain.Unsupported, "this workspace is not joined to a directory (LDAP): add people with callboard-server user add")
	}
	return nil, &domain.Error{Code: domain.Invalid, Field: "job_type", Message: "there is no job of that type here: delete entities with the delete operation"}
}

// widget refuses to name a page for what ftrack shows within other programs: the product's page is the
// desktop app's.
func (*request) widget(context.Context, wire.Operation) (any, error) {
	return nil, domain.Errorf(domain.Unsupported, "this workspace has no widgets: open Callboard on the desktop instead")
}
