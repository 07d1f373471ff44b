package store

import (
	"fmt"

	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// What guests see, step by step from their invitations. %[1]s is the guest.
const (
	guestReviews  = `SELECT review_session_id FROM "reviewsessioninvitee" WHERE resource_id = %[1]s`
	guestObjects  = `SELECT id FROM "reviewsessionobject" WHERE review_session_id IN (` + guestReviews + `)`
	guestVersions = `SELECT version_id FROM "reviewsessionobject" WHERE review_session_id IN (` + guestReviews + `)`
	guestFiles    = `SELECT id FROM "component" WHERE version_id IN (` + guestVersions + `)`
	guestPictures = `SELECT thumbnail_id FROM "assetversion" WHERE id IN (` + guestVersions + `) AND thumbnail_id IS NOT NULL`
	guestNotes    = `SELECT id FROM "note" WHERE parent_id IN (` + guestObjects + `)`
)

// guestSees are the conditions that a row at %[2]s is shown to a guest, by the family of its type. To a
// type that is not listed nothing is shown.
var guestSees = map[string]string{
	"ReviewSession":             `%[2]s.id IN (` + guestReviews + `)`,
	"ReviewSessionObject":       `%[2]s.review_session_id IN (` + guestReviews + `)`,
	"ReviewSessionInvitee":      `%[2]s.resource_id = %[1]s`,
	"ReviewSessionObjectStatus": `(%[2]s.resource_id = %[1]s AND %[2]s.review_session_object_id IN (` + guestObjects + `))`,
	"AssetVersion":              `%[2]s.id IN (` + guestVersions + `)`,
	"Component": `(%[2]s.version_id IN (` + guestVersions + `) OR %[2]s.id IN (` + guestPictures + `)
		OR %[2]s.container_id IN (` + guestFiles + `))`,
	"ComponentLocation": `(%[2]s.component_id IN (` + guestFiles + `) OR %[2]s.component_id IN (` + guestPictures + `))`,
	"Note":              `%[2]s.id IN (` + guestNotes + `)`,
	"Resource":          `(%[2]s.id = %[1]s OR %[2]s.id IN (SELECT user_id FROM "note" WHERE parent_id IN (` + guestObjects + `)))`,
}

// shownToGuest is the condition that a guest may see the row at alias.
func (c *compiler) shownToGuest(t *schema.Type, alias string) string {
	condition, ok := guestSees[t.Root]
	if !ok || t.Rights().Guest.Read == "" {
		return "FALSE"
	}
	return "COALESCE(" + fmt.Sprintf(condition, c.bind(c.viewer.UserID), alias) + ", FALSE)"
}

// guestMayAsk refuses a guest's query for attributes that are not shown to guests: what they may not
// read they may not compare, sort or count by either.
func guestMayAsk(q *query.Query) error {
	t, err := queried(q)
	if err != nil {
		return err
	}
	var paths []query.Path
	for _, p := range q.Projections {
		paths = append(paths, p.Path)
	}
	for _, o := range q.OrderBy {
		paths = append(paths, o.Path)
	}
	for _, path := range append(paths, q.GroupBy...) {
		if _, err := guestPath(t, path); err != nil {
			return err
		}
	}
	return guestMayJudge(t, q.Where)
}

// guestMayJudge looks through the criteria of a guest's query.
func guestMayJudge(t *schema.Type, e query.Expr) error {
	var terms []query.Expr
	switch e := e.(type) {
	case query.And:
		terms = e.Terms
	case query.Or:
		terms = e.Terms
	case query.Not:
		terms = []query.Expr{e.Term}
	case query.Compare:
		_, err := guestPath(t, e.Path)
		return err
	case query.In:
		if _, err := guestPath(t, e.Path); err != nil || e.Subquery == nil {
			return err
		}
		return guestMayAsk(e.Subquery)
	case query.Related:
		target, err := guestPath(t, e.Path)
		if err != nil || e.Where == nil {
			return err
		}
		return guestMayJudge(target, e.Where)
	}
	for _, term := range terms {
		if err := guestMayJudge(t, term); err != nil {
			return err
		}
	}
	return nil
}

// guestPath follows a path as far as a guest may, and gives the type it leads to.
func guestPath(t *schema.Type, path query.Path) (*schema.Type, error) {
	for _, s := range path.Segments {
		a, err := attribute(t, path, s.Name)
		if err != nil {
			return nil, err
		}
		// Of a type that is not shown to guests there are no rows, whatever is asked of it.
		if shown := t.Rights().Guest.Read; shown != "" && !schema.Lists(shown, a.Name) {
			return nil, invalid("column %d: %s has no attribute %q", path.Column, t.Name, s.Name)
		}
		if !a.Relation() {
			return t, nil
		}
		if t, err = relation(t, a, path, s.Cast); err != nil {
			return nil, err
		}
	}
	return t, nil
}
