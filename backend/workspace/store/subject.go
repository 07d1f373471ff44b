package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// Subjects gives, by its id, the path and picture of each context, asset version or item of a client
// review as they are now; an item looks like the version it shows. A thing that is no more has none.
func (tx *Tx) Subjects(ctx context.Context, things []domain.Thing) (map[string]domain.Subject, error) {
	var contexts, versions, items []string
	for _, thing := range things {
		switch {
		case thing.IsZero():
		case thing.Type == domain.TypeReviewItem:
			items = append(items, thing.ID)
		case thing.Type == domain.TypeVersion:
			versions = append(versions, thing.ID)
		default:
			contexts = append(contexts, thing.ID)
		}
	}
	shown := map[string][]string{}
	if err := tx.chunked(ctx, shown, `SELECT id, version_id FROM "reviewsessionobject" WHERE version_id IS NOT NULL AND id IN (%s)`, unique(items)); err != nil {
		return nil, fmt.Errorf("read client reviews: %w", err)
	}
	for _, version := range shown {
		versions = append(versions, version...)
	}
	takes, err := tx.takes(ctx, unique(versions))
	if err != nil {
		return nil, fmt.Errorf("read versions: %w", err)
	}
	for _, take := range takes {
		contexts = append(contexts, take.context)
	}
	subjects, err := tx.contextSubjects(ctx, unique(contexts))
	if err != nil {
		return nil, fmt.Errorf("read the way to things: %w", err)
	}
	for id, take := range takes {
		s := subjects[take.context]
		s.Path = append(slices.Clone(s.Path), domain.Crumb{ID: id, Type: domain.TypeVersion, Name: take.name + " v" + pad(take.version)})
		s.Version = take.version
		if take.thumbnail != "" {
			s.ThumbnailID = take.thumbnail
		}
		subjects[id] = s
	}
	for item, version := range shown {
		if s, ok := subjects[version[0]]; ok {
			subjects[item] = s
		}
	}
	return subjects, nil
}

// contextSubjects reads the ancestors of contexts, nearest first: the nearest picture counts.
func (tx *Tx) contextSubjects(ctx context.Context, ids []string) (map[string]domain.Subject, error) {
	found := map[string]domain.Subject{}
	for chunk := range slices.Chunk(ids, batch) {
		c := newCompiler(Viewer{}, nil)
		rows, err := tx.query(ctx, `SELECT p.id, n.id, COALESCE(NULLIF(n.full_name, ''), n.name, ''), n.context_type, COALESCE(n.object_type_id, ''), COALESCE(n.thumbnail_id, '')
			FROM "context_path" AS p JOIN "context" AS n ON n.id = p.ancestor_id
			WHERE p.id IN (`+c.bindAll(chunk)+`) ORDER BY p.id, p.distance`, c.args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var of, class, object string
			var crumb domain.Crumb
			var thumbnail domain.ComponentID
			if err := rows.Scan(&of, &crumb.ID, &crumb.Name, &class, &object, &thumbnail); err != nil {
				return nil, closing(rows, err)
			}
			crumb.Type = contextType(class, object)
			s := found[of]
			s.Path = append(s.Path, crumb)
			if s.ThumbnailID == "" {
				s.ThumbnailID = thumbnail
			}
			found[of] = s
		}
		if err := closing(rows, nil); err != nil {
			return nil, err
		}
	}
	for _, s := range found {
		slices.Reverse(s.Path)
	}
	return found, nil
}

// contextType is the name of a context's own type.
func contextType(class, object string) string {
	family, _ := schema.ByName("Context")
	return concrete(family, func(attribute string) any {
		if attribute == "object_type_id" {
			return object
		}
		return class
	}).Name
}

// take is what a subject shows of an asset version.
type take struct {
	name, context string
	version       int
	thumbnail     domain.ComponentID
}

func (tx *Tx) takes(ctx context.Context, ids []string) (map[string]take, error) {
	found := map[string]take{}
	for chunk := range slices.Chunk(ids, batch) {
		c := newCompiler(Viewer{}, nil)
		rows, err := tx.query(ctx, `SELECT v.id, COALESCE(a.name, ''), COALESCE(a.context_id, ''), COALESCE(v.version, 0), COALESCE(v.thumbnail_id, '')
			FROM "assetversion" AS v JOIN "asset" AS a ON a.id = v.asset_id WHERE v.id IN (`+c.bindAll(chunk)+`)`, c.args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var id string
			var t take
			if err := rows.Scan(&id, &t.name, &t.context, &t.version, &t.thumbnail); err != nil {
				return nil, closing(rows, err)
			}
			found[id] = t
		}
		if err := closing(rows, nil); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Statuses gives statuses as lists show them; what does not exist is missing.
func (tx *Tx) Statuses(ctx context.Context, ids []string) (map[string]domain.Status, error) {
	found := map[string]domain.Status{}
	err := tx.scan(ctx, `SELECT id, COALESCE(name, ''), COALESCE(color, '') FROM "status" WHERE id IN (%s)`, unique(ids), func(scan func(...any) error) error {
		var s domain.Status
		err := scan(&s.ID, &s.Name, &s.Color)
		found[s.ID] = s
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read statuses: %w", err)
	}
	return found, nil
}

// pad writes a version number as studios do: 003.
func pad(version int) string {
	text := strconv.Itoa(version)
	for len(text) < 3 {
		text = "0" + text
	}
	return text
}

// unique sorts identifiers and drops empty ones and repeats.
func unique(ids []string) []string {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
	slices.Sort(ids)
	return slices.Compact(ids)
}
