package ftrack

import (
	"context"
	"fmt"

	"github.com/callboard/callboard/backend/domain"
)

// Reviews gives what the law asks of items of client reviews, by their ids.
func (g Graph) Reviews(ctx context.Context, items []string) (map[string]domain.ReviewFacts, error) {
	found, shown := map[string]domain.ReviewFacts{}, map[string][]string{}
	err := g.each(ctx, `select name, version_id, review_session_id, review_session.project_id, review_session.created_by_id
		from ReviewSessionObject where id in ({ids}) order by id`, items, func(row map[string]any) {
		id, review := text(row, "id"), one(row, "review_session")
		found[id] = domain.ReviewFacts{
			On:      domain.Thing{Type: domain.TypeReviewItem, ID: id, Name: text(row, "name"), Project: domain.ProjectID(text(review, "project_id"))},
			Creator: domain.UserID(text(review, "created_by_id")), Version: domain.VersionID(text(row, "version_id")),
		}
		session := text(row, "review_session_id")
		shown[session] = append(shown[session], id)
	})
	if err != nil {
		return nil, fmt.Errorf("read client reviews: %w", err)
	}
	err = g.each(ctx, `select review_session_id, resource.id from ReviewSessionInvitee
		where review_session_id in ({ids}) and resource_id is_not none order by id`, keys(shown), func(row map[string]any) {
		who, ok := resource(one(row, "resource"))
		for _, id := range shown[text(row, "review_session_id")] {
			if facts := found[id]; ok {
				facts.Invited = append(facts.Invited, who)
				found[id] = facts
			}
		}
	})
	if err != nil {
		return nil, fmt.Errorf("read who is invited to client reviews: %w", err)
	}
	return found, nil
}
