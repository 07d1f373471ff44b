package rules

import (
	"cmp"
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// askFor puts one question for all ids at once, and none where there are no ids.
func askFor[ID cmp.Ordered, Answer any](ctx context.Context, ids set[ID], question func(context.Context, []ID) (map[ID]Answer, error)) (map[ID]Answer, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return question(ctx, ids.sorted())
}

// addGroups adds the groups among resources.
func addGroups(groups set[domain.GroupID], resources []domain.Resource) {
	for _, resource := range resources {
		groups.add(resource.Group)
	}
}
