// Package rules is the notification law: who hears of a change, as which kinds, and why. It is made of
// pure functions over a Graph: no SQL, no wire, no clock. One file holds one family of kinds.
//
// It decides who is told, not how: channels, mutes and quiet hours are settings and come after it.
// Whether somebody heard of an event before is not known here either; who keeps the notifications
// keeps one per person and event key.
package rules

import (
	"context"
	"fmt"
	"slices"

	"github.com/callboard/callboard/backend/domain"
)

// Graph answers what the law asks about the production, as it stands after the whole request. Every
// question is asked for many at once, so that the cost grows with the people told and not with the
// size of the workspace. What does not exist is missing from an answer; it is no error.
type Graph interface {
	// Conversations gives the whole thread of each note, under the note asked for.
	Conversations(ctx context.Context, notes []domain.NoteID) (map[domain.NoteID]domain.Conversation, error)
	// Assigned gives who is assigned directly to each object.
	Assigned(ctx context.Context, contexts []domain.ContextID) (map[domain.ContextID][]domain.Resource, error)
	// AssignedBelow gives the people assigned directly to any task below each object.
	AssignedBelow(ctx context.Context, contexts []domain.ContextID) (map[domain.ContextID][]domain.UserID, error)
	// Managers gives who is listed as manager on each object or on anything above it, the nearest first.
	Managers(ctx context.Context, contexts []domain.ContextID) (map[domain.ContextID][]domain.Manager, error)
	// Versions gives what each asset version is of, and whose.
	Versions(ctx context.Context, versions []domain.VersionID) (map[domain.VersionID]domain.VersionFacts, error)
	// Dependents gives the tasks that build on each asset version: those that follow its task or its
	// asset's parent by a link, and those on which something was published that uses a version of its asset.
	Dependents(ctx context.Context, versions []domain.VersionID) (map[domain.VersionID][]domain.Dependent, error)
	// Reviews gives what the law asks of items of client reviews, by their ids.
	Reviews(ctx context.Context, items []string) (map[string]domain.ReviewFacts, error)
	// Members gives the people of each group, through nested groups too.
	Members(ctx context.Context, groups []domain.GroupID) (map[domain.GroupID]domain.Membership, error)
	// Audience gives those of the people who are active and, unless project is "", may see the project.
	Audience(ctx context.Context, project domain.ProjectID, people []domain.UserID) ([]domain.UserID, error)
}

// Told is one person told of one event.
type Told struct {
	User     domain.UserID
	EventKey string
	Actor    domain.UserID   // who is named as having done it
	Kinds    []domain.Kind   // by rank, never empty
	Reasons  []domain.Reason // by rank of their kind
	On       domain.Thing    // zero for a message
	Note     domain.NoteID
	Version  domain.VersionID // of the asset version it is about
	// Change is the change it tells of, where it holds what can no longer be read: a change of status or
	// a judgement in a review. nil for others.
	Change domain.Change
}

// families are the rows of the law's table, grouped by what sets them off. A new family is one more
// function here.
var families = []func(context.Context, Graph, domain.UserID, []domain.Change) ([]*event, error){
	notes,
	completions,
	reviewStatuses,
	assignments,
	statuses,
	publications,
}

// Tell names who hears of the changes of one request, made by actor: each event once, in the order of
// the changes, and each person at most once per event.
func Tell(ctx context.Context, g Graph, actor domain.UserID, changes []domain.Change) ([]Told, error) {
	var events []*event
	for _, family := range families {
		found, err := family(ctx, g, actor, changes)
		if err != nil {
			return nil, fmt.Errorf("apply the notification law: %w", err)
		}
		events = append(events, found...)
	}
	slices.SortStableFunc(events, func(a, b *event) int { return a.at - b.at })

	audiences, err := audiences(ctx, g, events)
	if err != nil {
		return nil, fmt.Errorf("ask who may hear: %w", err)
	}
	var told []Told
	for _, e := range events {
		told = append(told, e.tell(audiences[e.on.Project])...)
	}
	return told, nil
}

// audiences asks once per project for all who might hear of anything in it.
func audiences(ctx context.Context, g Graph, events []*event) (map[domain.ProjectID]set[domain.UserID], error) {
	asked := map[domain.ProjectID]set[domain.UserID]{}
	for _, e := range events {
		people := asked[e.on.Project]
		if people == nil {
			people = set[domain.UserID]{}
			asked[e.on.Project] = people
		}
		for user := range e.reasons {
			people.add(user)
		}
	}
	for project, people := range asked {
		if len(people) == 0 {
			continue
		}
		may, err := g.Audience(ctx, project, people.sorted())
		if err != nil {
			return nil, err
		}
		asked[project] = newSet(may...)
	}
	return asked, nil
}
