package store_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// pipeline adds to the crowd a sequence that ines manages, an edit that follows the comp, another that
// is made of its asset, and a review of the take.
func pipeline(t testing.TB, s *store.Store) *store.Store {
	write(t, crowd(t, s), func(tx *store.Tx) error {
		ctx := t.Context()
		var errs []error
		add := func(typeName, id string, pairs ...any) { errs = append(errs, put(ctx, tx, typeName, id, pairs...)) }
		add("Manager", "g2", "context_id", "shot", "user_id", "ines")
		add("Manager", "g3", "context_id", "film", "user_id", "tomas")
		add("Task", "edit", "name", "edit", "parent_id", "film", "project_id", "film")
		add("Task", "trailer", "name", "trailer", "parent_id", "film", "project_id", "film")
		add("TypedContextLink", "l1", "from_id", "comp", "to_id", "edit")
		add("TypedContextLink", "l2", "from_id", "edit", "to_id", "comp")
		add("AssetVersion", "older", "asset_id", "asset", "version", 2, "task_id", "comp", "project_id", "film")
		add("AssetVersion", "newer", "asset_id", "asset", "version", 4, "task_id", "comp", "user_id", "nia", "project_id", "film")
		add("Asset", "edl", "name", "edl", "context_id", "film", "project_id", "film")
		add("AssetVersion", "cut", "asset_id", "edl", "version", 1, "task_id", "trailer", "is_published", true)
		add("AssetVersionLink", "u1", "from_id", "older", "to_id", "cut")
		add("ReviewSession", "review", "name", "Friday", "project_id", "film", "created_by_id", "tomas")
		add("ReviewSessionObject", "item", "name", "precomp", "review_session_id", "review", "version_id", "take")
		add("ReviewSessionInvitee", "i1", "review_session_id", "review", "resource_id", "lighting")
		add("ReviewSessionInvitee", "i2", "review_session_id", "review", "resource_id", "maya")
		add("ReviewSessionInvitee", "i3", "review_session_id", "review", "email", "client@example.com")
		return errors.Join(errs...)
	})
	return s
}

func TestTheLawsQuestionsAreAnswered(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		read(t, pipeline(t, s), func(tx *store.Tx) error {
			ctx := t.Context()
			below, err := tx.AssignedBelow(ctx, []domain.ContextID{"film", "shot", "comp", "vault"})
			same(t, err, below, map[domain.ContextID][]domain.UserID{"film": {"maya"}, "shot": {"maya"}})

			managers, err := tx.Managers(ctx, []domain.ContextID{"comp", "edit", "nowhere"})
			same(t, err, managers, map[domain.ContextID][]domain.Manager{
				"comp": {{User: "ines", Of: "sh0140"}, {User: "tomas", Of: "Northern Lights"}},
				"edit": {{User: "tomas", Of: "Northern Lights"}},
			})

			versions, err := tx.Versions(ctx, []domain.VersionID{"newer", "nowhere"})
			same(t, err, versions, map[domain.VersionID]domain.VersionFacts{"newer": {
				On:   domain.Thing{Type: "AssetVersion", ID: "newer", Name: "precomp", Project: "film"},
				User: "nia", Task: "comp", Parent: "shot",
			}})

			dependents, err := tx.Dependents(ctx, []domain.VersionID{"newer", "cut"})
			same(t, err, dependents, map[domain.VersionID][]domain.Dependent{
				"newer": {{Task: "edit", Name: "edit"}, {Task: "trailer", Name: "trailer", Uses: true}},
			})

			reviews, err := tx.Reviews(ctx, []string{"item", "nowhere"})
			same(t, err, reviews, map[string]domain.ReviewFacts{"item": {
				On:      domain.Thing{Type: "ReviewSessionObject", ID: "item", Name: "precomp", Project: "film"},
				Creator: "tomas", Invited: []domain.Resource{{Group: "lighting"}, {User: "maya"}}, Version: "take",
			}})

			item := domain.Thing{Type: "ReviewSessionObject", ID: "item"}
			subjects, err := tx.Subjects(ctx, []domain.Thing{item})
			if path := subjects["item"].Path; err != nil || len(path) != 3 || path[2].Name != "precomp v003" || subjects["item"].ThumbnailID != "picture" {
				t.Errorf("%+v %v", subjects, err)
			}
			return nil
		})
	})
}

func same[T any](t *testing.T, err error, got, want T) {
	t.Helper()
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
}
