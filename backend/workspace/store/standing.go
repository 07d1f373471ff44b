package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/callboard/callboard/backend/domain"
)

// Standing is what a person's security roles give them, at this moment.
type Standing struct {
	// Guest is a collaborator from outside: they see the reviews they are invited to.
	Guest         bool
	Administrator bool
	// AllOpen is a Project Manager of every project that is not private.
	AllOpen bool
	// Projects are those that somebody is named a Project Manager of, one by one.
	Projects []string
}

// projectManager is the name of the security role that may do everything in its projects.
const projectManager = "Project Manager"

// Standing reads what a person may do. The error is a domain.Unauthorized for who is no more, or is
// deactivated: what they began before that they may not end.
func (tx *Tx) Standing(ctx context.Context, user string) (Standing, error) {
	rows, err := tx.query(ctx, `SELECT u.resource_type, COALESCE(s.name, ''), COALESCE(r.is_all_open_projects, FALSE), COALESCE(p.project_id, '')
		FROM "resource" AS u LEFT JOIN "usersecurityrole" AS r ON r.user_id = u.id
		LEFT JOIN "securityrole" AS s ON s.id = r.security_role_id
		LEFT JOIN "usersecurityroleproject" AS p ON p.user_security_role_id = r.id
		WHERE u.id = $1 AND (u.resource_type = 'collaborator' OR u.resource_type = 'user' AND u.is_active = TRUE)`, user)
	if err != nil {
		return Standing{}, fmt.Errorf("read what a person may do: %w", err)
	}
	var found Standing
	known := false
	for rows.Next() {
		var kind, role, project string
		var open bool
		if err := rows.Scan(&kind, &role, &open, &project); err != nil {
			return Standing{}, closing(rows, err)
		}
		known = true
		found.Guest = kind == "collaborator"
		found.Administrator = found.Administrator || role == administrator
		if role != projectManager {
			continue
		}
		found.AllOpen = found.AllOpen || open
		if project != "" && !slices.Contains(found.Projects, project) {
			found.Projects = append(found.Projects, project)
		}
	}
	if err := closing(rows, nil); err != nil {
		return Standing{}, err
	}
	if !known {
		return Standing{}, &domain.Error{Code: domain.Unauthorized, Reason: "invalid_credentials", Message: "The credentials are not valid."}
	}
	if found.Guest { // whatever roles somebody gave them
		found = Standing{Guest: true}
	}
	return found, nil
}

// Private says whether a project is kept from those who have no part in it.
func (tx *Tx) Private(ctx context.Context, projectID string) (bool, error) {
	var n int
	err := tx.queryRow(ctx, `SELECT count(*) FROM "context" WHERE id = $1 AND is_private = TRUE`, projectID).Scan(&n)
	return n > 0, err
}
