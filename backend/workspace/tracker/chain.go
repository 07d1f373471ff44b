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

// upward says what the rows of each family hang on: the attribute, and the family it leads to.
var upward = map[string][]struct{ via, family string }{
	"Context":                   {{"parent_id", "Context"}},
	"TypedContextLink":          {{"to_id", "Context"}},
	"Appointment":               {{"context_id", "Context"}},
	"Manager":                   {{"context_id", "Context"}},
	"Timelog":                   {{"context_id", "Context"}},
	"UserSecurityRoleProject":   {{"project_id", "Context"}},
	"Asset":                     {{"context_id", "Context"}},
	"AssetVersion":              {{"asset_id", "Asset"}},
	"AssetVersionLink":          {{"to_id", "AssetVersion"}},
	"Component":                 {{"version_id", "AssetVersion"}, {"container_id", "Component"}},
	"ComponentLocation":         {{"component_id", "Component"}},
	"JobComponent":              {{"component_id", "Component"}},
	"NoteComponent":             {{"note_id", "Note"}},
	"List":                      {{"project_id", "Context"}},
	"ListObject":                {{"list_id", "List"}},
	"ReviewSession":             {{"project_id", "Context"}},
	"ReviewSessionFolder":       {{"project_id", "Context"}},
	"ReviewSessionObject":       {{"review_session_id", "ReviewSession"}},
	"ReviewSessionInvitee":      {{"review_session_id", "ReviewSession"}},
	"ReviewSessionObjectStatus": {{"review_session_object_id", "ReviewSessionObject"}},
	"CustomConfigurationBase":   {{"project_id", "Context"}},
}

// above names what an entity hangs on: a type to look it up by, and its id.
func above(row *store.Row) (family, id string) {
	if row.Type.Name == "Note" {
		family = text(row.Values, "parent_type")
		if family != domain.TypeVersion && family != "ReviewSessionObject" {
			family = "Context"
		}
		return family, text(row.Values, "parent_id")
	}
	for _, way := range upward[row.Type.Root] {
		if id := text(row.Values, way.via); id != "" {
			return way.family, id
		}
	}
	return "", ""
}
