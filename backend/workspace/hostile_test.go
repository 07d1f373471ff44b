package workspace_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// refusal is the object that takes the place of a list of answers.
type refusal struct {
	Exception string `json:"exception"`
	Content   string `json:"content"`
}

// attempt posts a body as one of the demo's people and gives what came back, and how long that took.
func attempt(t *testing.T, server *workspace.Server, username, body string) (answer []byte, took time.Duration) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/api", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("ftrack-user", username)
	request.Header.Set("ftrack-api-key", userOf(t, server, username).APIKey)
	begun := time.Now()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer, err = io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return answer, time.Since(begun)
}

// asked is a request of one query.
func asked(t *testing.T, expression string) string {
	t.Helper()
	text, err := json.Marshal([]map[string]string{{"action": "query", "expression": expression}})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// changed is a request of one operation, its entity_data given as JSON.
func changed(action, entity, key, fields string) string {
	return fmt.Sprintf(`[{"action":%q,"entity_type":%q,"entity_key":[%q],"entity_data":{%s}}]`, action, entity, key, fields)
}

// TestHostileRequestsAreRefusedByNameAndQuickly sends what a broken script, or a bad neighbour, could.
// Each is refused with the exception that clients know, within a second and in bounded memory.
func TestHostileRequestsAreRefusedByNameAndQuickly(t *testing.T) {
	server := start(t, t.TempDir(), &demo.Config{Quiet: true})
	task := id(t, server, `Task where name is "anim" and parent.name is "sh0110"`)
	shot := id(t, server, `Shot where name is "sh0110"`)
	status := id(t, server, `Status where name is "In progress"`)
	author := id(t, server, `User where username is "tomas"`)
	many := func(n int, text string) string { return strings.TrimSuffix(strings.Repeat(text+",", n), ",") }
	const nowhere = "00000000-0000-4000-8000-000000000000"

	for _, c := range []struct{ name, who, body, exception, says string }{
		// What is no list of operations.
		{"nothing at all", "maya", ``, "ValidationError", "JSON"},
		{"no JSON", "maya", `Task where id is x`, "ValidationError", "JSON"},
		{"cut short", "maya", `[{"action":"query","expr`, "ValidationError", "JSON"},
		{"no list", "maya", `{"action":"query"}`, "ValidationError", "list"},
		{"two values", "maya", `[][]`, "ValidationError", "after its end"},
		{"a list of lists", "maya", `[[[]]]`, "ValidationError", "object"},
		{"nulls", "maya", `[null]`, "ValidationError", "null"},
		{"a hundred thousand operations", "maya", `[` + many(100_000, `{"action":"query","expression":"User limit 1"}`) + `]`, "ValidationError", "10000"},
		{"a hundred thousand deep", "maya", strings.Repeat(`[`, 100_000) + strings.Repeat(`]`, 100_000), "ValidationError", ""},
		{"objects ten thousand deep", "maya", `[{"action":"create","entity_type":"Note","entity_data":` + strings.Repeat(`{"a":`, 10_000) + `1` + strings.Repeat(`}`, 10_000) + `}]`, "ValidationError", ""},
		{"a number beyond numbers", "maya", changed("update", "Task", task, `"bid":1e999`), "ValidationError", ""},
		{"not a number", "maya", changed("update", "Task", task, `"bid":NaN`), "ValidationError", "JSON"},
		{"a number as text", "maya", changed("update", "Task", task, `"bid":"Infinity"`), "ValidationError", "number"},
		{"invalid UTF-8", "maya", changed("update", "Task", task, "\"description\":\"a\xff\xfeb\""), "ValidationError", "UTF-8"},
		{"the character zero", "maya", changed("update", "Task", task, `"description":"a\u0000b"`), "ValidationError", "U+0000"},
		{"one key twice", "maya", `[{"action":"query","action":"delete","expression":"User limit 1"}]`, "ValidationError", "twice"},
		{"an unknown action", "maya", `[{"action":"launch"}]`, "ValidationError", "Invalid action u'launch'"},
		{"no action", "maya", `[{}]`, "ValidationError", "action"},
		{"an action that is a list", "maya", `[{"action":["query"]}]`, "ValidationError", "action"},
		{"sixteen megabytes", "maya", `[{"action":"query","expression":"` + strings.Repeat("a", 16<<20) + `"}]`, "ValidationError", "bytes"},

		// Queries.
		{"no query", "maya", asked(t, ""), "ValidationError", "column 1"},
		{"a megabyte too much", "maya", asked(t, `Task where name is "`+strings.Repeat("a", 1<<20)+`"`), "ValidationError", "bytes"},
		{"ten thousand parentheses", "maya", asked(t, "Task where "+strings.Repeat("(", 10_000)+"id is x"+strings.Repeat(")", 10_000)), "ValidationError", "deeper"},
		{"ten thousand negations", "maya", asked(t, "Task where "+strings.Repeat("not ", 10_000)+"id is x"), "ValidationError", "deeper"},
		{"forty thousand numbers", "maya", asked(t, "Task where bid in ("+many(40_000, "1")+")"), "ValidationError", "values"},
		{"a path of a thousand steps", "maya", asked(t, "Task where "+strings.Repeat("parent.", 1000)+"name is x"), "ValidationError", "relations"},
		{"a sort key of a thousand steps", "maya", asked(t, "Task order by "+strings.Repeat("parent.", 1000)+"name"), "ValidationError", "relations"},
		{"a projection of a thousand steps", "maya", asked(t, "select "+strings.Repeat("children.", 1000)+"name from Project"), "ValidationError", "relations"},
		{"a thousand sort keys", "maya", asked(t, "Task order by "+many(1000, "parent.parent.name")), "ValidationError", "sort"},
		{"a thousand relations", "maya", asked(t, "select "+relations()+" from Project"), "ValidationError", "relations"},
		{"has within has", "maya", asked(t, "Task where "+strings.Repeat("parent has (", 60)+"name is x"+strings.Repeat(")", 60)), "ValidationError", "relations"},
		{"a projection that explodes", "maya", asked(t, "select project.descendants.project.descendants.project.descendants.name from Task"), "ValidationError", "too large"},
		{"everything of everything", "maya", asked(t, "select descendants.descendants.descendants.descendants.children.notes.replies.content, descendants.project.descendants.project.descendants.name from Project"), "ValidationError", "too large"},
		{"a page before the first", "maya", asked(t, "Task limit 1 offset -1"), "ValidationError", "whole number"},
		{"more rows than there are numbers", "maya", asked(t, "Task limit 99999999999999999999"), "ValidationError", "whole number"},
		{"invalid UTF-8 in a query", "maya", "[{\"action\":\"query\",\"expression\":\"Task where name is '\xff'\"}]", "ValidationError", "UTF-8"},
		{"zero in a query", "maya", `[{"action":"query","expression":"Task where name is '\u0000'"}]`, "ValidationError", "U+0000"},
		{"an unknown type", "maya", asked(t, "Unicorn"), "ValidationError", "Unicorn"},
		{"an unknown attribute", "maya", asked(t, "select horn from Task"), "ValidationError", "horn"},

		// Changes.
		{"an unknown attribute to set", "maya", changed("update", "Task", task, `"horn":1`), "ValidationError", "horn"},
		{"a wrong type", "maya", changed("update", "Task", task, `"name":5`), "ValidationError", "Task.name"},
		{"an object for a text", "maya", changed("update", "Task", task, `"name":{"a":1}`), "ValidationError", "Task.name"},
		{"a date that is none", "maya", changed("update", "Task", task, `"start_date":{"__type__":"datetime","value":"2026-13-45"}`), "ValidationError", "2026-13-45"},
		{"a type that is none", "maya", changed("update", "Task", task, `"start_date":{"__type__":"unicorn","value":"1"}`), "ValidationError", "unicorn"},
		{"a huge whole number", "tomas", changed("create", "Note", nowhere, `"content":"x","frame_number":1e300`), "ValidationError", "frame_number"},
		{"the key", "ines", changed("update", "Task", task, `"id":"x"`), "ValidationError", "never changes"},
		{"what the server works out", "ines", changed("update", "Task", task, `"link":"x"`), "ValidationError", "link"},
		{"who made it", "ines", changed("update", "Task", task, fmt.Sprintf(`"created_by_id":%q`, author)), "ValidationError", "never changes"},
		{"a broken reference", "ines", changed("update", "Task", task, `"status_id":"nowhere"`), "ValidationError", "does not exist"},
		{"a reference to another type", "ines", changed("update", "Task", task, fmt.Sprintf(`"status":{"__entity_type__":"User","id":%q}`, author)), "ValidationError", "must be a Status"},
		{"a parent below itself", "ines", changed("update", "Shot", shot, fmt.Sprintf(`"parent_id":%q`, task)), "ValidationError", "below itself"},
		{"a parent that is itself", "ines", changed("update", "Shot", shot, fmt.Sprintf(`"parent_id":%q`, shot)), "ValidationError", "below itself"},
		{"a person twice", "ines", changed("create", "User", nowhere, `"username":"maya"`), "DuplicateEntryError", "signs in with this name"},
		{"an id twice", "ines", changed("create", "Task", task, fmt.Sprintf(`"id":%q,"name":"x","parent_id":%q`, task, shot)), "DuplicateEntryError", ""},
		{"a recipient twice", "tomas", recipientTwice(author), "DuplicateEntryError", ""},
		{"a status that is used", "ines", changed("delete", "Status", status, ``), "IntegrityError", "still used"},
		{"an author", "ines", changed("delete", "User", author, ``), "IntegrityError", "still used"},
		{"what is not there", "ines", changed("delete", "Note", nowhere, ``), "NotFoundError", ""},
		{"what is not allowed", "maya", changed("create", "Status", nowhere, `"name":"Mine"`), "PermissionError", ""},
		{"half a key", "ines", changed("delete", "Recipient", nowhere, ``), "ValidationError", "2 parts"},
		{"a key of a megabyte", "ines", changed("delete", "Note", strings.Repeat("a", 1<<20), ``), "ValidationError", "key"},
		{"an id of a megabyte", "tomas", changed("create", "Note", nowhere, `"id":"`+strings.Repeat("a", 1<<20)+`"`), "ValidationError", "longer"},
		{"a name of a megabyte", "ines", changed("update", "Task", task, `"name":"`+strings.Repeat("a", 1<<20)+`"`), "ValidationError", "longer"},
		{"a type of a megabyte", "ines", changed("create", strings.Repeat("a", 1<<20), nowhere, ``), "ValidationError", "operation 1"},
		{"an attribute of a megabyte", "ines", changed("update", "Task", task, `"`+strings.Repeat("a", 1<<20)+`":1`), "ValidationError", "no attribute"},
		{"an action of a megabyte", "ines", changed(strings.Repeat("a", 1<<20), "Task", task, ``), "ValidationError", "operation 1"},
		{"a value of a megabyte", "ines", asked(t, "Task where bid is "+strings.Repeat("a", 1<<19)), "ValidationError", "column 19"},
		{"a search of a megabyte", "ines", `[{"action":"search","expression":"Task","entity_type":"Task","terms":["` + strings.Repeat("a", 1<<20) + `"]}]`, "ValidationError", "term"},
		{"ten thousand notes", "maya", `[` + many(10_000, `{"action":"create","entity_type":"Note","entity_data":{"content":"x"}}`) + `,{"action":"query","expression":"User"}]`, "ValidationError", "10000"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := allocated()
			answer, took := attempt(t, server, c.who, c.body)
			used := allocated() - before
			for tries := 1; took > quick && tries < 3; tries++ { // somebody else may need the computer
				_, took = attempt(t, server, c.who, c.body)
			}
			var got refusal
			if err := json.Unmarshal(answer, &got); err != nil || got.Exception != c.exception || !strings.Contains(got.Content, c.says) {
				t.Errorf("answered %.300s, want a %s that says %q", answer, c.exception, c.says)
			}
			if took > quick {
				t.Errorf("took %v", took)
			}
			if used > 512<<20 {
				t.Errorf("needed %d MB", used>>20)
			}
			if len(got.Content) > 2000 {
				t.Errorf("the refusal itself has %d bytes", len(got.Content))
			}
		})
	}
	// What is large and honest is answered.
	for name, expression := range map[string]string{
		"twenty-eight thousand ids": "Task where id in (" + many(28_000, nowhere) + ")",
		"a thousand composite keys": "Recipient where " + strings.TrimSuffix(strings.Repeat(`(note_id is "a"and resource_id is "b") or `, 1000), " or "),
		"an id of every task":       "select id, name, status.name, parent.parent.name, assignments.resource.name from Task",
	} {
		if answer, took := attempt(t, server, "maya", asked(t, expression)); !strings.HasPrefix(string(answer), `[{"action":"query","data":[`) || took > 4*quick {
			t.Errorf("%s: %.300s, after %v", name, answer, took)
		}
	}
	if left := rows(t, server, "ines", `Note where content is "x"`); len(left) > 0 {
		t.Errorf("%d notes stayed of what was refused", len(left))
	}
}

// allocated is how much memory was ever asked for, in bytes: what a request needs is at most the difference.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// id finds the only entity of a query.
func id(t *testing.T, server *workspace.Server, query string) string {
	t.Helper()
	found := rows(t, server, "ines", query)
	if len(found) != 1 {
		t.Fatalf("%s: %d rows", query, len(found))
	}
	row, _ := found[0].(map[string]any)
	id, _ := row["id"].(string)
	return id
}

// relations are more than two hundred ways from a project, each through relations of its own.
func relations() string {
	steps := []string{"children", "descendants", "parent"}
	var paths []string
	for i := range 243 {
		path := "children"
		for range 5 {
			path += "." + steps[i%3]
			i /= 3
		}
		paths = append(paths, path+".id")
	}
	return strings.Join(paths, ", ")
}

func recipientTwice(to string) string {
	one := fmt.Sprintf(`{"action":"create","entity_type":"Recipient","entity_data":{"note_id":"twice","resource_id":%q}}`, to)
	return `[{"action":"create","entity_type":"Note","entity_data":{"id":"twice","content":"x"}},` + one + `,` + one + `]`
}
