package tracker

import (
	"context"
	"maps"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// withdrawLost takes from inboxes what their people may no longer see, in the transaction that took the
// sight of it away.
func (r *request) withdrawLost(ctx context.Context) error {
	everybody := false
	var people []domain.UserID
	for _, u := range r.updates {
		if u.action == actionAdd || u.action == actionNone {
			continue
		}
		all, some, err := r.bereft(ctx, u.row)
		if err != nil {
			return err
		}
		everybody = everybody || all
		people = append(people, some...)
	}
	if !everybody && len(people) == 0 {
		return nil
	}
	if everybody {
		people = nil
	}
	slices.Sort(people)
	heads, err := r.tx.Lost(ctx, slices.Compact(people))
	maps.Copy(r.heads, heads)
	return err
}

// bereft is who may see less after a change to an entity, or its removal: everybody, or some people.
func (r *request) bereft(ctx context.Context, before *store.Row) (everybody bool, some []domain.UserID, err error) {
	switch before.Type.Name {
	case "Project":
		after, err := r.get(ctx, "Project", text(before.Values, "id"))
		if domain.CodeOf(err) == domain.NotFound {
			return false, nil, nil // what was told of it is withdrawn with it
		}
		return err == nil && before.Values["is_private"] != true && after.Values["is_private"] == true, nil, err
	case "Group":
		return true, nil, nil
	case "Membership", "UserSecurityRole":
		return false, []domain.UserID{domain.UserID(text(before.Values, "user_id"))}, nil
	case "UserSecurityRoleProject":
		who, err := r.follow(ctx, before.Type, before.Values, "user_security_role.user_id")
		return false, users(who), err
	case "Manager":
		if private, err := r.inPrivate(ctx, before); err != nil || !private {
			return false, nil, err
		}
		return false, users(text(before.Values, "user_id")), nil
	case "Appointment":
		if private, err := r.inPrivate(ctx, before); err != nil || !private {
			return false, nil, err
		}
		to, err := r.resource(ctx, text(before.Values, "resource_id"))
		if err != nil || to.Group == "" {
			return false, users(string(to.User)), err
		}
		members, err := r.tx.Members(ctx, []domain.GroupID{to.Group})
		return false, members[to.Group].Users, err
	}
	return false, nil, nil
}

func users(id string) []domain.UserID {
	if id == "" {
		return nil
	}
	return []domain.UserID{domain.UserID(id)}
}

// inPrivate says whether an entity belongs to a private project.
func (r *request) inPrivate(ctx context.Context, row *store.Row) (bool, error) {
	projects, err := r.projects(ctx, row.Type, row.Values)
	if err != nil || len(projects) == 0 {
		return false, err
	}
	return r.tx.Private(ctx, projects[0])
}
