package tracker_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/rules"
	"github.com/callboard/callboard/backend/workspace/api"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/tracker"
)

// graphs is a studio whose law is asked over two graphs: the store's, inside of a request's transaction,
// and the protocol's, by queries over HTTP afterwards.
type graphs struct {
	*studio
	t     *testing.T
	http  *httptest.Server
	heard map[string]int // how often, by kind and by "kind rule"
}

// trusting lets in whoever says who they are: the token is the person's id.
type trusting struct{ api.Gate }

func (trusting) Recognise(_ context.Context, c auth.Credentials) (auth.Who, error) {
	return auth.Who{UserID: domain.UserID(c.Bearer), Username: c.Bearer, Session: true}, nil
}

// door is the tracker as the HTTP door calls it.
type door struct{ *tracker.Tracker }

func (d door) Do(ctx context.Context, caller api.Caller, ops []wire.Operation, mode wire.Mode) ([]any, error) {
	return d.Tracker.Do(ctx, tracker.Caller(caller), ops, mode)
}

func (d door) MayStore(ctx context.Context, caller api.Caller, id domain.ComponentID) error {
	return d.Tracker.MayStore(ctx, tracker.Caller(caller), id)
}

func openGraphs(t *testing.T) *graphs {
	t.Helper()
	g := &graphs{studio: open(t), t: t, heard: map[string]int{}}
	mux := http.NewServeMux()
	api.Register(mux, api.Config{Gate: trusting{}, Tracker: door{g.tracker}})
	g.http = httptest.NewServer(mux)
	t.Cleanup(g.http.Close)
	return g
}

// as is the production as queries over HTTP show it to somebody.
func (g *graphs) as(who string) rules.Graph {
	return ftrack.New(ftrack.Config{Address: g.http.URL, Token: who, HTTP: g.http.Client()}).Graph(domain.UserID(who))
}

// TestBothGraphsTellTheSame has random people do random things in random studios. The protocol's graph
// asked as an administrator tells everybody what the store's tells them; asked as anybody else, that person.
func TestBothGraphsTellTheSame(t *testing.T) {
	fewer(t, 20)
	g := openGraphs(t)
	studios, requests, refused := 0, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		studios++
		random := &randomStudio{prefix: fmt.Sprint("s", studios), home: map[string]string{}}
		if !g.compare(rt, "", random.furnish(rt), random.boss()) {
			rt.Fatal("a random studio was refused")
		}
		for range times(rt, 12, 18) {
			actor := of(rt, random.people)
			if chance(rt, 50) || !g.finds(actor, anybody) {
				actor = random.boss()
			}
			before := *random
			requests++
			if !g.compare(rt, actor, random.request(rt, actor), of(rt, random.people)) {
				refused++
				before.made = random.made
				*random = before
			}
		}
		g.inboxesHoldEachEventOnce(rt, random.people)
	})
	t.Logf("%d requests in %d studios, %d of them refused", requests, studios, refused)
	for _, kind := range domain.Kinds {
		var why []string
		for _, key := range slices.Sorted(maps.Keys(g.heard)) {
			if rule, ok := strings.CutPrefix(key, string(kind)+" "); ok {
				why = append(why, fmt.Sprintf("%s %d", rule, g.heard[key]))
			}
		}
		t.Logf("%s %d: %s", kind, g.heard[string(kind)], strings.Join(why, ", "))
		if g.heard[string(kind)] == 0 {
			t.Errorf("nobody was told of kind %s", kind)
		}
	}
}

// compare has somebody do something and compares whom the law tells. It is false where the server refused.
func (g *graphs) compare(rt *rapid.T, actor string, ops []wire.Operation, reader string) bool {
	changes, told, err := g.tracker.DoAndTell(g.t.Context(), as(actor), ops)
	if err != nil {
		if domain.CodeOf(err) == domain.Internal {
			rt.Fatalf("%s: %v", actor, err)
		}
		return false
	}
	same := func(who string, told, also []rules.Told) {
		if here, there := worded(told), worded(also); !slices.Equal(here, there) {
			rt.Fatalf("%s did %+v\nthat is %+v\nthe store's graph tells\n  %s\nthe protocol's, as %s,\n  %s",
				actor, ops, changes, strings.Join(here, "\n  "), who, strings.Join(there, "\n  "))
		}
	}
	for _, x := range told {
		for _, kind := range x.Kinds {
			g.heard[string(kind)]++
		}
		for _, reason := range x.Reasons {
			g.heard[string(reason.Kind)+" "+reason.Rule]++
		}
	}
	g.onlyWhoMayHear(rt, actor, told)

	all, err := rules.Tell(g.t.Context(), g.as("ines"), domain.UserID(actor), changes)
	if err != nil {
		rt.Fatal(err)
	}
	same("ines", told, all)
	if !g.finds(reader, anybody) {
		return true // deactivated
	}
	own, err := rules.Tell(g.t.Context(), g.as(reader), domain.UserID(actor), changes)
	if err != nil {
		rt.Fatal(err)
	}
	// Of a message thread a server shows people what they stand next to, and the law counts all of it.
	others := func(x rules.Told) bool { return string(x.User) != reader || x.On.IsZero() }
	same(reader, slices.DeleteFunc(told, others), slices.DeleteFunc(own, others))
	return true
}

// anybody is a query that finds something for everybody who is let in.
const anybody = "select id from User limit 1"

// finds says whether somebody's query finds anything.
func (g *graphs) finds(who, expression string) bool {
	answers, err := g.try(who, wire.Operation{Action: "query", Expression: expression})
	return err == nil && len(answers[0].(wire.Answer).Data.([]any)) > 0
}

// worded writes what people are told, one line a person and event, so that it can be compared.
func worded(told []rules.Told) []string {
	lines := make([]string, len(told))
	for i, x := range told {
		lines[i] = fmt.Sprintf("%+v", x)
	}
	slices.Sort(lines)
	return lines
}

// onlyWhoMayHear holds for every notification that its person did not do it, hears of the event once,
// is active and sees the project by their own queries.
func (g *graphs) onlyWhoMayHear(rt *rapid.T, actor string, told []rules.Told) {
	once := map[string]bool{}
	for _, x := range told {
		key := string(x.User) + " " + x.EventKey
		if once[key] {
			rt.Errorf("hears twice: %+v", x)
		}
		once[key] = true
		if string(x.User) == actor || x.User == x.Actor {
			rt.Errorf("an actor hears: %+v", x)
		}
		sight := anybody
		if x.On.Project != "" {
			sight = fmt.Sprintf("select id from Project where id is '%s'", x.On.Project)
		}
		if !g.finds(string(x.User), sight) {
			rt.Errorf("an outsider or somebody deactivated hears: %+v", x)
		}
	}
}

// inboxesHoldEachEventOnce holds for the inboxes of all who can still look.
func (g *graphs) inboxesHoldEachEventOnce(rt *rapid.T, people []string) {
	for _, who := range people {
		if !g.finds(who, anybody) {
			continue
		}
		once := map[any]bool{}
		for _, row := range g.ask(g.t, who, "select event_key from Notification") {
			if once[row["event_key"]] {
				rt.Errorf("%s has %v twice", who, row["event_key"])
			}
			once[row["event_key"]] = true
		}
	}
}
