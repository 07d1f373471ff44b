package rules

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// facts is what the note family asked of the graph for all notes of a request at once.
type facts struct {
	sent         map[domain.NoteID][]domain.Resource
	assigned     map[domain.ContextID][]domain.Resource
	versionUsers map[domain.VersionID]domain.UserID
	members      map[domain.GroupID]domain.Membership
}

// ask puts at most one question of each sort, and none that no note needs.
func ask(ctx context.Context, g Graph, found []*noteEvent, threads map[domain.NoteID]domain.Conversation) (facts, error) {
	got := facts{sent: map[domain.NoteID][]domain.Resource{}}
	contexts, versions, groups := set[domain.ContextID]{}, set[domain.VersionID]{}, set[domain.GroupID]{}
	for _, n := range found {
		thread := threads[n.id]
		for _, resource := range n.added {
			groups.add(resource.Group)
		}
		if !n.created {
			continue
		}
		for _, note := range thread.Notes {
			for _, resource := range note.Sent {
				groups.add(resource.Group)
			}
		}
		got.sent[n.id] = thread.Notes[n.id].Sent
		if thread.On.Type == domain.TypeVersion {
			versions.add(domain.VersionID(thread.On.ID))
		} else {
			contexts.add(domain.ContextID(thread.On.ID))
		}
	}

	var err error
	if len(contexts) > 0 {
		if got.assigned, err = g.Assigned(ctx, contexts.sorted()); err != nil {
			return facts{}, err
		}
	}
	for _, resources := range got.assigned {
		for _, resource := range resources {
			groups.add(resource.Group)
		}
	}
	if len(versions) > 0 {
		if got.versionUsers, err = g.VersionUsers(ctx, versions.sorted()); err != nil {
			return facts{}, err
		}
	}
	if len(groups) > 0 {
		if got.members, err = g.Members(ctx, groups.sorted()); err != nil {
			return facts{}, err
		}
	}
	return got, nil
}
