package rules

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// reviewFacts is what the row client review asks of the graph.
type reviewFacts struct {
	reviews  map[string]domain.ReviewFacts
	versions map[domain.VersionID]domain.VersionFacts
	managers map[domain.ContextID][]domain.Manager
	members  map[domain.GroupID]domain.Membership
}

// askReviews reads items of reviews with the versions they show, and more versions at the same time.
func askReviews(ctx context.Context, g Graph, items set[string], versions set[domain.VersionID]) (reviewFacts, error) {
	var got reviewFacts
	var err error
	if got.reviews, err = askFor(ctx, items, g.Reviews); err != nil {
		return got, err
	}
	for _, review := range got.reviews {
		versions.add(review.Version)
	}
	if got.versions, err = askFor(ctx, versions, g.Versions); err != nil {
		return got, err
	}
	contexts := set[domain.ContextID]{}
	for _, review := range got.reviews {
		version := got.versions[review.Version]
		contexts.add(version.Task)
		contexts.add(version.Parent)
	}
	got.managers, err = askFor(ctx, contexts, g.Managers)
	return got, err
}

// shown is the asset version that a thing is or shows.
func (f reviewFacts) shown(on domain.Thing) domain.VersionID {
	if on.Type == domain.TypeVersion {
		return domain.VersionID(on.ID)
	}
	return f.reviews[on.ID].Version
}

// reviewed is the row client review: an item of a review which I created, to which I am invited, whose
// version's user I am, or whose version's context I manage.
func (f reviewFacts) reviewed(e *event) {
	review, ok := f.reviews[e.on.ID]
	if !ok {
		return
	}
	kind, version := domain.KindClientReview, f.versions[review.Version]
	e.because(review.Creator, domain.Reason{Kind: kind, Rule: "review_creator"})
	e.becauseOf(review.Invited, kind, group{"review_invited", "group_review_invited"}, f.members)
	e.because(version.User, domain.Reason{Kind: kind, Rule: "version_user"})
	e.becauseManaged(f.managersOf(version), kind)
}

// managersOf are the managers of an asset version's task and of what its asset hangs on.
func (f reviewFacts) managersOf(version domain.VersionFacts) []domain.Manager {
	return append(append([]domain.Manager{}, f.managers[version.Task]...), f.managers[version.Parent]...)
}

// reviewStatuses applies what the row client review says of judgements.
func reviewStatuses(ctx context.Context, g Graph, actor domain.UserID, changes []domain.Change) ([]*event, error) {
	items := set[string]{}
	for _, change := range changes {
		if c, ok := change.(domain.ReviewStatusSet); ok {
			items.add(c.Item)
		}
	}
	facts, err := askReviews(ctx, g, items, set[domain.VersionID]{})
	if err != nil {
		return nil, err
	}
	groups := set[domain.GroupID]{}
	for _, review := range facts.reviews {
		addGroups(groups, review.Invited)
	}
	if facts.members, err = askFor(ctx, groups, g.Members); err != nil {
		return nil, err
	}
	var events []*event
	for at, change := range changes {
		c, ok := change.(domain.ReviewStatusSet)
		review, exists := facts.reviews[c.Item]
		if !ok || !exists {
			continue
		}
		e := &event{at: at, key: "review:" + c.ID, actor: actor, deaf: newSet(actor), on: review.On, version: review.Version, change: c}
		facts.reviewed(e)
		events = append(events, e)
	}
	return events, nil
}
