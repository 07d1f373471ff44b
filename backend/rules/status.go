package rules

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// statusFacts is what the status rows ask of the graph.
type statusFacts struct {
	reviewFacts // versions and managers
	assigned    map[domain.ContextID][]domain.Resource
	below       map[domain.ContextID][]domain.UserID
}

// statuses applies the rows task status, status and asset status: of a task, of an object that is no
// task, and of an asset version.
func statuses(ctx context.Context, g Graph, actor domain.UserID, changes []domain.Change) ([]*event, error) {
	facts, err := askStatuses(ctx, g, changes)
	if err != nil {
		return nil, err
	}
	var events []*event
	for at, change := range changes {
		c, ok := change.(domain.StatusChanged)
		if !ok {
			continue
		}
		e := &event{at: at, key: "status:" + c.ID, actor: actor, deaf: newSet(actor), on: c.On, change: c}
		context := domain.ContextID(c.On.ID)
		switch c.On.Type {
		case domain.TypeTask:
			e.becauseAssignedTask(facts.assigned[context], domain.KindTaskStatus)
			e.becauseManaged(facts.managers[context], domain.KindTaskStatus)
		case domain.TypeVersion:
			e.version = domain.VersionID(c.On.ID)
			version := facts.versions[e.version]
			e.because(version.User, domain.Reason{Kind: domain.KindAssetStatus, Rule: "version_user"})
			e.becauseManaged(facts.managersOf(version), domain.KindAssetStatus)
		default:
			e.becauseAssigned(facts.assigned[context], domain.KindStatus, facts.members)
			e.becauseManaged(facts.managers[context], domain.KindStatus)
			for _, user := range facts.below[context] {
				e.because(user, domain.Reason{Kind: domain.KindStatus, Rule: "assigned_below", Name: c.On.Name})
			}
		}
		events = append(events, e)
	}
	return events, nil
}

func askStatuses(ctx context.Context, g Graph, changes []domain.Change) (statusFacts, error) {
	var got statusFacts
	contexts, objects, versions := set[domain.ContextID]{}, set[domain.ContextID]{}, set[domain.VersionID]{}
	for _, change := range changes {
		c, ok := change.(domain.StatusChanged)
		switch {
		case !ok:
		case c.On.Type == domain.TypeVersion:
			versions.add(domain.VersionID(c.On.ID))
		default:
			contexts.add(domain.ContextID(c.On.ID))
			if c.On.Type != domain.TypeTask {
				objects.add(domain.ContextID(c.On.ID))
			}
		}
	}
	var err error
	if got.versions, err = askFor(ctx, versions, g.Versions); err != nil {
		return got, err
	}
	if got.assigned, err = askFor(ctx, contexts, g.Assigned); err != nil {
		return got, err
	}
	if got.below, err = askFor(ctx, objects, g.AssignedBelow); err != nil {
		return got, err
	}
	groups := set[domain.GroupID]{}
	for object := range objects {
		addGroups(groups, got.assigned[object])
	}
	if got.members, err = askFor(ctx, groups, g.Members); err != nil {
		return got, err
	}
	for _, version := range got.versions {
		contexts.add(version.Task)
		contexts.add(version.Parent)
	}
	got.managers, err = askFor(ctx, contexts, g.Managers)
	return got, err
}
