package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/callboard/callboard/backend/workspace/schema"
)

// customTables are the words by which configurations name the families they are about.
var customTables = map[string]string{"AssetVersion": "assetversion", "Asset": "asset", "User": "user", "List": "list"}

// CustomApplies says whether a thing has the custom attribute of a configuration.
func CustomApplies(configuration, thing *Row) bool {
	about, object := text(configuration.Values, "entity_type"), text(configuration.Values, "object_type_id")
	if project := text(configuration.Values, "project_id"); project != "" && project != text(thing.Values, "project_id") {
		return false
	}
	hierarchical, _ := configuration.Values["is_hierarchical"].(bool)
	switch {
	case thing.Type.Is("Project"):
		return about == "show"
	case thing.Type.Is("TypedContext"):
		return about == "show" && hierarchical || about == "task" && (object == "" || object == text(thing.Values, "object_type_id"))
	case thing.Type.Is("User"):
		return about == "user"
	default:
		return about == customTables[thing.Type.Root]
	}
}

// CustomConfigurations are the configurations of all custom attributes that a thing has and the viewer
// may read, by key.
func (tx *Tx) CustomConfigurations(ctx context.Context, thing *Row, v Viewer) ([]*Row, error) {
	all, err := tx.customConfigurations(ctx, v)
	return slices.DeleteFunc(all, func(c *Row) bool { return !CustomApplies(c, thing) }), err
}

// mayRead holds for a configuration that names no roles that may read it, or one of the viewer's.
const mayRead = `(t.id NOT IN (SELECT configuration_id FROM "customattributereadrole")
	OR t.id IN (SELECT c.configuration_id FROM "customattributereadrole" AS c JOIN "usersecurityrole" AS u ON u.security_role_id = c.security_role_id WHERE u.user_id = %s))`

func (tx *Tx) customConfigurations(ctx context.Context, v Viewer) ([]*Row, error) {
	t, _ := schema.ByName("CustomAttributeConfiguration")
	c := tx.compiler(v, nil)
	where := "TRUE"
	if !v.Everything {
		where = fmt.Sprintf(mayRead, c.bind(v.UserID))
	}
	return tx.fetch(ctx, c, t, stored(t), "WHERE "+where+" ORDER BY t.sort, t.key, t.id")
}

// relateCustom hangs onto each row its custom attributes: one entry a configuration, with the row's own
// value, for a hierarchical attribute that of the nearest context above, or the default.
func (l *loader) relateCustom(ctx context.Context, b *branch, rows []*Row) error {
	configurations, err := l.tx.customConfigurations(ctx, l.viewer)
	if err != nil || len(configurations) == 0 {
		return err
	}
	ids := distinct(rows, "id")
	above := map[string][]string{}
	if rows[0].Type.Root == "Context" {
		if above, err = l.ancestors(ctx, ids); err != nil {
			return err
		}
	}
	values, err := l.customValues(ctx, ids, above)
	if err != nil {
		return err
	}
	var all []*Row
	for _, row := range rows {
		var entries []*Row
		id := text(row.Values, "id")
		for _, c := range configurations {
			if CustomApplies(c, row) {
				entries = append(entries, customEntry(b.target, c, id, values, above[id]))
			}
		}
		hang(row, b, entries)
		all = append(all, entries...)
	}
	return l.fill(ctx, b.target, b.shape, all)
}

// valueKey names one value: of a configuration, on a thing.
type valueKey struct{ configuration, thing string }

func customEntry(t *schema.Type, configuration *Row, id string, values map[valueKey]json.RawMessage, above []string) *Row {
	name := text(configuration.Values, "id")
	value, set := values[valueKey{name, id}]
	if hierarchical, _ := configuration.Values["is_hierarchical"].(bool); hierarchical {
		for i := 0; !set && i < len(above); i++ {
			value, set = values[valueKey{name, above[i]}]
		}
	}
	if !set {
		value, _ = configuration.Values["default"].(json.RawMessage)
	}
	return &Row{Type: t, Values: map[string]any{"configuration_id": name, "entity_id": id, "key": configuration.Values["key"], "value": value}}
}

// customValues reads what was set on things and on those above them.
func (l *loader) customValues(ctx context.Context, ids []string, above map[string][]string) (map[valueKey]json.RawMessage, error) {
	things := slices.Clone(ids)
	for _, list := range above {
		things = append(things, list...)
	}
	slices.Sort(things)
	found := map[valueKey]json.RawMessage{}
	for chunk := range slices.Chunk(slices.Compact(things), batch) {
		c := newCompiler(Viewer{}, nil)
		rows, err := l.tx.query(ctx, `SELECT configuration_id, entity_id, value FROM "customattributevalue" WHERE entity_id IN (`+c.bindAll(chunk)+`)`, c.args...)
		if err != nil {
			return nil, fmt.Errorf("read custom attributes: %w", err)
		}
		for rows.Next() {
			var key valueKey
			var value string
			if err := rows.Scan(&key.configuration, &key.thing, &value); err != nil {
				return nil, closing(rows, err)
			}
			found[key] = json.RawMessage(value)
		}
		if err := closing(rows, nil); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// ancestors are the contexts above each, the nearest first.
func (l *loader) ancestors(ctx context.Context, ids []string) (map[string][]string, error) {
	found := map[string][]string{}
	for chunk := range slices.Chunk(ids, batch) {
		c := newCompiler(Viewer{}, nil)
		err := l.tx.collect(ctx, found, `SELECT id, ancestor_id FROM "context_path" WHERE id IN (`+c.bindAll(chunk)+`) AND distance > 0 ORDER BY id, distance`, c.args)
		if err != nil {
			return nil, fmt.Errorf("read what is above: %w", err)
		}
	}
	return found, nil
}
