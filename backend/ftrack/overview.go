package ftrack

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

const (
	// recently is how far back the overview looks, ahead how far it looks for deadlines. A day more on both
	// sides lets every time zone have its own days.
	recently = 7 * 24 * time.Hour
	ahead    = 8 * 24 * time.Hour
	// mostHappened is how many of each kind of happening are fetched, mostDue how many deadlines of others.
	mostHappened = 60
	mostDue      = 60
	// mostShared bounds the things of which it is asked who else works on them, mostColleagues who is shown.
	mostShared     = 100
	mostColleagues = 24
	// milestoneType is the object type of milestones, by the id every server knows it by.
	milestoneType = "01decdd1-51cb-11e3-9d5b-20c9d0831e59"
)

// Overview gives what goes on in the projects that a person has tasks in, by name or through their groups, or
// manages.
func (c *Client) Overview(ctx context.Context, user domain.UserID, now time.Time) (domain.Overview, error) {
	house, more, err := c.houseAnd(ctx, user, asking(fmt.Sprintf("select context_id, context.project_id from Manager where user_id is %q", user)))
	if err != nil {
		return domain.Overview{}, err
	}
	o := &overview{Client: c, house: house, now: now.UTC(), manages: map[string]bool{}}
	for _, row := range more[0].Rows() {
		o.manages[text(one(row, "context"), "project_id")] = true
	}
	delete(o.manages, "")
	for _, step := range []func(context.Context) error{o.findProjects, o.look, o.name} {
		if err := step(ctx); err != nil {
			return domain.Overview{}, err
		}
		if len(o.projects) == 0 {
			break
		}
	}
	return o.view(), nil
}

// overview is one being put together.
type overview struct {
	*Client
	*house
	now      time.Time
	manages  map[string]bool  // projects that the person manages, or a part of
	mine     []map[string]any // their open tasks, the first ones due first
	projects []string         // ids of the person's projects

	glances, counts                   []map[string]any
	versions, notes, changes, nearby  []map[string]any
	milestones, mineDue, due, working []map[string]any

	things map[string]map[string]any // what notes and changes are about, by id
	people map[string]domain.Person
}

// findProjects finds where the person has a part.
func (o *overview) findProjects(ctx context.Context) error {
	mine := fmt.Sprintf(`assignments any (resource_id in (%s)) and project.status is "active"`, quoted(o.me))
	replies, err := o.call(ctx,
		asking(fmt.Sprintf("select count(id) from Task where %s group by project_id", mine)),
		asking(fmt.Sprintf(`select id, parent_id, project_id, end_date from Task where %s and status.state.short is_not "DONE" order by end_date limit %d`, mine, mostTasks)),
	)
	if err != nil {
		return err
	}
	found := maps.Clone(o.manages)
	for _, row := range replies[0].Rows() {
		found[text(row, "project_id")] = true
	}
	o.mine, o.projects = replies[1].Rows(), slices.Sorted(maps.Keys(found))
	return nil
}

// look asks for what is there and what happened. Nothing is asked that would make a server look through all
// tasks of a project.
func (o *overview) look(ctx context.Context) error {
	const (
		who  = "%[1]s.id, %[1]s.first_name, %[1]s.last_name, %[1]s.username, %[1]s.thumbnail_id"
		task = "select id, link, parent_id, end_date, status_id, type_id, assignments.resource_id from Task where"
	)
	in := fmt.Sprintf("project_id in (%s)", quoted(o.projects))
	since := fmt.Sprintf("date > %q order by date desc limit %d", wire.FormatTime(o.now.Add(-recently).Truncate(time.Second)), mostHappened)
	from, until := o.week()
	week := fmt.Sprintf(`end_date >= %q and end_date < %q and status.state.short is_not "DONE"`, wire.FormatTime(from), wire.FormatTime(until))
	change := fmt.Sprintf("select id, date, parent_id, status_id, from_status_id, %s from StatusChange where", fmt.Sprintf(who, "user"))
	shared := o.shared()
	into := []struct {
		rows       *[]map[string]any
		expression string
	}{
		{&o.glances, fmt.Sprintf(`select id, full_name, end_date, thumbnail_id from Project where status is "active" and id in (%s)`, quoted(o.projects))},
		{&o.counts, fmt.Sprintf("select count(id) from Task where %s group by project_id, status_id", in)},
		{&o.versions, fmt.Sprintf("select id, version, date, comment, thumbnail_id, project_id, link, asset.name, %s from AssetVersion where %s and is_published is true and %s",
			fmt.Sprintf(who, "user"), in, since)},
		{&o.notes, fmt.Sprintf("select id, content, date, project_id, parent_id, %s from Note where %s and %s", fmt.Sprintf(who, "author"), in, since)},
		// A change of status does not say in which project it was: those near the person are asked for by name.
		{&o.changes, fmt.Sprintf("%s %s", change, since)},
		{&o.nearby, fmt.Sprintf("%s parent_id in (%s) and %s", change, quoted(slices.Concat(shared, o.ids())), since)},
		{&o.milestones, fmt.Sprintf("select id, link, end_date, status_id from TypedContext where object_type_id is %q and %s and %s order by end_date limit %d",
			milestoneType, in, week, mostDue)},
		{&o.mineDue, fmt.Sprintf("%s %s and %s and assignments any (resource_id in (%s)) order by end_date limit %d", task, in, week, quoted(o.me), mostDue)},
		{&o.working, fmt.Sprintf("%s parent_id in (%s) limit %d", task, quoted(shared), 8*mostShared)},
	}
	if len(shared) == 0 {
		managed := fmt.Sprintf("project_id in (%s)", quoted(slices.Sorted(maps.Keys(o.manages))))
		into[len(into)-1].expression = fmt.Sprintf(`%s %s and status.state.short is "IN_PROGRESS" limit %d`, task, managed, 5*mostShared)
		into = append(into, into[0])
		into[len(into)-1].rows, into[len(into)-1].expression = &o.due, fmt.Sprintf("%s %s and %s order by end_date limit %d", task, managed, week, mostDue)
	}
	ops := make([]wire.Operation, len(into))
	for i, question := range into {
		ops[i] = asking(question.expression)
	}
	replies, err := o.call(ctx, ops...)
	if err != nil {
		return err
	}
	for i, reply := range replies {
		*into[i].rows = reply.Rows()
	}
	o.working = slices.DeleteFunc(o.working, func(row map[string]any) bool {
		return o.statuses[text(row, "status_id")].State == domain.StateDone
	})
	for _, row := range o.glances {
		o.house.projects[text(row, "id")] = text(row, "full_name")
	}
	return nil
}

