package rules

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// versionFacts is what the version rows ask of the graph.
type versionFacts struct {
	reviewFacts // versions and managers
	dependents  map[domain.VersionID][]domain.Dependent
	assigned    map[domain.ContextID][]domain.Resource
}

// publications applies the rows version assigned, version supervised and version dependent. The user
// of the version is named as having published it, and counts as an actor.
func publications(ctx context.Context, g Graph, actor domain.UserID, changes []domain.Change) ([]*event, error) {
	published := map[domain.VersionID]int{} // where in the request first
	versions := set[domain.VersionID]{}
	for at, change := range changes {
		if c, ok := change.(domain.VersionPublished); ok && !versions.has(c.Version) {
			versions.add(c.Version)
			published[c.Version] = at
		}
	}
	facts, err := askVersions(ctx, g, versions)
	if err != nil {
		return nil, err
	}
	var events []*event
	for _, id := range versions.sorted() {
		version, exists := facts.versions[id]
		if !exists {
			continue // made and deleted in one request
		}
		e := &event{
			at: published[id], key: "version:" + string(id),
			actor: version.User, deaf: newSet(actor, version.User), on: version.On, version: id,
		}
		if e.actor == "" {
			e.actor = actor
		}
		e.becauseAssignedTask(facts.assigned[version.Task], domain.KindVersionAssigned)
		e.becauseManaged(facts.managersOf(version), domain.KindVersionSupervised)
		for _, dependent := range facts.dependents[id] {
			e.becauseDependent(dependent, facts.assigned[dependent.Task])
		}
		events = append(events, e)
	}
	return events, nil
}

// becauseDependent adds reasons for those assigned to a task that builds on the version.
func (e *event) becauseDependent(dependent domain.Dependent, assigned []domain.Resource) {
	rule := "task_follows"
	if dependent.Uses {
		rule = "task_uses"
	}
	for _, resource := range assigned {
		e.because(resource.User, domain.Reason{Kind: domain.KindVersionDependent, Rule: rule, Name: dependent.Name})
	}
}

func askVersions(ctx context.Context, g Graph, versions set[domain.VersionID]) (versionFacts, error) {
	var got versionFacts
	var err error
	if got.versions, err = askFor(ctx, versions, g.Versions); err != nil {
		return got, err
	}
	if got.dependents, err = askFor(ctx, versions, g.Dependents); err != nil {
		return got, err
	}
	tasks, managed := set[domain.ContextID]{}, set[domain.ContextID]{}
	for _, version := range got.versions {
		tasks.add(version.Task)
		managed.add(version.Task)
		managed.add(version.Parent)
	}
	for _, dependents := range got.dependents {
		for _, dependent := range dependents {
			tasks.add(dependent.Task)
		}
	}
	if got.assigned, err = askFor(ctx, tasks, g.Assigned); err != nil {
		return got, err
	}
	got.managers, err = askFor(ctx, managed, g.Managers)
	return got, err
}
