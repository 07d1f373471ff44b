package ftrack_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/backend/workspace/store/storetest"
)

// TestEveryEngineAnswersTheViewsTheSame asks for my tasks and the overview of a quiet show, which is the same on
// every engine but for moments of the start.
func TestEveryEngineAnswersTheViewsTheSame(t *testing.T) {
	type found struct{ tasks, open, projects, deadlines, people, happened int }
	var first *found
	storetest.EachEngine(t, func(t *testing.T, at store.Config) {
		client, maya := openStudioOn(t, at.Database).as("maya")
		list, err := client.Tasks(t.Context(), maya)
		if err != nil {
			t.Fatal(err)
		}
		overview, err := client.Overview(t.Context(), maya, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		now := &found{tasks: len(list.Tasks), projects: len(overview.Projects), deadlines: len(overview.Deadlines), people: len(overview.People), happened: len(overview.Happened)}
		for _, project := range overview.Projects {
			now.open += project.Mine
		}
		if now.tasks == 0 || now.happened == 0 {
			t.Errorf("found %+v", *now)
		}
		if first == nil {
			first = now
		} else if !reflect.DeepEqual(first, now) {
			t.Errorf("found %+v, and on the other engine %+v", *now, *first)
		}
	})
}
