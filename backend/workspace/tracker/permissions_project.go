package tracker

import (
	"context"
	"slices"
	"strings"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// mine says whether an entity is the caller's.
func (r *request) mine(ctx context.Context, t *schema.Type, values map[string]any) (bool, error) {
	for path := range strings.FieldsSeq(t.Rights().Mine) {
		who, err := r.follow(ctx, t, values, path)
		if err != nil || who != "" {
			return who == string(r.caller.UserID) && err == nil, err
		}
	}
	return false, nil
}

// follow gives the text at the end of a dotted path, "" where a relation on the way leads nowhere.
func (r *request) follow(ctx context.Context, t *schema.Type, values map[string]any, path string) (string, error) {
	first, rest, more := strings.Cut(path, ".")
	a, ok := t.Attribute(first)
	if !ok {
		return "", nil
	}
	if !more {
		return text(values, a.Name), nil
	}
	id := text(values, a.Via)
	if id == "" {
		return "", nil
	}
	row, err := r.get(ctx, a.Ref, id)
	if domain.CodeOf(err) == domain.NotFound {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return r.follow(ctx, row.Type, row.Values, rest)
}

// manages says whether the caller is Project Manager of every project that an entity belongs to. What
// belongs to none is managed by administrators alone.
func (r *request) manages(ctx context.Context, t *schema.Type, values map[string]any) (bool, error) {
	if r.level >= administrator {
		return true, nil
	}
	if r.level == guest || !r.standing.AllOpen && len(r.standing.Projects) == 0 {
		return false, nil
	}
	projects, err := r.projects(ctx, t, values)
	if err != nil || len(projects) == 0 {
		return false, err
	}
	for _, id := range projects {
		if slices.Contains(r.standing.Projects, id) {
			continue
		}
		private, err := r.tx.Private(ctx, id)
		if err != nil || private || !r.standing.AllOpen {
			return false, err
		}
	}
	return true, nil
}

// projects are the projects that an entity belongs to, each once.
func (r *request) projects(ctx context.Context, t *schema.Type, values map[string]any) ([]string, error) {
	var found []string
	add := func(ids ...string) {
		for _, id := range ids {
			if id != "" && !slices.Contains(found, id) {
				found = append(found, id)
			}
		}
	}
	if t.Is("Project") {
		return []string{text(values, "id")}, nil
	}
	for _, by := range t.Scope {
		if by == "project_id" {
			add(text(values, by))
			continue
		}
		a, _ := t.Attribute(by)
		id := text(values, a.Via)
		if id == "" {
			continue
		}
		row, err := r.get(ctx, a.Ref, id)
		if domain.CodeOf(err) == domain.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		above, err := r.projects(ctx, row.Type, row.Values)
		if err != nil {
			return nil, err
		}
		add(above...)
	}
	return found, nil
}

// keepSight gives a Project Manager who makes a project private their part in it: they would not see it
// any more.
func (r *request) keepSight(ctx context.Context, project *store.Row) error {
	if !project.Type.Is("Project") || project.Values["is_private"] != true || r.level != user {
		return nil
	}
	id := text(project.Values, "id")
	if slices.Contains(r.standing.Projects, id) {
		return nil
	}
	role, err := r.first(ctx, "select id from UserSecurityRole where user_id is "+quoted(string(r.caller.UserID))+` and security_role.name is "Project Manager" order by id limit 1`)
	if err != nil {
		return err
	}
	t, _ := schema.ByName("UserSecurityRoleProject")
	if err := r.insert(ctx, t, map[string]any{"user_security_role_id": role, "project_id": id}); err != nil {
		return err
	}
	r.standing.Projects = append(r.standing.Projects, id)
	return nil
}

// get reads an entity by its id.
func (r *request) get(ctx context.Context, typeName, id string) (*store.Row, error) {
	return r.tx.Get(ctx, typeName, id)
}
