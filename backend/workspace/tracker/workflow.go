package tracker

import (
	"context"
	"fmt"
	"strings"

	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// completeWorkflow gives a context the first status and type of its project's schema, or of the whole
// workspace where the schema names none.
func (r *request) completeWorkflow(ctx context.Context, t *schema.Type, projectSchema string, values map[string]any) error {
	setDefault(values, "priority_id", schema.DefaultPriority)
	if values["status_id"] == nil {
		id, err := r.firstContextStatus(ctx, t, projectSchema)
		if err != nil {
			return err
		}
		setDefault(values, "status_id", id)
	}
	if values["type_id"] == nil {
		id, err := r.leastOf(ctx, "types",
			fmt.Sprintf("select _task_type_schema.types.id, _task_type_schema.types.sort from ProjectSchema where id is %s", quoted(projectSchema)), "_task_type_schema")
		if err != nil {
			return err
		}
		if id == "" {
			if id, err = r.first(ctx, "select id from Type order by sort limit 1"); err != nil {
				return err
			}
		}
		setDefault(values, "type_id", id)
	}
	return nil
}

// firstContextStatus asks the project schema's statuses for the object type first, then its workflow.
func (r *request) firstContextStatus(ctx context.Context, t *schema.Type, projectSchema string) (string, error) {
	if class := t.Class; class != nil && class.Attribute == "object_type_id" {
		id, err := r.first(ctx, fmt.Sprintf(
			"select status_id from SchemaStatus where schema_id in (select id from Schema where project_schema_id is %s and type_id is %s) order by sort limit 1",
			quoted(projectSchema), quoted(class.Value)))
		if err != nil || id != "" {
			return id, err
		}
	}
	return r.firstStatus(ctx, projectSchema, "_task_workflow")
}

// completeVersionStatus gives a version the first status of its project's workflow for versions.
func (r *request) completeVersionStatus(ctx context.Context, projectSchema string, values map[string]any) error {
	if values["status_id"] != nil {
		return nil
	}
	id, err := r.firstStatus(ctx, projectSchema, "_version_workflow")
	setDefault(values, "status_id", id)
	return err
}

func (r *request) firstStatus(ctx context.Context, projectSchema, workflow string) (string, error) {
	id, err := r.leastOf(ctx, "statuses",
		fmt.Sprintf("select %[1]s.statuses.id, %[1]s.statuses.sort from ProjectSchema where id is %[2]s", workflow, quoted(projectSchema)), workflow)
	if err != nil || id != "" {
		return id, err
	}
	return r.first(ctx, "select id from Status where is_active is true order by sort limit 1")
}

// leastOf asks a query of one row, follows its relation through, and gives the id of the member of
// list that sorts first.
func (r *request) leastOf(ctx context.Context, list, expression, through string) (string, error) {
	row, err := r.one(ctx, expression)
	if err != nil || row == nil || row.One[through] == nil {
		return "", err
	}
	id, least := "", int64(0)
	for _, member := range row.One[through].Many[list] {
		if sort, _ := member.Values["sort"].(int64); id == "" || sort < least {
			id, least = text(member.Values, "id"), sort
		}
	}
	return id, nil
}

// first gives the first text a query of one attribute selects, "" where it finds nothing.
func (r *request) first(ctx context.Context, expression string) (string, error) {
	q, err := query.Parse(expression)
	if err != nil {
		return "", err
	}
	row, err := r.one(ctx, expression)
	if err != nil || row == nil {
		return "", err
	}
	return text(row.Values, q.Projections[0].Path.Segments[0].Name), nil
}

func (r *request) newestVersion(ctx context.Context, asset string) (int64, error) {
	row, err := r.one(ctx, fmt.Sprintf("select version from AssetVersion where asset_id is %s order by version desc limit 1", quoted(asset)))
	if err != nil || row == nil {
		return 0, err
	}
	newest, _ := row.Values["version"].(int64)
	return newest, nil
}

// one asks a query for the server itself and gives its first row, nil where there is none.
func (r *request) one(ctx context.Context, expression string) (*store.Row, error) {
	rows, err := r.all(ctx, expression)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0], nil
}

func (r *request) all(ctx context.Context, expression string) ([]*store.Row, error) {
	q, err := query.Parse(expression)
	if err != nil {
		return nil, err
	}
	result, err := r.tx.Select(ctx, q, store.Viewer{Everything: true})
	if err != nil {
		return nil, err
	}
	return result.Rows, nil
}

// quoted is a value as the query language writes it.
func quoted(value string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
}
