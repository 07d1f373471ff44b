package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/callboard/callboard/backend/domain"
)

// About is what a notification for one person is about.
type About struct {
	User domain.UserID
	On   domain.Thing  // zero for a message
	Note domain.NoteID // any of its thread; "" for none
}

// Muted says of each whether its person muted it: the thread of the note, the thing, or anything above
// it. A version lies below its asset, what that hangs on, and its task; an item of a client review below
// its review and the version it shows.
func (tx *Tx) Muted(ctx context.Context, abouts []About) ([]bool, error) {
	var things []domain.Thing
	var notes []domain.NoteID
	for _, a := range abouts {
		things, notes = append(things, a.On), append(notes, a.Note)
	}
	above, err := tx.above(ctx, things)
	if err != nil {
		return nil, fmt.Errorf("find what is above things: %w", err)
	}
	firsts, err := tx.firsts(ctx, uniqueOf(notes))
	if err != nil {
		return nil, fmt.Errorf("find where threads begin: %w", err)
	}
	var ids []string
	for _, some := range above {
		ids = append(ids, some...)
	}
	for _, first := range firsts {
		ids = append(ids, string(first))
	}
	muted, err := tx.mutedBy(ctx, unique(ids))
	if err != nil {
		return nil, fmt.Errorf("read what is muted: %w", err)
	}
	silent := make([]bool, len(abouts))
	for i, a := range abouts {
		silent[i] = muted[muting{a.User, string(firsts[a.Note])}] ||
			slices.ContainsFunc(above[a.On.ID], func(id string) bool { return muted[muting{a.User, id}] })
	}
	return silent, nil
}

// CountMutes counts what a person has muted, but for what has ended.
func (tx *Tx) CountMutes(ctx context.Context, user domain.UserID) (n int, err error) {
	err = tx.queryRow(ctx, `SELECT count(*) FROM "notificationmute" WHERE user_id = $1 AND (until IS NULL OR until > $2)`, string(user), micros(tx.now)).Scan(&n)
	return n, wrap("count what is muted", err)
}

// muting is that somebody muted an entity.
type muting struct {
	user   domain.UserID
	entity string
}

// mutedBy reads who muted entities. It goes from these: they are fewer than the people.
func (tx *Tx) mutedBy(ctx context.Context, entities []string) (map[muting]bool, error) {
	found := map[muting]bool{}
	for chunk := range slices.Chunk(entities, batch) {
		c := newCompiler(Viewer{}, nil)
		users := map[string][]string{}
		if err := tx.collect(ctx, users, fmt.Sprintf(muters, among(tx, c, chunk), c.bind(micros(tx.now))), c.args); err != nil {
			return nil, err
		}
		for entity, by := range users {
			for _, user := range by {
				found[muting{domain.UserID(user), entity}] = true
			}
		}
	}
	return found, nil
}

const muters = `SELECT entity_id, user_id FROM "notificationmute" WHERE entity_id IN (%s) AND (until IS NULL OR until > %s)`

// above gives for each thing, by its id, itself and everything it lies below, up to the project.
func (tx *Tx) above(ctx context.Context, things []domain.Thing) (map[string][]string, error) {
	var contexts, versions, items []string
	for _, thing := range things {
		switch thing.Type {
		case domain.TypeVersion:
			versions = append(versions, thing.ID)
		case domain.TypeReviewItem:
			items = append(items, thing.ID)
		default:
			contexts = append(contexts, thing.ID)
		}
	}
	// Each step leads from things to those right above them.
	steps := map[string][]string{}
	err := tx.chunked(ctx, steps, `SELECT id, review_session_id FROM "reviewsessionobject" WHERE review_session_id IS NOT NULL AND id IN (%[1]s)
		UNION ALL SELECT id, version_id FROM "reviewsessionobject" WHERE version_id IS NOT NULL AND id IN (%[1]s)
		UNION ALL SELECT i.id, s.project_id FROM "reviewsessionobject" AS i JOIN "reviewsession" AS s ON s.id = i.review_session_id
			WHERE s.project_id IS NOT NULL AND i.id IN (%[1]s)`, unique(items))
	if err != nil {
		return nil, err
	}
	for _, next := range steps {
		versions = append(versions, next...)
	}
	err = tx.chunked(ctx, steps, `SELECT id, asset_id FROM "assetversion" WHERE asset_id IS NOT NULL AND id IN (%[1]s)
		UNION ALL SELECT id, task_id FROM "assetversion" WHERE task_id IS NOT NULL AND id IN (%[1]s)
		UNION ALL SELECT v.id, a.context_id FROM "assetversion" AS v JOIN "asset" AS a ON a.id = v.asset_id
			WHERE a.context_id IS NOT NULL AND v.id IN (%[1]s)`, unique(versions))
	if err != nil {
		return nil, err
	}
	for _, next := range steps {
		contexts = append(contexts, next...)
	}
	if err := tx.chunked(ctx, steps, `SELECT id, ancestor_id FROM "context_path" WHERE distance > 0 AND id IN (%s)`, unique(contexts)); err != nil {
		return nil, err
	}
	above := make(map[string][]string, len(things))
	for _, thing := range things {
		if above[thing.ID] == nil && !thing.IsZero() {
			above[thing.ID] = climb(steps, thing.ID)
		}
	}
	return above, nil
}

// climb collects where steps lead to, from a thing on, itself first.
func climb(steps map[string][]string, from string) []string {
	found := []string{from}
	for i := 0; i < len(found); i++ {
		for _, next := range steps[found[i]] {
			if !slices.Contains(found, next) {
				found = append(found, next)
			}
		}
	}
	return found
}

func uniqueOf[T ~string](ids []T) []T {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id T) bool { return id == "" })
	slices.Sort(ids)
	return slices.Compact(ids)
}
