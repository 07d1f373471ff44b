package rules_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/rules"
)

// request is a random studio with one random request in it.
type request struct {
	studio  *studio
	actor   domain.UserID
	changes []domain.Change
}

func requests(t *rapid.T) request {
	people := []domain.UserID{"a", "b", "c", "d", "e", "f"}
	groups := []domain.GroupID{"g", "h", "i"}
	s := &studio{
		people: map[domain.UserID]person{}, groups: map[domain.GroupID]team{},
		private: map[domain.ProjectID][]domain.UserID{"vault": rapid.SliceOfDistinct(rapid.SampledFrom(people), rapid.ID).Draw(t, "crew")},
		things:  map[string]domain.Thing{"comp": comp, "shot": shot, "take": take, "core": core, "edit": edit, "sq": sq, "film": show, "item": item, "cut": cut},
		above:   map[string]string{"comp": "shot", "shot": "sq", "edit": "sq", "sq": "film"},
		versions: map[domain.VersionID]version{
			"take": {asset: "precomp", task: "comp", parent: "shot", user: rapid.SampledFrom(people).Draw(t, "version user")},
			"cut":  {asset: "edl", task: "edit", parent: "sq", user: rapid.SampledFrom(people).Draw(t, "cut's user")},
		},
		notes: map[domain.NoteID]letter{},
	}
	for _, id := range people {
		s.people[id] = person{inactive: rapid.IntRange(0, 5).Draw(t, "inactive") == 0}
	}
	for i, id := range groups {
		g := team{name: string(id), people: rapid.SliceOfDistinct(rapid.SampledFrom(people), rapid.ID).Draw(t, "members")}
		if i > 0 && rapid.Bool().Draw(t, "nested") {
			g.parent = groups[i-1]
		}
		s.groups[id] = g
	}
	resource := rapid.Custom(func(t *rapid.T) domain.Resource {
		if rapid.Bool().Draw(t, "person") {
			return user(rapid.SampledFrom(people).Draw(t, "to"))
		}
		return crew(rapid.SampledFrom(groups).Draw(t, "to group"))
	})
	things := []domain.Thing{comp, shot, core, edit, sq}
	for i := range rapid.IntRange(0, 6).Draw(t, "assignments") {
		s.assignments = append(s.assignments, domain.Assignment{
			ID: fmt.Sprint(i), On: rapid.SampledFrom(things).Draw(t, "on"), To: resource.Draw(t, "assigned"),
		})
	}

	for range rapid.IntRange(0, 4).Draw(t, "managers") {
		s.managers = append(s.managers, manager{
			on: rapid.SampledFrom([]string{"comp", "shot", "sq", "film"}).Draw(t, "manages"), user: rapid.SampledFrom(people).Draw(t, "manager"),
		})
	}
	if rapid.Bool().Draw(t, "follows") {
		s.links = [][2]string{{"comp", "edit"}}
	}
	if rapid.Bool().Draw(t, "uses") {
		s.uses = [][2]domain.VersionID{{"cut", "take"}}
	}
	s.reviews = map[string]review{"item": {
		creator: rapid.SampledFrom(people).Draw(t, "creator"), invited: rapid.SliceOfN(resource, 0, 3).Draw(t, "invited"), version: "take",
	}}

	r := request{studio: s, actor: rapid.SampledFrom(people).Draw(t, "actor")}
	for i := range rapid.IntRange(1, 6).Draw(t, "notes") {
		id := domain.NoteID(fmt.Sprintf("n%d", i))
		l := letter{
			author: rapid.SampledFrom(people).Draw(t, "author"),
			on:     rapid.SampledFrom([]string{"", "comp", "shot", "take", "core", "item"}).Draw(t, "hangs on"),
			sent:   rapid.SliceOfN(resource, 0, 3).Draw(t, "sent"),
		}
		if i > 0 && rapid.Bool().Draw(t, "reply") {
			l.inReplyTo = domain.NoteID(fmt.Sprintf("n%d", rapid.IntRange(0, i-1).Draw(t, "to note")))
		}
		s.notes[id] = l
		if rapid.Bool().Draw(t, "old") {
			continue
		}
		r.changes = append(r.changes, written(id))
		for _, to := range l.sent {
			r.changes = append(r.changes, sent(id, to))
		}
	}
	for _, a := range s.assignments {
		switch rapid.IntRange(0, 3).Draw(t, "assignment is") {
		case 0:
			r.changes = append(r.changes, domain.AssignmentAdded{Assignment: a})
		case 1:
			r.changes = append(r.changes, domain.AssignmentRemoved{Assignment: a})
		}
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "more") {
		r.changes = append(r.changes, rapid.SampledFrom([]domain.Change{
			domain.NoteCompleted{Note: "n0", N: i},
			domain.StatusChanged{ID: fmt.Sprint("c", i), On: rapid.SampledFrom([]domain.Thing{comp, shot, core, sq, take}).Draw(t, "status of"), To: "done"},
			domain.VersionPublished{Version: "take"},
			domain.VersionPublished{Version: "cut"},
			domain.ReviewStatusSet{ID: fmt.Sprint("s", i), Item: "item"},
		}).Draw(t, "change"))
	}
	return r
}

func tell(t *rapid.T, r request) []rules.Told {
	told, err := rules.Tell(context.Background(), r.studio, r.actor, r.changes)
	if err != nil {
		t.Fatal(err)
	}
	return told
}

func TestNobodyHearsWhoMustNot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := requests(t)
		once := map[string]bool{}
		for _, x := range tell(t, r) {
			if x.User == r.actor || x.User == x.Actor {
				t.Errorf("an actor hears: %+v", x)
			}
			if !r.studio.mayHear(x.On.Project, x.User) {
				t.Errorf("an outsider hears: %+v", x)
			}
			if key := string(x.User) + x.EventKey; once[key] {
				t.Errorf("hears twice: %+v", x)
			} else {
				once[key] = true
			}
			checkKinds(t, x)
		}
	})
}

func checkKinds(t *rapid.T, x rules.Told) {
	if len(x.Kinds) == 0 || len(x.Reasons) == 0 || !slices.Equal(x.Kinds, domain.SortKinds(x.Kinds)) {
		t.Errorf("kinds without reason or order: %+v", x)
	}
	for _, reason := range x.Reasons {
		if !slices.Contains(x.Kinds, reason.Kind) {
			t.Errorf("a reason for another kind: %+v", x)
		}
	}
	if strings.HasPrefix(x.EventKey, "note:") && slices.Contains(x.Kinds, domain.KindMessage) != x.On.IsZero() {
		t.Errorf("a message is what hangs on nothing, and only that: %+v", x)
	}
}

func TestTheOrderOfOperationsTellsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := requests(t)
		before := sorted(tell(t, r))
		r.changes = rapid.Permutation(r.changes).Draw(t, "another order")
		if after := sorted(tell(t, r)); !slices.Equal(before, after) {
			t.Errorf("one order tells\n%v\nanother\n%v", before, after)
		}
	})
}

func sorted(told []rules.Told) []string {
	var out []string
	for _, x := range told {
		out = append(out, fmt.Sprintf("%+v", x))
	}
	slices.Sort(out)
	return out
}
