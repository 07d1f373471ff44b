package desktop

import (
	"context"
	"net/url"
	"regexp"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

const (
	// tasksRest is how long changes of the production gather before the tasks are asked for again.
	tasksRest = 300 * time.Millisecond
	// mostAbout is how many notifications about one task are listed.
	mostAbout = 50
)

// thingID is what an id may look like: it becomes part of an address.
var thingID = regexp.MustCompile(`^[0-9A-Za-z-]{1,64}$`)

// Tasks are the person's tasks as this computer keeps them. The server is asked in the background; what it
// says follows as an update.
func (d *Desktop) Tasks(ctx context.Context) (domain.TaskList, error) {
	l, err := d.signedIn(ctx)
	if err != nil {
		return domain.TaskList{}, err
	}
	list, err := l.held.Tasks()
	if err != nil {
		return domain.TaskList{}, err
	}
	if list.Tasks == nil {
		list = domain.TaskList{Tasks: []domain.Task{}, Workflows: map[string][]domain.Status{}, Me: []string{}}
	}
	d.concernTasks(l, list)
	d.soon(&l.tasks, 0, func(ctx context.Context) { d.fetchTasks(ctx, l) })
	return list, nil
}

// fetchTasks asks the server for the tasks, and keeps and tells them.
func (d *Desktop) fetchTasks(ctx context.Context, l *line) {
	if l.token == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, askLimit)
	defer cancel()
	list, err := l.remote.Tasks(ctx, l.userID)
	if err == nil {
		if list, err = l.held.PutTasks(list); err == nil {
			d.concernTasks(l, list)
			d.heard(l, News{Tasks: &domain.TaskChange{List: &list}})
			return
		}
	}
	if domain.CodeOf(err) != domain.Offline {
		d.cfg.Log.Warn("fetch the tasks", "err", err)
	}
	d.heard(l, News{Tasks: &domain.TaskChange{Problem: asError(err)}})
}

// SetStatus gives one of the person's tasks another status, of those that its project's workflow offers. It is
// durable when SetStatus returns, and reaches the server when it can.
func (d *Desktop) SetStatus(ctx context.Context, task domain.ContextID, status string) error {
	l, err := d.signedIn(ctx)
	if err != nil {
		return err
	}
	list, err := l.held.Tasks()
	if err != nil {
		return err
	}
	t, known := list.Find(task)
	if !known {
		return domain.Errorf(domain.NotFound, "there is no task %s among the person's", task)
	}
	to, offered := list.Offers(t, status)
	switch {
	case !offered:
		return &domain.Error{Code: domain.Invalid, Field: "status", Message: "the workflow does not offer that status"}
	case to.ID == t.Status.ID:
		return nil
	}
	return l.syncer.Do(ctx, domain.Action{
		Verb: domain.SetStatus, Status: &domain.StatusChoice{Task: task, From: t.Status, To: to}, At: d.cfg.Clock().UTC(),
	})
}

// UnreadNotes counts the unread notes by what they hang on.
func (d *Desktop) UnreadNotes(ctx context.Context) (map[string]int, error) {
	l, err := d.signedIn(ctx)
	if err != nil {
		return nil, err
	}
	return l.held.UnreadNotes(d.cfg.Clock())
}

// About lists the newest notifications about a task, or about what lies below it.
func (d *Desktop) About(ctx context.Context, task domain.ContextID) ([]domain.Notification, error) {
	l, err := d.signedIn(ctx)
	if err != nil {
		return nil, err
	}
	if !thingID.MatchString(string(task)) {
		return nil, domain.Errorf(domain.Invalid, "that is no task")
	}
	return l.held.About(string(task), mostAbout)
}

// Browse opens a task in the browser, at the workspace's own address.
func (d *Desktop) Browse(ctx context.Context, task domain.ContextID) error {
	l, err := d.signedIn(ctx)
	if err != nil {
		return err
	}
	if !thingID.MatchString(string(task)) {
		return domain.Errorf(domain.Invalid, "that is no task")
	}
	d.mu.Lock()
	account := l.account
	d.mu.Unlock()
	// The address was kept in a file meanwhile: what could not be signed in to is not opened either.
	address, err := d.cfg.Address(account.Address, account.Insecure)
	if err != nil {
		return err
	}
	d.around.Window.Browse(address + "/open/task/" + url.PathEscape(string(task)))
	return nil
}
