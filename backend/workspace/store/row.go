package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// Row is one entity as read, or part of one.
type Row struct {
	// Type is the entity's own type: Shot, never TypedContext. nil for the rows of an aggregate query,
	// which are no entities.
	Type *schema.Type
	// Values are scalars by API name: string, int64, float64, bool, time.Time, json.RawMessage for a
	// variable, []map[string]string for a link, nil. A URL is a path on this server.
	Values map[string]any
	// One are the to-one relations that were asked for; nil where there is none to see.
	One map[string]*Row
	// Many are the to-many relations that were asked for.
	Many map[string][]*Row
}

// Result is the answer to a query.
type Result struct {
	Rows []*Row
	// Next is the offset of the following page, nil where the page was not filled.
	Next *int
}

// closing ends reading and says what went wrong, first of all err.
func closing(rows *sql.Rows, err error) error {
	return errors.Join(err, rows.Err(), rows.Close())
}

// decode makes of a column what a Row promises.
func decode(a *schema.Attribute, raw any) (any, error) {
	if raw == nil {
		return nil, nil
	}
	switch a.Kind {
	case schema.Text, schema.URL:
		if v, ok := raw.(string); ok {
			return v, nil
		}
	case schema.Boolean:
		switch v := raw.(type) {
		case bool:
			return v, nil
		case int64:
			return v != 0, nil
		}
	case schema.Integer:
		if v, ok := raw.(int64); ok {
			return v, nil
		}
	case schema.Number:
		switch v := raw.(type) {
		case float64:
			return v, nil
		case int64:
			return float64(v), nil
		}
	case schema.DateTime:
		if v, ok := raw.(int64); ok {
			return fromMicros(v), nil
		}
	case schema.Variable:
		if v, ok := raw.(string); ok {
			return json.RawMessage(v), nil
		}
	}
	return nil, fmt.Errorf("the column %s holds a %T", a.Name, raw)
}

// encode makes of a value what is stored in the attribute's column.
func encode(t *schema.Type, a *schema.Attribute, value any) (any, error) {
	wrong := func() error {
		return &domain.Error{
			Code: domain.Invalid, Field: a.Name,
			Message: fmt.Sprintf("%s.%s cannot hold a value of this kind (%T)", t.Name, a.Name, value),
		}
	}
	if value == nil {
		return nil, nil
	}
	switch a.Kind {
	case schema.Text:
		if v, ok := value.(string); ok {
			if strings.ContainsRune(v, 0) {
				return nil, invalid("%s.%s may not contain the character U+0000", t.Name, a.Name)
			}
			return strings.ToValidUTF8(v, "\uFFFD"), nil
		}
	case schema.Boolean:
		if v, ok := value.(bool); ok {
			return v, nil
		}
	case schema.Integer:
		switch v := value.(type) {
		case int:
			return int64(v), nil
		case int64:
			return v, nil
		case float64:
			if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
				return int64(v), nil
			}
		}
	case schema.Number:
		switch v := value.(type) {
		case int:
			return float64(v), nil
		case int64:
			return float64(v), nil
		case float64:
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				return v, nil
			}
		}
	case schema.DateTime:
		if v, ok := value.(time.Time); ok {
			if year := v.UTC().Year(); year < 1 || year > 9999 {
				return nil, invalid("%s.%s: the year %d cannot be stored", t.Name, a.Name, year)
			}
			return micros(v), nil
		}
	case schema.Variable:
		text, err := json.Marshal(value)
		if err != nil {
			return nil, wrong()
		}
		return string(text), nil
	}
	return nil, wrong()
}

// concrete is the type of a row of the family, by the classes its columns show.
func concrete(asked *schema.Type, values func(attribute string) any) *schema.Type {
	found := asked
	for _, t := range asked.Concrete() {
		if t.Class != nil && values(t.Class.Attribute) == t.Class.Value {
			found = t
		}
	}
	return found
}

// classColumns are the attributes that tell a family's types apart.
func classColumns(asked *schema.Type) []string {
	var names []string
	for _, t := range asked.Concrete() {
		if t.Class != nil && !slices.Contains(names, t.Class.Attribute) {
			names = append(names, t.Class.Attribute)
		}
	}
	return names
}

// Get reads one entity with all its stored attributes, whoever asks. Its error is a domain.NotFound
// where there is none.
func (tx *Tx) Get(ctx context.Context, typeName string, key ...string) (*Row, error) {
	t, ok := schema.ByName(typeName)
	if !ok {
		return nil, invalid("there is no entity type %q", typeName)
	}
	if row, known := tx.recall(t, key); known {
		return row, nil
	}
	c := newCompiler(Viewer{Everything: true}, nil)
	where, err := c.keyIs(t, key)
	if err != nil {
		return nil, err
	}
	rows, err := tx.fetch(ctx, c, t, stored(t), "WHERE "+where)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, domain.Errorf(domain.NotFound, "there is no %s with the key %s", t.Name, strings.Join(key, ", "))
	}
	tx.remember(t, key, rows[0])
	return rows[0], nil
}

// stored lists the names of a type's stored attributes.
func stored(t *schema.Type) []string {
	var names []string
	for _, a := range t.Attributes {
		if a.Stored() {
			names = append(names, a.Name)
		}
	}
	return names
}

// Pairs reads the rows of a type of pairs whose attribute near is id, by key, whoever asks.
func (tx *Tx) Pairs(ctx context.Context, pair *schema.Type, near, id string) ([]*Row, error) {
	c := newCompiler(Viewer{Everything: true}, nil)
	tail := "WHERE " + column("t", near) + " = " + c.bind(id)
	for i, name := range pair.Key {
		tail += map[bool]string{true: " ORDER BY ", false: ", "}[i == 0] + column("t", name)
	}
	return tx.fetch(ctx, c, pair, stored(pair), tail)
}
