package rules_test

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// studio is a production in memory: a Graph whose answers are plain loops over lists, so that the
// tests trust something simpler than what they test.
type studio struct {
	people      map[domain.UserID]person
	groups      map[domain.GroupID]team
	private     map[domain.ProjectID][]domain.UserID // who may see it; other projects are open
	things      map[string]domain.Thing
	above       map[string]string // what a context hangs on
	managers    []manager
	links       [][2]string // the second follows the first
	assignments []domain.Assignment
	versions    map[domain.VersionID]version
	uses        [][2]domain.VersionID // the first is made of the second
	reviews     map[string]review     // by item
	notes       map[domain.NoteID]letter
}

type manager struct {
	on   string
	user domain.UserID
}

type version struct {
	asset, task, parent string
	user                domain.UserID
	hidden              bool // not published
}

type review struct {
	creator domain.UserID
	invited []domain.Resource
	version domain.VersionID
}

type person struct{ inactive bool }

type team struct {
	name   string
	parent domain.GroupID
	people []domain.UserID
}

type letter struct {
	author    domain.UserID
	on        string // a key of things; "" for a message
	inReplyTo domain.NoteID
	sent      []domain.Resource
}

func (s *studio) Conversations(_ context.Context, notes []domain.NoteID) (map[domain.NoteID]domain.Conversation, error) {
	found := map[domain.NoteID]domain.Conversation{}
	for _, id := range notes {
		if _, ok := s.notes[id]; !ok {
			continue
		}
		first := s.first(id)
		c := domain.Conversation{First: first, On: s.things[s.notes[first].on], Notes: map[domain.NoteID]domain.NoteFacts{}}
		for other, l := range s.notes {
			if s.first(other) == first {
				c.Notes[other] = domain.NoteFacts{Author: l.author, InReplyTo: l.inReplyTo, Sent: l.sent}
			}
		}
		found[id] = c
	}
	return found, nil
}

func (s *studio) first(id domain.NoteID) domain.NoteID {
	for s.notes[id].inReplyTo != "" {
		id = s.notes[id].inReplyTo
	}
	return id
}

func (s *studio) Assigned(_ context.Context, contexts []domain.ContextID) (map[domain.ContextID][]domain.Resource, error) {
	found := map[domain.ContextID][]domain.Resource{}
	for _, id := range contexts {
		for _, a := range s.assignments {
			if a.On.ID == string(id) {
				found[id] = append(found[id], a.To)
			}
		}
	}
	return found, nil
}

func (s *studio) AssignedBelow(_ context.Context, contexts []domain.ContextID) (map[domain.ContextID][]domain.UserID, error) {
	found := map[domain.ContextID][]domain.UserID{}
	for _, id := range contexts {
		for _, a := range s.assignments {
			if a.To.User != "" && a.On.Type == domain.TypeTask && a.On.ID != string(id) && s.lies(a.On.ID, string(id)) {
				found[id] = append(found[id], a.To.User)
			}
		}
	}
	return found, nil
}

// lies says whether a context is another one or below it.
func (s *studio) lies(id, above string) bool {
	for id != "" && id != above {
		id = s.above[id]
	}
	return id == above
}

func (s *studio) Managers(_ context.Context, contexts []domain.ContextID) (map[domain.ContextID][]domain.Manager, error) {
	found := map[domain.ContextID][]domain.Manager{}
	for _, id := range contexts {
		for at := string(id); at != ""; at = s.above[at] {
			for _, m := range s.managers {
				if m.on == at {
					found[id] = append(found[id], domain.Manager{User: m.user, Of: s.things[at].Name})
				}
			}
		}
	}
	return found, nil
}

func (s *studio) Versions(_ context.Context, versions []domain.VersionID) (map[domain.VersionID]domain.VersionFacts, error) {
	found := map[domain.VersionID]domain.VersionFacts{}
	for _, id := range versions {
		if v, ok := s.versions[id]; ok {
			found[id] = domain.VersionFacts{
				On: s.things[string(id)], User: v.user, Task: domain.ContextID(v.task), Parent: domain.ContextID(v.parent),
			}
		}
	}
	return found, nil
}

func (s *studio) Dependents(_ context.Context, versions []domain.VersionID) (map[domain.VersionID][]domain.Dependent, error) {
	found := map[domain.VersionID][]domain.Dependent{}
	add := func(of domain.VersionID, task string, uses bool) {
		if s.things[task].Type == domain.TypeTask {
			found[of] = append(found[of], domain.Dependent{Task: domain.ContextID(task), Name: s.things[task].Name, Uses: uses})
		}
	}
	for _, id := range versions {
		v := s.versions[id]
		for _, l := range s.links {
			if l[0] == v.task || l[0] == v.parent {
				add(id, l[1], false)
			}
		}
		for _, u := range s.uses {
			if s.versions[u[1]].asset == v.asset && !s.versions[u[0]].hidden {
				add(id, s.versions[u[0]].task, true)
			}
		}
	}
	return found, nil
}

func (s *studio) Reviews(_ context.Context, items []string) (map[string]domain.ReviewFacts, error) {
	found := map[string]domain.ReviewFacts{}
	for _, id := range items {
		if r, ok := s.reviews[id]; ok {
			found[id] = domain.ReviewFacts{On: s.things[id], Creator: r.creator, Invited: r.invited, Version: r.version}
		}
	}
	return found, nil
}

func (s *studio) Members(_ context.Context, groups []domain.GroupID) (map[domain.GroupID]domain.Membership, error) {
	found := map[domain.GroupID]domain.Membership{}
	for _, id := range groups {
		found[id] = domain.Membership{Name: s.groups[id].name, Users: s.below(id)}
	}
	return found, nil
}

func (s *studio) below(id domain.GroupID) []domain.UserID {
	users := append([]domain.UserID(nil), s.groups[id].people...)
	for child, g := range s.groups {
		if g.parent == id {
			users = append(users, s.below(child)...)
		}
	}
	return users
}

func (s *studio) Audience(_ context.Context, project domain.ProjectID, people []domain.UserID) ([]domain.UserID, error) {
	var may []domain.UserID
	for _, id := range people {
		if s.mayHear(project, id) {
			may = append(may, id)
		}
	}
	return may, nil
}

func (s *studio) mayHear(project domain.ProjectID, id domain.UserID) bool {
	who, known := s.people[id]
	if !known || who.inactive {
		return false
	}
	crew, private := s.private[project]
	if !private {
		return true
	}
	for _, member := range crew {
		if member == id {
			return true
		}
	}
	return false
}
