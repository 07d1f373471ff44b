package tracker_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// TestNonsenseIsRefusedAndNeverOurFault sends whatever the declarations allow to be written down, in any
// combination: an answer may be no, but it is never an internal error.
func TestNonsenseIsRefusedAndNeverOurFault(t *testing.T) {
	s := open(t)
	rapid.Check(t, func(t *rapid.T) {
		ops := rapid.SliceOfN(rapid.Custom(operation), 1, 3).Draw(t, "operations")
		who := rapid.SampledFrom([]string{"", "maya", "tomas", "ines"}).Draw(t, "who")
		if _, err := s.try(who, ops...); domain.CodeOf(err) == domain.Internal {
			t.Fatalf("%+v as %q: %v", ops, who, err)
		}
	})
}

func operation(t *rapid.T) wire.Operation {
	typ := rapid.SampledFrom(schema.All()).Draw(t, "type")
	op := wire.Operation{Action: rapid.SampledFrom([]string{"create", "create", "update", "delete"}).Draw(t, "action"), EntityType: typ.Name}
	if op.Action != "create" {
		for range typ.Key {
			op.EntityKey = append(op.EntityKey, identifier(t))
		}
	}
	if op.Action != "delete" {
		op.EntityData = data{}
		for _, a := range rapid.SliceOfN(rapid.SampledFrom(typ.Attributes), 0, 6).Draw(t, "attributes") {
			op.EntityData[a.Name] = anything(t, a)
		}
	}
	return op
}

func identifier(t *rapid.T) string {
	return rapid.SampledFrom([]string{
		"maya", "tomas", "lighting", "film", "vault", "sq020", "sh0140", "comp", "core", "precomp", "take", "a1", "ready", "compositing",
		"vfx", "", "nowhere", `quo"te\`, "zero\x00",
	}).Draw(t, "id")
}

// anything is a value that fits the attribute, most of the time.
func anything(t *rapid.T, a *schema.Attribute) any {
	if rapid.IntRange(0, 9).Draw(t, "odd") == 0 {
		return rapid.SampledFrom([]any{nil, "text", 1.5, 1e300, true, time.Unix(0, 0), wire.Date{Year: 2026, Month: 1, Day: 1}, []any{1.0}, map[string]any{"k": "v"}, wire.Reference{}}).Draw(t, "value")
	}
	reference := func() any {
		return wire.Reference{Type: a.Ref, Key: map[string]string{"id": identifier(t), "note_id": identifier(t), "resource_id": identifier(t)}}
	}
	switch a.Kind {
	case schema.ToOne:
		return reference()
	case schema.ToMany, schema.Mapped:
		return []any{reference()}
	case schema.Boolean:
		return rapid.Bool().Draw(t, "boolean")
	case schema.Integer, schema.Number:
		return float64(rapid.IntRange(-2, 5).Draw(t, "number"))
	case schema.DateTime:
		return time.Unix(int64(rapid.Int32().Draw(t, "instant")), 0)
	default:
		if strings.HasSuffix(a.Name, "_id") || a.Key {
			return identifier(t)
		}
		return rapid.StringN(0, 20, 60).Draw(t, "text")
	}
}
