package rules

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// assignments applies the rows assignment, unassignment and task claimed: a person, named directly, and
// a task. What reaches somebody through a group or on another object raises none of them. Whoever
// assigns a task to themselves claims it.
func assignments(ctx context.Context, g Graph, actor domain.UserID, changes []domain.Change) ([]*event, error) {
	claimed := set[domain.ContextID]{}
	for _, change := range changes {
		if c, ok := change.(domain.AssignmentAdded); ok && claims(actor, c) {
			claimed.add(domain.ContextID(c.On.ID))
		}
	}
	managers, err := askFor(ctx, claimed, g.Managers)
	if err != nil {
		return nil, err
	}
	var events []*event
	for at, change := range changes {
		switch c := change.(type) {
		case domain.AssignmentAdded:
			e := assigned(at, actor, c.Assignment, "add", domain.KindAssignment)
			if claims(actor, c) {
				e.becauseManaged(managers[domain.ContextID(c.On.ID)], domain.KindTaskClaimed)
			}
			events = append(events, e)
		case domain.AssignmentRemoved:
			events = append(events, assigned(at, actor, c.Assignment, "remove", domain.KindUnassignment))
		}
	}
	return events, nil
}

func claims(actor domain.UserID, c domain.AssignmentAdded) bool {
	return actor != "" && c.To.User == actor && c.On.Type == domain.TypeTask
}

func assigned(at int, actor domain.UserID, a domain.Assignment, verb string, kind domain.Kind) *event {
	e := &event{at: at, key: "assignment:" + a.ID + ":" + verb, actor: actor, deaf: newSet(actor), on: a.On}
	if a.On.Type == domain.TypeTask {
		e.because(a.To.User, domain.Reason{Kind: kind, Rule: "assigned"})
	}
	return e
}
