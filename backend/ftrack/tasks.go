package ftrack

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

const (
	// taskProjection is what a list shows of a task. Statuses and types come once, not with every task.
	taskProjection = "id, name, link, project.id, project.full_name, project.project_schema_id, type_id, status_id, priority_id, end_date, bid, " +
		"description, thumbnail_id, parent.id, parent.thumbnail_id, assignments.resource_id"
	// taskPage is how many tasks one answer holds; mostTasks how many are fetched at all.
	taskPage  = 500
	mostTasks = 3000
	// mostFinished is how many finished tasks are fetched, the last ones due first.
	mostFinished = 100
)

// Tasks gives the tasks that a person is assigned to, by name or through their groups: all that are open, and
// the finished ones of late. Projects that are no longer active are left out.
func (c *Client) Tasks(ctx context.Context, user domain.UserID) (domain.TaskList, error) {
	asked := time.Now().UTC()
	house, err := c.house(ctx, user)
	if err != nil {
		return domain.TaskList{}, err
	}
	mine := fmt.Sprintf(`assignments any (resource_id in (%s)) and project.status is "active" and status.state.short`, quoted(house.me))
	open := fmt.Sprintf(`select %s from Task where %s is_not "DONE" order by id limit %d`, taskProjection, mine, taskPage)
	finished := fmt.Sprintf(`select %s from Task where %s is "DONE" order by end_date desc, id limit %d`, taskProjection, mine, mostFinished)
	replies, err := c.call(ctx, asking(open), asking(finished))
	if err != nil {
		return domain.TaskList{}, err
	}
	rows := append(replies[1].Rows(), replies[0].Rows()...)
	for next := replies[0].Next; next != nil && len(rows) < mostTasks; next = replies[0].Next {
		if replies, err = c.call(ctx, asking(fmt.Sprintf("%s offset %d", open, *next))); err != nil {
			return domain.TaskList{}, err
		}
		more := replies[0].Rows()
		if len(more) == 0 {
			break
		}
		rows = append(rows, more...)
	}
	list := domain.TaskList{Tasks: make([]domain.Task, len(rows)), Workflows: map[string][]domain.Status{}, Me: house.me, FetchedAt: &asked}
	for i, row := range rows {
		list.Tasks[i] = house.task(row)
		if name := list.Tasks[i].Workflow; list.Workflows[name] == nil {
			list.Workflows[name] = house.workflow(name)
		}
	}
	return list, nil
}

// SetStatus gives a task another status. Where it has neither the status that the person saw nor the one they
// chose, somebody else was first, and theirs stands.
func (c *Client) SetStatus(ctx context.Context, choice domain.StatusChoice) error {
	rows, err := c.query(ctx, fmt.Sprintf("select status_id from Task where id is %q", choice.Task))
	switch {
	case err != nil:
		return err
	case len(rows) == 0:
		return domain.Errorf(domain.NotFound, "there is no task %s", choice.Task)
	}
	switch text(rows[0], "status_id") {
	case choice.To.ID:
		return nil
	case choice.From.ID:
	default:
		return &domain.Error{Code: domain.Conflict, Reason: "status_moved", Message: "somebody else changed the status first"}
	}
	_, err = c.call(ctx, wire.Operation{
		Action: "update", EntityType: domain.TypeTask, EntityKey: []string{string(choice.Task)}, EntityData: map[string]any{"status_id": choice.To.ID},
	})
	return err
}

// house is what a studio calls things, and which of its groups somebody is in.
type house struct {
	me         []string          // the person's id and those of their groups
	groups     map[string]string // names of all groups, by id
	statuses   map[string]domain.Status
	order      map[string]int // of a status
	types      map[string]string
	priorities map[string]string
	urgency    map[string]int
	projects   map[string]string   // full names of those met so far
	workflows  map[string][]string // ids of statuses, by schema, or schema and type where that has its own
}

// house asks for all of it in one request.
func (c *Client) house(ctx context.Context, user domain.UserID) (*house, error) {
	h, _, err := c.houseAnd(ctx, user)
	return h, err
}

// houseAnd also asks for something else in the same request.
func (c *Client) houseAnd(ctx context.Context, user domain.UserID, also ...wire.Operation) (*house, []wire.Reply, error) {
	replies, err := c.call(ctx, append([]wire.Operation{
		asking(fmt.Sprintf("select group_id from Membership where user_id is %q", user)),
		asking("select id, name, parent_id from Group"),
		asking("select id, name, color, sort, state.short from Status"),
		asking("select id, name from Type"),
		asking("select id, name, sort from Priority"),
		asking("select id, _task_workflow.statuses.id, _overrides.type_id, _overrides.workflow_schema.statuses.id from ProjectSchema"),
	}, also...)...)
	if err != nil {
		return nil, nil, err
	}
	h := &house{
		me: []string{string(user)}, groups: map[string]string{}, statuses: map[string]domain.Status{}, order: map[string]int{},
		types: map[string]string{}, priorities: map[string]string{}, urgency: map[string]int{}, projects: map[string]string{},
		workflows: map[string][]string{},
	}
	h.join(replies[0].Rows(), replies[1].Rows())
	for _, row := range replies[2].Rows() {
		id := text(row, "id")
		h.statuses[id] = domain.Status{ID: id, Name: text(row, "name"), Color: text(row, "color"), State: stateOf(row)}
		h.order[id] = number(row, "sort")
	}
	for _, row := range replies[3].Rows() {
		h.types[text(row, "id")] = text(row, "name")
	}
	for _, row := range replies[4].Rows() {
		h.priorities[text(row, "id")], h.urgency[text(row, "id")] = text(row, "name"), number(row, "sort")
	}
	for _, row := range replies[5].Rows() {
		h.learn(row)
	}
	return h, replies[len(replies)-len(also):], nil
}

