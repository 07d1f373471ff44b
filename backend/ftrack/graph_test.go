package ftrack_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/rules"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// site answers queries by their type, with rows made by hand: what they ask for is not looked at. The
// rows of a type without an answer are none.
func site(t *testing.T, rows map[string][]wire.Entity) *fake {
	t.Helper()
	f := newFake(t)
	f.answer = func(op wire.Operation) any {
		q, err := query.Parse(op.Expression)
		if err != nil {
			return err
		}
		found := rows[q.Type]
		return wire.PageOf(found[min(*q.Offset, len(found)):], nil)
	}
	return f
}

func entity(typeName, id string, pairs ...any) wire.Entity {
	e := wire.Entity{Type: typeName, Key: []string{"id"}, Values: map[string]any{"id": id}}
	for i := 0; i < len(pairs); i += 2 {
		e.Values[pairs[i].(string)] = pairs[i+1]
	}
	return e
}

// film is a site with a little of everything.
func film(t *testing.T) *fake {
	person, crew := entity("User", "maya"), entity("Group", "crew", "name", "Crew")
	way := []any{map[string]any{"id": "film", "name": "film", "type": "Project"}, map[string]any{"id": "comp", "name": "comp", "type": "TypedContext"}}
	return site(t, map[string][]wire.Entity{
		"Note": {
			entity("Note", "first", "user_id", "tomas", "parent_id", "shot", "parent_type", "Task", "project_id", "film", "recipients", []any{
				entity("Recipient", "r1", "recipient", person), entity("Recipient", "r2", "recipient", crew), entity("Recipient", "r3", "recipient", nil),
			}),
			entity("Note", "reply", "user_id", "maya", "in_reply_to_id", "first", "parent_id", "elsewhere", "parent_type", "Task"),
			entity("Note", "take-note", "parent_id", "take", "parent_type", "AssetVersion"),
			entity("Note", "item-note", "parent_id", "item", "parent_type", "ReviewSessionObject"),
			entity("Note", "list-note", "parent_id", "list", "parent_type", "List", "project_id", "film"),
		},
		"Context": {entity("Shot", "shot", "name", "sh0140", "link", way), entity("Task", "comp", "name", "comp", "link", way)},
		"Project": {entity("Project", "film", "name", "film", "full_name", "Northern Lights", "is_private", true)},
		"AssetVersion": {entity(
			"AssetVersion", "take", "version", 3, "project_id", "film", "user_id", "vera", "task_id", "comp", "asset_id", "precomp",
			"asset", entity("Asset", "precomp", "name", "precomp", "context_id", "shot"), "task", entity("Task", "comp", "name", "comp"),
			"uses_versions", []any{entity("AssetVersion", "older", "asset_id", "precomp")},
		)},
		"ReviewSessionObject": {entity(
			"ReviewSessionObject", "item", "name", "precomp", "version_id", "take", "review_session_id", "friday", "asset_version", entity("AssetVersion", "take"),
			"review_session", entity("ReviewSession", "friday", "project_id", "film", "created_by_id", "carl"),
		)},
		"ReviewSessionInvitee": {entity("ReviewSessionInvitee", "i1", "review_session_id", "friday", "resource", crew)},
		"Appointment":          {entity("Appointment", "a1", "context_id", "comp", "resource", person), entity("Appointment", "a2", "context_id", "comp", "resource", crew)},
		"Task": {entity("Task", "comp", "link", way, "assignments", []any{
			entity("Appointment", "a1", "resource", person), entity("Appointment", "a2", "resource", crew),
		})},
		"Manager":          {entity("Manager", "m1", "context_id", "film", "user_id", "sam", "context", entity("Project", "film", "name", "film"))},
		"TypedContextLink": {entity("TypedContextLink", "l1", "from_id", "comp", "to", entity("Task", "edit", "name", "edit"))},
		"Group":            {crew},
		"Membership":       {entity("Membership", "x1", "group_id", "crew", "user_id", "lena")},
		"User":             {entity("User", "maya", "memberships", []any{entity("Membership", "x2", "group_id", "crew")}), entity("User", "ines", "memberships", []any{})},
	})
}

