package ftrack

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// Versions gives what each asset version is of, and whose.
func (g Graph) Versions(ctx context.Context, versions []domain.VersionID) (map[domain.VersionID]domain.VersionFacts, error) {
	found := map[domain.VersionID]domain.VersionFacts{}
	err := g.each(ctx, "select project_id, user_id, task_id, asset.name, asset.project_id, asset.context_id from AssetVersion where id in ({ids}) order by id", texts(versions), func(row map[string]any) {
		id, asset := text(row, "id"), one(row, "asset")
		found[domain.VersionID(id)] = domain.VersionFacts{
			On: domain.Thing{
				Type: domain.TypeVersion, ID: id, Name: text(asset, "name"),
				Project: domain.ProjectID(cmp.Or(text(row, "project_id"), text(asset, "project_id"))),
			},
			User: domain.UserID(text(row, "user_id")), Task: domain.ContextID(text(row, "task_id")), Parent: domain.ContextID(text(asset, "context_id")),
		}
	})
	if err != nil {
		return nil, fmt.Errorf("read what versions are of: %w", err)
	}
	return found, nil
}

// Dependents gives the tasks that build on each asset version.
func (g Graph) Dependents(ctx context.Context, versions []domain.VersionID) (map[domain.VersionID][]domain.Dependent, error) {
	before, made := map[string][]domain.VersionID{}, map[string][]domain.VersionID{}
	err := g.each(ctx, "select task_id, asset_id, asset.context_id from AssetVersion where id in ({ids}) order by id", texts(versions), func(row map[string]any) {
		id, asset := domain.VersionID(text(row, "id")), text(row, "asset_id")
		made[asset] = append(made[asset], id)
		for _, context := range []string{text(row, "task_id"), text(one(row, "asset"), "context_id")} {
			before[context] = append(before[context], id)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("read what versions are of: %w", err)
	}
	found := map[domain.VersionID][]domain.Dependent{}
	add := func(versions []domain.VersionID, task map[string]any, uses bool) {
		if wire.TypeOf(task) != domain.TypeTask {
			return
		}
		dependent := domain.Dependent{Task: domain.ContextID(text(task, "id")), Name: text(task, "name"), Uses: uses}
		for _, id := range versions {
			if !slices.Contains(found[id], dependent) {
				found[id] = append(found[id], dependent)
			}
		}
	}
	err = g.each(ctx, "select from_id, to.name from TypedContextLink where from_id in ({ids}) order by id", keys(before), func(row map[string]any) {
		add(before[text(row, "from_id")], one(row, "to"), false)
	})
	if err != nil {
		return nil, fmt.Errorf("read what follows versions: %w", err)
	}
	err = g.each(ctx, `select task.name, uses_versions.asset_id from AssetVersion
		where is_published is true and task_id is_not none and uses_versions.asset_id in ({ids}) order by id`, keys(made), func(row map[string]any) {
		for _, used := range many(row, "uses_versions") {
			add(made[text(used, "asset_id")], one(row, "task"), true)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("read what uses versions: %w", err)
	}
	return found, nil
}
