package demo

import (
	"testing"
	"time"

	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// TestTheShowSpeaksTheServersSchema holds what the demo sends to what the server declares: a misspelt
// attribute shows here and not at somebody's first start.
func TestTheShowSpeaksTheServersSchema(t *testing.T) {
	for _, deed := range working(t, "maya", 3*time.Hour).done {
		speaks(t, deed.op)
	}
	_, on := filled(t, Config{})
	for _, deed := range on.done {
		speaks(t, deed.op)
	}
}

func speaks(t *testing.T, op wire.Operation) {
	t.Helper()
	entity, known := schema.ByName(op.EntityType)
	if !known {
		t.Fatalf("there is no type %s", op.EntityType)
	}
	for name := range op.EntityData {
		attribute, known := entity.Attribute(name)
		if !known || attribute.Computed || op.Action == "update" && attribute.Immutable {
			t.Fatalf("%s %s: the attribute %s cannot be set", op.Action, op.EntityType, name)
		}
	}
}