// join finds the groups somebody is in: their own and every one above those.
func (h *house) join(memberships, groups []map[string]any) {
	above := map[string]string{}
	for _, row := range groups {
		above[text(row, "id")], h.groups[text(row, "id")] = text(row, "parent_id"), text(row, "name")
	}
	for _, row := range memberships {
		for id := text(row, "group_id"); id != "" && !slices.Contains(h.me, id); id = above[id] {
			h.me = append(h.me, id)
		}
	}
}

// learn takes in the workflow of a project schema and of the types that have one of their own.
func (h *house) learn(schema map[string]any) {
	id := text(schema, "id")
	h.workflows[id] = statusIDs(one(schema, "_task_workflow"))
	for _, override := range many(schema, "_overrides") {
		h.workflows[id+"/"+text(override, "type_id")] = statusIDs(one(override, "workflow_schema"))
	}
}

func statusIDs(workflow map[string]any) []string {
	var ids []string
	for _, status := range many(workflow, "statuses") {
		ids = append(ids, text(status, "id"))
	}
	return ids
}

// workflow gives the statuses of a workflow in the studio's order. One that is empty forbids nothing.
func (h *house) workflow(name string) []domain.Status {
	ids := h.workflows[name]
	if len(ids) == 0 {
		for id := range h.statuses {
			ids = append(ids, id)
		}
	}
	choices := make([]domain.Status, 0, len(ids))
	for _, id := range ids {
		if status, known := h.statuses[id]; known {
			choices = append(choices, status)
		}
	}
	slices.SortFunc(choices, func(a, b domain.Status) int {
		if d := h.order[a.ID] - h.order[b.ID]; d != 0 {
			return d
		}
		return strings.Compare(a.Name, b.Name)
	})
	return choices
}

func (h *house) task(row map[string]any) domain.Task {
	project := one(row, "project")
	h.projects[text(project, "id")] = text(project, "full_name")
	t := domain.Task{
		ID: domain.ContextID(text(row, "id")), Project: domain.ProjectID(text(project, "id")), Path: []string{},
		Type: h.types[text(row, "type_id")], Status: h.statuses[text(row, "status_id")], Due: instant(row, "end_date"),
		Priority: h.priorities[text(row, "priority_id")], Urgency: h.urgency[text(row, "priority_id")],
		Description: text(row, "description"), ThumbnailID: domain.ComponentID(text(row, "thumbnail_id")), Groups: []string{},
	}
	for _, crumb := range h.path(row) {
		t.Path = append(t.Path, crumb.Name)
	}
	t.Parent = domain.ContextID(text(one(row, "parent"), "id"))
	if t.ThumbnailID == "" {
		t.ThumbnailID = domain.ComponentID(text(one(row, "parent"), "thumbnail_id"))
	}
	t.Bid, _ = row["bid"].(float64)
	t.Workflow = text(project, "project_schema_id")
	if own := t.Workflow + "/" + text(row, "type_id"); h.workflows[own] != nil {
		t.Workflow = own
	}
	for _, assignment := range many(row, "assignments") {
		id := text(assignment, "resource_id")
		if id == h.me[0] {
			t.Groups = []string{}
			break
		}
		if name := h.groups[id]; slices.Contains(h.me, id) && !slices.Contains(t.Groups, name) {
			t.Groups = append(t.Groups, name)
		}
	}
	return t
}

// path is the way from the project down to a thing, which the protocol calls link. There a project goes by its
// code; people call it by its full name.
func (h *house) path(row map[string]any) []domain.Crumb {
	crumbs := []domain.Crumb{}
	for _, step := range many(row, "link") {
		name := text(step, "name")
		if full := h.projects[text(step, "id")]; full != "" {
			name = full
		}
		crumbs = append(crumbs, domain.Crumb{ID: text(step, "id"), Type: text(step, "type"), Name: name})
	}
	return crumbs
}

// stateOf reads the state of a status with its state's short name.
func stateOf(status map[string]any) domain.State {
	switch text(one(status, "state"), "short") {
	case "NOT_STARTED":
		return domain.StateNotStarted
	case "IN_PROGRESS":
		return domain.StateInProgress
	case "DONE":
		return domain.StateDone
	case "BLOCKED":
		return domain.StateBlocked
	default:
		return ""
	}
}

func asking(expression string) wire.Operation {
	return wire.Operation{Action: "query", Expression: expression}
}

// one is a related entity; nil, which reads as empty, where there is none.
func one(fields map[string]any, name string) map[string]any {
	entity, _ := fields[name].(map[string]any)
	return entity
}

// many are the entities of a relation, or the objects of any list.
func many(fields map[string]any, name string) []map[string]any {
	list, _ := fields[name].([]any)
	found := make([]map[string]any, 0, len(list))
	for _, item := range list {
		if entity, ok := item.(map[string]any); ok {
			found = append(found, entity)
		}
	}
	return found
}

func number(fields map[string]any, name string) int {
	n, _ := fields[name].(float64)
	return int(n)
}
