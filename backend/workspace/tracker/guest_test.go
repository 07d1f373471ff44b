package tracker_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// invited is a studio with gus from the client, who is asked to look at take, and with another review
// that is not for him.
func invited(t *testing.T) *studio {
	t.Helper()
	s := open(t)
	s.do(t, "",
		create("Collaborator", data{"id": "gus", "first_name": "Gus", "email": "gus@client.test"}),
		create("Collaborator", data{"id": "eve", "first_name": "Eve", "email": "eve@client.test"}),
		create("FileComponent", data{"id": "movie", "name": "movie", "version_id": "take"}),
		create("FileComponent", data{"id": "still", "name": "still"}),
		update("AssetVersion", "take", data{"thumbnail_id": "still"}),
		create("AssetVersion", data{"id": "other", "asset_id": "precomp", "user_id": "vera"}),
		create("FileComponent", data{"id": "other-movie", "name": "movie", "version_id": "other"}),
		create("Location", data{"id": "shelf", "name": "shelf"}),
		create("ComponentLocation", data{"id": "there", "component_id": "movie", "location_id": "shelf", "resource_identifier": "/srv/x"}),
		create("ReviewSession", data{"id": "monday", "project_id": "film", "created_by_id": "tomas"}),
		create("ReviewSessionObject", data{"id": "item", "review_session_id": "monday", "version_id": "take"}),
		create("ReviewSessionInvitee", data{"id": "i-gus", "review_session_id": "monday", "resource_id": "gus", "email": "gus@client.test", "name": "Gus", "created_by_id": "tomas"}),
		create("ReviewSessionInvitee", data{"id": "i-eve", "review_session_id": "monday", "resource_id": "eve", "email": "eve@client.test", "name": "Eve", "created_by_id": "tomas"}),
		create("ReviewSession", data{"id": "tuesday", "project_id": "film", "created_by_id": "tomas"}),
		create("ReviewSessionObject", data{"id": "elsewhere", "review_session_id": "tuesday", "version_id": "other"}),
		create("Note", data{"id": "asked", "content": "Is it dark enough?", "parent_id": "item", "user_id": "tomas"}),
		create("Note", data{"id": "inside", "content": "They will hate it", "parent_id": "take", "user_id": "vera"}),
		create("Note", data{"id": "not-his", "content": "x", "parent_id": "elsewhere", "user_id": "vera"}),
	)
	s.heard()
	return s
}

func TestAGuestSeesTheirReviewsAndNothingElse(t *testing.T) {
	s := invited(t)
	want := map[string][]string{
		"ReviewSession": {"monday"}, "ReviewSessionObject": {"item"}, "ReviewSessionInvitee": {"i-gus"}, "AssetVersion": {"take"},
		"Component": {"movie", "still"}, "FileComponent": {"movie", "still"}, "ComponentLocation": {"there"},
		"Note": {"asked"}, "Resource": {"gus", "tomas"}, "BaseUser": {"gus", "tomas"}, "User": {"tomas"}, "Collaborator": {"gus"},
	}
	for _, typ := range schema.All() {
		if typ.Hidden {
			continue
		}
		var got []string
		for _, row := range s.ask(t, "gus", fmt.Sprintf("select %s from %s", typ.Key[0], typ.Name)) {
			got = append(got, fmt.Sprint(row[typ.Key[0]]))
		}
		slices.Sort(got)
		if !slices.Equal(got, want[typ.Name]) {
			t.Errorf("a guest sees of %s: %v", typ.Name, got)
		}
	}
	row := s.one(t, "gus", "select asset_version.components.id, asset_version.thumbnail_url, notes.author.first_name, notes.content from ReviewSessionObject")
	if text := fmt.Sprint(row); !strings.Contains(text, "movie") || !strings.Contains(text, "still") || !strings.Contains(text, "Tomas") {
		t.Errorf("%v", row)
	}
}

