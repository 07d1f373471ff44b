package rules_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/rules"
)

var (
	comp = domain.Thing{Type: "Task", ID: "comp", Name: "comp", Project: "film"}
	shot = domain.Thing{Type: "Shot", ID: "shot", Name: "sh0140", Project: "film"}
	take = domain.Thing{Type: "AssetVersion", ID: "take", Name: "comp v003", Project: "film"}
	core = domain.Thing{Type: "Task", ID: "core", Name: "secret", Project: "vault"}
	edit = domain.Thing{Type: "Task", ID: "edit", Name: "edit", Project: "film"}
	sq   = domain.Thing{Type: "Sequence", ID: "sq", Name: "sq020", Project: "film"}
	show = domain.Thing{Type: "Project", ID: "film", Name: "Northern Lights", Project: "film"}
	item = domain.Thing{Type: "ReviewSessionObject", ID: "item", Name: "comp", Project: "film"}
	cut  = domain.Thing{Type: "AssetVersion", ID: "cut", Name: "cut v001", Project: "film"}
)

func user(id domain.UserID) domain.Resource  { return domain.Resource{User: id} }
func crew(id domain.GroupID) domain.Resource { return domain.Resource{Group: id} }
func written(id domain.NoteID) domain.Change { return domain.NoteCreated{Note: id} }
func sent(id domain.NoteID, to domain.Resource) domain.Change {
	return domain.RecipientAdded{Note: id, To: to}
}

// film is the production of the table: maya animates comp; lighting (with its night shift nia) is
// assigned to the shot and so is kenji directly; vera made the take on comp, and ed edits what she
// makes; sam supervises the sequence and pat the project; tomas writes; old left; the vault is private
// to tomas. carl invited ines and lighting to a client review of the take.
func film() *studio {
	return &studio{
		people: map[domain.UserID]person{
			"maya": {}, "tomas": {}, "kenji": {}, "lena": {}, "nia": {}, "vera": {}, "ines": {}, "ed": {}, "sam": {}, "pat": {}, "carl": {}, "old": {inactive: true},
		},
		groups: map[domain.GroupID]team{
			"lighting": {name: "Lighting", people: []domain.UserID{"lena", "old"}},
			"night":    {name: "Night", parent: "lighting", people: []domain.UserID{"nia"}},
		},
		private:  map[domain.ProjectID][]domain.UserID{"vault": {"tomas"}},
		things:   map[string]domain.Thing{"comp": comp, "shot": shot, "take": take, "core": core, "edit": edit, "sq": sq, "film": show, "item": item, "cut": cut},
		above:    map[string]string{"comp": "shot", "shot": "sq", "edit": "sq", "sq": "film"},
		managers: []manager{{on: "sq", user: "sam"}, {on: "film", user: "pat"}, {on: "film", user: "sam"}, {on: "sq", user: "old"}},
		assignments: []domain.Assignment{
			{ID: "5", On: edit, To: user("ed")},
			{ID: "1", On: comp, To: user("maya")},
			{ID: "2", On: shot, To: crew("lighting")},
			{ID: "3", On: shot, To: user("kenji")},
			{ID: "4", On: core, To: user("maya")},
		},
		versions: map[domain.VersionID]version{"take": {asset: "precomp", task: "comp", parent: "shot", user: "vera"}},
		reviews:  map[string]review{"item": {creator: "carl", invited: []domain.Resource{user("ines"), crew("lighting")}, version: "take"}},
		notes: map[domain.NoteID]letter{
			// An old message of ines to maya and lighting, which kenji answered.
			"mail":  {author: "ines", sent: []domain.Resource{user("maya"), crew("lighting")}},
			"mail2": {author: "kenji", inReplyTo: "mail"},
			// An old note of ines on the take, sent to maya and lighting, which kenji answered.
			"ask":  {author: "ines", on: "take", sent: []domain.Resource{user("maya"), crew("lighting")}},
			"ask2": {author: "kenji", on: "", inReplyTo: "ask"},
		},
	}
}

