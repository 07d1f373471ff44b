package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// Insert adds an entity. An abstract type stands for the one its values show: a Component without a
// system_type is a FileComponent. Values are stored attributes by API name; what tells the type from others of
// its family is filled in, and a project is its own project. The error is a domain.Conflict where the
// key, or something else that may not repeat, is taken.
func (tx *Tx) Insert(ctx context.Context, t *schema.Type, values map[string]any) error {
	given := maps.Clone(values)
	if given == nil {
		given = map[string]any{}
	}
	if t.Name == "Component" && given["system_type"] == nil {
		given["system_type"] = "file"
	}
	if t = concrete(t, func(name string) any { return given[name] }); t.Abstract {
		return invalid("%s is no type of its own; create one of those that extend it", t.Name)
	}
	for _, name := range t.Key {
		if given[name] == nil || given[name] == "" {
			return &domain.Error{Code: domain.Invalid, Field: name, Message: fmt.Sprintf("%s needs %s", t.Name, name)}
		}
	}
	for _, class := range slices.Backward(classes(t)) { // its own last: a sequence is a container too
		given[class.Attribute] = class.Value
	}
	if err := tx.place(ctx, t, given); err != nil {
		return err
	}
	names, encoded, err := encodeAll(t, given)
	if err != nil {
		return err
	}
	marks := make([]string, len(names))
	kept := make(map[string]any, len(names))
	for i, name := range names {
		kept[name] = encoded[i]
		names[i], marks[i] = quote(name), fmt.Sprintf("$%d", i+1)
	}
	// ON CONFLICT, because a failed statement would end the transaction on other engines.
	result, err := tx.add(ctx, fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s) ON CONFLICT DO NOTHING", table(t), strings.Join(names, ", "), strings.Join(marks, ", ")), encoded...)
	if err != nil {
		return fmt.Errorf("insert %s: %w", t.Name, err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		if err != nil {
			return err
		}
		return domain.Errorf(domain.Conflict, "a %s like this exists already", t.Name)
	}
	tx.forget(t)
	if t.Tree != "" {
		id, _ := given["id"].(string)
		parent, _ := given[t.Tree].(string)
		if err := tx.plant(ctx, t, id, parent); err != nil {
			return err
		}
	}
	return tx.rememberNew(t, kept)
}

// place fills in the project of what is written where it follows from other values: a project is its
// own, and an appointment's is that of its context.
func (tx *Tx) place(ctx context.Context, t *schema.Type, values map[string]any) error {
	switch {
	case t.Name == "Project" && values["id"] != nil:
		values["project_id"] = values["id"]
	case t.Name == "Appointment" && values["context_id"] != nil:
		var project sql.NullString
		err := tx.queryRow(ctx, `SELECT project_id FROM "context" WHERE id = $1`, values["context_id"]).Scan(&project)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("find the project of an appointment: %w", err)
		}
		if values["project_id"] = nil; project.Valid {
			values["project_id"] = project.String
		}
	}
	return nil
}

// forget drops what is known of who has a part in which project, where a change of the type may bear on it.
func (tx *Tx) forget(t *schema.Type) {
	switch t.Root {
	case "Context", "Appointment", "Manager", "Membership", "Resource", "UserSecurityRole", "UserSecurityRoleProject":
		tx.hidden = nil
	}
}

// classes are all the marks of a type's rows, its own and those of the types it extends.
func classes(t *schema.Type) []schema.Class {
	var found []schema.Class
	for t != nil {
		if t.Class != nil {
			found = append(found, *t.Class)
		}
		t = t.Parent()
	}
	return found
}

// encodeAll gives the columns of values in a fixed order, and what is stored in them.
func encodeAll(t *schema.Type, values map[string]any) (names []string, encoded []any, err error) {
	for name := range values {
		a, ok := t.Attribute(name)
		if !ok {
			return nil, nil, &domain.Error{Code: domain.Invalid, Field: name, Message: fmt.Sprintf("%s has no attribute %q", t.Name, name)}
		}
		if !a.Stored() {
			return nil, nil, &domain.Error{Code: domain.Invalid, Field: name, Message: fmt.Sprintf("%s of %s cannot be stored", name, t.Name)}
		}
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		a, _ := t.Attribute(name)
		value, err := encode(t, a, values[name])
		if err != nil {
			return nil, nil, err
		}
		encoded = append(encoded, value)
	}
	return names, encoded, nil
}

