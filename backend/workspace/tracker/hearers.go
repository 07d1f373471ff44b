package tracker

import (
	"context"
	"fmt"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// hearers are those who may hear of a change: of what is in a project whoever may see it, and where only
// is not nil nobody but these people.
type hearers struct {
	project domain.ProjectID
	only    []domain.UserID
}

func (h hearers) same(other hearers) bool {
	return h.project == other.project && (h.only == nil) == (other.only == nil) && slices.Equal(h.only, other.only)
}

// hearers finds who may hear of a change to a row. What belongs to no project and to nobody concerns all.
func (r *request) hearers(ctx context.Context, chain []step, row *store.Row) (hearers, error) {
	if n := len(chain); n > 0 && len(row.Type.Scope) <= 1 && chain[n-1].Type == "Project" {
		return hearers{project: domain.ProjectID(chain[n-1].EntityID)}, nil
	}
	if row.Type.Name != "Note" {
		return r.concerned(ctx, row)
	}
	if project := text(row.Values, "project_id"); project != "" {
		return hearers{project: domain.ProjectID(project)}, nil
	}
	people, err := r.between(ctx, row)
	return hearers{only: people}, err
}

// between is the people a message is between.
func (r *request) between(ctx context.Context, row *store.Row) ([]domain.UserID, error) {
	id := domain.NoteID(text(row.Values, "id"))
	people := []domain.UserID{domain.UserID(text(row.Values, "user_id"))}
	threads, err := r.tx.Conversations(ctx, []domain.NoteID{id})
	if err != nil {
		return nil, err
	}
	var groups []domain.GroupID
	for _, note := range threads[id].Notes {
		people = append(people, note.Author)
		for _, to := range note.Sent {
			if to.Group != "" {
				groups = append(groups, to.Group)
			} else {
				people = append(people, to.User)
			}
		}
	}
	members, err := r.tx.Members(ctx, groups)
	for _, group := range members {
		people = append(people, group.Users...)
	}
	slices.Sort(people)
	return slices.Compact(people), err
}

// remember notes who may see a project that is about to be removed: afterwards nobody could tell.
func (r *request) remember(ctx context.Context, project domain.ProjectID) error {
	rows, err := r.all(ctx, "select id from BaseUser")
	if err != nil {
		return fmt.Errorf("list the people: %w", err)
	}
	people := make([]domain.UserID, len(rows))
	for i, row := range rows {
		people[i] = domain.UserID(text(row.Values, "id"))
	}
	may, err := r.tx.Audience(ctx, project, people)
	if err != nil {
		return fmt.Errorf("find who may see a project: %w", err)
	}
	if r.gone == nil {
		r.gone = map[domain.ProjectID][]domain.UserID{}
	}
	r.gone[project] = slices.Concat([]domain.UserID{}, may) // never nil, which would be everybody
	return nil
}

// remembered are the hearers, also of what happened in a project that this request has removed.
func (r *request) remembered(h hearers) hearers {
	if only, gone := r.gone[h.project]; gone {
		return hearers{only: only}
	}
	return h
}
