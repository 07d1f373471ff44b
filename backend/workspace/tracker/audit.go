package tracker

import (
	"context"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// audit records what the caller did to somebody's account, or to the workspace where subject is "".
func (r *request) audit(ctx context.Context, what domain.Audited, subject string, detail map[string]any) error {
	e := r.doing(what)
	e.SubjectID, e.Detail = subject, detail
	return r.tx.Audit(ctx, e)
}

// doing begins an entry on something that the caller does.
func (r *request) doing(what domain.Audited) store.AuditEntry {
	e := store.AuditEntry{
		ActorID: string(r.caller.UserID), Auth: domain.AuthKey, What: what, Outcome: domain.OutcomeOK, Address: r.caller.Address, Device: r.caller.Device,
	}
	switch {
	case r.caller.UserID == "":
		e.Auth = domain.AuthServer
	case r.caller.SessionID != "":
		e.Auth = domain.AuthSession
	}
	return e
}

// audited are the types whose changes the audit tells, and how: before is nil for an entity that is new,
// after for one that is gone.
var audited = map[string]func(r *request, ctx context.Context, before, after map[string]any) error{
	"User":                    (*request).auditUser,
	"Membership":              (*request).auditMembership,
	"UserSecurityRole":        (*request).auditRole,
	"UserSecurityRoleProject": (*request).auditRoleProject,
	"SecurityRole":            auditSetting("SecurityRole", "id", "name"),
	"WorkspaceSetting":        auditSetting("WorkspaceSetting", "name", "value"),
	"NotificationDefault":     auditSetting("NotificationDefault", "kind", "channels"),
}

// remark is an entity whose change the audit tells: as it was before the request, unless it is new.
type remark struct {
	row   *store.Row
	isNew bool
}

// remark notes an entity that is about to change, or just came to be, once a request.
func (r *request) remark(did action, row *store.Row) {
	known := slices.ContainsFunc(r.remarks, func(m remark) bool { return identity(m.row) == identity(row) })
	if audited[row.Type.Name] != nil && !known {
		r.remarks = append(r.remarks, remark{row, did == actionAdd})
	}
}

// auditRemarks tells the audit what became of what was remarked.
func (r *request) auditRemarks(ctx context.Context) error {
	for _, m := range r.remarks {
		var before, after map[string]any
		if !m.isNew {
			before = m.row.Values
		}
		row, err := r.get(ctx, m.row.Type.Name, text(m.row.Values, "id"))
		switch {
		case domain.CodeOf(err) == domain.NotFound:
		case err != nil:
			return err
		default:
			after = row.Values
		}
		if before == nil && after == nil {
			continue // it came and went
		}
		if err := audited[m.row.Type.Name](r, ctx, before, after); err != nil {
			return err
		}
	}
	return nil
}

func (r *request) auditUser(ctx context.Context, before, after map[string]any) error {
	switch {
	case before == nil:
		return r.audit(ctx, domain.AuditUserCreated, text(after, "id"), nil)
	case after == nil:
		gone := r.doing(domain.AuditUserDeleted)
		gone.SubjectID, gone.SubjectName = text(before, "id"), text(before, "username")
		return r.tx.Audit(ctx, gone)
	}
	id := text(after, "id")
	for _, change := range []struct {
		name string
		what domain.Audited
	}{{"username", domain.AuditUserRenamed}, {"email", domain.AuditEmailChanged}, {"is_active", activation(after)}} {
		if same(before[change.name], after[change.name]) {
			continue
		}
		var detail map[string]any
		if change.name != "is_active" {
			detail = map[string]any{"from": before[change.name], "to": after[change.name]}
		}
		if err := r.audit(ctx, change.what, id, detail); err != nil {
			return err
		}
	}
	if same(before["email"], after["email"]) {
		return nil
	}
	return r.moveMail(ctx, id, text(before, "email"), text(after, "email"))
}

func activation(user map[string]any) domain.Audited {
	if user["is_active"] == true {
		return domain.AuditUserActivated
	}
	return domain.AuditUserDeactivated
}

// moveMail tells somebody at both addresses that their mail goes elsewhere from now on, and ends the link
// to a new password that was sent to the old one.
func (r *request) moveMail(ctx context.Context, user, from, to string) error {
	if err := r.tx.VoidReset(ctx, user); err != nil {
		return err
	}
	for _, address := range []string{from, to} {
		if !domain.ValidMailAddress(address) {
			continue
		}
		if err := r.tx.PostLetter(ctx, user, domain.Letter{Kind: domain.EmailChanged, To: address, Thing: to}); err != nil {
			return err
		}
	}
	return nil
}

func (r *request) auditMembership(ctx context.Context, before, after map[string]any) error {
	return r.auditGiven(ctx, domain.AuditGroupLeft, domain.AuditGroupJoined, before, after, func(m map[string]any) (string, map[string]any, error) {
		group, err := r.nameOf(ctx, "Group", text(m, "group_id"))
		return text(m, "user_id"), map[string]any{"group": group}, err
	})
}

func (r *request) auditRole(ctx context.Context, before, after map[string]any) error {
	return r.auditGiven(ctx, domain.AuditRoleTaken, domain.AuditRoleGiven, before, after, func(given map[string]any) (string, map[string]any, error) {
		role, err := r.nameOf(ctx, "SecurityRole", text(given, "security_role_id"))
		return text(given, "user_id"), map[string]any{"role": role, "all_open_projects": given["is_all_open_projects"] == true}, err
	})
}

func (r *request) auditRoleProject(ctx context.Context, before, after map[string]any) error {
	return r.auditGiven(ctx, domain.AuditRoleTaken, domain.AuditRoleGiven, before, after, func(given map[string]any) (string, map[string]any, error) {
		project, err := r.nameOf(ctx, "Project", text(given, "project_id"))
		if err != nil {
			return "", nil, err
		}
		held, err := r.get(ctx, "UserSecurityRole", text(given, "user_security_role_id"))
		if domain.CodeOf(err) == domain.NotFound { // the role itself was taken
			return "", map[string]any{"project": project}, nil
		}
		if err != nil {
			return "", nil, err
		}
		role, err := r.nameOf(ctx, "SecurityRole", text(held.Values, "security_role_id"))
		return text(held.Values, "user_id"), map[string]any{"role": role, "project": project}, err
	})
}

// auditGiven tells what somebody had before, where they had it, and what they have after, as say words it.
func (r *request) auditGiven(ctx context.Context, taken, given domain.Audited, before, after map[string]any, say func(map[string]any) (user string, detail map[string]any, err error)) error {
	for _, side := range []struct {
		what   domain.Audited
		values map[string]any
	}{{taken, before}, {given, after}} {
		if side.values == nil {
			continue
		}
		user, detail, err := say(side.values)
		if err != nil {
			return err
		}
		if err := r.audit(ctx, side.what, user, detail); err != nil {
			return err
		}
	}
	return nil
}

// auditSetting makes a way to tell of what belongs to the workspace: named by one attribute, valued by
// another.
func auditSetting(typeName, name, value string) func(r *request, ctx context.Context, before, after map[string]any) error {
	return func(r *request, ctx context.Context, before, after map[string]any) error {
		is := after
		if is == nil {
			is = before
		}
		return r.audit(ctx, domain.AuditSettingChanged, "", map[string]any{"type": typeName, "name": is[name], "from": before[value], "to": after[value]})
	}
}

// nameOf is what an entity is called, its id where it is gone.
func (r *request) nameOf(ctx context.Context, typeName, id string) (string, error) {
	row, err := r.get(ctx, typeName, id)
	if domain.CodeOf(err) == domain.NotFound {
		return id, nil
	}
	if err != nil {
		return "", err
	}
	return text(row.Values, "name"), nil
}
