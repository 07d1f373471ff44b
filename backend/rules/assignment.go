package rules

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// assignments applies the rows assignment and unassignment: a person, named directly, and a task. What
// reaches somebody through a group or on another object raises neither.
func assignments(_ context.Context, _ Graph, actor domain.UserID, changes []domain.Change) ([]*event, error) {
	var events []*event
	for at, change := range changes {
		var assignment domain.Assignment
		var kind domain.Kind
		verb := "add"
		switch c := change.(type) {
		case domain.AssignmentAdded:
			assignment, kind = c.Assignment, domain.KindAssignment
		case domain.AssignmentRemoved:
			assignment, kind, verb = c.Assignment, domain.KindUnassignment, "remove"
		default:
			continue
		}
		if assignment.On.Type != domain.TypeTask {
			continue
		}
		e := &event{
			at: at, key: "assignment:" + assignment.ID + ":" + verb,
			actor: actor, deaf: newSet(actor), on: assignment.On,
		}
		e.because(assignment.To.User, domain.Reason{Kind: kind, Rule: "assigned"})
		events = append(events, e)
	}
	return events, nil
}