func TestTheLaw(t *testing.T) {
	type is = []string
	for row, c := range map[string]struct {
		notes   map[domain.NoteID]letter // written in this request
		also    func(*studio)
		changes []domain.Change
		actor   domain.UserID // tomas unless said
		want    is            // person: kinds, because of rules
	}{
		"message: sent to me": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", sent: []domain.Resource{user("maya")}}},
			changes: []domain.Change{written("n"), sent("n", user("maya"))},
			want:    is{"maya: message (recipient)"},
		},
		"message: sent to my group, or to one around it": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", sent: []domain.Resource{crew("lighting")}}},
			changes: []domain.Change{written("n")},
			want:    is{"lena: message (group_recipient Lighting)", "nia: message (group_recipient Lighting)"},
		},
		"message: a reply tells recipients, writers and who started it": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", inReplyTo: "mail2"}},
			changes: []domain.Change{written("n")},
			want: is{
				"ines: message (started_thread)", "kenji: message (wrote_in_thread)",
				"lena: message (group_thread_recipient Lighting)", "maya: message (thread_recipient)",
				"nia: message (group_thread_recipient Lighting)",
			},
		},
		"message: a reply that claims to hang on a task is a message all the same": {
			notes:   map[domain.NoteID]letter{"n": {author: "kenji", on: "comp", inReplyTo: "mail"}},
			actor:   "kenji",
			changes: []domain.Change{written("n")},
			want: is{
				"ines: message (started_thread)", "lena: message (group_thread_recipient Lighting)",
				"maya: message (thread_recipient)", "nia: message (group_thread_recipient Lighting)",
			},
		},
		"note (a): on a task I am assigned to": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", on: "comp"}},
			changes: []domain.Change{written("n")},
			want:    is{"maya: note (assigned)"},
		},
		"note (b): on an object my group is assigned to; named directly counts as a group": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", on: "shot"}},
			changes: []domain.Change{written("n")},
			want: is{
				"kenji: note (object_assigned sh0140)", "lena: note (group_assigned Lighting)", "nia: note (group_assigned Lighting)",
			},
		},
		"note (c): on a version whose user I am": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", on: "take"}},
			changes: []domain.Change{written("n")},
			want:    is{"vera: note (version_user)"},
		},
		"note (d): me as recipient, and all my reasons at once": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", on: "comp", sent: []domain.Resource{user("maya"), user("ines")}}},
			changes: []domain.Change{written("n"), sent("n", user("maya")), sent("n", user("ines"))},
			want:    is{"ines: note (recipient)", "maya: note (assigned, recipient)"},
		},
		"note (e): a reply tells recipients of the note, its writer and those in the thread": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", inReplyTo: "ask"}},
			changes: []domain.Change{written("n")},
			want: is{
				"ines: note (replied_author)", "kenji: note (wrote_in_thread)",
				"lena: note (group_replied_recipient Lighting)", "maya: note (replied_recipient)",
				"nia: note (group_replied_recipient Lighting)", "vera: note (version_user)",
			},
		},
		"note (e): a reply to a reply reaches those who wrote, not who was sent the first": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", inReplyTo: "ask2"}},
			changes: []domain.Change{written("n")},
			want:    is{"ines: note (wrote_in_thread)", "kenji: note (replied_author)", "vera: note (version_user)"},
		},
		"a recipient added later hears, the others do not again": {
			notes:   map[domain.NoteID]letter{"ask": {author: "ines", on: "take", sent: []domain.Resource{user("maya"), user("lena")}}},
			changes: []domain.Change{sent("ask", user("lena"))},
			want:    is{"lena: note (recipient)"},
		},
		"a recipient added later to a message hears of a message": {
			changes: []domain.Change{sent("mail", user("vera"))},
			want:    is{"vera: message (recipient)"},
		},
		"the author another names is an actor too": {
			notes:   map[domain.NoteID]letter{"n": {author: "maya", on: "comp", sent: []domain.Resource{user("tomas"), user("maya")}}},
			changes: []domain.Change{written("n")},
		},
		"deactivated people and outsiders never hear": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", on: "core", sent: []domain.Resource{user("old"), user("ines")}}},
			changes: []domain.Change{written("n")},
		},
		"a note on nothing I have to do with tells nobody": {
			notes:   map[domain.NoteID]letter{"n": {author: "maya", on: "comp"}},
			actor:   "maya",
			changes: []domain.Change{written("n")},
		},
		"a note that is gone again tells nobody": {
			changes: []domain.Change{written("never"), sent("never", user("maya"))},
		},
		"assignment: I am assigned to a task": {
			changes: []domain.Change{domain.AssignmentAdded{Assignment: domain.Assignment{ID: "9", On: comp, To: user("lena")}}},
			want:    is{"lena: assignment (assigned)"},
		},
		"task claimed: somebody assigns a task to themselves and I am manager of it; they hear nothing": {
			changes: []domain.Change{domain.AssignmentAdded{Assignment: domain.Assignment{ID: "9", On: comp, To: user("tomas")}}},
			want:    is{"pat: task_claimed (manages Northern Lights)", "sam: task_claimed (manages sq020)"},
		},
		"task claimed: a manager who claims a task themselves hears nothing": {
			actor:   "sam",
			changes: []domain.Change{domain.AssignmentAdded{Assignment: domain.Assignment{ID: "9", On: comp, To: user("sam")}}},
			want:    is{"pat: task_claimed (manages Northern Lights)"},
		},
		"task claimed: taking a shot is no claim": {
			changes: []domain.Change{domain.AssignmentAdded{Assignment: domain.Assignment{ID: "9", On: shot, To: user("tomas")}}},
		},
		"note completed: recipients, their groups, and who wrote in the thread": {
			changes: []domain.Change{domain.NoteCompleted{Note: "ask", N: 1}},
			want: is{
				"ines: note_completed (wrote_in_thread)", "kenji: note_completed (wrote_in_thread)",
				"lena: note_completed (group_recipient Lighting)", "maya: note_completed (recipient)",
				"nia: note_completed (group_recipient Lighting)",
			},
		},
		"note completed: a message too, and its author is no actor": {
			notes:   map[domain.NoteID]letter{"n": {author: "maya"}},
			changes: []domain.Change{domain.NoteCompleted{Note: "n", N: 2}},
			want:    is{"maya: note_completed (wrote_in_thread)"},
		},
		"client review: a note on an item; its recipients hear of a note": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", on: "item", sent: []domain.Resource{user("maya"), user("ines")}}},
			changes: []domain.Change{written("n")},
			want: is{
				"carl: client_review (review_creator)", "ines: note client_review (recipient, review_invited)",
				"lena: client_review (group_review_invited Lighting)", "maya: note (recipient)",
				"nia: client_review (group_review_invited Lighting)", "pat: client_review (manages Northern Lights)",
				"sam: client_review (manages sq020)", "vera: client_review (version_user)",
			},
		},
		"client review: a status set for an item": {
			actor:   "ines",
			changes: []domain.Change{domain.ReviewStatusSet{ID: "s", Item: "item", Status: "approved"}},
			want: is{
				"carl: client_review (review_creator)",
				"lena: client_review (group_review_invited Lighting)", "nia: client_review (group_review_invited Lighting)",
				"pat: client_review (manages Northern Lights)", "sam: client_review (manages sq020)", "vera: client_review (version_user)",
			},
		},
		"client review: an item that is gone tells nobody": {
			changes: []domain.Change{domain.ReviewStatusSet{ID: "s", Item: "gone", Status: "approved"}},
		},
		"task status: assigned to it, or manager of it; groups do not count": {
			also: func(s *studio) {
				s.assignments = append(s.assignments, domain.Assignment{ID: "9", On: comp, To: crew("lighting")})
			},
			changes: []domain.Change{domain.StatusChanged{ID: "c", On: comp, From: "todo", To: "done"}},
			want: is{
				"maya: task_status (assigned)", "pat: task_status (manages Northern Lights)", "sam: task_status (manages sq020)",
			},
		},
		"status: my group is assigned to it, I manage it, or am assigned to a task below it": {
			changes: []domain.Change{domain.StatusChanged{ID: "c", On: shot, From: "todo", To: "done"}},
			want: is{
				"kenji: status (object_assigned sh0140)", "lena: status (group_assigned Lighting)", "maya: status (assigned_below sh0140)",
				"nia: status (group_assigned Lighting)", "pat: status (manages Northern Lights)", "sam: status (manages sq020)",
			},
		},
		"status: assigned far below counts, assigned to an object below does not": {
			changes: []domain.Change{domain.StatusChanged{ID: "c", On: sq, To: "done"}},
			want: is{
				"ed: status (assigned_below sq020)", "maya: status (assigned_below sq020)",
				"pat: status (manages Northern Lights)", "sam: status (manages sq020)",
			},
		},
		"asset status: I published it, or manage its task or what it hangs on": {
			changes: []domain.Change{domain.StatusChanged{ID: "c", On: take, From: "todo", To: "done"}},
			want: is{
				"pat: asset_status (manages Northern Lights)", "sam: asset_status (manages sq020)", "vera: asset_status (version_user)",
			},
		},
		"version assigned and supervised: published on my task, or where I manage": {
			actor:   "vera",
			changes: []domain.Change{domain.VersionPublished{Version: "take"}, domain.VersionPublished{Version: "take"}},
			want: is{
				"maya: version_assigned (assigned)", "pat: version_supervised (manages Northern Lights)", "sam: version_supervised (manages sq020)",
			},
		},
		"version assigned: by someone else, even where another publishes for me": {
			also: func(s *studio) {
				s.versions["take"] = version{asset: "precomp", task: "comp", parent: "shot", user: "maya"}
			},
			changes: []domain.Change{domain.VersionPublished{Version: "take"}},
			want:    is{"pat: version_supervised (manages Northern Lights)", "sam: version_supervised (manages sq020)"},
		},
		"version dependent: my task follows the publishing task": {
			actor: "sam", also: func(s *studio) { s.links = [][2]string{{"comp", "edit"}} },
			changes: []domain.Change{domain.VersionPublished{Version: "take"}},
			want: is{
				"ed: version_dependent (task_follows edit)", "maya: version_assigned (assigned)", "pat: version_supervised (manages Northern Lights)",
			},
		},
		"version dependent: my task follows what the asset hangs on; a shot that follows is not my task": {
			actor: "sam", also: func(s *studio) { s.links = [][2]string{{"shot", "edit"}, {"comp", "shot"}} },
			changes: []domain.Change{domain.VersionPublished{Version: "take"}},
			want: is{
				"ed: version_dependent (task_follows edit)", "maya: version_assigned (assigned)", "pat: version_supervised (manages Northern Lights)",
			},
		},
		"version dependent: what was published on my task uses any version of the asset": {
			actor: "sam", also: func(s *studio) {
				s.versions["older"] = version{asset: "precomp", task: "comp", parent: "shot", user: "vera"}
				s.versions["cut"] = version{asset: "edl", task: "edit", parent: "sq", user: "ed"}
				s.uses = [][2]domain.VersionID{{"cut", "older"}}
			},
			changes: []domain.Change{domain.VersionPublished{Version: "take"}},
			want: is{
				"ed: version_dependent (task_uses edit)", "maya: version_assigned (assigned)", "pat: version_supervised (manages Northern Lights)",
			},
		},
		"version dependent: what my task has not published does not count": {
			actor: "sam", also: func(s *studio) {
				s.versions["cut"] = version{asset: "edl", task: "edit", parent: "sq", user: "ed", hidden: true}
				s.uses = [][2]domain.VersionID{{"cut", "take"}}
			},
			changes: []domain.Change{domain.VersionPublished{Version: "take"}},
			want:    is{"maya: version_assigned (assigned)", "pat: version_supervised (manages Northern Lights)"},
		},
		"a version that is gone again tells nobody": {
			changes: []domain.Change{domain.VersionPublished{Version: "gone"}},
		},
		"assignment: not through a group, not to an object": {
			changes: []domain.Change{
				domain.AssignmentAdded{Assignment: domain.Assignment{ID: "8", On: comp, To: crew("lighting")}},
				domain.AssignmentAdded{Assignment: domain.Assignment{ID: "9", On: shot, To: user("lena")}},
			},
		},
		"unassignment: my assignment to a task is removed": {
			changes: []domain.Change{domain.AssignmentRemoved{Assignment: domain.Assignment{ID: "1", On: comp, To: user("maya")}}},
			want:    is{"maya: unassignment (assigned)"},
		},
	} {
		t.Run(row, func(t *testing.T) {
			s := film()
			for id, l := range c.notes {
				s.notes[id] = l
			}
			if c.also != nil {
				c.also(s)
			}
			actor := c.actor
			if actor == "" {
				actor = "tomas"
			}
			told, err := rules.Tell(context.Background(), s, actor, c.changes)
			if err != nil {
				t.Fatal(err)
			}
			if got := read(told); !slices.Equal(got, c.want) {
				t.Errorf("told\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(c.want, "\n  "))
			}
		})
	}
}

