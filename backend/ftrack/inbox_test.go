package ftrack_test

import (
	"errors"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 123456000, time.UTC)

func TestRowsOfTheInboxAreReadWhole(t *testing.T) {
	f := newFake(t)
	maya := wire.Entity{Type: "User", Key: []string{"id"}, Values: map[string]any{"id": "u1", "first_name": "Maya", "last_name": "Ito", "thumbnail_id": "c1"}}
	f.answer = func(wire.Operation) any {
		// The second row repeats the actor: on the wire it is then a mere reference.
		return wire.PageOf([]wire.Entity{
			row(1, map[string]any{"actor": maya}),
			row(2, map[string]any{"actor": maya, "read_at": noon, "snooze_until_change": true}),
		}, nil)
	}
	rows, err := f.client().Inbox(t.Context(), 0, 500)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || rows[1].Actor.Name != "Maya Ito" || rows[1].Actor.ThumbnailID != "c1" {
		t.Fatalf("rows = %+v", rows)
	}
	first, second := rows[0], rows[1]
	if !first.CreatedAt.Equal(noon) || first.ReadAt != nil || first.Subject.Text != "<b>hi</b>" || first.Reasons[0].Rule != "recipient" {
		t.Errorf("first = %+v", first)
	}
	if second.ReadAt == nil || !second.SnoozeUntilChange || second.Kinds[0] != domain.KindNote {
		t.Errorf("second = %+v", second)
	}
}

func TestRowsOutOfOrderAreRefused(t *testing.T) {
	f := newFake(t)
	f.answer = func(wire.Operation) any { return wire.PageOf([]wire.Entity{row(3, nil)}, nil) }
	if _, err := f.client().Inbox(t.Context(), 3, 1); domain.CodeOf(err) != domain.Unsupported {
		t.Errorf("a row that was fetched before came as %v", err)
	}
}

func TestUnreadableRowsAreAnErrorAndNoPanic(t *testing.T) {
	for name, values := range map[string]map[string]any{
		"without seq":    {"seq": 0},
		"without time":   {"created_at": nil},
		"subject a list": {"subject": []any{"x"}},
		"actor a text":   {"actor": "maya", "kinds": 3},
	} {
		f := newFake(t)
		f.answer = func(wire.Operation) any { return wire.PageOf([]wire.Entity{row(1, values)}, nil) }
		if _, err := f.client().Inbox(t.Context(), 0, 1); domain.CodeOf(err) != domain.Unsupported {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnActionSetsOneAttributeOfEachRow(t *testing.T) {
	f := newFake(t)
	f.answer = func(op wire.Operation) any {
		return wire.Answer{Action: "update", Data: wire.Entity{Type: "Notification", Key: []string{"id"}, Values: map[string]any{"id": op.EntityKey[0]}}}
	}
	c := f.client()
	if err := c.Do(t.Context(), domain.Action{Verb: domain.MarkDone, Items: []domain.NotificationID{"a", "b"}, At: noon}); err != nil {
		t.Fatal(err)
	}
	if err := c.Do(t.Context(), domain.Action{Verb: domain.MarkUnread, Items: []domain.NotificationID{"a"}, At: noon}); err != nil {
		t.Fatal(err)
	}
	ops := f.operations()
	if len(ops) != 3 || ops[1].EntityKey[0] != "b" || !noon.Equal(ops[1].EntityData["done_at"].(time.Time)) {
		t.Fatalf("asked %+v", ops)
	}
	if value, told := ops[2].EntityData["read_at"]; !told || value != nil {
		t.Errorf("mark unread sets %v", ops[2].EntityData)
	}
	if f.connections() != 1 {
		t.Errorf("%d connections where one would do", f.connections())
	}
	if err := c.Do(t.Context(), domain.Action{Verb: "burn", Items: []domain.NotificationID{"a"}}); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("an unknown verb is %v", err)
	}
}

func TestRefusalsOfTheProtocolKeepTheirMeaning(t *testing.T) {
	for _, code := range []domain.Code{
		domain.Invalid, domain.NotFound, domain.Conflict, domain.Forbidden, domain.Throttled, domain.Unauthorized, domain.Internal,
	} {
		f := newFake(t)
		f.answer = func(wire.Operation) any { return domain.Errorf(code, "no") }
		err := f.client().Do(t.Context(), domain.Action{Verb: domain.MarkRead, Items: []domain.NotificationID{"a"}})
		if domain.CodeOf(err) != code {
			t.Errorf("%s came as %v", code, err)
		}
		var known *domain.Error
		if !errors.As(err, &known) {
			t.Errorf("%s is no domain.Error", code)
		}
	}
}
