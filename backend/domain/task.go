package domain

import (
	"slices"
	"time"
)

// Task is a task that somebody is assigned to, as their list shows it.
type Task struct {
	ID      ContextID `json:"id"`
	Project ProjectID `json:"project"`
	Path    []string  `json:"path"` // names: project first, the task itself last
	Parent  ContextID `json:"parent"`
	Type    string    `json:"type"` // the studio's name for the kind of work
	Status  Status    `json:"status"`
	// Workflow names the statuses it may be given, in TaskList.Workflows.
	Workflow string `json:"workflow"`
	// Priority is the studio's name for how much it matters; "" where nobody said.
	Priority string `json:"priority,omitempty"`
	// Urgency orders priorities: less is more urgent.
	Urgency int `json:"urgency"`
	// Due is when it is to be finished. A due date at midnight UTC is a day without a time, everywhere.
	Due         *time.Time  `json:"due,omitempty" ts_type:"string"`
	Bid         float64     `json:"bid,omitempty"` // planned work, in seconds
	Description string      `json:"description,omitempty"`
	ThumbnailID ComponentID `json:"thumbnailId,omitempty"`
	// Groups are those through which it is this person's; empty where it is theirs by name.
	Groups []string `json:"groups"`
	// Waiting says that its status was changed here and the server has not confirmed it.
	Waiting bool `json:"waiting,omitempty"`
}

// TaskList is what somebody has to do, as last fetched, with what was changed here already in it.
type TaskList struct {
	Tasks []Task `json:"tasks"`
	// Workflows are the statuses a task may be given, in the order in which work passes through them.
	Workflows map[string][]Status `json:"workflows" ts_type:"Record<string, Status[]>"`
	// Me are the ids by which this person is assigned to things: their own and those of their groups.
	Me []string `json:"me"`
	// FetchedAt is when the server was last asked; nil when it never answered.
	FetchedAt *time.Time `json:"fetchedAt,omitempty" ts_type:"string"`
}

// Find gives the task of that id.
func (l TaskList) Find(id ContextID) (Task, bool) {
	i := slices.IndexFunc(l.Tasks, func(t Task) bool { return t.ID == id })
	if i < 0 {
		return Task{}, false
	}
	return l.Tasks[i], true
}

// Offers gives the status of that id among those the task may be given.
func (l TaskList) Offers(t Task, status string) (Status, bool) {
	choices := l.Workflows[t.Workflow]
	i := slices.IndexFunc(choices, func(s Status) bool { return s.ID == status })
	if i < 0 {
		return Status{}, false
	}
	return choices[i], true
}

// StatusChoice is a status that somebody gave to a task here. From is the one it had as they saw it: where
// it has another by the time the server hears of it, somebody else was first.
type StatusChoice struct {
	Task ContextID `json:"task"`
	From Status    `json:"from"`
	To   Status    `json:"to"`
}

// Apply gives the tasks as they are once the server has accepted the choice.
func (c StatusChoice) Apply(tasks []Task) []Task {
	return changed(tasks, c.Task, func(t *Task) { t.Status = c.To })
}

// With is the list as it is shown while the choice waits for the server.
func (l TaskList) With(c StatusChoice) TaskList {
	l.Tasks = changed(l.Tasks, c.Task, func(t *Task) { t.Status, t.Waiting = c.To, true })
	return l
}

// changed changes one of the tasks in a copy of the list.
func changed(tasks []Task, id ContextID, change func(*Task)) []Task {
	i := slices.IndexFunc(tasks, func(t Task) bool { return t.ID == id })
	if i < 0 {
		return tasks
	}
	tasks = slices.Clone(tasks)
	change(&tasks[i])
	return tasks
}

// TaskChange is what changed in somebody's tasks.
type TaskChange struct {
	// List is the whole list, freshly fetched.
	List *TaskList `json:"list,omitempty"`
	// Changed are single tasks that are otherwise now.
	Changed []Task `json:"changed"`
	// Problem says why the list could not be fetched.
	Problem *Error `json:"problem,omitempty"`
}

// State is the part of its life that a status stands for.
type State string

const (
	StateNotStarted State = "not-started"
	StateInProgress State = "in-progress"
	StateDone       State = "done"
	StateBlocked    State = "blocked"
)

// View is a view of the production that a page shows.
type View string

const (
	ViewTasks    View = "tasks"
	ViewOverview View = "overview"
)

// Stirring is what changed in a production, as far as lists kept of it are concerned. It says only that it is
// time to look.
type Stirring struct {
	// Things are what changed, and Projects where they are. People were assigned to something, or no longer are.
	Things, Projects, People []string
	// Everything may be otherwise now, such as who is in which group.
	Everything bool
}
