package tracker_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// scene is what the queries below are asked of, beside the production: some work on sh0140, notes, a
// link between versions and free keys.
func scene() []wire.Operation {
	return []wire.Operation{
		create("State", data{"id": "over", "name": "Done", "short": "DONE"}),
		create("Status", data{"id": "final", "name": "On Hold", "sort": 3.0, "state_id": "over"}),
		create("Task", data{"id": "roto", "name": "roto", "parent_id": "sh0140", "status_id": "final", "bid": 3600.0, "start_date": "2026-05-01T00:00:00"}),
		create("Task", data{"id": "paint", "name": "Pain\"t 'n fix_1", "parent_id": "sh0140", "status_id": "later", "bid": 7200.5, "start_date": "2026-05-01T10:00:00", "description": "é"}),
		create("Appointment", data{"id": "a3", "context_id": "roto", "resource_id": "night", "type": "assignment"}),
		create("Metadata", data{"parent_id": "comp", "parent_type": "Task", "key": "foo", "value": "bar"}),
		create("Metadata", data{"parent_id": "roto", "parent_type": "Task", "key": "foo", "value": "baz"}),
		create("Metadata", data{"parent_id": "roto", "parent_type": "Task", "key": "x", "value": "bar"}),
		create("Note", data{"id": "n1", "content": "first", "parent_id": "comp", "user_id": "vera"}),
		create("Note", data{"id": "n2", "content": "second", "parent_id": "comp", "user_id": "lena", "in_reply_to_id": "n1"}),
		recipient("n1", "maya"), recipient("n1", "lighting"),
		create("AssetVersion", data{"id": "retake", "asset_id": "precomp", "task_id": "roto", "user_id": "maya"}),
		create("AssetVersionLink", data{"id": "l1", "from_id": "take", "to_id": "retake"}),
	}
}

