package cache_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/cache"
	"github.com/callboard/callboard/backend/domain"
)

var (
	ready    = domain.Status{ID: "ready", Name: "Ready to start", Color: "#8fb6c9"}
	progress = domain.Status{ID: "progress", Name: "In progress", Color: "#3498db"}
	review   = domain.Status{ID: "review", Name: "Pending Review", Color: "#f1c40f"}
)

func work(status domain.Status) domain.TaskList {
	return domain.TaskList{
		Tasks:     []domain.Task{{ID: "comp", Status: status, Workflow: "w"}, {ID: "light", Status: ready, Workflow: "w"}},
		Workflows: map[string][]domain.Status{"w": {ready, progress, review}}, FetchedAt: &noon,
	}
}

func choose(t *testing.T, a *cache.Account, from, to domain.Status) domain.Action {
	t.Helper()
	queued, _, err := a.Enqueue(domain.Action{Verb: domain.SetStatus, Status: &domain.StatusChoice{Task: "comp", From: from, To: to}, At: noon})
	if err != nil {
		t.Fatal(err)
	}
	return queued
}

// shows fails where the task does not have that status, or waits otherwise.
func shows(t *testing.T, a *cache.Account, status domain.Status, waiting bool) {
	t.Helper()
	list, err := a.Tasks()
	if err != nil {
		t.Fatal(err)
	}
	task, _ := list.Find("comp")
	other, _ := list.Find("light")
	if task.Status != status || task.Waiting != waiting || other.Status != ready || other.Waiting {
		t.Errorf("%+v and %+v; want %s, waiting %v", task, other, status.Name, waiting)
	}
}

func TestAStatusChangeShowsAtOnceAndSurvivesARestart(t *testing.T) {
	path := t.TempDir() + "/inbox.db"
	c := opened(t, path)
	a := c.Account("ada")
	if list, err := a.Tasks(); err != nil || list.Tasks != nil || list.FetchedAt != nil {
		t.Errorf("of nothing kept: %+v, %v", list, err)
	}
	if _, err := a.PutTasks(work(ready)); err != nil {
		t.Fatal(err)
	}
	choose(t, a, ready, progress)
	shows(t, a, progress, true)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	a = opened(t, path).Account("ada")
	shows(t, a, progress, true)
	if shown, err := a.PutTasks(work(ready)); err != nil || shown.Tasks[0].Status != progress { // fetched before the server heard of it
		t.Errorf("%+v, %v", shown, err)
	}
}

func TestAnAcceptedStatusStaysAndARefusedOneIsTakenBack(t *testing.T) {
	a := opened(t, t.TempDir()+"/inbox.db").Account("ada")
	if _, err := a.PutTasks(work(ready)); err != nil {
		t.Fatal(err)
	}
	first, second := choose(t, a, ready, progress), choose(t, a, progress, review)
	shows(t, a, review, true)
	if err := a.SettleStatus(first, true); err != nil {
		t.Fatal(err)
	}
	shows(t, a, review, true)
	if err := a.SettleStatus(second, false); err != nil {
		t.Fatal(err)
	}
	shows(t, a, progress, false)
	if queue, err := a.Queue(); err != nil || len(queue) != 0 {
		t.Errorf("%v waits, %v", queue, err)
	}
}

func TestTheOverviewIsKept(t *testing.T) {
	a := opened(t, t.TempDir()+"/inbox.db").Account("ada")
	if err := a.PutOverview(domain.Overview{Projects: []domain.Glance{{ID: "film", Name: "Northern Lights"}}, FetchedAt: &noon}); err != nil {
		t.Fatal(err)
	}
	if kept, err := a.Overview(); err != nil || len(kept.Projects) != 1 || !kept.FetchedAt.Equal(noon) {
		t.Errorf("%+v, %v", kept, err)
	}
}

// about makes rows on things: the first step of a path is the project.
func about(n int, kind domain.Kind, on string, read bool) domain.Notification {
	r := row(n)
	r.Kind, r.EntityID, r.EventKey = kind, on, fmt.Sprintf("note:%d", n)
	r.Subject.Path = []domain.Crumb{{ID: "film", Name: "Northern Lights"}, {ID: "sh0140", Name: "sh0140"}, {ID: on, Name: on}}
	r.ReadAt = nil
	if read {
		r.ReadAt = &noon
	}
	return r
}

func TestRowsAreFoundByWhatTheyAreAbout(t *testing.T) {
	a := opened(t, t.TempDir()+"/inbox.db").Account("ada")
	asleep := about(5, domain.KindNote, "comp", false)
	later := noon.AddDate(1, 0, 0)
	asleep.SnoozedUntil = &later
	apply(t, a, about(1, domain.KindNote, "comp", true), about(2, domain.KindNote, "comp", false), about(3, domain.KindTaskStatus, "comp", false),
		about(4, domain.KindNote, "light", false), asleep)
	enqueue(t, a, domain.MarkDone, row(1).ID)

	counts, err := a.UnreadNotes(noon)
	if err != nil || len(counts) != 2 || counts["comp"] != 1 || counts["light"] != 1 {
		t.Errorf("unread notes %v, %v", counts, err)
	}
	found, err := a.About("comp", 10)
	if err != nil || len(found) != 4 || found[0].ID != row(5).ID || found[3].ID != row(1).ID {
		t.Errorf("about comp: %+v, %v", found, err)
	}
	if found, err = a.About("sh0140", 2); err != nil || len(found) != 2 || found[1].ID != row(4).ID {
		t.Errorf("about the shot: %+v, %v", found, err)
	}
	if found, err = a.About("nothing", 2); err != nil || len(found) != 0 {
		t.Errorf("about nothing: %+v, %v", found, err)
	}
	telling, err := a.Telling([]string{"note:1", "note:4", "note:99"})
	if err != nil || len(telling) != 2 || telling["note:1"] != row(1).ID || telling["note:4"] != row(4).ID {
		t.Errorf("telling: %v, %v", telling, err)
	}
}

func TestFiveHundredTasksAreReadQuickly(t *testing.T) {
	a := opened(t, t.TempDir()+"/inbox.db").Account("ada")
	list := domain.TaskList{Workflows: map[string][]domain.Status{"w": {ready, progress, review}}, FetchedAt: &noon}
	for i := range 500 {
		list.Tasks = append(list.Tasks, domain.Task{
			ID: domain.ContextID(fmt.Sprintf("0a1b2c3d-4e5f-6071-8293-a4b5c6d7%04d", i)), Status: ready, Workflow: "w", Type: "Compositing", Due: &noon,
			Path: []string{"Northern Lights", "sq020", "sh0140", "comp"},
		})
	}
	if _, err := a.PutTasks(list); err != nil {
		t.Fatal(err)
	}
	quickest := time.Hour
	for range 10 {
		began := time.Now()
		if kept, err := a.Tasks(); err != nil || len(kept.Tasks) != 500 {
			t.Fatal(len(kept.Tasks), err)
		}
		quickest = min(quickest, time.Since(began))
	}
	t.Logf("read in %s", quickest)
	if quickest > 60*time.Millisecond {
		t.Errorf("%s is slow", quickest)
	}
}
