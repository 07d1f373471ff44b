package tracker

import (
	"unicode/utf8"

	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// readMany reads the members of a to-many relation.
func readMany(t *schema.Type, a *schema.Attribute, value any, g *given) error {
	if a.Span != schema.Near {
		return wrong(t, a.Name, "cannot be set; set what it is worked out from")
	}
	members, err := references(t, a, value)
	if err != nil {
		return err
	}
	if a.Through != nil {
		g.linked[a.Name] = members
	} else {
		g.collections[a.Name] = members
	}
	return nil
}

func references(t *schema.Type, a *schema.Attribute, value any) ([]wire.Reference, error) {
	list, ok := value.([]any)
	if !ok {
		return nil, wrong(t, a.Name, "must be a list of entities")
	}
	members := make([]wire.Reference, 0, len(list))
	for _, item := range list {
		ref, isRef := item.(wire.Reference)
		if !isRef {
			return nil, wrong(t, a.Name, "must be a list of entities")
		}
		members = append(members, ref)
	}
	return members, nil
}

// readDictionary reads metadata or custom attributes: as a dictionary, or as the list of entries that
// the protocol makes of one.
func readDictionary(t *schema.Type, a *schema.Attribute, value any, g *given) error {
	entries, ok := value.(map[string]any)
	if !ok {
		list, err := references(t, a, value)
		if err != nil {
			return err
		}
		entries = map[string]any{}
		for _, entry := range list {
			if name := entryName(entry); name != "" && entry.Value != nil { // without one it is but a reference
				entries[name] = entry.Value
			}
		}
	}
	if a.Ref != "Metadata" {
		g.custom = entries
		return nil
	}
	g.mapped[a.Name] = map[string]string{}
	for key, item := range entries {
		text, isText := item.(string)
		if !isText || utf8.RuneCountInString(text) > maxText || utf8.RuneCountInString(key) > maxKey {
			return wrong(t, a.Name, "holds texts only")
		}
		g.mapped[a.Name][key] = text
	}
	return nil
}

// entryName is what an entry of a dictionary goes by: its key or, for custom attributes, the id of its
// configuration.
func entryName(entry wire.Reference) string {
	if key := entry.Key["key"]; key != "" {
		return key
	}
	return entry.Key["configuration_id"]
}
