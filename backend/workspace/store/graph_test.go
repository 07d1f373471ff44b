package store_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// crowd fills a store with people, nested groups, an open and a private project, and threads of notes.
func crowd(t testing.TB, s *store.Store) *store.Store {
	write(t, s, func(tx *store.Tx) error {
		ctx := t.Context()
		var errs []error
		add := func(typeName, id string, pairs ...any) { errs = append(errs, put(ctx, tx, typeName, id, pairs...)) }
		for _, name := range []string{"maya", "lena", "nia", "tomas", "ines", "rolf", "old"} {
			add("User", name, "username", name, "is_active", name != "old")
		}
		add("Group", "lighting", "name", "Lighting")
		add("Group", "night", "name", "Night", "parent_id", "lighting")
		add("Membership", "m1", "group_id", "lighting", "user_id", "lena")
		add("Membership", "m2", "group_id", "night", "user_id", "nia")
		add("Membership", "m3", "group_id", "night", "user_id", "lena")
		add("SecurityRole", "administer", "name", "Administrator")
		add("UserSecurityRole", "r1", "user_id", "ines", "security_role_id", "administer")
		add("UserSecurityRole", "r2", "user_id", "rolf")
		add("Project", "film", "name", "film", "full_name", "Northern Lights")
		add("Project", "vault", "name", "vault", "is_private", true)
		add("UserSecurityRoleProject", "r3", "user_security_role_id", "r2", "project_id", "vault")
		add("Manager", "g1", "context_id", "vault", "user_id", "tomas")
		add("Shot", "shot", "name", "sh0140", "parent_id", "film", "project_id", "film", "thumbnail_id", "picture")
		add("Task", "comp", "name", "comp", "parent_id", "shot", "project_id", "film")
		add("Task", "core", "name", "core", "parent_id", "vault", "project_id", "vault")
		add("Appointment", "a1", "type", "assignment", "context_id", "comp", "resource_id", "maya")
		add("Appointment", "a2", "type", "assignment", "context_id", "comp", "resource_id", "lighting")
		add("Appointment", "a3", "type", "allocation", "context_id", "comp", "resource_id", "tomas")
		add("Appointment", "a4", "type", "assignment", "context_id", "core", "resource_id", "lighting")
		add("Asset", "asset", "name", "precomp", "context_id", "shot", "project_id", "film")
		add("AssetVersion", "take", "asset_id", "asset", "version", 3, "user_id", "maya", "project_id", "film", "is_published", true)
		add("Note", "first", "user_id", "tomas", "parent_id", "comp", "parent_type", "Task", "project_id", "film")
		add("Note", "second", "user_id", "maya", "in_reply_to_id", "first")
		add("Note", "third", "user_id", "lena", "in_reply_to_id", "second")
		add("Note", "mail", "user_id", "ines")
		errs = append(errs,
			tx.Insert(ctx, typed("Recipient"), map[string]any{"note_id": "first", "resource_id": "lighting"}),
			tx.Insert(ctx, typed("Recipient"), map[string]any{"note_id": "first", "resource_id": "maya"}))
		return errors.Join(errs...)
	})
	return s
}

func typed(name string) *schema.Type {
	t, _ := schema.ByName(name)
	return t
}

func read(t testing.TB, s *store.Store, do func(*store.Tx) error) {
	t.Helper()
	if err := s.Read(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

func TestAConversationIsTheWholeThreadOfAnyOfItsNotes(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		read(t, crowd(t, s), func(tx *store.Tx) error {
			threads, err := tx.Conversations(t.Context(), []domain.NoteID{"first", "third", "mail", "nowhere"})
			if err != nil {
				return err
			}
			if len(threads) != 3 || !threads["mail"].On.IsZero() {
				t.Errorf("%+v", threads)
			}
			thread := threads["third"]
			if thread.First != "first" || len(thread.Notes) != 3 || thread.On != (domain.Thing{Type: "Task", ID: "comp", Name: "comp", Project: "film"}) {
				t.Errorf("%+v", thread)
			}
			if third := thread.Notes["third"]; third.Author != "lena" || third.InReplyTo != "second" {
				t.Errorf("%+v", third)
			}
			if sent := thread.Notes["first"].Sent; !slices.Equal(sent, []domain.Resource{{Group: "lighting"}, {User: "maya"}}) {
				t.Errorf("%+v", sent)
			}
			return nil
		})
	})
}