// week is the time in which a deadline is near.
func (o *overview) week() (from, until time.Time) {
	return o.now.Add(-24 * time.Hour).Truncate(24 * time.Hour), o.now.Add(ahead).Truncate(24 * time.Hour)
}

// shared are the things that the person's tasks are on, at most so many.
func (o *overview) shared() []string {
	var things []string
	for _, task := range o.mine {
		if id := text(task, "parent_id"); !slices.Contains(things, id) && len(things) < mostShared {
			things = append(things, id)
		}
	}
	return things
}

// ids are those of the person's tasks, at most so many.
func (o *overview) ids() []string {
	var ids []string
	for _, task := range o.mine[:min(len(o.mine), mostShared)] {
		ids = append(ids, text(task, "id"))
	}
	return ids
}

// name asks what the things are called that notes and changes are about, and who works on the person's.
func (o *overview) name(ctx context.Context) error {
	things, people := map[string]bool{"": true}, map[string]bool{"": true}
	o.changes = append(o.changes, o.nearby...)
	for _, row := range slices.Concat(o.notes, o.changes) {
		things[text(row, "parent_id")] = true
	}
	for _, row := range slices.Concat(o.mineDue, o.due, o.working) {
		for _, assignment := range many(row, "assignments") {
			people[text(assignment, "resource_id")] = true
		}
	}
	ids := quoted(slices.Sorted(maps.Keys(things)))
	replies, err := o.call(ctx,
		asking(fmt.Sprintf("select id, link, thumbnail_id from Context where id in (%s)", ids)),
		asking(fmt.Sprintf("select id, link, thumbnail_id, version, asset.name from AssetVersion where id in (%s)", ids)),
		asking(fmt.Sprintf("select id, first_name, last_name, username, thumbnail_id from User where is_active is true and id in (%s)",
			quoted(slices.Sorted(maps.Keys(people))))),
	)
	if err != nil {
		return err
	}
	o.things, o.people = map[string]map[string]any{}, map[string]domain.Person{}
	for _, row := range slices.Concat(replies[0].Rows(), replies[1].Rows()) {
		o.things[text(row, "id")] = row
	}
	for _, row := range replies[2].Rows() {
		o.people[text(row, "id")] = person(row)
	}
	return nil
}

func (o *overview) view() domain.Overview {
	return domain.Overview{Projects: o.projectsNow(), Happened: o.happened(), Deadlines: o.deadlines(), People: o.colleagues(), FetchedAt: &o.now}
}

func (o *overview) projectsNow() []domain.Glance {
	glances := make([]domain.Glance, 0, len(o.glances))
	for _, row := range o.glances {
		id := text(row, "id")
		g := domain.Glance{
			ID: domain.ProjectID(id), Name: o.house.projects[id], ThumbnailID: domain.ComponentID(text(row, "thumbnail_id")),
			Ends: instant(row, "end_date"), Statuses: []domain.StatusCount{}, Manages: o.manages[id],
		}
		for _, count := range o.counts {
			if status, known := o.statuses[text(count, "status_id")]; known && text(count, "project_id") == id {
				g.Statuses = append(g.Statuses, domain.StatusCount{Status: status, Count: number(count, "count_id")})
			}
		}
		slices.SortFunc(g.Statuses, func(a, b domain.StatusCount) int { return cmp.Compare(o.order[a.Status.ID], o.order[b.Status.ID]) })
		for _, task := range o.mine {
			if text(task, "project_id") != id {
				continue
			}
			g.Mine++
			// A due date is a day, and that day is not late.
			if due := instant(task, "end_date"); due != nil && due.Before(o.now.Add(-24*time.Hour)) {
				g.Late++
			}
		}
		glances = append(glances, g)
	}
	slices.SortFunc(glances, func(a, b domain.Glance) int {
		return cmp.Or(cmp.Compare(b.Mine, a.Mine), strings.Compare(a.Name, b.Name))
	})
	return glances
}

