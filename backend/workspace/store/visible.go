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
	if v.Everything || v.Guest {
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

// visible is the condition that the viewer may see the row at alias; "" where everybody may.
func (c *compiler) visible(t *schema.Type, alias string) string {
	if c.viewer.Guest {
		return c.shownToGuest(t, alias)
	}
	if c.unlimited(t) {
		return ""
	}
	if ofOnePerson(t) {
		return c.belongs(t, alias) // plainly, so that an index finds them
	}
	if reason := c.concealed(t, alias); reason != "" {
		return "NOT COALESCE(" + reason + ", FALSE)"
	}
	return ""
}

// unlimited says whether the viewer sees all rows of a type.
func (c *compiler) unlimited(t *schema.Type) bool {
	read := t.Rights().Read
	return read == schema.ToEverybody || c.viewer.Everything && (c.viewer.UserID == "" || read != schema.Private)
}

// ofOnePerson says whether rows of a type are a person's, or no person's at all.
func ofOnePerson(t *schema.Type) bool {
	read := t.Rights().Read
	return read == schema.ToOwner || read == schema.Private || read == schema.ToAdministrators
}

// concealed is the condition that the row at alias is kept from the viewer, "" where no row is. It may
// be NULL, which is no reason.
func (c *compiler) concealed(t *schema.Type, alias string) string {
	if c.unlimited(t) {
		return ""
	}
	if ofOnePerson(t) {
		return "NOT COALESCE(" + c.belongs(t, alias) + ", FALSE)"
	}
	var reasons []string
	for _, by := range t.Scope {
		if reason := c.concealedBy(t, alias, by); reason != "" {
			reasons = append(reasons, reason)
		}
	}
	switch {
	case t.Name == "Note":
		me := c.bind(c.viewer.UserID)
		reasons = append(reasons, fmt.Sprintf("(%s IS NULL AND NOT COALESCE(%s, FALSE))", column(alias, "project_id"), fmt.Sprintf(participates, me, alias)))
	case t.Root == schema.CustomValue:
		reasons = append(reasons, c.forOtherRoles(column(alias, "configuration_id")))
	case t.Root == "CustomConfigurationBase":
		reasons = append(reasons, c.forOtherRoles(column(alias, "id")))
	case t.Root == "Component":
		reasons = append(reasons, "("+column(alias, "version_id")+" IS NULL AND NOT ("+c.lent(alias)+"))")
	case personal(t):
		reasons = append(reasons, "("+nowhere(t, alias)+" AND NOT COALESCE("+c.belongs(t, alias)+", FALSE))")
	}
	return strings.TrimSpace(balanced("OR", reasons, ""))
}

// concealedBy is the condition that what a row belongs to is kept from the viewer.
func (c *compiler) concealedBy(t *schema.Type, alias, by string) string {
	if by == "project_id" {
		if len(c.hidden) == 0 {
			return ""
		}
		return fmt.Sprintf("COALESCE(%s IN (%s), FALSE)", column(alias, by), c.bindAll(c.hidden))
	}
	a, _ := t.Attribute(by)
	target, _ := schema.ByName(a.Ref)
	if c.seen[alias] == (hanging{a.Via, target.Root}) {
		return ""
	}
	to := c.alias()
	inner := c.concealed(target, to)
	if inner == "" {
		return ""
	}
	// By the key of each row, because a list of all that is kept from somebody may be long.
	return fmt.Sprintf("EXISTS (SELECT 1 FROM %s AS %s WHERE %s = %s AND %s)", table(target), to, column(to, primary(target)), column(alias, a.Via), inner)
}

// belongs is the condition that the row at alias is the viewer's own.
func (c *compiler) belongs(t *schema.Type, alias string) string {
	var ways []string
	for path := range strings.FieldsSeq(t.Rights().Mine) {
		ways = append(ways, c.leadsToMe(t, alias, strings.Split(path, ".")))
	}
	return balanced("OR", ways, "FALSE")
}

func (c *compiler) leadsToMe(t *schema.Type, alias string, path []string) string {
	a, _ := t.Attribute(path[0])
	if len(path) == 1 {
		return column(alias, a.Name) + " = " + c.bind(c.viewer.UserID)
	}
	target, _ := schema.ByName(a.Ref)
	to := c.alias()
	return fmt.Sprintf("%s IN (SELECT %s FROM %s AS %s WHERE %s)",
		column(alias, a.Via), column(to, primary(target)), table(target), to, c.leadsToMe(target, to, path[1:]))
}

// forOtherRoles is the condition that a custom attribute names roles that may read it, none of them the
// viewer's.
func (c *compiler) forOtherRoles(configuration string) string {
	return fmt.Sprintf(`(%[1]s IN (SELECT configuration_id FROM "customattributereadrole") AND %[1]s NOT IN (SELECT a.configuration_id
		FROM "customattributereadrole" AS a JOIN "usersecurityrole" AS u ON u.security_role_id = a.security_role_id WHERE u.user_id = %[2]s))`,
		configuration, c.bind(c.viewer.UserID))
}

// personal says whether what belongs to no project is its person's: a time log without a task.
func personal(t *schema.Type) bool {
	mine := t.Rights().Mine
	return mine != "" && !strings.ContainsAny(mine, ". ") && len(t.Scope) == 1
}

// nowhere is the condition that the row at alias belongs to no project.
func nowhere(t *schema.Type, alias string) string {
	by := t.Scope[0]
	if a, _ := t.Attribute(by); a.Relation() {
		by = a.Via
	}
	return column(alias, by) + " IS NULL"
}

// lent is the condition that a file of no version is the viewer's own, or part or picture of something
// they see. It looks up one row at a time: few files have no version.
func (c *compiler) lent(alias string) string {
	ways := []string{"COALESCE(" + column(alias, "uploaded_by_id") + " = " + c.bind(c.viewer.UserID) + ", FALSE)"}
	for _, of := range []struct{ name, by string }{
		{"Component", "container_id"}, {"Context", "thumbnail_id"}, {"AssetVersion", "thumbnail_id"}, {"Resource", "thumbnail_id"}, {"NoteComponent", "component_id"}, {"JobComponent", "component_id"},
	} {
		t, _ := schema.ByName(of.name)
		to := c.alias()
		joined := column(to, of.by) + " = " + column(alias, "id")
		if of.name == "Component" { // the other way round: this one is a part of that one
			joined = column(to, "id") + " = " + column(alias, of.by) + " AND " + column(to, "version_id") + " IS NOT NULL"
		}
		terms := []string{joined}
		if reason := c.concealedButFiles(t, to); reason != "" {
			terms = append(terms, "NOT COALESCE("+reason+", FALSE)")
		}
		ways = append(ways, fmt.Sprintf("EXISTS (SELECT 1 FROM %s AS %s WHERE %s)", table(t), to, strings.Join(terms, " AND ")))
	}
	return balanced("OR", ways, "FALSE")
}

// concealedButFiles is concealed, except that the file around a file is judged by its version alone.
func (c *compiler) concealedButFiles(t *schema.Type, alias string) string {
	if t.Name == "Component" {
		return c.concealedBy(t, alias, "version")
	}
	return c.concealed(t, alias)
}
