package desktop_test

import (
	"testing"
	"time"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

var (
	inProgress = domain.Status{ID: "s1", Name: "In progress"}
	inReview   = domain.Status{ID: "s2", Name: "In review"}
)

// atWork is signedIn with a task.
func atWork(w *world) {
	signedIn(w)
	w.production.tasks = domain.TaskList{
		Tasks:     []domain.Task{{ID: "comp", Project: "film", Parent: "sh0140", Status: inProgress, Workflow: "w"}},
		Workflows: map[string][]domain.Status{"w": {inProgress, inReview}},
		Me:        []string{"u1", "lighting"},
	}
	w.production.overview = domain.Overview{
		Projects: []domain.Glance{{ID: "film"}}, Happened: []domain.Happening{{ID: "n1", Kind: domain.HappenedNote}},
	}
}

// told are the changes of tasks that the page was told.
func (w *world) told() (changes []domain.TaskChange) {
	w.do(func() {
		for _, update := range w.updates {
			if update.Tasks != nil {
				changes = append(changes, *update.Tasks)
			}
		}
	})
	return changes
}

func (w *world) asked() (views int) {
	w.do(func() { views = len(w.production.asked) })
	return views
}

func TestTasksShowFromTheCopyAndThenAsTheServerHasThem(t *testing.T) {
	inWorld(t, atWork, func(w *world) {
		list, err := w.desktop.Tasks(w.t.Context())
		w.must(err)
		if len(list.Tasks) != 0 || list.FetchedAt != nil {
			t.Errorf("before the server answered: %+v", list)
		}
		if told := w.told(); len(told) != 1 || told[0].List == nil || len(told[0].List.Tasks) != 1 {
			t.Errorf("told %+v", told)
		}
		w.do(func() { w.production.away = domain.Errorf(domain.Offline, "away") })
		if list, err = w.desktop.Tasks(w.t.Context()); err != nil || len(list.Tasks) != 1 {
			t.Errorf("%+v, %v", list, err)
		}
		w.pass(time.Second)
		if told := w.told(); len(told) != 2 || told[1].Problem == nil || told[1].Problem.Code != domain.Offline {
			t.Errorf("told %+v", told)
		}
	})
}

func TestOnlyAStatusThatTheWorkflowOffersIsSet(t *testing.T) {
	inWorld(t, atWork, func(w *world) {
		_, err := w.desktop.Tasks(w.t.Context())
		w.must(err)
		w.must(w.desktop.SetStatus(w.t.Context(), "comp", "s2"))
		w.must(w.desktop.SetStatus(w.t.Context(), "comp", "s1")) // as it is
		if len(w.actions) != 1 || *w.actions[0].Status != (domain.StatusChoice{Task: "comp", From: inProgress, To: inReview}) {
			t.Errorf("did %+v", w.actions)
		}
		if err := w.desktop.SetStatus(w.t.Context(), "comp", "approved"); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("a status of another workflow: %v", err)
		}
		if err := w.desktop.SetStatus(w.t.Context(), "somebody's", "s2"); domain.CodeOf(err) != domain.NotFound {
			t.Errorf("somebody else's task: %v", err)
		}
	})
}

func TestAfterARefusalTheTasksAreAskedForAnew(t *testing.T) {
	inWorld(t, atWork, func(w *world) {
		before := w.asked()
		w.newsOf(first, desktop.News{Tasks: &domain.TaskChange{Changed: w.production.tasks.Tasks}})
		w.pass(time.Minute)
		if w.asked() != before {
			t.Error("asked after a change that was kept")
		}
		w.newsOf(first, desktop.News{Tasks: &domain.TaskChange{Changed: w.production.tasks.Tasks}, Problem: domain.Errorf(domain.Conflict, "moved")})
		w.pass(time.Minute)
		if told := w.told(); w.asked() != before+1 || told[len(told)-1].List == nil {
			t.Errorf("asked %d times, told %+v", w.asked()-before, told)
		}
	})
}

func TestTheServerIsWatchedOnlyWhileTheTasksShow(t *testing.T) {
	inWorld(t, func(w *world) { atWork(w); signedInTwice(w) }, func(w *world) {
		watched := func() (on []string) {
			w.do(func() {
				for key, is := range w.production.watched {
					if is {
						on = append(on, key)
					}
				}
			})
			return on
		}
		if on := watched(); len(on) != 0 {
			t.Errorf("%v are watched before anything shows", on)
		}
		w.must(w.desktop.Follow(w.t.Context(), domain.ViewTasks))
		if on := watched(); len(on) != 1 || on[0] != first {
			t.Errorf("%v are watched", on)
		}
		w.must(w.desktop.Switch(w.t.Context(), second))
		if on := watched(); len(on) != 1 || on[0] != second {
			t.Errorf("after the switch %v are watched", on)
		}
		w.must(w.desktop.Follow(w.t.Context(), ""))
		if on := watched(); len(on) != 0 {
			t.Errorf("%v are watched when nothing shows", on)
		}
		if err := w.desktop.Follow(w.t.Context(), "gantt"); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("an unknown view: %v", err)
		}
	})
}

