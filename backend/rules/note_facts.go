package rules

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// facts is what the note family asked of the graph for all notes of a request at once.
type facts struct {
	reviewFacts
	sent     map[domain.NoteID][]domain.Resource
	assigned map[domain.ContextID][]domain.Resource
}

// ask puts at most one question of each sort, and none that no note needs.
func ask(ctx context.Context, g Graph, found []*noteEvent, threads map[domain.NoteID]domain.Conversation) (facts, error) {
	got := facts{sent: map[domain.NoteID][]domain.Resource{}}
	contexts, versions, items, groups := set[domain.ContextID]{}, set[domain.VersionID]{}, set[string]{}, set[domain.GroupID]{}
	for _, n := range found {
		thread := threads[n.id]
		addGroups(groups, n.added)
		switch on := thread.On; on.Type {
		case domain.TypeReviewItem:
			items.add(on.ID)
		case domain.TypeVersion:
			versions.add(domain.VersionID(on.ID))
		default:
			if n.created {
				contexts.add(domain.ContextID(on.ID))
			}
		}
		if !n.created {
			continue
		}
		got.sent[n.id] = thread.Notes[n.id].Sent
		for _, note := range thread.Notes {
			addGroups(groups, note.Sent)
		}
	}

	var err error
	if got.reviewFacts, err = askReviews(ctx, g, items, versions); err != nil {
		return facts{}, err
	}
	if got.assigned, err = askFor(ctx, contexts, g.Assigned); err != nil {
		return facts{}, err
	}
	for _, resources := range got.assigned {
		addGroups(groups, resources)
	}
	for _, review := range got.reviews {
		addGroups(groups, review.Invited)
	}
	if got.members, err = askFor(ctx, groups, g.Members); err != nil {
		return facts{}, err
	}
	return got, nil
}
