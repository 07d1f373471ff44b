package workspace_test

import (
	"crypto/md5" //nolint:gosec // the Python client names the schemas' version by it
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// python is a session of the official Python client (ftrack-python 3.0.6) as the server sees it: the
// requests below are written down as that client sends them, word for word but for the ids.
type python struct {
	server *workspace.Server
	user   string
	strict bool
	ids    []string // what stands for what in requests: "$task", its id, …
}

// know gives an id a name that requests may use.
func (p *python) know(name, id string) { p.ids = append(p.ids, "$"+name, id) }

// fresh makes an id as the client does, for an entity it is about to create.
func (p *python) fresh(names ...string) {
	for _, name := range names {
		p.know(name, uuid.NewString())
	}
}

func (p *python) post(t *testing.T, body string) []byte {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.server.URL+"/api", strings.NewReader(strings.NewReplacer(p.ids...).Replace(body)))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"Content-Type": "application/json", "Accept": "application/json", "ftrack-user": p.user,
		"ftrack-api-key": userOf(t, p.server, p.user).APIKey, "ftrack-strict-api": fmt.Sprint(p.strict),
	} {
		request.Header.Set(name, value)
	}
	return do(t, request, http.StatusOK)
}

// call posts operations (Session.call) and gives what each answers as data.
func (p *python) call(t *testing.T, body string) []any {
	t.Helper()
	var answers []map[string]any
	if text := p.post(t, body); json.Unmarshal(text, &answers) != nil {
		t.Fatalf("%s\n%s", body, text)
	}
	data := make([]any, len(answers))
	for i, answer := range answers {
		if data[i] = answer["data"]; answer["action"] != "query" && answer["action"] != "delete" {
			keyed(t, answer["data"])
		}
	}
	return data
}

// query posts one query as QueryResult does and gives its rows.
func (p *python) query(t *testing.T, expression string) []map[string]any {
	t.Helper()
	text, err := json.Marshal([]map[string]string{{"action": "query", "expression": expression}})
	if err != nil {
		t.Fatal(err)
	}
	list, _ := p.call(t, string(text))[0].([]any)
	found := make([]map[string]any, len(list))
	for i, row := range list {
		found[i], _ = row.(map[string]any)
	}
	return found
}

// one is QueryResult.one: it asks for two, to see that there is one.
func (p *python) one(t *testing.T, expression string) map[string]any {
	t.Helper()
	found := p.query(t, expression+" limit 2")
	if len(found) != 1 {
		t.Fatalf("%s: %d rows", expression, len(found))
	}
	return found[0]
}

// keyed holds what Session._merge_entity needs of every entity: its type and its whole primary key. An
// answer without them makes commit raise a KeyError.
func keyed(t *testing.T, value any) {
	t.Helper()
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			keyed(t, item)
		}
	case map[string]any:
		key := []string{"id"}
		switch v["__entity_type__"] {
		case nil:
			return
		case "Recipient":
			key = []string{"note_id", "resource_id"}
		case "Metadata":
			key = []string{"parent_id", "key"}
		case "ContextCustomAttributeValue":
			key = []string{"configuration_id", "entity_id"}
		}
		for _, name := range key {
			if v[name] == nil {
				t.Errorf("an entity without its key: %v", v)
			}
		}
		for _, item := range v {
			keyed(t, item)
		}
	}
}

func TestThePythonClientsRequests(t *testing.T) {
	server := start(t, t.TempDir(), &demo.Config{Quiet: true})
	for name, test := range map[string]func(*testing.T, *python){
		"a session begins":                    pythonBegins,
		"queries come in pages":               pythonPages,
		"references are populated by key":     pythonPopulates,
		"a note is created on its owner":      pythonNotes,
		"metadata is a dictionary":            pythonMetadata,
		"custom attributes are a dictionary":  pythonCustomAttributes,
		"components and their locations":      pythonComponents,
		"a version is published":              pythonPublishes,
		"timers and time logs":                pythonTimers,
		"a list is filled and emptied":        pythonLists,
		"a review with a note":                pythonReview,
		"refusals in the words it looks for":  pythonRefusals,
		"a project schema gives its statuses": pythonStatuses,
		"dates keep their microseconds":       pythonDates,
	} {
		t.Run(name, func(t *testing.T) {
			p := &python{server: server, user: "ines"}
			p.know("task", id(t, server, `Task where name is "anim" and parent.name is "sh0110"`))
			p.know("shot", id(t, server, `Shot where name is "sh0110"`))
			p.know("project", id(t, server, `Project where name is "northern_lights"`))
			p.know("maya", id(t, server, `User where username is "maya"`))
			p.know("ines", id(t, server, `User where username is "ines"`))
			test(t, p)
		})
	}
}