// Update changes stored attributes of one entity, anything but its key. The error is a domain.NotFound
// where there is none.
func (tx *Tx) Update(ctx context.Context, t *schema.Type, key []string, values map[string]any) error {
	for _, name := range t.Key {
		if _, ok := values[name]; ok {
			return &domain.Error{Code: domain.Invalid, Field: name, Message: fmt.Sprintf("%s of %s never changes", name, t.Name)}
		}
	}
	if err := changeable(t); err != nil {
		return err
	}
	if _, err := tx.Get(ctx, t.Name, key...); err != nil || len(values) == 0 {
		return err
	}
	values = maps.Clone(values)
	if err := tx.place(ctx, t, values); err != nil {
		return err
	}
	names, encoded, err := encodeAll(t, values)
	if err != nil {
		return err
	}
	if taken, err := tx.taken(ctx, t, key, values); err != nil || taken {
		if err != nil {
			return err
		}
		return domain.Errorf(domain.Conflict, "a %s like this exists already", t.Name)
	}
	for i, name := range names {
		names[i] = fmt.Sprintf("%s = $%d", quote(name), i+1)
	}
	var where []string
	for i, name := range t.Key {
		encoded = append(encoded, key[i])
		where = append(where, fmt.Sprintf("%s = $%d", quote(name), len(encoded)))
	}
	if _, err := tx.change(ctx, t, fmt.Sprintf("UPDATE %s SET %s WHERE %s", table(t), strings.Join(names, ", "), strings.Join(where, " AND ")), encoded...); err != nil {
		return fmt.Errorf("update %s: %w", t.Name, err)
	}
	tx.forget(t)
	if parent, moved := values[t.Tree]; moved && t.Tree != "" {
		id, _ := parent.(string)
		return tx.replant(ctx, t, key[0], id)
	}
	return nil
}

// taken says whether another entity already has what may not repeat.
func (tx *Tx) taken(ctx context.Context, t *schema.Type, key []string, values map[string]any) (bool, error) {
	for _, family := range schema.All() {
		if family.Root != t.Root {
			continue
		}
		for _, index := range family.Indexes {
			if !index.Unique || len(index.Attributes) != 1 || len(t.Key) != 1 {
				continue
			}
			value, given := values[index.Attributes[0]]
			if !given || value == nil {
				continue
			}
			var n int
			err := tx.queryRow(ctx, fmt.Sprintf("SELECT count(*) FROM %s WHERE %s = $1 AND %s <> $2", table(t), quote(index.Attributes[0]), quote(t.Key[0])), value, key[0]).Scan(&n)
			if err != nil || n > 0 {
				return n > 0, err
			}
		}
	}
	return false, nil
}

// Delete removes an entity and all it owns: a shot goes with its tasks, their notes and assignments.
// The error is a domain.NotFound where there is none.
func (tx *Tx) Delete(ctx context.Context, t *schema.Type, key []string) error {
	if err := changeable(t); err != nil {
		return err
	}
	row, err := tx.Get(ctx, t.Name, key...)
	if err != nil {
		return err
	}
	tx.forget(t)
	if len(t.Key) == 1 {
		if err := tx.uproot(ctx, row.Type, []string{key[0]}); err != nil || row.Type.Name != "User" {
			return err
		}
		return tx.shutOut(ctx, key[0])
	}
	var where []string
	var args []any
	for i, name := range t.Key {
		args = append(args, key[i])
		where = append(where, fmt.Sprintf("%s = $%d", quote(name), len(args)))
	}
	_, err = tx.exec(ctx, fmt.Sprintf("DELETE FROM %s WHERE %s", table(t), strings.Join(where, " AND ")), args...)
	return err
}

// uproot removes rows of one family with all they own, what is owned first.
func (tx *Tx) uproot(ctx context.Context, t *schema.Type, ids []string) error {
	for chunk := range slices.Chunk(ids, batch) {
		for _, owned := range ownedBy(t) {
			if err := tx.uprootOwned(ctx, owned, chunk); err != nil {
				return err
			}
		}
		if t.Tree != "" {
			c := newCompiler(Viewer{}, nil)
			if _, err := tx.exec(ctx, fmt.Sprintf("DELETE FROM %s WHERE id IN (%s)", pathTable(t), c.bindAll(chunk)), c.args...); err != nil {
				return err
			}
		}
		c := newCompiler(Viewer{}, nil)
		if _, err := tx.exec(ctx, fmt.Sprintf("DELETE FROM %s WHERE %s IN (%s)", table(t), quote(primary(t)), c.bindAll(chunk)), c.args...); err != nil {
			return fmt.Errorf("delete %s: %w", t.Name, err)
		}
	}
	return nil
}

func (tx *Tx) uprootOwned(ctx context.Context, owned *schema.Attribute, owners []string) error {
	target, _ := schema.ByName(owned.Ref)
	c := newCompiler(Viewer{}, nil)
	of := fmt.Sprintf("%s IN (%s)", quote(owned.Via), c.bindAll(owners))
	if len(target.Key) > 1 {
		_, err := tx.exec(ctx, fmt.Sprintf("DELETE FROM %s WHERE %s", table(target), of), c.args...)
		return err
	}
	found := map[string][]string{}
	if err := tx.collect(ctx, found, fmt.Sprintf("SELECT '', %s FROM %s WHERE %s", quote(target.Key[0]), table(target), of), c.args); err != nil {
		return err
	}
	return tx.uproot(ctx, target, found[""])
}

// ownedBy are the owning relations of a type's whole family, each once.
func ownedBy(t *schema.Type) []*schema.Attribute {
	var found []*schema.Attribute
	for _, other := range schema.All() {
		if other.Root != t.Root {
			continue
		}
		for _, a := range other.Attributes {
			known := func(b *schema.Attribute) bool { return b.Ref == a.Ref && b.Via == a.Via }
			if a.Owned && !slices.ContainsFunc(found, known) {
				found = append(found, a)
			}
		}
	}
	return found
}