func (o *overview) happened() []domain.Happening {
	all, known := []domain.Happening{}, map[string]bool{}
	add := func(kind domain.HappeningKind, row map[string]any, by string, on map[string]any) *domain.Happening {
		at := instant(row, "date")
		if at == nil || len(many(on, "link")) == 0 {
			return nil
		}
		h := domain.Happening{
			ID: text(row, "id"), Kind: kind, At: *at, By: person(one(row, by)), Path: o.path(on), Version: number(on, "version"),
			Picture: domain.ComponentID(text(on, "thumbnail_id")),
		}
		if asset := text(one(on, "asset"), "name"); asset != "" {
			h.Path[len(h.Path)-1].Name = asset // a version's own step says both its asset and its number
		}
		if h.Project = domain.ProjectID(h.Path[0].ID); o.house.projects[h.Path[0].ID] == "" || known[h.ID] {
			return nil // not of the person's projects, or found twice
		}
		known[h.ID] = true
		all = append(all, h)
		return &all[len(all)-1]
	}
	for _, row := range o.versions {
		if h := add(domain.HappenedVersion, row, "user", row); h != nil {
			h.Text = text(row, "comment")
		}
	}
	for _, row := range o.notes {
		if h := add(domain.HappenedNote, row, "author", o.things[text(row, "parent_id")]); h != nil {
			h.Text = excerpt(text(row, "content"))
		}
	}
	for _, row := range o.changes {
		if h := add(domain.HappenedStatus, row, "user", o.things[text(row, "parent_id")]); h != nil {
			h.From, h.To = o.status(row, "from_status_id"), o.status(row, "status_id")
		}
	}
	slices.SortStableFunc(all, func(a, b domain.Happening) int { return b.At.Compare(a.At) })
	return all
}

func (o *overview) status(row map[string]any, name string) *domain.Status {
	status, known := o.statuses[text(row, name)]
	if !known {
		return nil
	}
	return &status
}

func (o *overview) deadlines() []domain.Deadline {
	all := []domain.Deadline{}
	add := func(rows []map[string]any, milestone bool) {
		for _, row := range rows {
			due, id := instant(row, "end_date"), domain.ContextID(text(row, "id"))
			if due == nil || slices.ContainsFunc(all, func(d domain.Deadline) bool { return d.ID == id }) {
				continue
			}
			d := domain.Deadline{
				ID: id, Path: o.path(row), Type: o.types[text(row, "type_id")], Status: o.statuses[text(row, "status_id")], Due: *due,
				Who: []string{}, Milestone: milestone,
			}
			for _, assignment := range many(row, "assignments") {
				who := text(assignment, "resource_id")
				d.Mine = d.Mine || slices.Contains(o.me, who)
				if name := cmp.Or(o.people[who].Name, o.groups[who]); name != "" {
					d.Who = append(d.Who, name)
				}
			}
			all = append(all, d)
		}
	}
	from, until := o.week()
	add(o.milestones, true)
	add(o.mineDue, false)
	add(o.due, false)
	add(slices.DeleteFunc(slices.Clone(o.working), func(row map[string]any) bool {
		due := instant(row, "end_date")
		return due == nil || due.Before(from) || !due.Before(until)
	}), false)
	slices.SortStableFunc(all, func(a, b domain.Deadline) int { return a.Due.Compare(b.Due) })
	return all
}

func (o *overview) colleagues() []domain.Colleague {
	shared := map[string]map[string]bool{}
	work := map[string][]string{}
	for _, row := range o.working {
		for _, assignment := range many(row, "assignments") {
			who := text(assignment, "resource_id")
			if _, known := o.people[who]; !known || slices.Contains(o.me, who) {
				continue
			}
			if shared[who] == nil {
				shared[who] = map[string]bool{}
			}
			shared[who][text(row, "parent_id")] = true
			if kind := o.types[text(row, "type_id")]; kind != "" && !slices.Contains(work[who], kind) {
				work[who] = append(work[who], kind)
			}
		}
	}
	all := make([]domain.Colleague, 0, len(shared))
	for who, things := range shared {
		slices.Sort(work[who])
		all = append(all, domain.Colleague{Person: o.people[who], Work: work[who], Shared: len(things)})
	}
	slices.SortFunc(all, func(a, b domain.Colleague) int {
		return cmp.Or(cmp.Compare(b.Shared, a.Shared), strings.Compare(a.Person.Name, b.Person.Name))
	})
	return all[:min(len(all), mostColleagues)]
}

// excerpt is the beginning of a note's words.
func excerpt(text string) string {
	if runes := []rune(text); len(runes) > domain.MaxExcerpt {
		return string(runes[:domain.MaxExcerpt]) + "…"
	}
	return text
}
