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
)

func user(id domain.UserID) domain.Resource  { return domain.Resource{User: id} }
func crew(id domain.GroupID) domain.Resource { return domain.Resource{Group: id} }
func written(id domain.NoteID) domain.Change { return domain.NoteCreated{Note: id} }
func sent(id domain.NoteID, to domain.Resource) domain.Change {
	return domain.RecipientAdded{Note: id, To: to}
}

// film is the production of the table: maya animates comp; lighting (with its night shift nia) is
// assigned to the shot and so is kenji directly; vera made the take; tomas writes; old left; the
// vault is private to tomas.
func film() *studio {
	return &studio{
		people: map[domain.UserID]person{
			"maya": {}, "tomas": {}, "kenji": {}, "lena": {}, "nia": {}, "vera": {}, "ines": {}, "old": {inactive: true},
		},
		groups: map[domain.GroupID]team{
			"lighting": {name: "Lighting", people: []domain.UserID{"lena", "old"}},
			"night":    {name: "Night", parent: "lighting", people: []domain.UserID{"nia"}},
		},
		private: map[domain.ProjectID][]domain.UserID{"vault": {"tomas"}},
		things:  map[string]domain.Thing{"comp": comp, "shot": shot, "take": take, "core": core},
		assignments: []domain.Assignment{
			{ID: "1", On: comp, To: user("maya")},
			{ID: "2", On: shot, To: crew("lighting")},
			{ID: "3", On: shot, To: user("kenji")},
			{ID: "4", On: core, To: user("maya")},
		},
		versions: map[domain.VersionID]domain.UserID{"take": "vera"},
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
		"assignment: a claim tells the claimer nothing": {
			changes: []domain.Change{domain.AssignmentAdded{Assignment: domain.Assignment{ID: "9", On: comp, To: user("tomas")}}},
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
