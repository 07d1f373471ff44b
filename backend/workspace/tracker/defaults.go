package tracker

import (
	"context"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// complete fills in what the creator of an entity left out. Where the schemas say required, no answer
// ever holds null; what cannot be guessed is asked for.
func (r *request) complete(ctx context.Context, t *schema.Type, values map[string]any) error {
	newID(t, values)
	r.completeStamps(t, values)
	var err error
	switch complete, known := completerOf(t.Name); {
	case t.Is("TypedContext"):
		err = r.completeContext(ctx, t, values)
	case known:
		err = complete(r, ctx, t, values)
	case len(t.Key) > 1:
		err = needKey(t, values)
	}
	if err != nil {
		return err
	}
	return fill(t, values)
}

type completer func(*request, context.Context, *schema.Type, map[string]any) error

// completerOf gives what fills in what is peculiar to a type.
func completerOf(name string) (completer, bool) {
	complete, known := map[string]completer{
		"Project": (*request).completeProject, "Note": (*request).completeNote, "Asset": (*request).completeAsset,
		"AssetVersion": (*request).completeVersion, "Appointment": (*request).completeAppointment,
		"User": (*request).completeUser, "Status": (*request).completeActive, "Component": (*request).completeComponent,
		"ReviewSession": (*request).completeReview, "ReviewSessionObject": (*request).completeReviewObject,
		"ReviewSessionInvitee": (*request).completeInvitee, "ReviewSessionObjectStatus": (*request).completeReviewStatus,
		"TypedContextList": (*request).completeList, "AssetVersionList": (*request).completeList, "ListObject": (*request).completeListObject,
		"Timelog": (*request).completeTimelog, "Timer": (*request).completeTimer,
		"CustomAttributeConfiguration": (*request).completeConfiguration,
		"Metadata":                     (*request).completeEntry, "EntitySetting": (*request).completeEntry,
		"UserApplicationState": (*request).completeState,
		"UserPreference":       (*request).completePreference, "NotificationPreference": (*request).completeChannels,
		"NotificationDefault": (*request).completeDefault, "NotificationMute": (*request).completeMute,
		"WorkspaceSetting": (*request).completeSetting,
	}[name]
	return complete, known
}

// stamps are the attributes that say who made an entity and when. A caller may leave them out.
var stamps = []string{"created_at", "created_by_id", "user_id", "uploaded_by_id"}

// completeStamps names the caller and the hour where nobody else is named. The server itself is nobody.
func (r *request) completeStamps(t *schema.Type, values map[string]any) {
	for _, name := range stamps {
		a, ok := t.Attribute(name)
		switch {
		case !ok || !a.Stored() || a.Key || slices.Contains(unstamped, t.Name):
		case a.Kind == schema.DateTime:
			setDefault(values, name, r.now)
		default:
			setDefault(values, name, string(r.caller.UserID))
		}
	}
}

// unstamped are types whose user_id is not who made them, but whom they are about.
var unstamped = []string{"Membership", "Manager", "UserSecurityRole", "UserSession"}

// fill sets declared defaults, then what a required number or switch is when nobody says.
func fill(t *schema.Type, values map[string]any) error {
	for _, a := range t.Attributes {
		if !a.Stored() || values[a.Name] != nil {
			continue
		}
		switch {
		case a.Default != nil && a.Default != "{uid}":
			values[a.Name] = a.Default
		case !a.Required || isClass(t, a.Name):
		case a.Kind == schema.Boolean:
			values[a.Name] = false
		case a.Kind == schema.Number:
			values[a.Name] = 0.0
		case a.Kind == schema.Integer:
			values[a.Name] = int64(0)
		case a.Kind == schema.Text && !a.Foreign() && !a.Key:
			values[a.Name] = "" // a name, often given by the next operation
		default:
			return missing(t, a.Name)
		}
	}
	return nil
}

// isClass says whether an attribute tells the type from others of its family; the store fills it in.
func isClass(t *schema.Type, name string) bool {
	for t != nil {
		if t.Class != nil && t.Class.Attribute == name {
			return true
		}
		t = t.Parent()
	}
	return false
}

func setDefault(values map[string]any, name string, value any) {
	if values[name] == nil && value != "" {
		values[name] = value
	}
}

func (r *request) completeContext(ctx context.Context, t *schema.Type, values map[string]any) error {
	parentID := text(values, "parent_id")
	if parentID == "" {
		parentID = text(values, "project_id")
		values["parent_id"] = parentID
	}
	if parentID == "" {
		return missing(t, "parent_id")
	}
	parent, err := r.get(ctx, "Context", parentID)
	if err != nil {
		return err
	}
	values["project_id"] = text(parent.Values, "project_id")
	project, err := r.get(ctx, "Project", text(values, "project_id"))
	if err != nil {
		return err
	}
	return r.completeWorkflow(ctx, t, text(project.Values, "project_schema_id"), values)
}

func (r *request) completeProject(ctx context.Context, _ *schema.Type, values map[string]any) error {
	setDefault(values, "status", "active")
	setDefault(values, "full_name", text(values, "name"))
	if values["project_schema_id"] != nil {
		return nil
	}
	id, err := r.first(ctx, "select id from ProjectSchema order by name limit 1")
	setDefault(values, "project_schema_id", id)
	return err
}

// completeNote makes the caller its author, and has a reply hang on whatever its thread hangs on.
func (r *request) completeNote(ctx context.Context, t *schema.Type, values map[string]any) error {
	setDefault(values, "date", r.now)
	setDefault(values, "thread_activity", r.now)
	return r.hang(ctx, t, values)
}

// hang settles what a note is about: project and type of its parent follow from the parent's id.
func (r *request) hang(ctx context.Context, t *schema.Type, values map[string]any) error {
	if above := text(values, "in_reply_to_id"); above != "" {
		note, err := r.get(ctx, "Note", above)
		if err != nil {
			return err
		}
		for _, name := range []string{"parent_id", "parent_type", "project_id"} {
			values[name] = note.Values[name]
		}
		return nil
	}
	parentID := text(values, "parent_id")
	if parentID == "" {
		values["parent_id"], values["parent_type"] = nil, nil
		values["project_id"] = nil // a message belongs to no project
		return nil
	}
	for _, family := range []string{"Context", domain.TypeVersion, "ReviewSessionObject"} {
		above, _ := schema.ByName(family)
		parent, err := r.find(ctx, above, []string{parentID})
		if domain.CodeOf(err) == domain.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		values["parent_type"] = parent.Type.Name
		values["project_id"], err = r.projectOf(ctx, parent)
		return err
	}
	return wrong(t, "parent_id", "names nothing that a note can be written on")
}

// projectOf is the project an entity belongs to: its own, or that of its review.
func (r *request) projectOf(ctx context.Context, row *store.Row) (any, error) {
	if row.Type.Name != "ReviewSessionObject" {
		return row.Values["project_id"], nil
	}
	review, err := r.get(ctx, "ReviewSession", text(row.Values, "review_session_id"))
	if err != nil {
		return nil, err
	}
	return review.Values["project_id"], nil
}

func (r *request) completeAppointment(_ context.Context, _ *schema.Type, values map[string]any) error {
	setDefault(values, "type", "assignment")
	return nil
}

// completeUser gives somebody without a username one that nobody else has.
func (r *request) completeUser(ctx context.Context, t *schema.Type, values map[string]any) error {
	if text(values, "username") == "" {
		values["username"] = values["id"]
	}
	if err := r.completeActive(ctx, t, values); err != nil {
		return err
	}
	return r.settleProfile(ctx, nil, values, values)
}

// completeComponent makes a file of a component that does not say what it is.
func (r *request) completeComponent(_ context.Context, _ *schema.Type, values map[string]any) error {
	setDefault(values, "system_type", "file")
	return nil
}

func (r *request) completeActive(_ context.Context, _ *schema.Type, values map[string]any) error {
	setDefault(values, "is_active", true)
	return nil
}

// needKey asks for all parts of a key that no server can make.
func needKey(t *schema.Type, values map[string]any) error {
	for _, name := range t.Key {
		if text(values, name) == "" {
			return missing(t, name)
		}
	}
	return nil
}

func (r *request) completeAsset(ctx context.Context, t *schema.Type, values map[string]any) error {
	parent, err := r.get(ctx, "Context", text(values, "context_id"))
	if domain.CodeOf(err) == domain.NotFound {
		return missing(t, "context_id")
	}
	if err != nil {
		return err
	}
	values["project_id"] = parent.Values["project_id"]
	setDefault(values, "name", text(parent.Values, "name"))
	if values["type_id"] != nil {
		return nil
	}
	id, err := r.first(ctx, "select id from AssetType order by name limit 1")
	setDefault(values, "type_id", id)
	return err
}

// completeVersion numbers a version after the newest of its asset.
func (r *request) completeVersion(ctx context.Context, t *schema.Type, values map[string]any) error {
	asset, err := r.get(ctx, "Asset", text(values, "asset_id"))
	if domain.CodeOf(err) == domain.NotFound {
		return missing(t, "asset_id")
	}
	if err != nil {
		return err
	}
	values["project_id"] = asset.Values["project_id"]
	setDefault(values, "date", r.now)
	if values["version"] == nil {
		if err := r.tx.Hold(ctx, "versions of "+text(values, "asset_id")); err != nil {
			return err
		}
		newest, err := r.newestVersion(ctx, text(values, "asset_id"))
		if err != nil {
			return err
		}
		values["version"] = newest + 1
	}
	project, err := r.get(ctx, "Project", text(values, "project_id"))
	if err != nil {
		return err
	}
	return r.completeVersionStatus(ctx, text(project.Values, "project_schema_id"), values)
}