// questions are all there are, each about something of film.
var questions = map[string]func(context.Context, rules.Graph) error{
	"Conversations": func(ctx context.Context, g rules.Graph) error {
		_, err := g.Conversations(ctx, []domain.NoteID{"reply", "take-note", "item-note"})
		return err
	},
	"Assigned": func(ctx context.Context, g rules.Graph) error {
		_, err := g.Assigned(ctx, []domain.ContextID{"comp"})
		return err
	},
	"AssignedBelow": func(ctx context.Context, g rules.Graph) error {
		_, err := g.AssignedBelow(ctx, []domain.ContextID{"film"})
		return err
	},
	"Managers": func(ctx context.Context, g rules.Graph) error {
		_, err := g.Managers(ctx, []domain.ContextID{"comp"})
		return err
	},
	"Versions": func(ctx context.Context, g rules.Graph) error {
		_, err := g.Versions(ctx, []domain.VersionID{"take"})
		return err
	},
	"Dependents": func(ctx context.Context, g rules.Graph) error {
		_, err := g.Dependents(ctx, []domain.VersionID{"take"})
		return err
	},
	"Reviews": func(ctx context.Context, g rules.Graph) error {
		_, err := g.Reviews(ctx, []string{"item"})
		return err
	},
	"Members": func(ctx context.Context, g rules.Graph) error {
		_, err := g.Members(ctx, []domain.GroupID{"crew"})
		return err
	},
	"Audience": func(ctx context.Context, g rules.Graph) error {
		_, err := g.Audience(ctx, "film", []domain.UserID{"maya"})
		return err
	},
}

// What the recorded schemas of a real server have is what schema declares; its own tests hold it to that.
func TestTheGraphAsksOnlyForWhatEveryServerHas(t *testing.T) {
	f := film(t)
	for question, ask := range questions {
		if err := ask(t.Context(), f.client().Graph("ines")); err != nil {
			t.Errorf("%s: %v", question, err)
		}
	}
	var asked []string
	for _, op := range f.operations() {
		q, err := query.Parse(op.Expression)
		if err != nil {
			t.Fatalf("%s: %v", op.Expression, err)
		}
		if !slices.Contains(asked, q.Type) {
			asked = append(asked, q.Type)
		}
		for _, path := range paths(q) {
			if err := known(q.Type, path); err != nil {
				t.Errorf("%s: %v", op.Expression, err)
			}
		}
	}
	slices.Sort(asked)
	want := "Appointment AssetVersion Context Group Manager Membership Note Project ReviewSessionInvitee ReviewSessionObject Task TypedContextLink User"
	if got := strings.Join(asked, " "); got != want {
		t.Errorf("asked of %s", got)
	}
}

// paths are all that a query names, each as the names from its type on.
func paths(q *query.Query) [][]string {
	var found [][]string
	for _, p := range q.Projections {
		found = append(found, p.Path.Names())
	}
	for _, o := range q.OrderBy {
		found = append(found, o.Path.Names())
	}
	var walk func(e query.Expr, from []string)
	walk = func(e query.Expr, from []string) {
		at := func(p query.Path) []string { return append(slices.Clone(from), p.Names()...) }
		switch e := e.(type) {
		case query.And:
			for _, term := range e.Terms {
				walk(term, from)
			}
		case query.Or:
			for _, term := range e.Terms {
				walk(term, from)
			}
		case query.Compare:
			found = append(found, at(e.Path))
		case query.In:
			found = append(found, at(e.Path))
		case query.Related:
			found = append(found, at(e.Path))
			walk(e.Where, at(e.Path))
		}
	}
	walk(q.Where, nil)
	return found
}

// known follows a path over the schemas.
func known(typeName string, path []string) error {
	for _, name := range path {
		t, ok := schema.ByName(typeName)
		if !ok || t.Hidden {
			return fmt.Errorf("there is no type %s", typeName)
		}
		a, ok := t.Attribute(name)
		if !ok || a.Hidden {
			return fmt.Errorf("%s has no attribute %s", typeName, name)
		}
		typeName = a.Ref
	}
	return nil
}

