package studio

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/store"
)

// Law is the studio with which it is measured what it costs that people are told: in its private project
// works everybody, a part of them chose what reaches them and how, and some muted something.
type Law struct {
	Writer   Person // manages the project
	Hoarder  Person // whose inbox has Hoard rows
	Project  string
	Task     string    // whose status five people hear of
	Statuses [2]string // it may have
	Crowd    string    // a group of two hundred
	Quiet    []string  // the writer's own tasks: of notes there nobody hears but whom they are sent to
}

const (
	// Told is how many people hear of what is sent to the crowd.
	Told = 200
	// StatusTold is how many people hear of the task's status.
	StatusTold = 5
	// Hoard is how many rows the hoarder's inbox has.
	Hoard = 100_000

	lawProjects  = 10
	lawSequences = 10 // in each
	historic     = 20 // rows in everybody's inbox
)

// FillLaw makes the studio with so many people and tasks, in a store that is furnished and otherwise empty.
func FillLaw(ctx context.Context, st *store.Store, people, tasks int) (*Law, error) {
	b := &builder{st: st, dice: rand.New(rand.NewPCG(11, 11)), begun: time.Now().AddDate(0, 0, -20).UTC().Truncate(time.Second)}
	var err error
	if b.choices, err = look(ctx, st); err != nil {
		return nil, err
	}
	l := &Law{Statuses: [2]string(b.statuses[:2]), Crowd: b.id()}
	b.add(ctx, "Group", map[string]any{"id": l.Crowd, "name": "Crowd", "local": false, "parent_id": nil})
	b.gather(ctx, l, people)
	b.flush(ctx)
	for n := range lawProjects {
		b.stage(ctx, l, n, tasks/lawProjects)
	}
	b.decide(ctx, l)
	b.flush(ctx)
	if b.err != nil {
		return nil, fmt.Errorf("make the studio of the law: %w", b.err)
	}
	if err := errors.Join(b.remember(ctx), b.hoard(ctx, l.Hoarder.ID)); err != nil {
		return nil, err
	}
	gate := auth.New(auth.Config{Store: st})
	for _, p := range []*Person{&l.Writer, &l.Hoarder} {
		p.Key = auth.NewKey()
		if err := gate.PutKey(ctx, domain.UserID(p.ID), "bench", p.Key); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// gather brings in the people, and two hundred of them into the crowd.
func (b *builder) gather(ctx context.Context, l *Law, people int) {
	for i := range people {
		p := Person{ID: b.id(), Username: fmt.Sprintf("crew%05d", i)}
		b.people = append(b.people, p.ID)
		b.add(ctx, "User", map[string]any{
			"id": p.ID, "username": p.Username, "first_name": fmt.Sprintf("First%d", i), "last_name": fmt.Sprintf("Last%d", i), "is_active": true, "thumbnail_id": b.id(),
		})
		role := b.user
		switch {
		case i == 0:
			l.Writer, role = p, b.manager
		case i == 1:
			l.Hoarder = p
		case i >= 10 && i < 10+Told:
			b.add(ctx, "Membership", map[string]any{"id": b.id(), "group_id": l.Crowd, "user_id": p.ID})
		}
		id := b.id()
		b.add(ctx, "UserSecurityRole", map[string]any{"id": id, "user_id": p.ID, "security_role_id": role, "is_all_open_projects": true})
		if i == 0 {
			l.Project = b.id()
			b.add(ctx, "UserSecurityRoleProject", map[string]any{"id": b.id(), "user_security_role_id": id, "project_id": l.Project})
		}
	}
}

// stage makes a project with its tasks. In the first one everybody is assigned to something.
func (b *builder) stage(ctx context.Context, l *Law, number, tasks int) {
	project := l.Project
	if number > 0 {
		project = b.id()
	}
	b.projects = append(b.projects, project)
	b.add(ctx, "Project", map[string]any{
		"id": project, "name": fmt.Sprintf("law%02d", number), "full_name": fmt.Sprintf("Law %02d", number), "status": "active",
		"project_schema_id": b.schema, "is_private": number == 0, "is_global": false, "created_at": b.begun, "project_id": project,
	})
	if number == 0 {
		for _, manager := range b.people[300 : 300+StatusTold-2] { // beside the two assigned to the task
			b.add(ctx, "Manager", map[string]any{"id": b.id(), "context_id": project, "user_id": manager})
		}
	}
	for s := range lawSequences {
		sequence := b.context(ctx, "Sequence", fmt.Sprintf("sq%03d", 10*(s+1)), project, project)
		for n := range tasks / lawSequences / Tasks {
			shot := b.context(ctx, "Shot", fmt.Sprintf("sh%04d", 10*(n+1)), sequence, project)
			for c, craft := range crafts {
				task := b.context(ctx, "Task", craft, shot, project)
				place := (s*tasks/lawSequences + n*Tasks + c) % len(b.people)
				b.add(ctx, "Appointment", map[string]any{"id": b.id(), "type": "assignment", "context_id": task, "resource_id": b.people[place], "project_id": project})
				if number > 0 {
					continue
				}
				switch {
				case l.Task == "" && place >= 310:
					l.Task = task
					b.add(ctx, "Appointment", map[string]any{"id": b.id(), "type": "assignment", "context_id": task, "resource_id": b.people[305], "project_id": project})
				case place == 0:
					l.Quiet = append(l.Quiet, task)
				}
				b.tasks = append(b.tasks, thing(task, project))
			}
		}
	}
}

func thing(id, project string) task { return task{id: id, project: project} }

// decide has people choose as they may: a third for some kinds, a seventh for the project besides; a tenth
// muted a few tasks. All that the crowd is told of still reaches their inboxes.
func (b *builder) decide(ctx context.Context, l *Law) {
	for _, kind := range []domain.Kind{domain.KindStatus, domain.KindVersionDependent, domain.KindTaskStatus} {
		b.add(ctx, "NotificationDefault", map[string]any{"id": b.id(), "kind": string(kind), "channels": []domain.Channel{domain.InternalChannel, domain.Digest}})
	}
	prefer := func(person string, project any, kinds ...domain.Kind) {
		for _, kind := range kinds {
			channels := []domain.Channel{domain.InternalChannel}
			if b.dice.IntN(2) == 0 {
				channels = []domain.Channel{domain.Mail, domain.InternalChannel}
			}
			b.add(ctx, "NotificationPreference", map[string]any{"id": b.id(), "user_id": person, "project_id": project, "kind": string(kind), "channels": channels})
		}
	}
	for _, person := range b.people {
		if b.dice.IntN(3) == 0 {
			prefer(person, nil, domain.KindNote, domain.KindMessage, domain.KindTaskStatus, domain.KindStatus, domain.KindVersionSupervised, domain.KindAssignment)
		}
		if b.dice.IntN(7) == 0 {
			prefer(person, l.Project, domain.KindNote, domain.KindTaskStatus, domain.KindVersionAssigned)
			prefer(person, b.projects[1+b.dice.IntN(len(b.projects)-1)], domain.KindNote)
		}
		if b.dice.IntN(10) == 0 {
			for range 3 {
				b.add(ctx, "NotificationMute", map[string]any{
					"id": b.id(), "user_id": person, "entity_type": "Task", "entity_id": b.tasks[len(b.tasks)/2+b.dice.IntN(len(b.tasks)/2)].id,
					"until": nil, "created_at": b.begun, "subject": domain.Subject{},
				})
			}
		}
	}
}

// remember fills everybody's inbox with what they were told before.
func (b *builder) remember(ctx context.Context) error {
	for n := range historic {
		for chunk := range slices.Chunk(b.people, pace) {
			if err := b.tell(ctx, chunk, n, 1); err != nil {
				return err
			}
		}
	}
	return nil
}

// hoard fills one inbox far beyond that.
func (b *builder) hoard(ctx context.Context, hoarder string) error {
	for n := historic; n < Hoard; n += pace {
		if err := b.tell(ctx, []string{hoarder}, n, min(pace, Hoard-n)); err != nil {
			return err
		}
	}
	return nil
}

// tell puts so many rows into each of the inboxes, numbered from a number on.
func (b *builder) tell(ctx context.Context, people []string, from, many int) error {
	var told []store.Delivery
	for i := range many {
		about := b.tasks[b.dice.IntN(len(b.tasks))]
		for _, person := range people {
			told = append(told, store.Delivery{To: domain.UserID(person), Notification: domain.Notification{
				EventKey: fmt.Sprintf("note:%s-%d", about.id, from+i), Kind: domain.KindNote, Kinds: []domain.Kind{domain.KindNote},
				Reasons: []domain.Reason{{Kind: domain.KindNote, Rule: "recipient"}}, Actor: domain.Person{ID: domain.UserID(b.people[0])},
				ProjectID: domain.ProjectID(about.project), EntityType: domain.TypeTask, EntityID: about.id,
				Summary: "A note", CreatedAt: b.begun, Subject: domain.Subject{Text: words, Path: []domain.Crumb{{ID: about.project, Type: "Project", Name: "law"}, {ID: about.id, Type: "Task", Name: "fx"}}},
			}})
		}
	}
	return b.st.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Deliver(ctx, told)
		return err
	})
}
