package api_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/workspace/schema"
)

const started = `[{"action":"query_server_information"},{"action":"query_schemas"},{"action":"query_server_information","values":["version","schema_hash","nonsense"]}]`

func TestTheSchemasComeCompressedToThoseWhoReadThat(t *testing.T) {
	d := newDoor(t)
	_, plain := d.ask(t, http.MethodPost, "/api", started, d.keyed(headers{"Accept-Encoding": "identity"}))
	for accepted, want := range map[string]bool{"gzip": true, "deflate, GZIP;q=0.5": true, "*": true, "br": false, "gzip;q=0": false, "gzip; q=x": false} {
		answer, body := d.ask(t, http.MethodPost, "/api", started, d.keyed(headers{"Accept-Encoding": accepted}))
		if got := answer.Header.Get("Content-Encoding") == "gzip"; got != want {
			t.Errorf("%q: compressed is %v", accepted, got)
			continue
		}
		if want {
			if len(body)*5 > len(plain) {
				t.Errorf("%d bytes of %d are left", len(body), len(plain))
			}
			reader, err := gzip.NewReader(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			reader.Multistream(false) // browsers read one member only
			text, err := io.ReadAll(reader)
			if err != nil {
				t.Fatal(err)
			}
			body = string(text)
		}
		if body != plain {
			t.Errorf("%q: another answer: %.100s", accepted, body)
		}
	}
}

func TestServerInformationIsWhatWasAskedFor(t *testing.T) {
	d := newDoor(t)
	_, body := d.ask(t, http.MethodPost, "/api", started, d.keyed(nil))
	var got []json.RawMessage
	if err := json.Unmarshal([]byte(body), &got); err != nil || len(got) != 3 {
		t.Fatalf("%v %.100s", err, body)
	}
	if want := `{"schema_hash":"` + schema.Hash() + `","version":"4.13.8.1"}`; string(got[2]) != want {
		t.Errorf("%s", got[2])
	}
	if !bytes.Equal(got[1], schema.Served()) {
		t.Error("the schemas are not those of the hash")
	}
	for _, name := range []string{
		"storage_scenario", "user_information", "company_information", "preferred_language", "week_startday", "workday_length", "display_week_numbers",
		"default_colors", "license", "product", "storage_limit", "custom_widget", "is_nested_subqueries_enabled", "is_timezone_support_enabled", "callboard",
	} {
		if !strings.Contains(string(got[0]), `"`+name+`":`) {
			t.Errorf("%s is missing", name)
		}
	}
}

func TestSmallAnswersStayAsTheyAre(t *testing.T) {
	d := newDoor(t)
	if answer, _ := d.ask(t, http.MethodPost, "/api", `[]`, d.keyed(headers{"Accept-Encoding": "gzip"})); answer.Header.Get("Content-Encoding") != "" {
		t.Error("two bytes were compressed")
	}
}

// BenchmarkStartUp is the first call of a client: what the server is, and its schemas.
func BenchmarkStartUp(b *testing.B) {
	d := newDoor(b)
	for b.Loop() {
		answer, body := d.ask(b, http.MethodPost, "/api", started, d.keyed(headers{"Accept-Encoding": "gzip"}))
		if answer.StatusCode != http.StatusOK {
			b.Fatal(body)
		}
	}
}