// read words what people were told, one line a person, in the order of their names.
func read(told []rules.Told) []string {
	var out []string
	for _, x := range told {
		var why []string
		for _, r := range x.Reasons {
			why = append(why, strings.TrimSpace(r.Rule+" "+r.Name))
		}
		out = append(out, fmt.Sprintf("%s: %s (%s)", x.User, strings.Trim(fmt.Sprint(x.Kinds), "[]"), strings.Join(why, ", ")))
	}
	slices.Sort(out)
	return out
}

func TestAReplyHangsOnWhatItsThreadHangsOn(t *testing.T) {
	s := film()
	s.notes["n"] = letter{author: "tomas", inReplyTo: "ask"}
	told, err := rules.Tell(context.Background(), s, "tomas", []domain.Change{written("n")})
	if err != nil || len(told) == 0 {
		t.Fatal(told, err)
	}
	if told[0].On != take || told[0].EventKey != "note:n" || told[0].Actor != "tomas" {
		t.Errorf("%+v", told[0])
	}
}

func TestEventsHaveKeysOfTheirOwn(t *testing.T) {
	s := film()
	told, err := rules.Tell(context.Background(), s, "tomas", []domain.Change{
		domain.AssignmentAdded{Assignment: domain.Assignment{ID: "9", On: comp, To: user("maya")}},
		domain.NoteCompleted{Note: "ask", N: 2},
		domain.StatusChanged{ID: "c", On: comp, To: "done"},
		domain.VersionPublished{Version: "take"},
		domain.ReviewStatusSet{ID: "s", Item: "item"},
		domain.AssignmentRemoved{Assignment: domain.Assignment{ID: "1", On: comp, To: user("maya")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, x := range told {
		keys = append(keys, x.EventKey)
		onVersion := x.On == take || x.On == item
		if (x.Version == "take") != onVersion || (x.Note == "ask") != (x.EventKey == "completed:ask:2") {
			t.Errorf("%+v", x)
		}
	}
	want := []string{"assignment:9:add", "completed:ask:2", "status:c", "version:take", "review:s", "assignment:1:remove"}
	if keys = slices.Compact(keys); !slices.Equal(keys, want) {
		t.Errorf("keys %v", keys)
	}
}
