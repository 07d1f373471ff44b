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
	assignments []domain.Assignment
	versions    map[domain.VersionID]domain.UserID
	notes       map[domain.NoteID]letter
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

func (s *studio) VersionUsers(_ context.Context, versions []domain.VersionID) (map[domain.VersionID]domain.UserID, error) {
	found := map[domain.VersionID]domain.UserID{}
	for _, id := range versions {
		found[id] = s.versions[id]
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