func TestGroupsReachThroughNestedGroupsAndAllocationsAreNone(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		read(t, crowd(t, s), func(tx *store.Tx) error {
			members, err := tx.Members(t.Context(), []domain.GroupID{"lighting", "night", "nowhere"})
			if err != nil {
				return err
			}
			if m := members["lighting"]; len(members) != 2 || m.Name != "Lighting" || !slices.Equal(m.Users, []domain.UserID{"lena", "nia"}) {
				t.Errorf("%+v", members)
			}
			assigned, err := tx.Assigned(t.Context(), []domain.ContextID{"comp"})
			if !slices.Equal(assigned["comp"], []domain.Resource{{Group: "lighting"}, {User: "maya"}}) {
				t.Errorf("%+v", assigned)
			}
			return err
		})
	})
}

// Who may hear is decided for many people at once, who may see for one: both must agree.
func TestTheAudienceIsWhoMaySee(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		read(t, crowd(t, s), func(tx *store.Tx) error {
			people := []domain.UserID{"ines", "lena", "maya", "nia", "nobody", "old", "rolf", "tomas"}
			for project, want := range map[domain.ProjectID][]domain.UserID{
				"":      {"ines", "lena", "maya", "nia", "rolf", "tomas"},
				"film":  {"ines", "lena", "maya", "nia", "rolf", "tomas"},
				"vault": {"ines", "lena", "nia", "rolf", "tomas"},
			} {
				got, err := tx.Audience(t.Context(), project, people)
				if err != nil {
					return err
				}
				if !slices.Equal(got, want) {
					t.Errorf("%q: %v, want %v", project, got, want)
				}
				for _, id := range people {
					if project == "" || id == "old" || id == "nobody" {
						continue
					}
					q, err := query.Parse("select id from Project where id is " + string(project))
					if err != nil {
						return err
					}
					found, err := tx.Select(t.Context(), q, store.Viewer{UserID: string(id), Everything: id == "ines"})
					if err != nil || (len(found.Rows) == 1) != slices.Contains(got, id) {
						t.Errorf("%s sees %s: %v, %v", id, project, found, err)
					}
				}
			}
			return nil
		})
	})
}

func TestASubjectIsTheWayToAThingWithTheNearestPicture(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		read(t, crowd(t, s), func(tx *store.Tx) error {
			subjects, err := tx.Subjects(t.Context(), []domain.Thing{{Type: "Task", ID: "comp"}, {Type: "AssetVersion", ID: "take"}, {Type: "Task", ID: "nowhere"}, {}})
			if err != nil {
				return err
			}
			comp := []domain.Crumb{{ID: "film", Type: "Project", Name: "Northern Lights"}, {ID: "shot", Type: "Shot", Name: "sh0140"}, {ID: "comp", Type: "Task", Name: "comp"}}
			if s := subjects["comp"]; !slices.Equal(s.Path, comp) || s.ThumbnailID != "picture" {
				t.Errorf("%+v", s)
			}
			if s := subjects["take"]; s.Version != 3 || len(s.Path) != 3 || s.Path[2] != (domain.Crumb{ID: "take", Type: "AssetVersion", Name: "precomp v003"}) {
				t.Errorf("%+v", s)
			}
			if _, there := subjects["nowhere"]; there {
				t.Error("what is not there has a subject")
			}
			return nil
		})
	})
}
