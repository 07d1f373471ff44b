package ftrack

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/callboard/callboard/backend/domain"
)

// Members gives the people of each group, through nested groups too.
func (g Graph) Members(ctx context.Context, groups []domain.GroupID) (map[domain.GroupID]domain.Membership, error) {
	nested, err := g.below(ctx, nesting, "name", texts(groups))
	if err != nil {
		return nil, fmt.Errorf("read groups: %w", err)
	}
	var all []string
	for _, within := range nested {
		for _, group := range within {
			all = append(all, text(group, "id"))
		}
	}
	people := map[string][]domain.UserID{}
	err = g.each(ctx, "select group_id, user_id from Membership where group_id in ({ids}) order by id", all, func(row map[string]any) {
		group := text(row, "group_id")
		people[group] = append(people[group], domain.UserID(text(row, "user_id")))
	})
	if err != nil {
		return nil, fmt.Errorf("read who is in groups: %w", err)
	}
	found := map[domain.GroupID]domain.Membership{}
	for id, within := range nested {
		var membership domain.Membership
		for _, group := range within {
			if text(group, "id") == id {
				membership.Name = text(group, "name")
			}
			membership.Users = append(membership.Users, people[text(group, "id")]...)
		}
		membership.Users = distinct(membership.Users)
		found[domain.GroupID(id)] = membership
	}
	return found, nil
}

// administrator is the name of the security role that sees every project and may do everything.
const administrator = "Administrator"

// Audience gives those of the people who are active and, unless project is "", may see the project.
//
// The protocol does not say who may see what; a server shows each person what they may. So the graph's
// own person sees what the server shows them, and nobody hears of a project that it does not. Others see
// every project that is not private, and a private one where a query finds that they have a part in it: they
// or a group of theirs are assigned or allocated to something in it, they are listed as a manager in it,
// one of their roles names it, or they are administrators. That is what a workspace goes by. An ftrack site
// may keep people out of open projects by their roles, and let some into private ones by a role for all
// projects: of others it is a guess there, of oneself never.
func (g Graph) Audience(ctx context.Context, project domain.ProjectID, people []domain.UserID) ([]domain.UserID, error) {
	groups, err := g.active(ctx, people)
	if err != nil {
		return nil, fmt.Errorf("find who is active: %w", err)
	}
	active := slices.Sorted(maps.Keys(groups))
	if project == "" || len(active) == 0 {
		return active, nil
	}
	there, private := false, false
	err = g.each(ctx, "select is_private from Project where id in ({ids}) order by id", []string{string(project)}, func(row map[string]any) {
		there = true
		private, _ = row["is_private"].(bool)
	})
	switch {
	case err != nil:
		return nil, fmt.Errorf("read who may see a project: %w", err)
	case !there:
		return nil, nil
	case !private:
		return active, nil
	}
	part, err := g.havePart(ctx, project, groups)
	if err != nil {
		return nil, fmt.Errorf("find who has a part in a project: %w", err)
	}
	return slices.DeleteFunc(active, func(user domain.UserID) bool { return user != g.me && !part[string(user)] }), nil
}

// active gives those of the people who are active, each with the groups that name them.
func (g Graph) active(ctx context.Context, people []domain.UserID) (map[domain.UserID][]string, error) {
	found := map[domain.UserID][]string{}
	err := g.each(ctx, "select memberships.group_id from User where id in ({ids}) and is_active is true order by id", texts(people), func(row map[string]any) {
		groups := []string{}
		for _, membership := range many(row, "memberships") {
			groups = append(groups, text(membership, "group_id"))
		}
		found[domain.UserID(text(row, "id"))] = groups
	})
	return found, err
}

// havePart gives those of the people who have a part in a project, by their ids.
func (g Graph) havePart(ctx context.Context, project domain.ProjectID, groups map[domain.UserID][]string) (map[string]bool, error) {
	ways, err := g.above(ctx, nesting, slices.Concat(slices.Collect(maps.Values(groups))...))
	if err != nil {
		return nil, err
	}
	people, around := keys(groups), slices.Concat(slices.Collect(maps.Values(ways))...)
	in := quoted([]domain.ProjectID{project})
	named := fmt.Sprintf("appointments any (context_id is %[1]s or context.project_id is %[1]s)", in)
	role := fmt.Sprintf("user_security_roles any (security_role.name is %s or user_security_role_projects any (project_id is %s))", administrator, in)
	part := map[string]bool{}
	for _, way := range []struct {
		expression, whose string
		ids               []string
	}{
		{"select id from User where id in ({ids}) and (" + named + " or " + role + ") order by id", "id", people},
		{"select id from Group where id in ({ids}) and " + named + " order by id", "id", around},
		{fmt.Sprintf("select user_id from Manager where user_id in ({ids}) and (context_id is %[1]s or context.project_id is %[1]s) order by id", in), "user_id", people},
	} {
		err := g.each(ctx, way.expression, way.ids, func(row map[string]any) { part[text(row, way.whose)] = true })
		if err != nil {
			return nil, err
		}
	}
	for user, direct := range groups {
		for _, group := range direct {
			if slices.ContainsFunc(ways[group], func(around string) bool { return part[around] }) {
				part[string(user)] = true
			}
		}
	}
	return part, nil
}
