package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// scan answers one statement for any number of ids, a few at a time. The statement says %s where the
// ids go; row reads one row of the answer.
func (tx *Tx) scan(ctx context.Context, statement string, ids []string, row func(scan func(...any) error) error) error {
	for chunk := range slices.Chunk(ids, batch) {
		c := newCompiler(Viewer{}, nil)
		rows, err := tx.query(ctx, fmt.Sprintf(statement, among(tx, c, chunk)), c.args...)
		if err != nil {
			return err
		}
		for rows.Next() {
			if err := row(rows.Scan); err != nil {
				return closing(rows, err)
			}
		}
		if err := closing(rows, nil); err != nil {
			return err
		}
	}
	return nil
}

// assignedBelow starts from what lies below the objects asked for.
const assignedBelow = `SELECT DISTINCT p.ancestor_id, x.resource_id FROM "context_path" AS p
	JOIN "appointment" AS x ON x.context_id = p.id AND x.type = 'assignment'
	JOIN "resource" AS r ON r.id = x.resource_id AND r.resource_type = 'user'
	JOIN "context" AS t ON t.id = p.id AND t.object_type_id = '` + schema.ObjectTypeTask + `'
	WHERE p.ancestor_id IN (%s) AND p.distance > 0 ORDER BY p.ancestor_id, x.resource_id`

// AssignedBelow gives the people assigned directly to any task below each object.
func (tx *Tx) AssignedBelow(ctx context.Context, contexts []domain.ContextID) (map[domain.ContextID][]domain.UserID, error) {
	found := map[domain.ContextID][]domain.UserID{}
	err := tx.scan(ctx, assignedBelow, texts(contexts), func(scan func(...any) error) error {
		var above domain.ContextID
		var user domain.UserID
		err := scan(&above, &user)
		found[above] = append(found[above], user)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read who is assigned below: %w", err)
	}
	return found, nil
}

// managersOf climbs from the objects asked for, and says so: from the few managers of a small studio down,
// PostgreSQL would look through all that lies below them.
const managersOf = `WITH up AS MATERIALIZED (SELECT id, ancestor_id, distance FROM "context_path" WHERE id IN (%s))
	SELECT up.id, m.user_id, COALESCE(NULLIF(n.full_name, ''), n.name, '') FROM up
	JOIN "manager" AS m ON m.context_id = up.ancestor_id JOIN "context" AS n ON n.id = up.ancestor_id
	WHERE m.user_id IS NOT NULL ORDER BY up.id, up.distance, m.user_id`

// Managers gives who is listed as manager on each object or on anything above it, the nearest first.
func (tx *Tx) Managers(ctx context.Context, contexts []domain.ContextID) (map[domain.ContextID][]domain.Manager, error) {
	found := map[domain.ContextID][]domain.Manager{}
	err := tx.scan(ctx, managersOf, texts(contexts), func(scan func(...any) error) error {
		var of domain.ContextID
		var m domain.Manager
		err := scan(&of, &m.User, &m.Of)
		found[of] = append(found[of], m)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read who manages: %w", err)
	}
	return found, nil
}

// Versions gives what each asset version is of, and whose.
func (tx *Tx) Versions(ctx context.Context, versions []domain.VersionID) (map[domain.VersionID]domain.VersionFacts, error) {
	found := map[domain.VersionID]domain.VersionFacts{}
	err := tx.scan(ctx, `SELECT v.id, COALESCE(a.name, ''), COALESCE(v.project_id, a.project_id, ''), COALESCE(v.user_id, ''), COALESCE(v.task_id, ''), COALESCE(a.context_id, '')
		FROM "assetversion" AS v LEFT JOIN "asset" AS a ON a.id = v.asset_id WHERE v.id IN (%s)`,
		texts(versions), func(scan func(...any) error) error {
			facts := domain.VersionFacts{On: domain.Thing{Type: domain.TypeVersion}}
			err := scan(&facts.On.ID, &facts.On.Name, &facts.On.Project, &facts.User, &facts.Task, &facts.Parent)
			found[domain.VersionID(facts.On.ID)] = facts
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read what versions are of: %w", err)
	}
	return found, nil
}

const (
	// taskFollows are the tasks that a link makes successors of a version's task or asset's parent.
	taskFollows = `SELECT DISTINCT v.id, t.id, COALESCE(t.name, '') FROM "assetversion" AS v JOIN "asset" AS a ON a.id = v.asset_id
		JOIN "typedcontextlink" AS l ON l.from_id IN (v.task_id, a.context_id)
		JOIN "context" AS t ON t.id = l.to_id AND t.object_type_id = '` + schema.ObjectTypeTask + `'
		WHERE v.id IN (%s) ORDER BY v.id, t.id`
	// taskUses are the tasks on which a version was published that uses any version of the asset.
	taskUses = `SELECT DISTINCT v.id, t.id, COALESCE(t.name, '') FROM "assetversion" AS v JOIN "assetversion" AS o ON o.asset_id = v.asset_id
		JOIN "assetversionlink" AS l ON l.from_id = o.id JOIN "assetversion" AS w ON w.id = l.to_id AND w.is_published = TRUE
		JOIN "context" AS t ON t.id = w.task_id AND t.object_type_id = '` + schema.ObjectTypeTask + `'
		WHERE v.id IN (%s) ORDER BY v.id, t.id`
)

// Dependents gives the tasks that build on each asset version.
func (tx *Tx) Dependents(ctx context.Context, versions []domain.VersionID) (map[domain.VersionID][]domain.Dependent, error) {
	found := map[domain.VersionID][]domain.Dependent{}
	for _, way := range []struct {
		statement string
		uses      bool
	}{{taskFollows, false}, {taskUses, true}} {
		err := tx.scan(ctx, way.statement, texts(versions), func(scan func(...any) error) error {
			var on domain.VersionID
			dependent := domain.Dependent{Uses: way.uses}
			err := scan(&on, &dependent.Task, &dependent.Name)
			found[on] = append(found[on], dependent)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read what depends on versions: %w", err)
		}
	}
	return found, nil
}

// Reviews gives what the law asks of items of client reviews, by their ids.
func (tx *Tx) Reviews(ctx context.Context, items []string) (map[string]domain.ReviewFacts, error) {
	found := map[string]domain.ReviewFacts{}
	err := tx.scan(ctx, `SELECT o.id, COALESCE(o.name, ''), COALESCE(s.project_id, ''), COALESCE(s.created_by_id, ''), COALESCE(o.version_id, '')
		FROM "reviewsessionobject" AS o JOIN "reviewsession" AS s ON s.id = o.review_session_id WHERE o.id IN (%s)`,
		items, func(scan func(...any) error) error {
			facts := domain.ReviewFacts{On: domain.Thing{Type: domain.TypeReviewItem}}
			err := scan(&facts.On.ID, &facts.On.Name, &facts.On.Project, &facts.Creator, &facts.Version)
			found[facts.On.ID] = facts
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read client reviews: %w", err)
	}
	err = tx.resources(ctx, `SELECT o.id, i.resource_id, r.resource_type FROM "reviewsessionobject" AS o
		JOIN "reviewsessioninvitee" AS i ON i.review_session_id = o.review_session_id JOIN "resource" AS r ON r.id = i.resource_id
		WHERE o.id IN (%s) ORDER BY o.id, i.resource_id`,
		items, func(item string, invited domain.Resource) {
			facts := found[item]
			facts.Invited = append(facts.Invited, invited)
			found[item] = facts
		})
	if err != nil {
		return nil, fmt.Errorf("read who is invited to client reviews: %w", err)
	}
	return found, nil
}
