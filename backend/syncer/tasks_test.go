package syncer_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// floor is a server with one task on it.
type floor struct {
	*server
	status string
	heard  []domain.StatusChoice
}

func (f *floor) Do(_ context.Context, action domain.Action) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.fail != nil:
		return f.fail
	case f.status != action.Status.From.ID && f.status != action.Status.To.ID:
		return domain.Errorf(domain.Conflict, "somebody else was first")
	}
	f.status = action.Status.To.ID
	f.heard = append(f.heard, *action.Status)
	return nil
}

var (
	ready    = domain.Status{ID: "ready"}
	progress = domain.Status{ID: "progress"}
	review   = domain.Status{ID: "review"}
)

// task is the task as the copy shows it, and as it was last told.
func (d *desk) task() (shown, told domain.Task) {
	d.t.Helper()
	list, err := d.copy.Tasks()
	if err != nil {
		d.t.Fatal(err)
	}
	shown, _ = list.Find("comp")
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, e := range d.told {
		if e.Tasks != nil {
			told = e.Tasks.Changed[0]
		}
	}
	return shown, told
}

func (d *desk) choose(from, to domain.Status) {
	d.t.Helper()
	err := d.Do(d.t.Context(), domain.Action{Verb: domain.SetStatus, Status: &domain.StatusChoice{Task: "comp", From: from, To: to}})
	if err != nil {
		d.t.Fatal(err)
	}
	synctest.Wait()
}

func withTask(d *desk) {
	d.t.Helper()
	if _, err := d.copy.PutTasks(domain.TaskList{Tasks: []domain.Task{{ID: "comp", Status: ready}}}); err != nil {
		d.t.Fatal(err)
	}
}

func TestAStatusChosenOfflineReachesTheServerInOrder(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		f := &floor{server: newServer(), status: "ready"}
		f.down(errDown)
		d := start(t, f, path)
		defer d.stop()
		withTask(d)
		synctest.Wait()
		d.choose(ready, progress)
		d.choose(progress, review)
		if shown, told := d.task(); shown.Status != review || !shown.Waiting || told.Status != review || d.Connection().Waiting != 2 {
			t.Errorf("offline it shows %+v, told %+v, %d wait", shown, told, d.Connection().Waiting)
		}
		f.down(nil)
		time.Sleep(time.Minute)
		synctest.Wait()
		if shown, told := d.task(); shown.Status != review || shown.Waiting || told.Waiting || f.status != "review" || len(f.heard) != 2 || d.Connection().Waiting != 0 {
			t.Errorf("it shows %+v, told %+v; the server has %s after %v", shown, told, f.status, f.heard)
		}
	})
}

func TestAStatusThatSomebodyElseChangedFirstIsTakenBackAndTold(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		f := &floor{server: newServer(), status: "approved"}
		d := start(t, f, path)
		defer d.stop()
		withTask(d)
		synctest.Wait()
		d.choose(ready, progress)
		shown, told := d.task()
		if shown.Status != ready || shown.Waiting || told.Status != ready || f.status != "approved" {
			t.Errorf("it shows %+v, told %+v; the server has %s", shown, told, f.status)
		}
		if problems := d.problems(); len(problems) != 1 || problems[0] != domain.Conflict || d.Connection().Waiting != 0 {
			t.Errorf("told %v, %d wait", problems, d.Connection().Waiting)
		}
	})
}