// language are queries and the ids they answer, sorted unless the query sorts. Tasks are core, comp,
// paint and roto; core is in the private project.
var language = []struct{ query, want string }{
	// Comparisons and their synonyms.
	{`Task where name is "comp"`, "comp"},
	{`Task where name = comp`, "comp"},
	{`Task where name is_not comp`, "core paint roto"},
	{`Task where name != 'comp'`, "core paint roto"},
	{`Task where bid > 3600`, "paint"},
	{`Task where bid greater_than 3600`, "paint"},
	{`Task where start_date after "2026-05-01"`, "paint"},
	{`Task where bid >= 3600`, "paint roto"},
	{`Task where bid < 7200.5 and bid > 0`, "roto"},
	{`Task where bid less_than 7200.5 and bid != 0.0`, "roto"},
	{`Task where start_date before "2026-05-01T00:00:01"`, "roto"},
	{`Task where bid <= 3.6e3 and bid is_not 0`, "roto"},
	{`Task where status.name in ("Later","On Hold")`, "paint roto"},
	{`Task where id in (comp,roto)`, "comp roto"},
	{`Task where id in ( "comp" , 'roto' )`, "comp roto"},
	{`Task where id not_in (comp, roto)`, "core paint"},
	{`Task where not id in (comp, roto)`, "core paint"},
	{`Task where name like "%O%"`, "comp core roto"},
	{`Task where name not_like "%o%"`, "paint"},
	{`Task where name like "%fix_1"`, "paint"},
	{`Task where name like "%fi__1"`, ""},
	{`Task where description like "É"`, "paint"},

	// Criteria joined: "and" binds tighter, "not" binds tightest.
	{`Task where id is comp or id is roto and name is "nothing"`, "comp"},
	{`Task where (id is comp or id is roto) and name is "roto"`, "roto"},
	{`Task where not id is comp and not (id is roto or id is core)`, "paint"},
	{`Task where not not id is comp`, "comp"},
	{`TASK where id is comp`, "refused"},
	{`select id FROM Task WHERE id IS comp AND name IS comp OR id Is roto Order By id Limit 1`, "comp"},

	// Related entities.
	{`Note where author has (first_name is "Vera" and username is "vera")`, "n1"},
	{`Task where status has (state.short = DONE)`, "roto"},
	{`Task where assignments any (resource.username = "maya")`, "comp"},
	{`Task where not assignments any ()`, "core paint"},
	{`Task where assignments any()`, "comp roto"},
	{`Note where in_reply_to has ()`, "n2"},
	{`Note where not in_reply_to has ()`, "n1"},
	{`Note where in_reply_to is None`, "n1"},
	{`Task where assignments is none`, "core paint"},
	{`Task where notes.recipients.resource_id is maya`, "comp"},
	{`Note where recipients any (resource_id is "maya")`, "n1"},
	{`Status where tasks any (assignments any (resource[Group].name is "Night"))`, "final"},
	{`Task where assignments.resource[Group].memberships any (user.username is "nia")`, "roto"},
	{`Task where assignments any (resource[Group].memberships.user.username is "nia")`, "roto"},
	{`Task where status has (name is "Ready") and assignments any (resource[User].username is "maya")`, "comp"},
	{`Shot where children any (name is roto) and children any (name is comp)`, "sh0140"},
	{`Shot where children any (name is roto and name is comp)`, ""},
	{`Shot where children.name is roto and children.name is comp`, "sh0140"},
	{`AssetVersion where uses_versions.user.username is vera`, "retake"},
	{`AssetVersion where used_in_versions any (version is 2)`, "take"},
	{`Task where ancestors any (name is "sq020")`, "comp paint roto"},
	{`Project where descendants any (name is "core")`, "vault"},
	{`Task where parent.parent.parent.name is film`, "comp paint roto"},

	// Metadata.
	{`Task where metadata any (key is "foo" and value is "bar")`, "comp"},
	{`Task where metadata any (key=foo and value=bar)`, "comp"},
	{`Task where metadata.key is foo and metadata.value is bar`, "comp roto"},
	{`Task where not metadata any (key is foo)`, "core paint"},
	{`Task where metadata any ()`, "comp roto"},

	// Subqueries.
	{`Task where parent_id in (select id from Shot where name is "sh0140")`, "comp paint roto"},
	{`Task where parent_id in (Shot where name is "sh0140")`, "comp paint roto"},
	{`Task where status_id not_in (select id from Status where state.short is "DONE")`, "comp core paint"},
	{`Note where parent_id in (select task_id from AssetVersion)`, "n1 n2"},
	{`Task where id in (select parent_id from Note where id in (select in_reply_to_id from Note))`, "comp"},
	{`Task where id in (select assignments.context_id from User)`, "refused"},
	{`Task where id in (select task.id from AssetVersion where version is 2 order by date desc limit 1)`, "roto"},

	// The words for nothing and truth, in every tongue.
	{`Note where in_reply_to_id is none`, "n1"},
	{`Note where in_reply_to_id is null`, "n1"},
	{`Note where in_reply_to_id is_not None`, "n2"},
	{`Note where in_reply_to_id != null`, "n2"},
	{`Task where name is "none"`, ""},
	{`Project where is_private is True`, "vault"},
	{`Project where is_private is true`, "vault"},
	{`Project where is_private = "true"`, "vault"},
	{`Project where is_private != False`, "vault"},
	{`Project where not is_private is true`, "film"},
	{`Project where is_private in (true, false)`, "film vault"},
	{`AssetVersion where is_latest_version is true`, "retake"},

	// Escapes, quotes, and keywords that touch them.
	{`Task where name is "Pain\"t 'n fix_1"`, "paint"},
	{`Task where name is 'Pain"t \'n fix_1'`, "paint"},
	{`Task where (id is "comp"and name is "comp")or(id is 'roto'and name is 'roto')`, "comp roto"},
	{`Recipient where (note_id is "n1"and resource_id is "maya")`, "n1"},
	{"select id\n\tfrom Task\r\n where\n\nname is 'comp'\n", "comp"},
	{`Task where name is "comp" `, "comp"},
	{`  Task   where id  in(comp)`, "comp"},

	// Instants with a zone, a space, a fraction.
	{`Task where start_date >= "2026-05-01T12:00:00+02:00"`, "paint"},
	{`Task where start_date > "2026-05-01T12:00:00+02:00"`, ""},
	{`Task where start_date is "2026-05-01T10:00:00.000Z"`, "paint"},
	{`Task where start_date is "2026-05-01 10:00:00"`, "paint"},
	{`Task where start_date is "2026-05-01T10:00:00.000000"`, "paint"},
	{`Task where start_date is 2026-05-01T10:00`, "paint"},
	{`Task where start_date is "2026-05-01T06:00:00-0400"`, "paint"},
	{`Task where start_date is 2026-05-01`, "roto"},

	// Order, offset and limit.
	{`Task where id is_not core order by status.sort desc, name asc`, "roto paint comp"},
	{`Task where id is_not core order by status.sort descending, id ascending`, "roto paint comp"},
	{`Task where id is_not core order by bid desc`, "paint roto comp"},
	{`Task where id is_not core order by parent.name, status.state.name desc, name desc`, "comp paint roto"},
	{`Task order by id limit 2`, "comp core"},
	{`Task order by id offset 1 limit 2`, "core paint"},
	{`Task order by id limit 2 offset 1`, "core paint"},
	{`Task order by id offset 3`, "roto"},
	{`Task order by id limit 0`, ""},
	{`Task order by id offset 9 limit 500`, ""},

	// Types that others extend answer all of them.
	{`Context where name in (film, sq020)`, "film sq020"},
	{`TypedContext where parent_id is sh0140`, "comp paint roto"},
	{`Resource where name is "Night" or username is maya`, "maya night"},
	{`BaseUser where username is maya`, "maya"},

	// What cannot be answered is refused.
	{`Task where parent is "sh0140"`, "comp paint roto"},
	{`Note where parent.name is comp`, "refused"},
	{`Task where nonsense is 1`, "refused"},
	{`Task where assignments is "a1"`, "refused"},
	{`Task where status any (name is x)`, "refused"},
	{`Task where assignments has (id is x)`, "refused"},
	{`Task where name has (id is x)`, "refused"},
	{`Task where bid is soon`, "refused"},
	{`Task where start_date is soon`, "refused"},
	{`Project where is_private is perhaps`, "refused"},
	{`Task where bid like "3%"`, "refused"},
	{`Task where assignments.resource[Task].name is x`, "refused"},
	{`Task order by assignments.id`, "refused"},
	{`Task order by notes`, "refused"},
	{`select nonsense from Task`, "refused"},
	{`select status.nonsense from Task`, "refused"},
	{`select name.first from Task`, "refused"},
	{`select sum(name) from Task`, "refused"},
}