func TestTheGraphReadsWhatASiteAnswers(t *testing.T) {
	ctx, g := t.Context(), film(t).client().Graph("ines")

	threads, err := g.Conversations(ctx, []domain.NoteID{"reply", "take-note", "item-note", "list-note", "nowhere"})
	thread := threads["reply"]
	// The site says Task of every object, and a reply may claim to hang elsewhere.
	same(t, err, thread.On, domain.Thing{Type: "Shot", ID: "shot", Name: "sh0140", Project: "film"})
	same(t, err, thread.First, "first")
	same(t, err, thread.Notes, map[domain.NoteID]domain.NoteFacts{
		"first": {Author: "tomas", Sent: []domain.Resource{{User: "maya"}, {Group: "crew"}}},
		"reply": {Author: "maya", InReplyTo: "first"},
	})
	same(t, err, threads["take-note"].On, domain.Thing{Type: "AssetVersion", ID: "take", Name: "precomp v003"})
	same(t, err, threads["list-note"].On, domain.Thing{Type: "List", ID: "list", Project: "film"})
	same(t, err, len(threads), 4)

	assigned, err := g.Assigned(ctx, []domain.ContextID{"comp"})
	same(t, err, assigned, map[domain.ContextID][]domain.Resource{"comp": {{User: "maya"}, {Group: "crew"}}})

	below, err := g.AssignedBelow(ctx, []domain.ContextID{"film", "comp"})
	same(t, err, below, map[domain.ContextID][]domain.UserID{"film": {"maya"}})

	managers, err := g.Managers(ctx, []domain.ContextID{"comp"})
	same(t, err, managers["comp"], []domain.Manager{{User: "sam", Of: "Northern Lights"}})

	versions, err := g.Versions(ctx, []domain.VersionID{"take"})
	same(t, err, versions["take"], domain.VersionFacts{
		On: domain.Thing{Type: "AssetVersion", ID: "take", Name: "precomp", Project: "film"}, User: "vera", Task: "comp", Parent: "shot",
	})

	dependents, err := g.Dependents(ctx, []domain.VersionID{"take"})
	same(t, err, dependents["take"], []domain.Dependent{{Task: "edit", Name: "edit"}, {Task: "comp", Name: "comp", Uses: true}})

	reviews, err := g.Reviews(ctx, []string{"item"})
	same(t, err, reviews["item"], domain.ReviewFacts{
		On:      domain.Thing{Type: "ReviewSessionObject", ID: "item", Name: "precomp", Project: "film"},
		Creator: "carl", Invited: []domain.Resource{{Group: "crew"}}, Version: "take",
	})

	members, err := g.Members(ctx, []domain.GroupID{"crew"})
	same(t, err, members, map[domain.GroupID]domain.Membership{"crew": {Name: "Crew", Users: []domain.UserID{"lena"}}})
}

func same[T any](t *testing.T, err error, got, want T) {
	t.Helper()
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
}

func TestAQuestionIsAFewQueriesAboutAnyNumberOfThings(t *testing.T) {
	f := newFake(t)
	f.answer = func(op wire.Operation) any {
		q, err := query.Parse(op.Expression)
		if err != nil {
			return err
		}
		if *q.Offset > 0 {
			return wire.PageOf([]wire.Entity{entity("Appointment", "last", "context_id", "c0", "resource", entity("User", "maya"))}, nil)
		}
		rows := make([]wire.Entity, *q.Limit)
		for i := range rows {
			rows[i] = entity("Appointment", fmt.Sprint("a", i), "context_id", "c1", "resource", entity("User", "maya"))
		}
		return wire.PageOf(rows, q.Limit)
	}
	contexts := make([]domain.ContextID, 1000)
	for i := range contexts {
		contexts[i] = domain.ContextID(fmt.Sprint("c", i))
	}
	assigned, err := f.client().Graph("ines").Assigned(t.Context(), slices.Repeat(contexts, 2))
	if queries := len(f.operations()); err != nil || queries != 10 || len(assigned["c1"]) != 5*500 || len(assigned["c0"]) != 5 {
		t.Errorf("%d queries, %d and %d assigned, %v", queries, len(assigned["c1"]), len(assigned["c0"]), err)
	}
}

