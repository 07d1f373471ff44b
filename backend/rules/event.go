package rules

import (
	"cmp"
	"maps"
	"slices"

	"github.com/callboard/callboard/backend/domain"
)

// event is one thing that happened, with everybody it might concern so far.
type event struct {
	at      int // the place of its first change in the request
	key     string
	actor   domain.UserID
	deaf    set[domain.UserID] // the actors: they never hear of their own change
	on      domain.Thing
	note    domain.NoteID
	version domain.VersionID
	change  domain.Change // as Told.Change
	reasons map[domain.UserID][]domain.Reason
}

// because adds a reason for one person. Reasons are few; the same one counts once.
func (e *event) because(user domain.UserID, reason domain.Reason) {
	if user == "" || e.deaf.has(user) || slices.Contains(e.reasons[user], reason) {
		return
	}
	if e.reasons == nil {
		e.reasons = map[domain.UserID][]domain.Reason{}
	}
	e.reasons[user] = append(e.reasons[user], reason)
}

// tell names those of the candidates who may hear, in the order of their ids.
func (e *event) tell(audience set[domain.UserID]) []Told {
	var told []Told
	for _, user := range slices.Sorted(maps.Keys(e.reasons)) {
		if !audience.has(user) {
			continue
		}
		reasons := e.reasons[user]
		slices.SortFunc(reasons, func(a, b domain.Reason) int {
			return cmp.Or(a.Kind.Rank()-b.Kind.Rank(), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Name, b.Name))
		})
		kinds := make([]domain.Kind, len(reasons))
		for i, reason := range reasons {
			kinds[i] = reason.Kind
		}
		told = append(told, Told{
			User: user, EventKey: e.key, Actor: e.actor,
			Kinds: domain.SortKinds(kinds), Reasons: reasons,
			On: e.on, Note: e.note, Version: e.version, Change: e.change,
		})
	}
	return told
}

// group is how a rule speaks of somebody it reaches directly and of somebody it reaches through a group.
type group struct{ direct, through string }

// becauseOf adds reasons for people and, through members, for the people of groups.
func (e *event) becauseOf(to []domain.Resource, kind domain.Kind, rule group, members map[domain.GroupID]domain.Membership) {
	for _, resource := range to {
		e.because(resource.User, domain.Reason{Kind: kind, Rule: rule.direct})
		membership := members[resource.Group]
		for _, user := range membership.Users {
			e.because(user, domain.Reason{Kind: kind, Rule: rule.through, Name: membership.Name})
		}
	}
}

// becauseAssigned adds reasons for people assigned to what the event is on. Somebody assigned directly
// to an object that is no task counts there like a group of theirs.
func (e *event) becauseAssigned(to []domain.Resource, kind domain.Kind, members map[domain.GroupID]domain.Membership) {
	for _, resource := range to {
		if resource.User != "" && e.on.Type != domain.TypeTask {
			e.because(resource.User, domain.Reason{Kind: kind, Rule: "object_assigned", Name: e.on.Name})
			continue
		}
		e.becauseOf([]domain.Resource{resource}, kind, group{"assigned", "group_assigned"}, members)
	}
}

// becauseAssignedTask adds reasons for the people named by assignments to a task. Groups are left out.
func (e *event) becauseAssignedTask(to []domain.Resource, kind domain.Kind) {
	for _, resource := range to {
		e.because(resource.User, domain.Reason{Kind: kind, Rule: "assigned"})
	}
}

// becauseManaged adds a reason for each manager: the nearest thing that they manage.
func (e *event) becauseManaged(managers []domain.Manager, kind domain.Kind) {
	seen := set[domain.UserID]{}
	for _, m := range managers {
		if !seen.has(m.User) {
			seen.add(m.User)
			e.because(m.User, domain.Reason{Kind: kind, Rule: "manages", Name: m.Of})
		}
	}
}

// set is a set of identifiers.
type set[T cmp.Ordered] map[T]struct{}

func newSet[T cmp.Ordered](members ...T) set[T] {
	s := set[T]{}
	for _, m := range members {
		s.add(m)
	}
	return s
}

// add puts a member in; the empty identifier names nobody and stays out.
func (s set[T]) add(member T) {
	var nobody T
	if member != nobody {
		s[member] = struct{}{}
	}
}

func (s set[T]) has(member T) bool {
	_, ok := s[member]
	return ok
}

func (s set[T]) sorted() []T { return slices.Sorted(maps.Keys(s)) }
