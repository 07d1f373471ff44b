package tracker

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// The values of custom attributes are there for every thing their configuration is about, whether
// anybody set one or not. So a create, an update of one never stored, and an entry in the dictionary of
// the thing itself all do the same: they set it. A delete brings the default back.

// customOwners are the families whose things have custom attributes.
var customOwners = []string{"Context", "AssetVersion", "Asset", "User", "List"}

func (r *request) createCustom(ctx context.Context, t *schema.Type, sent map[string]any) (any, error) {
	configuration := text(sent, "configuration_id")
	if ref, ok := sent["configuration"].(wire.Reference); ok {
		configuration = ref.Key["id"]
	}
	values, err := r.putCustom(ctx, []string{configuration, text(sent, "entity_id")}, sent["value"])
	return wire.Answer{Action: "create", Data: wire.Entity{Type: t.Name, Key: t.Key, Values: values}}, err
}

func (r *request) updateCustom(ctx context.Context, t *schema.Type, op wire.Operation) (any, error) {
	value, given := op.EntityData["value"]
	if !given {
		return nil, missing(t, "value")
	}
	values, err := r.putCustom(ctx, op.EntityKey, value)
	return wire.Answer{Action: "update", Data: wire.Entity{Type: t.Name, Key: t.Key, Values: values}}, err
}

// putCustom sets the value at a key of configuration and thing.
func (r *request) putCustom(ctx context.Context, key []string, value any) (map[string]any, error) {
	owner, configuration, err := r.customPlace(ctx, key)
	if err != nil {
		return nil, err
	}
	stored, err := r.setCustom(ctx, owner, configuration, value)
	return map[string]any{
		"configuration_id": configuration.Values["id"], "entity_id": owner.Values["id"], "key": configuration.Values["key"], "value": stored,
	}, err
}

func (r *request) deleteCustom(ctx context.Context, key []string) (any, error) {
	owner, configuration, err := r.customPlace(ctx, key)
	if err != nil {
		return nil, err
	}
	_, err = r.setCustom(ctx, owner, configuration, nil)
	return wire.Answer{Action: "delete", Data: true}, err
}

// customPlace finds the thing and the configuration that a value's key names.
func (r *request) customPlace(ctx context.Context, key []string) (owner, configuration *store.Row, err error) {
	if len(key) != 2 {
		return nil, nil, domain.Errorf(domain.Invalid, "the key of a custom attribute's value has 2 parts (configuration_id, entity_id), not %d", len(key))
	}
	if owner, err = r.customOwner(ctx, key[1]); err != nil {
		return nil, nil, err
	}
	base, _ := schema.ByName("CustomAttributeConfiguration")
	configuration, err = r.find(ctx, base, key[:1])
	return owner, configuration, err
}

func (r *request) customOwner(ctx context.Context, id string) (*store.Row, error) {
	for _, family := range customOwners {
		t, _ := schema.ByName(family)
		row, err := r.find(ctx, t, []string{id})
		if domain.CodeOf(err) != domain.NotFound {
			return row, err
		}
	}
	return nil, domain.Errorf(domain.NotFound, "there is nothing with the id %q that has custom attributes", id)
}

// assignCustom sets the custom attributes of an entity, named by key or by configuration.
func (r *request) assignCustom(ctx context.Context, owner *store.Row, entries map[string]any) error {
	if len(entries) == 0 {
		return nil
	}
	configurations, err := r.tx.CustomConfigurations(ctx, owner, r.viewer())
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		i := slices.IndexFunc(configurations, func(c *store.Row) bool { return c.Values["key"] == name || c.Values["id"] == name })
		if i < 0 {
			return wrong(owner.Type, "custom_attributes", "has no attribute %q", name)
		}
		if _, err := r.setCustom(ctx, owner, configurations[i], entries[name]); err != nil {
			return err
		}
	}
	return nil
}

// setCustom stores a value, or with nil brings the default back, and gives what is stored.
func (r *request) setCustom(ctx context.Context, owner, configuration *store.Row, value any) (any, error) {
	if err := r.permitCustom(ctx, owner, configuration); err != nil {
		return nil, err
	}
	if !store.CustomApplies(configuration, owner) {
		return nil, domain.Errorf(domain.Invalid, "the custom attribute %q is not for a %s", text(configuration.Values, "key"), owner.Type.Name)
	}
	t := valuesOf(owner)
	key := []string{text(configuration.Values, "id"), text(owner.Values, "id")}
	before, err := r.tx.Get(ctx, t.Name, key...)
	if err != nil && domain.CodeOf(err) != domain.NotFound {
		return nil, err
	}
	if before == nil && value == nil {
		return nil, nil
	}
	var old any
	if before != nil {
		old = before.Values["value"]
	}
	if value == nil {
		return nil, r.recordCustom(ctx, owner, configuration, old, nil, r.tx.Delete(ctx, t, key))
	}
	values, err := customValues(configuration, value)
	if err != nil {
		return nil, err
	}
	if before != nil {
		err = r.tx.Update(ctx, t, key, values)
	} else {
		maps.Copy(values, map[string]any{"configuration_id": key[0], "entity_id": key[1], "key": configuration.Values["key"]})
		err = r.tx.Insert(ctx, t, values)
	}
	return values["value"], r.recordCustom(ctx, owner, configuration, old, values["value"], err)
}

// valuesOf is the type of the values that things like owner have.
func valuesOf(owner *store.Row) *schema.Type {
	name := owner.Type.Root
	if owner.Type.Is("User") {
		name = "User"
	}
	t, _ := schema.ByName(name + schema.CustomValue)
	return t
}

// permitCustom asks for the right to change the thing and, where the attribute names roles that may
// write it, for one of them.
func (r *request) permitCustom(ctx context.Context, owner, configuration *store.Row) error {
	if err := r.permitChange(ctx, owner, nil, "custom_attributes"); err != nil {
		return err
	}
	if r.level >= administrator {
		return nil
	}
	asked, err := r.one(ctx, fmt.Sprintf("select write_security_roles.name from CustomAttributeConfiguration where id is %s", quoted(text(configuration.Values, "id"))))
	if err != nil || asked == nil || len(asked.Many["write_security_roles"]) == 0 {
		return err
	}
	mine, err := r.tx.Roles(ctx, r.caller.UserID)
	if err != nil {
		return err
	}
	for _, role := range asked.Many["write_security_roles"] {
		if slices.Contains(mine, text(role.Values, "name")) {
			return nil
		}
	}
	return domain.Errorf(domain.Forbidden, "you may not set the custom attribute %q", text(configuration.Values, "key"))
}

// recordCustom notes the change as one of the thing, by the attribute's key, unless err says that there
// was none. What only some roles may read is told to nobody: an event is the same for all who see the thing.
func (r *request) recordCustom(ctx context.Context, owner, configuration *store.Row, before, after any, err error) error {
	if err != nil {
		return err
	}
	readers, _ := schema.ByName("CustomAttributeReadRole")
	limited, err := r.tx.Pairs(ctx, readers, "configuration_id", text(configuration.Values, "id"))
	if err != nil || len(limited) > 0 {
		return err
	}
	if err := r.record(ctx, actionUpdate, owner); err != nil {
		return err
	}
	u := r.touched[identity(owner)]
	if u.custom == nil {
		u.custom = map[string]oldNew{}
	}
	u.custom[text(configuration.Values, "key")] = oldNew{Old: before, New: after}
	return nil
}
