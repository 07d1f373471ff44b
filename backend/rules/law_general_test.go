package rules_test

import (
	"testing"

	"github.com/callboard/callboard/backend/domain"
)

// TestTheGeneralRules is what the law says before its table, by the number of the rule. What it says of
// channels (rule 4), and of what was before or comes after (2, 6 and 7), is tested where that is known.
func TestTheGeneralRules(t *testing.T) {
	obey(t, map[string]example{
		"rule 1: the actor never hears, whatever they are to it": {
			actor: "maya", also: func(s *studio) {
				s.managers = []manager{{on: "comp", user: "maya"}}
				s.links = [][2]string{{"comp", "comp"}}
				s.reviews["item"] = review{creator: "maya", invited: []domain.Resource{user("maya")}, version: "take"}
				s.versions["take"] = version{asset: "precomp", task: "comp", parent: "comp", user: "maya"}
				s.notes["ask"] = letter{author: "maya", on: "take", sent: []domain.Resource{user("maya")}}
			},
			notes: map[domain.NoteID]letter{
				"m": {author: "maya", sent: []domain.Resource{user("maya")}}, "n": {author: "maya", inReplyTo: "ask", sent: []domain.Resource{user("maya")}},
				"o": {author: "maya", on: "item"},
			},
			changes: []domain.Change{
				written("m"), sent("m", user("maya")), written("n"), sent("n", user("maya")), written("o"), sent("ask", user("maya")),
				domain.NoteCompleted{Note: "ask", N: 1},
				domain.ReviewStatusSet{ID: "s", Item: "item"},
				domain.AssignmentAdded{Assignment: domain.Assignment{ID: "9", On: comp, To: user("maya")}},
				domain.AssignmentRemoved{Assignment: domain.Assignment{ID: "1", On: comp, To: user("maya")}},
				domain.StatusChanged{ID: "c", On: comp},
				domain.StatusChanged{ID: "d", On: take},
				domain.VersionPublished{Version: "take"},
			},
			want: is{"kenji: note (wrote_in_thread)", "kenji: note_completed (wrote_in_thread)"},
		},
		"rule 1: deactivated people and who may not see the project never hear": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", on: "core", sent: []domain.Resource{user("old"), user("ines")}}},
			changes: []domain.Change{written("n")},
		},
		"rule 2: one event tells a person once, of every kind, the first in rank first": {
			also: func(s *studio) {
				s.managers = []manager{{on: "comp", user: "maya"}}
				s.links = [][2]string{{"shot", "comp"}}
				s.versions["cut"] = version{asset: "edl", task: "comp", parent: "sq", user: "ed"}
				s.uses = [][2]domain.VersionID{{"cut", "take"}}
			},
			changes: []domain.Change{domain.VersionPublished{Version: "take"}},
			want: is{
				"maya: version_assigned version_supervised version_dependent (assigned, manages comp, task_follows comp, task_uses comp)",
			},
		},
		"rule 2: a recipient added later hears, the others do not again": {
			notes:   map[domain.NoteID]letter{"ask": {author: "ines", on: "take", sent: []domain.Resource{user("maya"), user("lena")}}},
			changes: []domain.Change{sent("ask", user("lena"))},
			want:    is{"lena: note (recipient)"},
		},
		"rule 2: a recipient added later to a message hears of a message": {
			changes: []domain.Change{sent("mail", user("vera"))},
			want:    is{"vera: message (recipient)"},
		},
		"rule 3: a note and its recipients are one event, in whatever order they were sent": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", on: "comp", sent: []domain.Resource{user("maya"), crew("night")}}},
			changes: []domain.Change{sent("n", crew("night")), written("n"), sent("n", user("maya"))},
			want:    is{"maya: note (assigned, recipient)", "nia: note (group_recipient Night)"},
		},
		"rule 5: the author another names is an actor too": {
			notes:   map[domain.NoteID]letter{"n": {author: "maya", on: "comp", sent: []domain.Resource{user("tomas"), user("maya")}}},
			changes: []domain.Change{written("n")},
		},
		"rule 5: named directly on an object counts as my group, also on the project": {
			also: func(s *studio) {
				s.assignments = append(s.assignments, domain.Assignment{ID: "9", On: show, To: user("kenji")})
			},
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", on: "film"}},
			changes: []domain.Change{written("n")},
			want:    is{"kenji: note (object_assigned Northern Lights)"},
		},
		"rule 6: a reply hangs on what its thread's first note hangs on, whatever it says": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", on: "edit", inReplyTo: "ask2"}},
			changes: []domain.Change{written("n")},
			want:    is{"ines: note (wrote_in_thread)", "kenji: note (replied_author)", "vera: note (version_user)"},
		},
	})
}
