package workspace_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/cache"
	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack"
	"github.com/callboard/callboard/backend/syncer"
	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// official reads a task with the official client, as tomas, and gives it the wanted status where one is named.
const official = `
import { Session } from "@ftrack/api";
const { CALLBOARD_URL: url, KEY: key, TASK: task, WANTED: wanted } = process.env;
const session = new Session(url, "tomas", key, { autoConnectEventHub: false });
await session.initializing;
if (wanted) {
  const { data: [status] } = await session.query('select id from Status where name is "' + wanted + '"');
  await session.update("Task", [task], { status_id: status.id });
}
const { data: [found] } = await session.query(
  'select status.name, status_changes.user.username, status_changes.status.name, status_changes.date from Task where id is "' + task + '"');
const changes = found.status_changes.sort((a, b) => a.date - b.date);
console.log(JSON.stringify({ status: found.status.name, by: changes.at(-1)?.user?.username }));
process.exit(0);
`

// TestAStatusChosenInTheAppIsReadBackByTheOfficialClient chooses statuses as the app does: in the copy first, also
// without a connection, then on the server.
func TestAStatusChosenInTheAppIsReadBackByTheOfficialClient(t *testing.T) {
	install(t)
	server := start(t, t.TempDir(), &demo.Config{Quiet: true})
	maya := userOf(t, server, "maya")
	session, err := ftrack.SignIn(t.Context(), ftrack.Config{Device: "test"}, domain.SignIn{Address: server.URL, Username: "maya", Password: maya.Password})
	if err != nil {
		t.Fatal(err)
	}
	client := ftrack.New(ftrack.Config{Address: server.URL, Token: session.Token})
	held, err := cache.Open(t.TempDir() + "/inbox.db")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := held.Close(); err != nil {
			t.Error(err)
		}
	}()
	account := held.Account("maya")
	list, err := client.Tasks(t.Context(), session.User.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := account.PutTasks(list); err != nil {
		t.Fatal(err)
	}
	task := list.Tasks[slices.IndexFunc(list.Tasks, func(t domain.Task) bool { return t.Status.Name == "In progress" })]
	named := func(name string) domain.Status {
		choices := list.Workflows[task.Workflow]
		return choices[slices.IndexFunc(choices, func(s domain.Status) bool { return s.Name == name })]
	}
	read := func(wanted string) (status, by string) {
		return officially(t, server, task.ID, wanted)
	}

	problems := make(chan *domain.Error, 10)
	at := syncer.New(syncer.Config{Remote: client, Cache: account, Log: slog.New(slog.DiscardHandler), Out: func(e syncer.Event) {
		if e.Problem != nil {
			problems <- e.Problem
		}
	}})
	choose := func(from, to string) {
		t.Helper()
		err := at.Do(t.Context(), domain.Action{Verb: domain.SetStatus, Status: &domain.StatusChoice{Task: task.ID, From: named(from), To: named(to)}})
		if err != nil {
			t.Fatal(err)
		}
	}
	choose("In progress", "Revise") // nobody is connected yet
	choose("Revise", "Pending Review")
	if status, _ := read(""); status != "In progress" {
		t.Fatalf("the server has %s before it can have heard of anything", status)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- at.Run(ctx) }()
	defer func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	settled := func() {
		t.Helper()
		for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
			waiting, err := account.Queue()
			if err == nil && len(waiting) == 0 {
				return
			}
			if err != nil || time.Now().After(deadline) {
				t.Fatalf("%d wait, %v", len(waiting), err)
			}
		}
	}
	settled()
	if status, by := read(""); status != "Pending Review" || by != "maya" {
		t.Errorf("the official client reads %s by %s", status, by)
	}

	if status, by := read("Approved"); status != "Approved" || by != "tomas" {
		t.Fatalf("%s by %s", status, by)
	}
	choose("Pending Review", "In progress") // what the person saw is no longer so
	settled()
	select {
	case problem := <-problems:
		if problem.Code != domain.Conflict || problem.Reason != "status_moved" {
			t.Errorf("refused with %+v", problem)
		}
	case <-time.After(10 * time.Second):
		t.Error("nobody was told of the refusal")
	}
	if status, by := read(""); status != "Approved" || by != "tomas" {
		t.Errorf("the official client reads %s by %s", status, by)
	}
	if kept, err := account.Tasks(); err != nil {
		t.Error(err)
	} else if now, _ := kept.Find(task.ID); now.Status.Name != "Pending Review" || now.Waiting {
		t.Errorf("the copy shows %+v", now.Status)
	}
}

// officially has the official client read a task, and first give it a status where one is wanted.
func officially(t *testing.T, server *workspace.Server, task domain.ContextID, wanted string) (status, by string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), program(t, "node"), "--input-type=module", "--eval", official)
	command.Dir = conformance
	command.Env = append(os.Environ(), "CALLBOARD_URL="+server.URL, "KEY="+userOf(t, server, "tomas").APIKey, "TASK="+string(task), "WANTED="+wanted)
	var complaint bytes.Buffer
	command.Stderr = &complaint
	said, err := command.Output()
	if err != nil {
		t.Fatalf("%v\n%s%s", err, said, &complaint)
	}
	var found struct{ Status, By string }
	if err := json.Unmarshal(said, &found); err != nil {
		t.Fatalf("%s: %v", said, err)
	}
	return found.Status, found.By
}