// Session.__init__: _fetch_server_information, check_server_compatibility, _load_schemas.
func pythonBegins(t *testing.T, p *python) {
	var information []map[string]any
	if err := json.Unmarshal(p.post(t, `[{"action": "query_server_information"}]`), &information); err != nil {
		t.Fatal(err)
	}
	var schemas []json.RawMessage
	if err := json.Unmarshal(p.post(t, `[{"action": "query_schemas"}]`), &schemas); err != nil {
		t.Fatal(err)
	}
	if version, _ := information[0]["version"].(string); version < "3.3.11" {
		t.Errorf("version %v is refused", information[0]["version"])
	}
	if information[0]["is_timezone_support_enabled"] != true {
		t.Error("dates would be sent in local time")
	}
	// The client keeps the schemas by this hash, of what json.dumps(schemas, sort_keys=True) writes. No
	// schema holds a fraction or a character that the two languages write differently.
	var plain []map[string]any
	if err := json.Unmarshal(schemas[0], &plain); err != nil {
		t.Fatal(err)
	}
	sum := md5.Sum([]byte(dumps(plain))) //nolint:gosec // as above
	if hash := hex.EncodeToString(sum[:]); information[0]["schema_hash"] != hash {
		t.Errorf("schema_hash is %v, the client makes it %s", information[0]["schema_hash"], hash)
	}
	for _, schema := range plain {
		if key, _ := schema["primary_key"].([]any); len(key) == 0 {
			t.Errorf("%v has no primary key: the session cannot be made", schema["id"])
		}
	}
	// Session.pick_location and the locations a session makes for itself.
	if locations := p.query(t, `select id, name from Location offset 0 limit 500`); len(locations) < 5 {
		t.Errorf("locations: %v", locations)
	}
}

