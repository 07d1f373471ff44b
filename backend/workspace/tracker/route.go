package tracker

import (
	"context"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/rules"
	"github.com/callboard/callboard/backend/workspace/store"
)

// routed is somebody told who gets a row in their inbox.
type routed struct {
	rules.Told
	routes []domain.Route
	shown  domain.Kind // the first in rank that reaches the inbox
}

// route holds what the law tells against mutes and settings: which of it reaches an inbox, and which way
// else it goes. Settings and mutes are read once for everybody told.
func (r *request) route(ctx context.Context, told []rules.Told) ([]routed, error) {
	told, err := r.unmuted(ctx, told)
	if err != nil || len(told) == 0 {
		return nil, err
	}
	var people []domain.UserID
	var kinds []domain.Kind
	var projects []domain.ProjectID
	for _, t := range told {
		people = append(people, t.User)
		kinds = append(kinds, t.Kinds...)
		if t.On.Project != "" {
			projects = append(projects, t.On.Project)
		}
	}
	choices, err := r.tx.Choices(ctx, each(people), each(kinds), each(projects))
	if err != nil {
		return nil, err
	}
	var found []routed
	for _, t := range told {
		routes := choices[t.User].Routes(t.Kinds, t.On.Project)
		if inbox, on := domain.RouteOf(routes, domain.InternalChannel); on {
			found = append(found, routed{Told: t, routes: routes, shown: inbox.Kind})
		}
	}
	return found, nil
}

// unmuted drops what people muted. A message is never silenced: of what is one and more, it is what stays.
func (r *request) unmuted(ctx context.Context, told []rules.Told) ([]rules.Told, error) {
	abouts := make([]store.About, len(told))
	for i, t := range told {
		abouts[i] = store.About{User: t.User, On: t.On, Note: t.Note}
	}
	muted, err := r.tx.Muted(ctx, abouts)
	if err != nil {
		return nil, err
	}
	var heard []rules.Told
	for i, t := range told {
		if muted[i] {
			t.Kinds = slices.DeleteFunc(slices.Clone(t.Kinds), func(k domain.Kind) bool { return k != domain.KindMessage })
			t.Reasons = slices.DeleteFunc(slices.Clone(t.Reasons), func(reason domain.Reason) bool { return reason.Kind != domain.KindMessage })
		}
		if len(t.Kinds) > 0 {
			heard = append(heard, t)
		}
	}
	return heard, nil
}

// each gives texts in order, each once.
func each[T ~string](all []T) []T {
	all = slices.Clone(all)
	slices.Sort(all)
	return slices.Compact(all)
}