func TestNestingIsFollowedSeveralLevelsAtOnce(t *testing.T) {
	notes := map[string]wire.Entity{}
	for i := range 11 {
		n := entity("Note", fmt.Sprint("n", i), "user_id", "maya")
		if i > 0 {
			n.Values["in_reply_to_id"] = fmt.Sprint("n", i-1)
		}
		notes[fmt.Sprint("n", i)] = n
	}
	for _, id := range []string{"ring", "rang"} {
		notes[id] = entity("Note", id, "in_reply_to_id", map[string]string{"ring": "rang", "rang": "ring"}[id])
	}
	f := newFake(t)
	f.answer = func(op wire.Operation) any { return threaded(notes, op.Expression) }
	threads, err := f.client().Graph("ines").Conversations(t.Context(), []domain.NoteID{"n10", "ring"})
	if thread := threads["n10"]; err != nil || len(threads) != 1 || thread.First != "n0" || len(thread.Notes) != 11 {
		t.Errorf("%+v %v", threads, err)
	}
	// Three climb from n10 over n6 and n2, the second of which meets the end of the ring; three descend.
	if queries := len(f.operations()); queries != 6 {
		t.Errorf("%d queries: %v", queries, f.operations())
	}
}

// threaded answers the two queries about threads: whole ways up, and what lies up to four levels below.
func threaded(notes map[string]wire.Entity, expression string) any {
	q, err := query.Parse(expression)
	if err != nil {
		return err
	}
	listed := func(e query.Expr) (found []string) {
		for _, v := range e.(query.In).Values {
			found = append(found, v.Text)
		}
		return found
	}
	above := func(id string) string { up, _ := notes[id].Values["in_reply_to_id"].(string); return up }
	var rows []wire.Entity
	or, descends := q.Where.(query.Or)
	if !descends {
		for _, id := range listed(q.Where) {
			rows = append(rows, climbed(notes, id, 4))
		}
		return wire.PageOf(rows, nil)
	}
	for id, n := range notes {
		at := id
		for range len(or.Terms) {
			if slices.Contains(listed(or.Terms[0]), at) {
				rows = append(rows, n)
				break
			}
			at = above(at)
		}
	}
	return wire.PageOf(rows, nil)
}

// climbed is a note with so many notes above it.
func climbed(notes map[string]wire.Entity, id string, levels int) wire.Entity {
	n := entity("Note", id, "in_reply_to_id", notes[id].Values["in_reply_to_id"])
	if up, ok := n.Values["in_reply_to_id"].(string); ok && levels > 1 {
		n.Values["in_reply_to"] = climbed(notes, up, levels-1)
	}
	return n
}

func TestAFailureOfAnyQueryEndsItsQuestion(t *testing.T) {
	for question, ask := range questions {
		f := film(t)
		answer, fails, asked := f.answer, -1, 0
		f.answer = func(op wire.Operation) any {
			if asked++; asked-1 == fails {
				return domain.Errorf(domain.Forbidden, "no")
			}
			return answer(op)
		}
		if err := ask(t.Context(), f.client().Graph("ines")); err != nil || asked > 6 {
			t.Errorf("%s: %d queries, %v", question, asked, err)
		}
		for fails = range asked {
			asked = 0
			if err := ask(t.Context(), f.client().Graph("ines")); domain.CodeOf(err) != domain.Forbidden {
				t.Errorf("%s goes on after query %d: %v", question, fails, err)
			}
		}
	}
}

func TestOneselfSeesWhatTheServerShows(t *testing.T) {
	f := film(t) // where nobody is found to have a part in the private film
	answer := f.answer
	f.answer = func(op wire.Operation) any {
		if strings.Contains(op.Expression, "any (") || strings.Contains(op.Expression, "Manager") {
			return wire.PageOf([]wire.Entity{}, nil)
		}
		return answer(op)
	}
	g, people := f.client().Graph("ines"), []domain.UserID{"ines", "maya"}
	may, err := g.Audience(t.Context(), "film", people)
	same(t, err, may, []domain.UserID{"ines"})

	f.answer = func(op wire.Operation) any {
		if strings.Contains(op.Expression, "from Project") {
			return wire.PageOf([]wire.Entity{}, nil)
		}
		return answer(op)
	}
	may, err = g.Audience(t.Context(), "film", people)
	same(t, err, may, nil)
	may, err = g.Audience(t.Context(), "", people)
	same(t, err, may, []domain.UserID{"ines", "maya"})
}
