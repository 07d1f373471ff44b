package wire_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

func TestPacketsOfBothClientsAreRead(t *testing.T) {
	for text, want := range map[string]wire.Packet{
		"2::": {Kind: wire.Heartbeat}, "2:::": {Kind: wire.Heartbeat}, "0": {Kind: wire.Disconnect}, "1::": {Kind: wire.Connect},
		`5:7+::{"a":1}`: {Kind: wire.EventKind, ID: "7", Data: `{"a":1}`}, `5:::{"a":":"}`: {Kind: wire.EventKind, Data: `{"a":":"}`},
	} {
		if got, err := wire.ParsePacket(text); err != nil || got != want {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "x", "9::", "5:a::{}", "55::", ":", "5:111111111111111111111111::"} {
		if _, err := wire.ParsePacket(text); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestAnEventToAClientIsExactlyWhatBothCanRead(t *testing.T) {
	packet, err := wire.EventPacket("", wire.Event{Topic: "t", ID: "1", Data: []byte(`{"a":1}`), Source: map[string]any{"id": "hub"}})
	if err != nil {
		t.Fatal(err)
	}
	want := `5:::{"args":[{"topic":"t","id":"1","data":{"a":1},"sent":null,"source":{"id":"hub"},"target":"","inReplyToEvent":null}],"name":"ftrack.event"}`
	if packet.String() != want {
		t.Errorf("got  %s\nwant %s", packet, want)
	}
	read, err := packet.Event()
	if err != nil || read.Topic != "t" || string(read.Data) != `{"a":1}` {
		t.Errorf("%+v, %v", read, err)
	}
}

func TestAnEventIsReadWhateverItsClientAdds(t *testing.T) {
	packet, err := wire.ParsePacket(`5:::{"name":"ftrack.event","args":[{"topic":"t","id":"1","data":null,"sent":12,"target":null,"source":null,"extra":[],"inReplyToEvent":"0"}]}`)
	if err != nil {
		t.Fatal(err)
	}
	event, err := packet.Event()
	if err != nil || event.Topic != "t" || event.InReplyToEvent != "0" || event.Target != "" {
		t.Errorf("%+v, %v", event, err)
	}
}

func TestAcksSurviveTheWire(t *testing.T) {
	for _, cause := range []error{nil, errors.New("not you")} {
		packet, err := wire.ParsePacket(wire.AckPacket("7", cause).String())
		if err != nil {
			t.Fatal(err)
		}
		id, got := packet.Acked()
		if id != "7" || (got == nil) != (cause == nil) {
			t.Errorf("%v: %q, %v", cause, id, got)
		}
	}
}

func TestExpressionsMatch(t *testing.T) {
	fields := map[string]any{
		"topic":  "ftrack.action.launch",
		"data":   map[string]any{"actionIdentifier": "play now", "n": 12.0, "list": []any{}},
		"source": map[string]any{"user": map[string]any{"username": "maya@aurora"}},
	}
	for text, want := range map[string]bool{
		"":                           true,
		"topic=ftrack.action.launch": true,
		"topic=ftrack.action.*":      true,
		"topic=ftrack.update":        false,
		`topic="ftrack.action.launch" and data.actionIdentifier='play now'`: true,
		"topic=x or source.user.username=maya@aurora":                       true,
		"not topic=x": true,
		"NOT (topic=x OR topic=y) AND data.n > 9": true,
		"data.n<=11":        false,
		"data.missing != x": false,
		"data.list=x":       false,
		"topic.inner=x":     false,
	} {
		e, err := wire.ParseExpression(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := e.Match(fields); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestMalformedExpressionsTellTheColumn(t *testing.T) {
	for text, column := range map[string]string{
		"topic": "column 6", "topic=": "column 7", "=x": "column 1", "(topic=x": "column 9", "topic=x topic=y": "column 9",
		`topic="x`: "column 9", "topic=x and": "column 12", "a ~ b": "column 3",
	} {
		if _, err := wire.ParseExpression(text); domain.CodeOf(err) != domain.Invalid || !strings.Contains(err.Error(), column) {
			t.Errorf("%q: %v, want %s", text, err, column)
		}
	}
	if _, err := wire.ParseExpression(strings.Repeat("(", 1000) + "a=b"); err == nil {
		t.Error("a thousand parentheses were accepted")
	}
	if _, err := wire.ParseExpression(strings.Repeat("not ", 1000) + "a=b"); err == nil {
		t.Error("a thousand negations were accepted")
	}
}

func FuzzParsePacket(f *testing.F) {
	for _, text := range []string{"2::", "5:7+::{}", `5:::{"name":"ftrack.event","args":[{"topic":"x"}]}`, `6:::7+[{"success":true}]`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		packet, err := wire.ParsePacket(text)
		if err != nil {
			return
		}
		_, _ = packet.Acked()
		event, err := packet.Event()
		if err != nil {
			return
		}
		if _, err := wire.EventPacket("", event); err != nil {
			t.Fatalf("an event that was read cannot be written: %v", err)
		}
	})
}

func FuzzParseExpression(f *testing.F) {
	for _, text := range []string{"topic=x", `a.b="c\"d" and not (e!=f or g>=1)`, "a=b*"} {
		f.Add(text)
	}
	fields := map[string]any{"a": map[string]any{"b": "c"}, "topic": "x"}
	f.Fuzz(func(_ *testing.T, text string) {
		if e, err := wire.ParseExpression(text); err == nil {
			e.Match(fields)
			e.Only("topic")
		}
	})
}
