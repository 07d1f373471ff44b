package wire_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

func TestOperationsOfBothClientsAreRead(t *testing.T) {
	body := `[
	 {"action":"update","entity_type":"Task","entity_key":"t1","entity_data":{"__entity_type__":"Task","name":"anim"}},
	 {"action":"update","entity_type":"Recipient","entity_key":["n1","u1"],"entity_data":{}},
	 {"action":"create","entity_data":{"__entity_type__":"Note","date":{"__type__":"datetime","value":"2024-05-01T12:00:00.123456+02:00"},
	   "day":{"__type__":"date","value":"2024-06-22"},"recipients":[{"__entity_type__":"Recipient","note_id":"n1","resource_id":"u1"}],"sort":3,"gone":null}},
	 {"action":"query_server_information","values":["storage_scenario"]},
	 {"action":"configure_totp","code":"123456"}]`
	ops, err := wire.ParseOperations([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	want := []wire.Operation{
		{Action: "update", EntityType: "Task", EntityKey: []string{"t1"}, EntityData: map[string]any{"name": "anim"}},
		{Action: "update", EntityType: "Recipient", EntityKey: []string{"n1", "u1"}, EntityData: map[string]any{}},
		{Action: "create", EntityType: "Note", EntityData: map[string]any{
			"date": time.Date(2024, 5, 1, 10, 0, 0, 123456000, time.UTC), "day": wire.Date{Year: 2024, Month: 6, Day: 22},
			"recipients": []any{wire.Reference{Type: "Recipient", Key: map[string]string{"note_id": "n1", "resource_id": "u1"}}}, "sort": 3.0, "gone": nil,
		}},
		{Action: "query_server_information", Values: []string{"storage_scenario"}},
		{Action: "configure_totp", Rest: map[string]any{"code": "123456"}},
	}
	if !reflect.DeepEqual(ops, want) {
		t.Errorf("got  %#v\nwant %#v", ops, want)
	}
	text, err := wire.EncodeOperations(ops)
	if err != nil {
		t.Fatal(err)
	}
	again, err := wire.ParseOperations(text)
	if err != nil || !reflect.DeepEqual(again, want) {
		t.Errorf("did not survive being written: %s, %v", text, err)
	}
}

func TestMalformedOperationsAreRefusedWithTheirPlace(t *testing.T) {
	for name, c := range map[string]struct{ body, says string }{
		"no JSON":            {`[{"action":]`, "column 12"},
		"cut short":          {`[{"action":"query"`, "column"},
		"no list":            {`{"action":"query"}`, "list of operations"},
		"a number":           {`[1]`, "object"},
		"null":               {`[null]`, "operation 1"},
		"no action":          {`[{"expression":"x"}]`, "action"},
		"more behind":        {`[] []`, "after its end"},
		"bad time":           {`[{"action":"create","entity_data":{"date":{"__type__":"datetime","value":"soon"}}}]`, "soon"},
		"unknown type":       {`[{"action":"create","entity_data":{"date":{"__type__":"colour","value":"red"}}}]`, "colour"},
		"zero character":     {"[{\"action\":\"create\",\"entity_data\":{\"name\":\"a\\u0000\"}}]", "U+0000"},
		"far too deep":       {`[{"action":"create","entity_data":{"a":` + strings.Repeat("[", 50) + strings.Repeat("]", 50) + `}}]`, "deep"},
		"a key twice":        {`[{"action":"create","entity_data":{"a":{"x":"x","y":["x","x"]},"b":1,"a":2}}]`, `"a" stands twice`},
		"no UTF-8":           {"[{\"action\":\"\xff\"}]", "UTF-8"},
		"data no object":     {`[{"action":"create","entity_data":[]}]`, "entity_data"},
		"key of an odd kind": {`[{"action":"delete","entity_key":{"id":1}}]`, "entity_key"},
	} {
		_, err := wire.ParseOperations([]byte(c.body))
		if domain.CodeOf(err) != domain.Invalid || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want it to say %q", name, err, c.says)
		}
	}
}

func FuzzParseOperations(f *testing.F) {
	f.Add([]byte(`[{"action":"create","entity_type":"Note","entity_key":["a"],"entity_data":{"d":{"__type__":"datetime","value":"2024-05-01T12:00:00Z"}}}]`))
	f.Add([]byte(`[{"action":"delete","entity_key":[1,"b"],"entity_data":null},{"action":"x","rest":[{"a":[{}],"b":{"__type__":"date","value":"2024-02-29"}}]}]`))
	f.Add([]byte(`[{"action":"query","expression":"select id from Task","x":{"__entity_type__":"T","id":1}}]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		ops, err := wire.ParseOperations(body)
		if err != nil {
			return
		}
		text, err := wire.EncodeOperations(ops)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		if _, err := wire.ParseOperations(text); err != nil {
			t.Fatalf("what was written cannot be read: %s: %v", text, err)
		}
	})
}

func FuzzParseTime(f *testing.F) {
	for _, text := range []string{"2024-05-01T12:00:00", "2024-05-01 12:00:00.1+0200", "2024-05-01", "9999-12-31T23:59:59.999999Z"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at, err := wire.ParseTime(text)
		if err != nil {
			return
		}
		again, err := wire.ParseTime(wire.FormatTime(at))
		if err != nil || !again.Equal(at) {
			t.Fatalf("%q became %v, then %v, %v", text, at, again, err)
		}
	})
}