func TestChangesThatConcernTheTasksAreGatheredIntoOneQuestion(t *testing.T) {
	inWorld(t, atWork, func(w *world) {
		w.must(w.desktop.Follow(w.t.Context(), domain.ViewTasks))
		_, err := w.desktop.Tasks(w.t.Context())
		w.must(err)
		before := w.asked()
		stir := func(s domain.Stirring) { w.newsOf(first, desktop.News{Stirring: &s}) }
		stir(domain.Stirring{Things: []string{"another"}, Projects: []string{"film"}, People: []string{"u2"}})
		w.pass(time.Minute)
		if w.asked() != before {
			t.Error("what does not concern the person was asked for")
		}
		for range 20 {
			stir(domain.Stirring{Things: []string{"sh0140"}})
			stir(domain.Stirring{People: []string{"lighting"}})
		}
		w.pass(time.Minute)
		if asked := w.asked() - before; asked != 1 {
			t.Errorf("asked %d times", asked)
		}
		w.must(w.desktop.Follow(w.t.Context(), ""))
		stir(domain.Stirring{Everything: true})
		w.pass(time.Minute)
		if asked := w.asked() - before; asked != 1 {
			t.Error("asked while nothing shows")
		}
	})
}

func TestWhatWasMissedOfflineIsAskedForOnce(t *testing.T) {
	inWorld(t, atWork, func(w *world) {
		w.must(w.desktop.Follow(w.t.Context(), domain.ViewOverview))
		online := func(yes bool) { w.newsOf(first, desktop.News{Connection: &domain.ConnectionState{Online: yes}}) }
		online(true)
		before := w.asked()
		online(false)
		online(true)
		online(true)
		w.pass(time.Minute)
		if asked := w.asked() - before; asked != 1 {
			t.Errorf("asked %d times", asked)
		}
	})
}

func TestTheOverviewNamesTheRowThatTellsOfIt(t *testing.T) {
	inWorld(t, atWork, func(w *world) {
		_, err := w.desktop.Overview(w.t.Context())
		w.must(err)
		overview, err := w.desktop.Overview(w.t.Context())
		w.must(err)
		if len(overview.Happened) != 1 || overview.Happened[0].Item != "row of note:n1" {
			t.Errorf("%+v", overview.Happened)
		}
		w.must(w.desktop.Follow(w.t.Context(), domain.ViewOverview))
		before := w.asked()
		w.newsOf(first, desktop.News{Stirring: &domain.Stirring{Things: []string{"a note"}, Projects: []string{"film"}}})
		w.pass(time.Minute)
		if w.asked() != before+1 {
			t.Errorf("asked %d times", w.asked()-before)
		}
	})
}

func TestATaskOpensAtTheWorkspacesOwnAddressAlone(t *testing.T) {
	inWorld(t, func(w *world) {
		atWork(w)
		w.cfg.Address = func(typed string, _ bool) (string, error) { return typed, nil }
	}, func(w *world) {
		w.must(w.desktop.Browse(w.t.Context(), "0a1b-2c"))
		for _, id := range []domain.ContextID{"", "a/b", "a#b", "a?b", "javascript:alert(1)", "a\nb"} {
			if err := w.desktop.Browse(w.t.Context(), id); domain.CodeOf(err) != domain.Invalid {
				t.Errorf("%q: %v", id, err)
			}
		}
		if browsed := w.production.browsed; len(browsed) != 1 || browsed[0] != "https://studio/open/task/0a1b-2c" {
			t.Errorf("opened %v", browsed)
		}
	})
}

func TestAnAddressThatCannotBeSignedInToIsNotOpened(t *testing.T) {
	inWorld(t, func(w *world) {
		atWork(w)
		w.cfg.Address = func(string, bool) (string, error) {
			return "", domain.Errorf(domain.Invalid, "http to another computer")
		}
	}, func(w *world) {
		if err := w.desktop.Browse(w.t.Context(), "comp"); domain.CodeOf(err) != domain.Invalid || len(w.production.browsed) != 0 {
			t.Errorf("opened %v, %v", w.production.browsed, err)
		}
	})
}