// dumps writes a value as Python's json.dumps(value, sort_keys=True) does: a space after "," and ":".
func dumps(value any) string {
	switch v := value.(type) {
	case []any:
		parts := make([]string, len(v))
		for i, item := range v {
			parts[i] = dumps(item)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case []map[string]any:
		parts := make([]string, len(v))
		for i, item := range v {
			parts[i] = dumps(item)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case map[string]any:
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, dumps(name)+": "+dumps(v[name]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	default:
		var text strings.Builder
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(false)
		_ = encoder.Encode(v) // a text, number, boolean or null: it cannot fail
		return strings.TrimSuffix(text.String(), "\n")
	}
}

// QueryResult.all, .first and .one.
func pythonPages(t *testing.T, p *python) {
	var seen, pages int
	for offset := 0; ; pages++ {
		var answers []struct {
			Data     []map[string]any
			Metadata struct{ Next struct{ Offset *int } }
		}
		body := fmt.Sprintf(`[{"action": "query", "expression": "select context_type, id, name from Task offset %d limit 20"}]`, offset)
		if err := json.Unmarshal(p.post(t, body), &answers); err != nil {
			t.Fatal(err)
		}
		seen += len(answers[0].Data)
		if answers[0].Metadata.Next.Offset == nil {
			break
		}
		offset = *answers[0].Metadata.Next.Offset
	}
	if all := p.query(t, `select context_type, id, name from Task offset 0 limit 500`); len(all) != seen || pages < 2 {
		t.Errorf("%d in %d pages, %d at once", seen, pages, len(all))
	}
	if first := p.query(t, `select context_type, id, name from Task limit 1`); len(first) != 1 {
		t.Errorf("%v", first)
	}
	task := p.one(t, `select context_type, id, name from Task where name is "anim" and parent.name is "sh0110"`)
	if task["__entity_type__"] != "Task" || task["project_id"] == nil || task["context_type"] != "task" {
		t.Errorf("%v", task)
	}
}

// Session.get, Session.populate and attribute access: each asks by the key, without quotes.
func pythonPopulates(t *testing.T, p *python) {
	if found := p.query(t, `select context_type, id, name from Task where (id is "$task") offset 0 limit 500`); len(found) != 1 {
		t.Errorf("%v", found)
	}
	parent := p.query(t, `select parent.context_type, parent.id, parent.name from Task where id is $task offset 0 limit 500`)[0]["parent"]
	if shot, _ := parent.(map[string]any); shot["__entity_type__"] != "Shot" || shot["name"] != "sh0110" {
		t.Errorf("the parent must be of its own type: %v", parent)
	}
	link, _ := p.query(t, `select link from Task where id is $task offset 0 limit 500`)[0]["link"].([]any)
	if len(link) != 4 || link[3].(map[string]any)["type"] != "TypedContext" {
		t.Errorf("link: %v", link)
	}
	ids := `select name, status.name, notes.content from Task where id in ($task,$shot) offset 0 limit 500`
	if found := p.query(t, ids); len(found) != 1 {
		t.Errorf("%v", found)
	}
	recipients := p.query(t, `select note_id, resource_id from Recipient where resource_id is $maya limit 2`)
	for i, row := range recipients {
		p.know(fmt.Sprintf("note%d", i), row["note_id"].(string))
	}
	both := `select recipient from Recipient where (note_id is "$note0"and resource_id is "$maya") or (note_id is "$note1"and resource_id is "$maya") offset 0 limit 500`
	if found := p.query(t, both); len(found) != 2 || found[0]["recipient"].(map[string]any)["__entity_type__"] != "User" {
		t.Errorf("%v", found)
	}
}

// Session._raise_server_error wants `exception` and `content`, whatever the status; some methods look
// for words in them.
func pythonRefusals(t *testing.T, p *python) {
	p.user = "maya"
	for body, want := range map[string]string{
		`[{"action": "create", "entity_data": {"__entity_type__": "Status", "name": "x"}, "entity_type": "Status"}]`: "PermissionError",
		`[{"action": "no_such_thing"}]`:                                `Invalid action u'no_such_thing'`, // Session.get_widget_url and others
		`[{"action": "query", "expression": "select horn from Task"}]`: "ValidationError",
		`[{"action": "update", "entity_type": "Task", "entity_key": ["$task"], "entity_data": {"__entity_type__": "Task", "name": {"__entity_type__": "User", "id": "$maya"}}}]`: "ValidationError",
	} {
		var refused refusal
		text := p.post(t, body)
		if err := json.Unmarshal(text, &refused); err != nil || refused.Exception == "" || !strings.Contains(string(text), want) {
			t.Errorf("%s\n  %s, want %s", body, text, want)
		}
	}
}

// ProjectSchema.get_statuses and get_types walk these relations one by one.
func pythonStatuses(t *testing.T, p *python) {
	p.know("schema", p.query(t, `select project_schema.id from Project where id is $project offset 0 limit 500`)[0]["project_schema"].(map[string]any)["id"].(string))
	p.know("workflow", p.query(t, `select _version_workflow.id from ProjectSchema where id is $schema offset 0 limit 500`)[0]["_version_workflow"].(map[string]any)["id"].(string))
	if statuses, _ := p.query(t, `select statuses from WorkflowSchema where id is $workflow offset 0 limit 500`)[0]["statuses"].([]any); len(statuses) == 0 {
		t.Error("no statuses of versions")
	}
	for _, attribute := range []string{"_task_workflow", "_overrides", "_schemas", "_task_type_schema"} {
		if found := p.query(t, `select `+attribute+` from ProjectSchema where id is $schema offset 0 limit 500`); len(found) != 1 || found[0][attribute] == nil {
			t.Errorf("%s: %v", attribute, found)
		}
	}
}

// Session.encode writes isoformat() with microseconds and a zone; decode makes an Arrow of the answer.
func pythonDates(t *testing.T, p *python) {
	p.call(t, `[{"action": "update", "entity_data": {"__entity_type__": "Task", "start_date": {"__type__": "datetime", "value": "2026-05-01T12:00:00.123456+02:00"}}, "entity_key": ["$task"], "entity_type": "Task"}]`)
	date, _ := p.query(t, `select start_date from Task where id is $task offset 0 limit 500`)[0]["start_date"].(map[string]any)
	if date["__type__"] != "datetime" || date["value"] != "2026-05-01T10:00:00.123456" {
		t.Errorf("%v", date)
	}
	if found := p.query(t, `select id from Task where start_date is "2026-05-01T12:00:00.123456+02:00" offset 0 limit 500`); len(found) != 1 {
		t.Errorf("%v", found)
	}
}
