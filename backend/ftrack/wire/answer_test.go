package wire_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

func user(values map[string]any) wire.Entity {
	values["id"] = "u1"
	return wire.Entity{Type: "User", Key: []string{"id"}, Values: values}
}

func rows() []wire.Entity {
	note := func(id string, author wire.Entity) wire.Entity {
		return wire.Entity{Type: "Note", Key: []string{"id"}, Values: map[string]any{"id": id, "author": author}}
	}
	return []wire.Entity{
		note("n1", user(map[string]any{"first_name": "Maya"})),
		note("n2", user(map[string]any{"first_name": "Maya", "last_name": "Lind"})),
	}
}

func encode(t *testing.T, mode wire.Mode, results ...any) []byte {
	t.Helper()
	text, err := wire.EncodeAnswers(results, mode)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestRepeatsCarryOnlyWhatIsNew(t *testing.T) {
	next := 2
	got := string(encode(t, wire.Mode{Strict: true}, wire.PageOf(rows(), &next)))
	want := `[{"action":"query","data":[{"__entity_type__":"Note","author":{"__entity_type__":"User","first_name":"Maya","id":"u1"},"id":"n1"},` +
		`{"__entity_type__":"Note","author":{"__entity_type__":"User","id":"u1","last_name":"Lind"},"id":"n2"}],"metadata":{"next":{"offset":2}}}]`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestAnswersAreWrittenAsEncodingJSONWritesThem(t *testing.T) {
	var nothing *time.Time
	for _, value := range []any{
		nil, true, 0, -7, int64(1) << 60, 0.1, 1e300, "", "plain", `quote " and \`, "tab\t line\n", "<b>&", "ü \u2028 \xff \x7f",
		[]any{},
		[]any{1, "a", nil},
		map[string]any{},
		map[string]any{"b": 1, "a": []any{map[string]any{"Z": "ü", "": false}}},
		[]map[string]any{{"a": 1}, {}},
		json.RawMessage(`{"spaced" : [ 1, "<" ]}`),
		map[string]string{"a": "b"},
		[]string{"x"},
		nothing,
	} {
		var want bytes.Buffer
		plain := json.NewEncoder(&want)
		plain.SetEscapeHTML(false)
		if err := plain.Encode([]any{value}); err != nil {
			t.Fatal(err)
		}
		if got := string(encode(t, wire.Mode{}, value)) + "\n"; got != want.String() {
			t.Errorf("got %q, want %q", got, want.String())
		}
	}
	if _, err := wire.EncodeAnswers([]any{json.RawMessage(`{"open`)}, wire.Mode{}); err == nil {
		t.Error("a value that is no JSON was written")
	}
}

func TestDenormalizedRepeatsAreFull(t *testing.T) {
	got := string(encode(t, wire.Mode{Strict: true, Denormalize: true}, wire.PageOf(rows(), nil)))
	if strings.Count(got, `"first_name":"Maya"`) != 2 || !strings.Contains(got, `"offset":null`) {
		t.Error(got)
	}
}

func TestRepliesAreMergedAndTyped(t *testing.T) {
	at := time.Date(2024, 5, 1, 10, 0, 0, 123456000, time.UTC)
	data := rows()
	data[0].Values["date"] = at
	data[0].Values["content"] = `<b> & "ü"`
	replies, err := wire.DecodeAnswers(encode(t, wire.Mode{}, wire.PageOf(data, nil)))
	if err != nil {
		t.Fatal(err)
	}
	got := replies[0].Rows()
	author, _ := got[0]["author"].(map[string]any)
	if !reflect.DeepEqual(got[0]["date"], at) || got[0]["content"] != `<b> & "ü"` || author["last_name"] != "Lind" || wire.TypeOf(author) != "User" {
		t.Errorf("%v", got)
	}
}

func TestFailuresSurviveTheWire(t *testing.T) {
	for code, want := range map[domain.Code]struct {
		name   string
		status int
	}{
		domain.Invalid: {"ValidationError", http.StatusBadRequest}, domain.Forbidden: {"PermissionError", http.StatusForbidden},
		domain.Unauthorized: {"InvalidCredentialsError", http.StatusUnauthorized}, domain.Conflict: {"DuplicateEntryError", http.StatusConflict},
		domain.NotFound: {"NotFoundError", http.StatusNotFound}, domain.Throttled: {"ThrottledError", http.StatusTooManyRequests},
	} {
		body, status := wire.EncodeError(&domain.Error{Code: code, Reason: "why", Message: "no", Err: errors.New("secret")})
		var form map[string]any
		if err := json.Unmarshal(body, &form); err != nil || form["exception"] != want.name || form["content"] != "no" || status != want.status {
			t.Errorf("%s: %s %d", code, body, status)
		}
		_, err := wire.DecodeAnswers(body)
		var read *domain.Error
		if !errors.As(err, &read) || read.Code != code || read.Reason != "why" {
			t.Errorf("%s came back as %#v", code, err)
		}
	}
}

func TestOurOwnFaultsAreNotExplained(t *testing.T) {
	body, status := wire.EncodeError(errors.New("no such table: secret"))
	if strings.Contains(string(body), "secret") || status != http.StatusInternalServerError {
		t.Errorf("%s %d", body, status)
	}
}

func TestWhatIsNoAnswerIsSaidToBeNone(t *testing.T) {
	for _, body := range []string{"", "<html>", "{}", `{"error":1}`, "12", "null["} {
		if _, err := wire.DecodeAnswers([]byte(body)); domain.CodeOf(err) != domain.Unsupported {
			t.Errorf("%q: %v", body, err)
		}
	}
}

func TestAnEntitySaysOfItselfWhatOneBelowRepeats(t *testing.T) {
	version := func(more map[string]any) wire.Entity {
		values := map[string]any{"id": "v2", "version": 2}
		maps.Copy(values, more)
		return wire.Entity{Type: "AssetVersion", Key: []string{"id"}, Values: values}
	}
	asset := wire.Entity{Type: "Asset", Key: []string{"id"}, Values: map[string]any{"id": "a", "latest_version": version(nil)}}
	for range 20 { // whatever the order of the map
		text, err := wire.EncodeAnswers([]any{wire.PageOf([]any{version(map[string]any{"asset": asset})}, nil)}, wire.Mode{})
		if err != nil || !strings.Contains(string(text), `"id":"v2","version":2}]`) {
			t.Fatalf("%s, %v", text, err)
		}
	}
}
