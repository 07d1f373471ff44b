package tracker

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/rules"
	"github.com/callboard/callboard/backend/workspace/store"
)

// deliver asks the law who hears of the request's changes and puts rows into their inboxes.
func (r *request) deliver(ctx context.Context) error {
	told, err := rules.Tell(ctx, r.tx, r.caller.UserID, r.changes)
	if err != nil || len(told) == 0 {
		return err
	}
	routed, err := r.route(ctx, told)
	if err != nil || len(routed) == 0 {
		return err
	}
	scene, err := r.scene(ctx, routed)
	if err != nil {
		return err
	}
	var deliveries []store.Delivery
	for _, t := range routed {
		subject, there := scene.subjects[t.On.ID]
		if !there && !t.On.IsZero() {
			continue // gone again within the request
		}
		n := domain.Notification{
			EventKey: t.EventKey, Kind: t.shown, Kinds: t.Kinds, Reasons: t.Reasons, Routes: t.routes, Actor: scene.people[t.Actor],
			ProjectID: t.On.Project, EntityType: t.On.Type, EntityID: t.On.ID, NoteID: t.Note, VersionID: t.Version,
			Subject: scene.about(t.Told, subject), CreatedAt: r.now,
		}
		if status, ok := t.Change.(domain.StatusChanged); ok {
			n.StatusID = status.To
		}
		if r.tracker.cfg.Phraser != nil {
			n.Summary = r.tracker.cfg.Phraser.Summary(n)
		}
		deliveries = append(deliveries, store.Delivery{To: t.User, Notification: n})
	}
	heads, err := r.tx.Deliver(ctx, deliveries)
	maps.Copy(r.heads, heads)
	return err
}

// scene is what the notifications of a request show, read once for all of them.
type scene struct {
	subjects map[string]domain.Subject
	people   map[domain.UserID]domain.Person
	notes    map[domain.NoteID]*store.Row
	statuses map[string]domain.Status
}

func (r *request) scene(ctx context.Context, told []routed) (scene, error) {
	s := scene{notes: map[domain.NoteID]*store.Row{}}
	var things []domain.Thing
	var actors []domain.UserID
	var statuses []string
	for _, t := range told {
		if !slices.Contains(things, t.On) {
			things = append(things, t.On)
		}
		if !slices.Contains(actors, t.Actor) {
			actors = append(actors, t.Actor)
		}
		if c, ok := t.Change.(domain.StatusChanged); ok {
			statuses = append(statuses, c.From, c.To)
		}
		if t.Note == "" || s.notes[t.Note] != nil {
			continue
		}
		note, err := r.get(ctx, "Note", string(t.Note))
		if err != nil {
			return s, err
		}
		s.notes[t.Note] = note
	}
	var err error
	if s.subjects, err = r.tx.Subjects(ctx, things); err != nil {
		return s, err
	}
	if s.statuses, err = r.tx.Statuses(ctx, statuses); err != nil {
		return s, err
	}
	s.people, err = r.tx.People(ctx, actors)
	return s, err
}

// about adds what happened: the words of the note, or the statuses.
func (s scene) about(t rules.Told, subject domain.Subject) domain.Subject {
	switch c := t.Change.(type) {
	case domain.StatusChanged:
		subject.From, subject.To = s.status(c.From), s.status(c.To)
	case domain.ReviewStatusSet:
		subject.To = &domain.Status{Name: c.Status}
	}
	row := s.notes[t.Note]
	if row == nil {
		return subject
	}
	subject.Text = excerpt(text(row.Values, "content"))
	if frame, ok := row.Values["frame_number"].(int64); ok {
		number := int(frame)
		subject.Frame = &number
	}
	return subject
}

func (s scene) status(id string) *domain.Status {
	if status, ok := s.statuses[id]; ok {
		return &status
	}
	return nil
}

// excerpt is the beginning of a note.
func excerpt(content string) string {
	content = strings.TrimSpace(content)
	if runes := []rune(content); len(runes) > domain.MaxExcerpt {
		return strings.TrimSpace(string(runes[:domain.MaxExcerpt-1])) + "…"
	}
	return content
}
