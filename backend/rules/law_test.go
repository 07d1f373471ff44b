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

// film is the production of the examples: maya animates comp; lighting (with its night shift nia) is
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

// example is one request in film, and whom the law tells of it.
type example struct {
	notes   map[domain.NoteID]letter // written in this request
	also    func(*studio)            // what is different in film
	changes []domain.Change
	actor   domain.UserID // tomas unless said
	want    is            // person: kinds, because of rules
}

type is = []string

// obey holds the law to examples. They read like its table: the row, the clause, and who is told why.
func obey(t *testing.T, examples map[string]example) {
	t.Helper()
	for row, c := range examples {
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
