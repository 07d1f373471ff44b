package tracker

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// customTables are the kinds of thing that custom attributes can be about, as configurations name them.
var customTables = []string{"show", "task", "assetversion", "asset", "user", "list"}

// customKinds are the kinds of custom attribute that values can be had of.
var customKinds = []string{
	schema.CustomText, schema.CustomNumber, schema.CustomBoolean, schema.CustomDate, schema.CustomEnumerator, schema.CustomURL,
}

// completeConfiguration checks a new custom attribute: its name must be its own among those of the same
// things, and its default one of its values.
func (r *request) completeConfiguration(ctx context.Context, t *schema.Type, values map[string]any) error {
	switch {
	case text(values, "key") == "":
		return missing(t, "key")
	case !slices.Contains(customTables, text(values, "entity_type")):
		return wrong(t, "entity_type", "must be one of %s", strings.Join(customTables, ", "))
	case !slices.Contains(customKinds, text(values, "type_id")):
		return wrong(t, "type_id", "must be a text, number, boolean, date, enumerator or url")
	}
	setDefault(values, "label", text(values, "key"))
	setDefault(values, "config", "{}")
	if !json.Valid([]byte(text(values, "config"))) {
		return wrong(t, "config", "must be JSON")
	}
	if err := defaultOf(values); err != nil {
		return err
	}
	taken, err := r.one(ctx, fmt.Sprintf("select id from CustomAttributeConfiguration where key is %s and entity_type is %s and object_type_id is %s and project_id is %s",
		quoted(text(values, "key")), quoted(text(values, "entity_type")), orNone(values, "object_type_id"), orNone(values, "project_id")))
	if err == nil && taken != nil {
		err = domain.Errorf(domain.Conflict, "there is a custom attribute %q for these already", text(values, "key"))
	}
	return err
}

// emptyDefaults are the defaults of kinds whose configuration names none.
var emptyDefaults = map[string]any{schema.CustomNumber: 0.0, schema.CustomBoolean: false, schema.CustomEnumerator: []any{}}

// defaultOf puts the default into the form of the attribute's values.
func defaultOf(values map[string]any) error {
	if given := values["default"]; given == nil || given == "" {
		values["default"] = emptyDefaults[text(values, "type_id")]
	}
	if values["default"] == nil {
		return nil
	}
	checked, err := customValues(&store.Row{Values: values}, values["default"])
	if err == nil {
		values["default"] = checked["value"]
	}
	return err
}

// orNone is a value of a query, none where it is not given.
func orNone(values map[string]any, name string) string {
	if value := text(values, name); value != "" {
		return quoted(value)
	}
	return "none"
}

// entryOwners are the families whose things carry metadata or settings.
var entryOwners = []string{"Context", "AssetVersion", "Asset", "Component", "Note", "User", "List", "ReviewSession", "TypedContextLink", "AssetVersionLink"}

// completeEntry finds what an entry of metadata or of settings belongs to: it must be there, and its
// type follows from it.
func (r *request) completeEntry(ctx context.Context, t *schema.Type, values map[string]any) error {
	if err := needKey(t, values); err != nil {
		return err
	}
	for _, family := range entryOwners {
		owner, _ := schema.ByName(family)
		row, err := r.find(ctx, owner, []string{text(values, "parent_id")})
		if domain.CodeOf(err) == domain.NotFound {
			continue
		}
		if err == nil {
			values["parent_type"] = row.Type.Name
		}
		return err
	}
	return wrong(t, "parent_id", "names nothing that has such entries")
}

// settleConfiguration keeps what values were checked against.
func settleConfiguration(t *schema.Type, merged, values map[string]any) error {
	for _, name := range []string{"key", "entity_type", "object_type_id", "type_id", "project_id"} {
		if _, changed := values[name]; changed {
			return wrong(t, name, "never changes, because there may be values by it; make another attribute")
		}
	}
	if config, given := values["config"].(string); given && !json.Valid([]byte(config)) {
		return wrong(t, "config", "must be JSON")
	}
	if _, given := values["default"]; !given {
		return nil
	}
	if err := defaultOf(merged); err != nil {
		return err
	}
	values["default"] = merged["default"]
	return nil
}
