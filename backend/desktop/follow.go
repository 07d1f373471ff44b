package desktop

import (
	"context"
	"slices"

	"github.com/callboard/callboard/backend/domain"
)

// concerns are what of a production concerns a person: only such changes are worth asking the server for.
type concerns struct {
	things   map[string]bool // their tasks and what those are on
	people   map[string]bool // they themselves and their groups
	projects map[string]bool
}

// Follow says which view of the production the page shows. That one is kept fresh while it shows; without any,
// no server tells us of changes.
func (d *Desktop) Follow(ctx context.Context, view domain.View) error {
	if err := d.begun(ctx); err != nil {
		return err
	}
	if view != "" && view != domain.ViewTasks && view != domain.ViewOverview {
		return domain.Errorf(domain.Invalid, "there is no view %q", view)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.followed = view
	d.watch()
	return nil
}

// watch lets the server of the line that is shown report changes while a view of it shows, and no other. The
// caller holds mu.
func (d *Desktop) watch() {
	for _, l := range d.lines {
		l.remote.Watch(l == d.shown && d.followed != "")
	}
}

// stirred takes in that the production changed.
func (d *Desktop) stirred(l *line, s domain.Stirring) {
	d.mu.Lock()
	view, shown, c := d.followed, d.shown == l, l.concerns
	d.mu.Unlock()
	switch {
	case !shown:
	case view == domain.ViewTasks && (s.Everything || touches(c.things, s.Things) || touches(c.people, s.People)):
		d.soon(&l.tasks, tasksRest, func(ctx context.Context) { d.fetchTasks(ctx, l) })
	case view == domain.ViewOverview && (s.Everything || touches(c.projects, s.Projects) || touches(c.people, s.People)):
		d.soon(&l.overview, overviewRest, func(ctx context.Context) { d.fetchOverview(ctx, l) })
	}
}

func touches(known map[string]bool, ids []string) bool {
	return slices.ContainsFunc(ids, func(id string) bool { return known[id] })
}

// reached asks for what shows once a server can be asked again: what changed meanwhile was not heard.
func (d *Desktop) reached(l *line) {
	d.goes(func(ctx context.Context) { d.greet(ctx, l) })
	d.mu.Lock()
	view, shown := d.followed, d.shown == l
	d.mu.Unlock()
	switch {
	case !shown:
	case view == domain.ViewTasks:
		d.soon(&l.tasks, 0, func(ctx context.Context) { d.fetchTasks(ctx, l) })
	case view == domain.ViewOverview:
		d.soon(&l.overview, 0, func(ctx context.Context) { d.fetchOverview(ctx, l) })
	}
}

// concernTasks notes what of the production a list of tasks is about.
func (d *Desktop) concernTasks(l *line, list domain.TaskList) {
	things, people := map[string]bool{}, map[string]bool{string(l.userID): true}
	for _, task := range list.Tasks {
		things[string(task.ID)], things[string(task.Parent)] = true, true
	}
	for _, id := range list.Me {
		people[id] = true
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	l.concerns.things, l.concerns.people = things, people
}

// concernProjects notes which projects an overview is about.
func (d *Desktop) concernProjects(l *line, overview domain.Overview) {
	projects := map[string]bool{}
	for _, project := range overview.Projects {
		projects[string(project.ID)] = true
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	l.concerns.projects = projects
}
