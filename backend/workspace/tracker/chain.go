package tracker

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// step is one entity on the way from a changed one up to its project.
type step struct {
	EntityID   string  `json:"entityId"`
	EntityType string  `json:"entityType"`
	Type       string  `json:"entity_type"`
	ParentID   *string `json:"parentId"`
}

// chain is the way from an entity up to its project, the entity itself first. known, unless nil, keeps
// what was read for the chains that follow; it is good only while nothing is written.
func (r *request) chain(ctx context.Context, row *store.Row, known map[string]*store.Row) ([]step, error) {
	var steps []step
	for {
		s := step{EntityID: keyIn(row.Type, row.Values)[0], EntityType: tableOf(row.Type), Type: row.Type.Name}
		family, id := above(row)
		if id == "" {
			return append(steps, s), nil
		}
		s.ParentID = &id
		steps = append(steps, s)
		if next := known[id]; next != nil {
			row = next
			continue
		}
		next, err := r.get(ctx, family, id)
		if domain.CodeOf(err) == domain.NotFound {
			return steps, nil
		}
		if err != nil {
			return nil, err
		}
		if known != nil {
			known[id] = next
		}
		row = next
	}
}

// above names what an entity hangs on: a type to look it up by, and its id.
func above(row *store.Row) (family, id string) {
	t := row.Type
	switch {
	case t.Is("TypedContext"):
		return "Context", text(row.Values, "parent_id")
	case t.Name == "Note" && text(row.Values, "parent_type") == domain.TypeVersion:
		return domain.TypeVersion, text(row.Values, "parent_id")
	case t.Name == "Note":
		return "Context", text(row.Values, "parent_id")
	case t.Name == domain.TypeVersion:
		return "Asset", text(row.Values, "asset_id")
	case t.Name == "Asset", t.Name == "Appointment", t.Name == "Manager":
		return "Context", text(row.Values, "context_id")
	case t.Is("Component"):
		return domain.TypeVersion, text(row.Values, "version_id")
	case t.Name == "ComponentLocation":
		return "Component", text(row.Values, "component_id")
	case t.Name == "TypedContextLink":
		return "Context", text(row.Values, "to_id")
	default:
		return "", ""
	}
}
