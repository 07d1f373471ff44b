package tracker

import (
	"context"
	"slices"

	"github.com/callboard/callboard/backend/domain"
)

// administratorRole is the name of the security role that may do everything.
const administratorRole = "Administrator"

// keepAdministrator refuses what an administrator asks for where it would leave the workspace without one: nobody
// could put that right but the server itself, which may do it.
func (r *request) keepAdministrator(ctx context.Context) error {
	if r.level != administrator || !slices.ContainsFunc(r.remarks, remark.mayDismiss) {
		return nil
	}
	// From here to the commit nobody else dismisses one: of the last two each could send the other away.
	if err := r.tx.Hold(ctx, "administrators"); err != nil {
		return err
	}
	left, err := r.first(ctx, `select id from User where is_active is true and user_security_roles any (security_role.name is `+administratorRole+`) limit 1`)
	if err == nil && left == "" {
		err = &domain.Error{Code: domain.Conflict, Reason: domain.ReasonLastAdministrator, Message: "a workspace has one active administrator at least: make somebody else one first"}
	}
	return err
}

// mayDismiss says whether what changed can have made somebody an administrator no more.
func (m remark) mayDismiss() bool {
	return !m.isNew && slices.Contains([]string{"User", "UserSecurityRole", "SecurityRole"}, m.row.Type.Name)
}
