package bridge

import (
	"context"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

// Tasks is the door to the person's tasks.
type Tasks struct{ door door }

// List gives the tasks as this computer keeps them; what the server says follows as an event.
func (t *Tasks) List() (domain.TaskList, error) {
	return ask(t.door, local, func(ctx context.Context, d *desktop.Desktop) (domain.TaskList, error) { return d.Tasks(ctx) })
}

// Follow says which view of the production shows: "tasks", "overview", or "" for neither.
func (t *Tasks) Follow(view domain.View) error {
	return t.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.Follow(ctx, view) })
}

// SetStatus gives a task another status of those its workflow offers.
func (t *Tasks) SetStatus(task domain.ContextID, status string) error {
	return t.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.SetStatus(ctx, task, status) })
}

// UnreadNotes counts the unread notes by what they hang on.
func (t *Tasks) UnreadNotes() (map[string]int, error) {
	return ask(t.door, local, func(ctx context.Context, d *desktop.Desktop) (map[string]int, error) { return d.UnreadNotes(ctx) })
}

// About lists the newest notifications about a task.
func (t *Tasks) About(task domain.ContextID) ([]domain.Notification, error) {
	return ask(t.door, local, func(ctx context.Context, d *desktop.Desktop) ([]domain.Notification, error) {
		return d.About(ctx, task)
	})
}

// Browse opens a task in the browser.
func (t *Tasks) Browse(task domain.ContextID) error {
	return t.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.Browse(ctx, task) })
}
