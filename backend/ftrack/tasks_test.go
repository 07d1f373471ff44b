package ftrack_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack"
	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// studio is a real server with the demo show in it.
type studio struct {
	*workspace.Server
	t *testing.T
	// stirred is what clients heard of changes of the production.
	stirred chan domain.Stirring
	// met are the people who they heard look otherwise.
	met chan domain.Person
}

func openStudio(t *testing.T) studio { return openStudioOn(t, "") }

// openStudioOn opens it with a database; "" is SQLite.
func openStudioOn(t *testing.T, database string) studio {
	t.Helper()
	server, err := workspace.Start(context.WithoutCancel(t.Context()), workspace.ServeConfig{Config: workspace.Config{
		DataDir: t.TempDir(), Database: database, Version: "1.2.3", Demo: &demo.Config{Quiet: true}, Log: slog.New(slog.DiscardHandler),
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	return studio{server, t, make(chan domain.Stirring, 100), make(chan domain.Person, 100)}
}

// as signs one of the demo's people in.
func (s studio) as(username string) (*ftrack.Client, domain.UserID) {
	s.t.Helper()
	user := s.Users[slices.IndexFunc(s.Users, func(u workspace.DemoUser) bool { return u.Username == username })]
	session, err := ftrack.SignIn(s.t.Context(), ftrack.Config{Device: "test"}, domain.SignIn{Address: s.URL, Username: user.Username, Password: user.Password})
	if err != nil {
		s.t.Fatal(err)
	}
	return ftrack.New(ftrack.Config{
		Address: s.URL, Token: session.Token, Stirred: func(stirring domain.Stirring) { s.stirred <- stirring }, Met: func(who domain.Person) { s.met <- who },
	}), session.User.ID
}

func TestMyTasksAreThoseAssignedToMeAndToMyGroups(t *testing.T) {
	s := openStudio(t)
	client, maya := s.as("maya")
	list, err := client.Tasks(t.Context(), maya)
	if err != nil {
		t.Fatal(err)
	}
	states, groups, late := map[domain.State]int{}, 0, 0
	for _, task := range list.Tasks {
		states[task.Status.State]++
		if len(task.Path) < 3 || task.Parent == "" || task.Type == "" || task.Status.Name == "" || task.ThumbnailID == "" || task.Due == nil {
			t.Errorf("%+v lacks something", task)
		}
		if name := task.Path[0]; name != "Northern Lights" && name != "Northern Lights Teaser" {
			t.Errorf("the project is called %q", name)
		}
		if slices.Equal(task.Groups, []string{"Animation"}) {
			groups++
		} else if len(task.Groups) > 0 {
			t.Errorf("%v through %v", task.Path, task.Groups)
		}
		if task.Due.Before(time.Now().AddDate(0, 0, -1)) && task.Status.State != domain.StateDone {
			late++
		}
		if choices := list.Workflows[task.Workflow]; len(choices) != 10 || choices[0].Name != "Not started" {
			t.Errorf("it may be given %v", choices)
		}
	}
	if len(list.Tasks) < 12 || groups != 3 || late == 0 || states[domain.StateDone] == 0 || states[domain.StateInProgress] == 0 {
		t.Errorf("%d tasks, %d through a group, %d late, %v", len(list.Tasks), groups, late, states)
	}
}

func TestAStatusIsSetWhereItIsStillWhatThePersonSaw(t *testing.T) {
	s := openStudio(t)
	client, maya := s.as("maya")
	list, err := client.Tasks(t.Context(), maya)
	if err != nil {
		t.Fatal(err)
	}
	task := list.Tasks[slices.IndexFunc(list.Tasks, func(t domain.Task) bool { return t.Status.Name == "In progress" })]
	choices := list.Workflows[task.Workflow]
	named := func(name string) domain.Status {
		return choices[slices.IndexFunc(choices, func(s domain.Status) bool { return s.Name == name })]
	}
	choice := domain.StatusChoice{Task: task.ID, From: task.Status, To: named("Pending Review")}
	for range 2 { // sent again after an answer that was lost, it is done already
		if err := client.SetStatus(t.Context(), choice); err != nil {
			t.Fatal(err)
		}
	}
	if list, err = client.Tasks(t.Context(), maya); err != nil {
		t.Fatal(err)
	}
	if now, _ := list.Find(task.ID); now.Status != choice.To {
		t.Errorf("it is %v", now.Status)
	}
	late := domain.StatusChoice{Task: task.ID, From: task.Status, To: named("On Hold")}
	if err := client.SetStatus(t.Context(), late); domain.CodeOf(err) != domain.Conflict {
		t.Errorf("somebody else was first: %v", err)
	}
	gone := domain.StatusChoice{Task: "nothing", From: task.Status, To: named("On Hold")}
	if err := client.SetStatus(t.Context(), gone); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("a task that is not there: %v", err)
	}
}

func TestChangesOfTheProductionAreHeardWhileSomebodyLooks(t *testing.T) {
	s := openStudio(t)
	client, maya := s.as("maya")
	tomas, _ := s.as("tomas")
	list, err := client.Tasks(t.Context(), maya)
	if err != nil {
		t.Fatal(err)
	}
	open := slices.IndexFunc(list.Tasks, func(t domain.Task) bool { return t.Status.Name == "In progress" })
	task, choices := list.Tasks[open], list.Workflows[list.Tasks[open].Workflow]
	move := func(to int) {
		t.Helper()
		if err := tomas.SetStatus(t.Context(), domain.StatusChoice{Task: task.ID, From: task.Status, To: choices[to]}); err != nil {
			t.Fatal(err)
		}
		task.Status = choices[to]
	}
	ctx, cancel := context.WithCancel(t.Context())
	hints, ended := make(chan domain.Position, 100), make(chan error, 1)
	go func() { ended <- client.Listen(ctx, func(at domain.Position) { hints <- at }, func() {}) }()
	defer func() {
		cancel()
		<-ended
	}()
	next := func(what string) (stirring domain.Stirring) {
		t.Helper()
		select {
		case stirring = <-s.stirred:
		case <-time.After(10 * time.Second):
			t.Fatalf("%s was not heard", what)
		}
		return stirring
	}
	<-hints
	move(0) // nobody looks yet
	<-hints // the person hears of it in their inbox
	client.Watch(true)
	var heard domain.Stirring
	for range 20 { // the subscription takes a moment
		move(1 + int(time.Now().UnixNano()%2))
		select {
		case heard = <-s.stirred:
		case <-time.After(500 * time.Millisecond):
			continue
		}
		break
	}
	if !slices.Contains(heard.Things, string(task.ID)) || !slices.Contains(heard.Projects, string(task.Project)) || heard.Everything {
		t.Fatalf("heard %+v", heard)
	}
	move(4)
	next("another change")
	client.Watch(false)
	client.Watch(true)
	client.Watch(false)
	deadline := time.Now().Add(10 * time.Second)
	for quiet := false; !quiet && time.Now().Before(deadline); { // what was under way may still come
		move(5)
		move(4)
		select {
		case <-s.stirred:
		case <-time.After(300 * time.Millisecond):
			quiet = true
		}
	}
	if time.Now().After(deadline) {
		t.Error("changes are still heard when nobody looks")
	}
}
