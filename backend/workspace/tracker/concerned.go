package tracker

import (
	"context"
	"strings"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// concerned is who may hear of a change to what lies on no single way to a project, by the right to read
// it: everybody, those who see the project it belongs to, or its person.
func (r *request) concerned(ctx context.Context, row *store.Row) (hearers, error) {
	switch row.Type.Rights().Read {
	case schema.ToEverybody:
		return hearers{}, nil
	case schema.InProject:
		projects, err := r.projects(ctx, row.Type, row.Values)
		if err != nil {
			return hearers{}, err
		}
		if len(projects) > 0 {
			return r.ofProjects(ctx, projects)
		}
	}
	for path := range strings.FieldsSeq(row.Type.Rights().Mine) {
		who, err := r.follow(ctx, row.Type, row.Values, path)
		if err != nil {
			return hearers{}, err
		}
		if who != "" {
			return hearers{only: []domain.UserID{domain.UserID(who)}}, nil
		}
	}
	return hearers{only: []domain.UserID{r.caller.UserID}}, nil
}

// ofProjects is who may hear of what lies in several projects: those who see the private one. Who sees two
// of those is not looked up; whoever made the change sees both.
func (r *request) ofProjects(ctx context.Context, projects []string) (hearers, error) {
	in, kept := projects[0], 0
	for _, id := range projects {
		private, err := r.tx.Private(ctx, id)
		if err != nil {
			return hearers{}, err
		}
		if private {
			in, kept = id, kept+1
		}
	}
	if kept > 1 {
		return hearers{only: []domain.UserID{r.caller.UserID}}, nil
	}
	return hearers{project: domain.ProjectID(in)}, nil
}
