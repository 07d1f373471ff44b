package tracker

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
)

func (r *request) completeList(ctx context.Context, _ *schema.Type, values map[string]any) error {
	setDefault(values, "date", r.now)
	if values["category_id"] != nil {
		return nil
	}
	id, err := r.first(ctx, "select id from ListCategory order by name limit 1")
	setDefault(values, "category_id", id)
	return err
}

// completeListObject checks that a list takes things of this kind, of its own project.
func (r *request) completeListObject(ctx context.Context, t *schema.Type, values map[string]any) error {
	if text(values, "list_id") == "" {
		return missing(t, "list_id")
	}
	list, err := r.get(ctx, "List", text(values, "list_id"))
	if err != nil {
		return err
	}
	item, _ := schema.ByName(map[bool]string{true: domain.TypeVersion, false: "TypedContext"}[list.Type.Name == "AssetVersionList"])
	row, err := r.find(ctx, item, []string{text(values, "entity_id")})
	if domain.CodeOf(err) == domain.NotFound {
		return wrong(t, "entity_id", "names nothing that a %s can hold", list.Type.Name)
	}
	if err != nil {
		return err
	}
	if row.Values["project_id"] != list.Values["project_id"] {
		return wrong(t, "entity_id", "is of another project than the list")
	}
	return nil
}
