package schema

import (
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestPythonJSON holds our text to what Python 3 wrote for the same value:
//
//	json.dumps([{"id": "Tëst", "n": [1, True, None, "a\"\\\n\t\x7f😀<&>"], "b": {}}], sort_keys=True)
func TestPythonJSON(t *testing.T) {
	value := []any{map[string]any{"id": "Tëst", "n": []any{1, true, nil, "a\"\\\n\t\x7f😀<&>"}, "b": map[string]any{}}}
	const want = `[{"b": {}, "id": "T\u00ebst", "n": [1, true, null, "a\"\\\n\t\u007f\ud83d\ude00<&>"]}]`
	got := pythonJSON(value)
	if got != want {
		t.Errorf("wrote %s, Python writes %s", got, want)
	}
	if sum := md5.Sum([]byte(got)); hex.EncodeToString(sum[:]) != "d0a62eb6bed40f541e4eadce4d9d46b4" {
		t.Errorf("its md5 is %x", sum)
	}
}

// TestServedSchemasAreTheGoldenOnes makes every change of what clients see a change of a file in review.
// The hash beside it was checked against Python's hashlib and json.
func TestServedSchemasAreTheGoldenOnes(t *testing.T) {
	var list any
	if err := json.Unmarshal(Served(), &list); err != nil {
		t.Fatal(err)
	}
	got, err := json.MarshalIndent(map[string]any{"hash": Hash(), "schemas": list}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/served.json"
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, append(got, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(got)+"\n" != string(want) {
		t.Error("what is served has changed; run the test with -update and look at the difference")
	}
}