func TestTheQueryLanguage(t *testing.T) {
	s := open(t)
	s.do(t, "", scene()...)
	for _, c := range language {
		results, err := s.try("ines", wire.Operation{Action: "query", Expression: c.query})
		if c.want == "refused" {
			if domain.CodeOf(err) != domain.Invalid {
				t.Errorf("%s\n  %v, %v: should be refused", c.query, results, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s\n  %v", c.query, err)
			continue
		}
		if got := answered(results[0], strings.Contains(c.query, "order by")); got != c.want {
			t.Errorf("%s\n  %q, want %q", c.query, got, c.want)
		}
	}
}

// answered lists the ids of a page, or the first parts of longer keys.
func answered(result any, sorted bool) string {
	answer, _ := result.(wire.Answer)
	list, _ := answer.Data.([]any)
	ids := make([]string, len(list))
	for i, row := range list {
		entity, _ := row.(wire.Entity)
		ids[i] = fmt.Sprint(entity.Values[entity.Key[0]])
	}
	if !sorted {
		slices.Sort(ids)
	}
	return strings.Join(ids, " ")
}

// TestGroupsAreCountedAsPlainRows holds the form of ftrack's documentation of "group by".
func TestGroupsAreCountedAsPlainRows(t *testing.T) {
	s := open(t)
	s.do(t, "", scene()...)
	for query, want := range map[string]string{
		`select count(id) from Task group by status_id`:                                                  `[{"count_id":1,"status_id":"final"},{"count_id":1,"status_id":"later"},{"count_id":2,"status_id":"ready"}]`,
		`select count(id), status_id from Task group by status_id order by status_id`:                    `[{"count_id":1,"status_id":"final"},{"count_id":1,"status_id":"later"},{"count_id":2,"status_id":"ready"}]`,
		`select sum(bid), min(bid), max(bid), avg(bid) from Task where parent_id is sh0140`:              `[{"avg_bid":3600.1666666666665,"max_bid":7200.5,"min_bid":0,"sum_bid":10800.5}]`,
		`select count(id), project.name from Task group by project.name order by project.name`:           `[{"count_id":3,"project_name":"film"},{"count_id":1,"project_name":"vault"}]`,
		`select count(id) from Task where name is nothing`:                                               `[{"count_id":0}]`,
		`select count(id), max(bid) from Task where name is nothing group by type_id`:                    `[]`,
		`select count(id) from Task group by status_id, project_id order by status_id limit 1`:           `[{"count_id":1,"project_id":"film","status_id":"final"}]`,
		`select count(id), status.name from Task group by status.name order by status.name desc limit 2`: `[{"count_id":2,"status_name":"Ready"},{"count_id":1,"status_name":"On Hold"}]`,
	} {
		got, err := json.Marshal(s.ask(t, "ines", query))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("%s\n  %s\n  want %s", query, got, want)
		}
	}
}

// TestModesDifferInWhatComesUnasked compares the three ways in which the same rows are answered.
func TestModesDifferInWhatComesUnasked(t *testing.T) {
	s := open(t)
	s.do(t, "", scene()...)
	ask := func(mode wire.Mode) string {
		t.Helper()
		op := wire.Operation{Action: "query", Expression: "select name, status.state.short from Task where id in (comp, core) order by id limit 2"}
		results, err := s.tracker.Do(t.Context(), as("ines"), []wire.Operation{op}, mode)
		if err != nil {
			t.Fatal(err)
		}
		text, err := wire.EncodeAnswers(results, mode)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	next := `,"metadata":{"next":{"offset":2}}}]`
	strict := `[{"action":"query","data":[` +
		`{"__entity_type__":"Task","id":"comp","name":"comp","status":{"__entity_type__":"Status","id":"ready","state":{"__entity_type__":"State","id":"waiting","short":"NOT_STARTED"}}},`
	if got, want := ask(wire.Mode{Strict: true}), strict+
		`{"__entity_type__":"Task","id":"core","name":"core","status":{"__entity_type__":"Status","id":"ready","state":{"__entity_type__":"State","id":"waiting"}}}]`+next; got != want {
		t.Errorf("strict:\n  %s\n  want %s", got, want)
	}
	if got, want := ask(wire.Mode{Strict: true, Denormalize: true}), strict+
		`{"__entity_type__":"Task","id":"core","name":"core","status":{"__entity_type__":"Status","id":"ready","state":{"__entity_type__":"State","id":"waiting","short":"NOT_STARTED"}}}]`+next; got != want {
		t.Errorf("denormalized:\n  %s\n  want %s", got, want)
	}
	var normal []struct{ Data []data }
	if err := json.Unmarshal([]byte(ask(wire.Mode{})), &normal); err != nil {
		t.Fatal(err)
	}
	if task := normal[0].Data[0]; task["context_type"] != "task" || task["project_id"] != "film" {
		t.Errorf("normal: %v", task)
	}
}

// TestPagesEndWhereTheClientsStop follows next.offset as the Python client does, until it is null.
func TestPagesEndWhereTheClientsStop(t *testing.T) {
	s := open(t)
	s.do(t, "", scene()...)
	seen := ""
	pages := 0
	for offset := 0; ; pages++ {
		answer, _ := s.do(t, "ines", wire.Operation{Action: "query", Expression: fmt.Sprintf("select id from Task offset %d limit 2", offset)})[0].(wire.Answer)
		seen += " " + answered(answer, true)
		if answer.Next == nil {
			break
		}
		offset = *answer.Next
	}
	// Four rows are two full pages; the second promises a third, which is empty, as on real servers.
	if got := strings.Fields(seen); len(got) != 4 || pages != 2 {
		t.Errorf("%s in %d pages", seen, pages+1)
	}
}
