package tracker

import (
	"context"
	"fmt"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// mutable are the families of what may be muted.
var mutable = []string{"Note", "Context", "Asset", domain.TypeVersion, "ReviewSession", domain.TypeReviewItem}

// maxMutes is how many things a person may have muted at once: who wants more of them mutes the project.
const maxMutes = 1000

// completeMute settles what a person mutes: something they see, under the name of its own type, and of a
// thread its first note. What it is called is kept, because it may be gone when somebody reads the list.
func (r *request) completeMute(ctx context.Context, t *schema.Type, values map[string]any) error {
	if err := r.own(t, values); err != nil {
		return err
	}
	for _, name := range []string{"entity_type", "entity_id"} {
		if values[name] == nil {
			return missing(t, name)
		}
	}
	on, err := r.muted(ctx, t, values)
	if err != nil {
		return err
	}
	values["entity_type"], values["entity_id"], values["created_at"] = on.Type.Name, on.Values["id"], r.now
	values["subject"], err = r.mutedSubject(ctx, on)
	return err
}

// muted finds what is to be muted.
func (r *request) muted(ctx context.Context, t *schema.Type, values map[string]any) (*store.Row, error) {
	of, known := schema.ByName(text(values, "entity_type"))
	if !known || !isMutable(of) {
		return nil, &domain.Error{
			Code: domain.Invalid, Field: "entity_type", Reason: "not_mutable",
			Message: fmt.Sprintf("a %s cannot be muted; threads, things with all below them and projects can", text(values, "entity_type")),
		}
	}
	row, err := r.find(ctx, of, []string{text(values, "entity_id")})
	if domain.CodeOf(err) == domain.NotFound { // in the same words, whether it is there or not
		return nil, &domain.Error{Code: domain.NotFound, Field: "entity_id", Message: t.Name + ".entity_id names nothing that you see"}
	}
	for err == nil && row.Type.Name == domain.TypeNote && text(row.Values, "in_reply_to_id") != "" {
		row, err = r.get(ctx, domain.TypeNote, text(row.Values, "in_reply_to_id"))
	}
	return row, err
}

func isMutable(t *schema.Type) bool {
	for _, family := range mutable {
		if t.Is(family) {
			return true
		}
	}
	return false
}

// mutedSubject is what a muted thing is called: its path, and the words of a thread's first note.
func (r *request) mutedSubject(ctx context.Context, on *store.Row) (domain.Subject, error) {
	of := thing(on)
	var last []domain.Crumb // what lies below the things that the store knows the path of
	text := func(name string) string { s, _ := on.Values[name].(string); return s }
	subject := domain.Subject{Path: []domain.Crumb{}}
	switch on.Type.Name {
	case domain.TypeNote:
		of = domain.Thing{Type: text("parent_type"), ID: text("parent_id")}
		subject.Text = excerpt(text("content"))
	case "Asset":
		of = domain.Thing{ID: text("context_id")}
		last = []domain.Crumb{{ID: text("id"), Type: on.Type.Name, Name: text("name")}}
	case "ReviewSession":
		of = domain.Thing{ID: text("project_id")}
		last = []domain.Crumb{{ID: text("id"), Type: on.Type.Name, Name: text("name")}}
	}
	found, err := r.tx.Subjects(ctx, []domain.Thing{of})
	subject.Path = append(append(subject.Path, found[of.ID].Path...), last...)
	return subject, err
}

// over says whether a mute has ended.
func (r *request) over(row *store.Row) bool {
	until, ends := row.Values["until"].(time.Time)
	return ends && !until.After(r.now)
}

// roomToMute refuses one mute too many. Those that have ended make room.
func (r *request) roomToMute(ctx context.Context, user string) error {
	n, err := r.tx.CountMutes(ctx, domain.UserID(user))
	if err == nil && n >= maxMutes {
		err = &domain.Error{Code: domain.Conflict, Reason: "too_many_mutes", Message: fmt.Sprintf("%d things are muted already, which is the most: mute their project instead, or end some", n)}
	}
	return err
}
