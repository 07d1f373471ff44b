package ftrack

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/callboard/callboard/backend/domain"
)

// Assigned gives who is assigned directly to each object.
func (g Graph) Assigned(ctx context.Context, contexts []domain.ContextID) (map[domain.ContextID][]domain.Resource, error) {
	found := map[domain.ContextID][]domain.Resource{}
	err := g.each(ctx, "select context_id, resource.id from Appointment where type is assignment and context_id in ({ids}) order by id", texts(contexts), func(row map[string]any) {
		if who, ok := resource(one(row, "resource")); ok {
			on := domain.ContextID(text(row, "context_id"))
			found[on] = append(found[on], who)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("read who is assigned: %w", err)
	}
	return found, nil
}

// AssignedBelow gives the people assigned directly to any task below each object.
func (g Graph) AssignedBelow(ctx context.Context, contexts []domain.ContextID) (map[domain.ContextID][]domain.UserID, error) {
	found := map[domain.ContextID][]domain.UserID{}
	err := g.each(ctx, `select link, assignments.resource.id from Task
		where (ancestors.id in ({ids}) or project_id in ({ids})) and assignments any () order by id`, texts(contexts), func(row map[string]any) {
		for _, above := range wayDown(row) {
			on := domain.ContextID(above)
			if !slices.Contains(contexts, on) || above == text(row, "id") {
				continue
			}
			for _, assignment := range many(row, "assignments") {
				if who, _ := resource(one(assignment, "resource")); who.User != "" {
					found[on] = append(found[on], who.User)
				}
			}
		}
	})
	if err != nil {
		return nil, fmt.Errorf("read who is assigned below: %w", err)
	}
	for on, users := range found {
		found[on] = distinct(users)
	}
	return found, nil
}

// Managers gives who is listed as manager on each object or on anything above it, the nearest first.
func (g Graph) Managers(ctx context.Context, contexts []domain.ContextID) (map[domain.ContextID][]domain.Manager, error) {
	ways := map[domain.ContextID][]string{}
	var all, managed []string
	err := g.each(ctx, "select link from Context where id in ({ids}) order by id", texts(contexts), func(row map[string]any) {
		way := wayDown(row)
		ways[domain.ContextID(text(row, "id"))] = way
		all = append(all, way...)
	})
	if err != nil {
		return nil, fmt.Errorf("read what lies above: %w", err)
	}
	listed := map[string][]domain.Manager{}
	err = g.each(ctx, "select context_id, context.name, user_id from Manager where context_id in ({ids}) and user_id is_not none order by user_id, id", all, func(row map[string]any) {
		on := text(row, "context_id")
		managed = append(managed, on)
		listed[on] = append(listed[on], domain.Manager{User: domain.UserID(text(row, "user_id")), Of: text(one(row, "context"), "name")})
	})
	if err != nil {
		return nil, fmt.Errorf("read who manages: %w", err)
	}
	titles, err := g.titles(ctx, managed)
	if err != nil {
		return nil, err
	}
	found := map[domain.ContextID][]domain.Manager{}
	for context, way := range ways {
		for _, on := range slices.Backward(way) {
			for _, manager := range listed[on] {
				if title, ok := titles[on]; ok {
					manager.Of = title
				}
				found[context] = append(found[context], manager)
			}
		}
	}
	return found, nil
}

// titles gives the names of those of the contexts that are projects, as people say them; a project's
// name proper is a short code.
func (g Graph) titles(ctx context.Context, contexts []string) (map[string]string, error) {
	found := map[string]string{}
	err := g.each(ctx, "select name, full_name from Project where id in ({ids}) order by id", contexts, func(row map[string]any) {
		found[text(row, "id")] = cmp.Or(text(row, "full_name"), text(row, "name"))
	})
	if err != nil {
		return nil, fmt.Errorf("read the names of projects: %w", err)
	}
	return found, nil
}

// wayDown are the ids from the project down to a context, itself last.
func wayDown(row map[string]any) []string {
	steps := many(row, "link")
	way := make([]string, len(steps))
	for i, step := range steps {
		way[i] = text(step, "id")
	}
	return way
}
