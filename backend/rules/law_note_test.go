package rules_test

import (
	"testing"

	"github.com/callboard/callboard/backend/domain"
)

// TestTheLawOfNotes is the rows message, note, note completion and client review.
func TestTheLawOfNotes(t *testing.T) {
	obey(t, map[string]example{
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
		"message: a reply that is sent to more people": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", inReplyTo: "mail", sent: []domain.Resource{user("vera"), crew("night")}}},
			changes: []domain.Change{written("n"), sent("n", user("vera")), sent("n", crew("night"))},
			want: is{
				"ines: message (started_thread)", "kenji: message (wrote_in_thread)", "lena: message (group_thread_recipient Lighting)",
				"maya: message (thread_recipient)", "nia: message (group_recipient Night, group_thread_recipient Lighting)", "vera: message (recipient)",
			},
		},
		"message: who is sent one reply hears of all that follow in the thread": {
			also: func(s *studio) {
				s.notes["mail2"] = letter{author: "kenji", inReplyTo: "mail", sent: []domain.Resource{user("vera")}}
			},
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", inReplyTo: "mail"}},
			changes: []domain.Change{written("n")},
			want: is{
				"ines: message (started_thread)", "kenji: message (wrote_in_thread)", "lena: message (group_thread_recipient Lighting)",
				"maya: message (thread_recipient)", "nia: message (group_thread_recipient Lighting)", "vera: message (thread_recipient)",
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
		"note (b): on a task my group is assigned to, or one around mine": {
			also: func(s *studio) {
				s.assignments = append(s.assignments, domain.Assignment{ID: "9", On: comp, To: crew("lighting")})
			},
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", on: "comp"}},
			changes: []domain.Change{written("n")},
			want:    is{"lena: note (group_assigned Lighting)", "maya: note (assigned)", "nia: note (group_assigned Lighting)"},
		},
		"note (c): on a version whose user I am": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", on: "take"}},
			changes: []domain.Change{written("n")},
			want:    is{"vera: note (version_user)"},
		},
		"note (c): on a version whose user I am, not published": {
			also: func(s *studio) {
				s.versions["take"] = version{asset: "precomp", task: "comp", parent: "shot", user: "vera", hidden: true}
			},
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", on: "take"}},
			changes: []domain.Change{written("n")},
			want:    is{"vera: note (version_user)"},
		},
		"note (d): me as recipient, and all my reasons at once": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", on: "comp", sent: []domain.Resource{user("maya"), user("ines")}}},
			changes: []domain.Change{written("n"), sent("n", user("maya")), sent("n", user("ines"))},
			want:    is{"ines: note (recipient)", "maya: note (assigned, recipient)"},
		},
		"note (d): my group as recipient, on anything": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", on: "film", sent: []domain.Resource{crew("lighting")}}},
			changes: []domain.Change{written("n"), sent("n", crew("lighting"))},
			want:    is{"lena: note (group_recipient Lighting)", "nia: note (group_recipient Lighting)"},
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
		"note: managers do not hear of every note where they manage": {
			notes:   map[domain.NoteID]letter{"n": {author: "tomas", on: "sq"}},
			changes: []domain.Change{written("n")},
		},
		"note: on nothing I have to do with tells nobody": {
			notes:   map[domain.NoteID]letter{"n": {author: "maya", on: "comp"}},
			actor:   "maya",
			changes: []domain.Change{written("n")},
		},
		"note: gone again, it tells nobody": {
			changes: []domain.Change{written("never"), sent("never", user("maya"))},
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
		"note completed: of a reply, its own recipients and who wrote in the thread": {
			changes: []domain.Change{domain.NoteCompleted{Note: "ask2", N: 1}},
			want:    is{"ines: note_completed (wrote_in_thread)", "kenji: note_completed (wrote_in_thread)"},
		},
		"note completed: not whoever is assigned to what it hangs on": {
			notes:   map[domain.NoteID]letter{"n": {author: "ines", on: "comp"}},
			changes: []domain.Change{domain.NoteCompleted{Note: "n", N: 1}},
			want:    is{"ines: note_completed (wrote_in_thread)"},
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
		"client review: a reply on an item; whom it answers hear of a note": {
			also: func(s *studio) {
				s.notes["asked"] = letter{author: "lena", on: "item", sent: []domain.Resource{user("maya")}}
			},
			notes:   map[domain.NoteID]letter{"n": {author: "ines", inReplyTo: "asked"}},
			actor:   "ines",
			changes: []domain.Change{written("n")},
			want: is{
				"carl: client_review (review_creator)", "lena: note client_review (replied_author, group_review_invited Lighting)",
				"maya: note (replied_recipient)", "nia: client_review (group_review_invited Lighting)", "pat: client_review (manages Northern Lights)",
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
		"client review: manager of the version's task is manager of its context": {
			also: func(s *studio) {
				s.managers = []manager{{on: "comp", user: "lena"}}
				s.reviews["item"] = review{version: "take"}
			},
			changes: []domain.Change{domain.ReviewStatusSet{ID: "s", Item: "item", Status: "approved"}},
			want:    is{"lena: client_review (manages comp)", "vera: client_review (version_user)"},
		},
		"client review: an item that is gone tells nobody": {
			changes: []domain.Change{domain.ReviewStatusSet{ID: "s", Item: "gone", Status: "approved"}},
		},
	})
}
