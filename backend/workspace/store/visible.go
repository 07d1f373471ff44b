package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/callboard/callboard/backend/workspace/schema"
)

// mine selects a person and all groups they belong to, through nested groups too. %[1]s is the person.
const mine = `SELECT %[1]s UNION SELECT p.ancestor_id FROM "membership" AS m JOIN "resource_path" AS p ON p.id = m.group_id WHERE m.user_id = %[1]s`

// privateProjects selects the private projects a person $1 has no part in. People have hundreds of
// assignments and studios few private projects, hence it goes from these.
var privateProjects = fmt.Sprintf(`SELECT p.id FROM "context" AS p WHERE p.context_type = 'show' AND p.is_private = TRUE
	AND NOT EXISTS (SELECT 1 FROM "appointment" AS a WHERE a.resource_id IN (%s) AND a.project_id = p.id)
	AND p.id NOT IN (
		SELECT c.project_id FROM "manager" AS a JOIN "context" AS c ON c.id = a.context_id
			WHERE a.user_id = $1 AND c.project_id IS NOT NULL
		UNION SELECT r.project_id FROM "usersecurityroleproject" AS r JOIN "usersecurityrole" AS u ON u.id = r.user_security_role_id
			WHERE u.user_id = $1 AND r.project_id IS NOT NULL)`, fmt.Sprintf(mine, "$1"))

// participates holds for a note at %[2]s that the person %[1]s wrote or was sent, alone or in its thread.
// It looks at one note at a time: the lists of all that somebody wrote or was sent grow for years.
const participates = `(%[2]s.user_id = %[1]s
	OR EXISTS (SELECT 1 FROM "recipient" AS x WHERE x.note_id IN (%[2]s.id, %[2]s.in_reply_to_id) AND x.resource_id IN (` + mine + `))
	OR EXISTS (SELECT 1 FROM "note" AS x WHERE x.id = %[2]s.in_reply_to_id AND x.user_id = %[1]s)
	OR EXISTS (SELECT 1 FROM "note" AS x WHERE x.in_reply_to_id = COALESCE(%[2]s.in_reply_to_id, %[2]s.id) AND x.user_id = %[1]s))`

// hiddenFrom lists the private projects the viewer has no part in.
func (tx *Tx) hiddenFrom(ctx context.Context, v Viewer) ([]string, error) {
	if v.Everything {
		return nil, nil
	}
	if known, ok := tx.hidden[v.UserID]; ok {
		return known, nil
	}
	rows, err := tx.query(ctx, privateProjects, v.UserID)
	if err != nil {
		return nil, fmt.Errorf("find the private projects: %w", err)
	}
	var found []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, closing(rows, err)
		}
		found = append(found, id)
	}
	if err := closing(rows, nil); err != nil {
		return nil, err
	}
	if tx.hidden == nil {
		tx.hidden = map[string][]string{}
	}
	tx.hidden[v.UserID] = found
	return found, nil
}

// Visible says whether the viewer may see a project and what is in it. A project that does not exist
// is not visible.
func (tx *Tx) Visible(ctx context.Context, v Viewer, projectID string) (bool, error) {
	hidden, err := tx.hiddenFrom(ctx, v)
	if err != nil {
		return false, err
	}
	c := newCompiler(v, hidden)
	project, _ := schema.ByName("Project")
	where, err := c.keyIs(project, []string{projectID})
	if err != nil {
		return false, err
	}
	var n int
	err = tx.queryRow(ctx, `SELECT count(*) FROM "context" AS t WHERE `+where, c.args...).Scan(&n)
	return n > 0, err
}

// visible is the condition that the viewer may see the row at alias; "" where everybody may.
func (c *compiler) visible(t *schema.Type, alias string) string {
	server := c.viewer.Everything && c.viewer.UserID == ""
	if t.Owner != "" && !server {
		return column(alias, t.Owner) + " = " + c.bind(c.viewer.UserID)
	}
	if c.viewer.Everything {
		return ""
	}
	if reason := c.concealed(t, alias); reason != "" {
		return "NOT COALESCE(" + reason + ", FALSE)"
	}
	return ""
}

// concealed is the condition that the row at alias is kept from the viewer: it is of a private project,
// or it is a message between others.
func (c *compiler) concealed(t *schema.Type, alias string) string {
	var reasons []string
	for _, by := range t.Scope {
		if by == "project_id" {
			if len(c.hidden) > 0 {
				reasons = append(reasons, fmt.Sprintf("COALESCE(%s IN (%s), FALSE)", column(alias, by), c.bindAll(c.hidden)))
			}
			continue
		}
		a, _ := t.Attribute(by)
		target, _ := schema.ByName(a.Ref)
		to := c.alias()
		if inner := c.concealed(target, to); inner != "" {
			// By the key of each row, because a list of all that is kept from somebody may be long.
			reasons = append(reasons, fmt.Sprintf("EXISTS (SELECT 1 FROM %s AS %s WHERE %s = %s AND %s)",
				table(target), to, column(to, primary(target)), column(alias, a.Via), inner))
		}
	}
	if t.Name == "Note" {
		me := c.bind(c.viewer.UserID)
		reasons = append(reasons, fmt.Sprintf("(%s IS NULL AND NOT COALESCE(%s, FALSE))", column(alias, "project_id"), fmt.Sprintf(participates, me, alias)))
	}
	return strings.TrimSpace(balanced("OR", reasons, ""))
}