func TestAGuestLearnsNoMoreByAttributesAndCriteria(t *testing.T) {
	s := invited(t)
	for _, expression := range []string{
		"select comment from AssetVersion", "select link from AssetVersion", "select task.name from AssetVersion", "select email from User",
		"select username from User", "select resource_identifier from ComponentLocation", "select id from User where email like 't%'",
		"select id from Note order by author.email", "select count(id) from Note where author.username is tomas", "select id from AssetVersion where asset.name is precomp",
		"select id from Note where id in (select id from Note where author[User].username is tomas)", "select project_id from ReviewSession",
	} {
		if _, err := s.try("gus", wire.Operation{Action: "query", Expression: expression}); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%s: %v", expression, err)
		}
	}
	for _, typ := range schema.All() {
		for _, name := range append(typ.SystemProjections(), append(typ.DefaultProjections(), typ.Key...)...) {
			if shown := typ.Rights().Guest.Read; shown != "" && !schema.Lists(shown, name) {
				t.Errorf("a query for %s answers %s unasked, which guests may not read", typ.Name, name)
			}
		}
	}
}

func TestAGuestWritesNotesAndTheirOwnVerdict(t *testing.T) {
	for name, c := range map[string]struct {
		op   wire.Operation
		want domain.Code
	}{
		"a note on an item":            {create("Note", data{"content": "Darker", "parent_id": "item"}), ""},
		"an answer":                    {create("Note", data{"content": "Yes", "in_reply_to_id": "asked"}), ""},
		"a note on another's item":     {create("Note", data{"content": "x", "parent_id": "elsewhere"}), domain.Invalid},
		"a note on the version":        {create("Note", data{"content": "x", "parent_id": "take"}), domain.NotFound},
		"a note on a task":             {create("Note", data{"content": "x", "parent_id": "comp"}), domain.Invalid},
		"a message":                    {create("Note", data{"content": "x"}), domain.NotFound},
		"a note as somebody else":      {create("Note", data{"content": "x", "parent_id": "item", "user_id": "tomas"}), domain.Forbidden},
		"a note to somebody":           {create("Recipient", data{"note_id": "asked", "resource_id": "tomas"}), domain.Forbidden},
		"a note with metadata":         {create("Note", data{"content": "x", "parent_id": "item", "metadata": data{"a": "b"}}), domain.Forbidden},
		"another's note":               {update("Note", "asked", data{"content": "x"}), domain.Forbidden},
		"a verdict":                    {create("ReviewSessionObjectStatus", data{"review_session_object_id": "item", "review_session_invitee_id": "i-gus", "status": "approved"}), ""},
		"a verdict without a name":     {create("ReviewSessionObjectStatus", data{"review_session_object_id": "item", "status": "approved"}), ""},
		"a verdict as another invitee": {create("ReviewSessionObjectStatus", data{"review_session_object_id": "item", "review_session_invitee_id": "i-eve", "status": "approved"}), domain.Invalid},
		"a verdict as a person":        {create("ReviewSessionObjectStatus", data{"review_session_object_id": "item", "resource_id": "tomas", "status": "approved"}), domain.Forbidden},
		"a verdict elsewhere":          {create("ReviewSessionObjectStatus", data{"review_session_object_id": "elsewhere", "status": "approved"}), domain.Invalid},
		"the item":                     {update("ReviewSessionObject", "item", data{"name": "x"}), domain.Forbidden},
		"a status":                     {update("AssetVersion", "take", data{"status_id": "later"}), domain.Invalid},
		"their own invitation":         {update("ReviewSessionInvitee", "i-gus", data{"review_session_id": "tuesday"}), domain.Invalid},
		"an invitation":                {create("ReviewSessionInvitee", data{"review_session_id": "tuesday", "resource_id": "gus", "name": "x", "email": "x@x.test"}), domain.Forbidden},
		"their name":                   {update("Collaborator", "gus", data{"first_name": "G"}), domain.Forbidden},
		"a file":                       {create("FileComponent", data{"name": "x"}), domain.Forbidden},
		"a file's place":               {remove("ComponentLocation", "there"), domain.Forbidden},
	} {
		t.Run(name, func(t *testing.T) {
			s := invited(t)
			if _, err := s.try("gus", c.op); domain.CodeOf(err) != c.want {
				t.Errorf("%q: %v", domain.CodeOf(err), err)
			}
		})
	}
}

func TestAGuestHasNoRolesAndSeesNothingOnceUninvited(t *testing.T) {
	s := invited(t)
	if _, err := s.try("ines", create("UserSecurityRole", data{"user_id": "gus", "security_role_id": "administer"})); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("%v", err)
	}
	s.do(t, "", remove("ReviewSessionInvitee", "i-gus"))
	if rows := s.ask(t, "gus", "select id from ReviewSession"); len(rows) != 0 {
		t.Errorf("no longer invited, they see %v", rows)
	}
}
