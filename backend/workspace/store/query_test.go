package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// studio is a small show: project p1 open with sq1/sh1/(t1,t2) and sh2/t3, project p2 private with sh9/t9.
// maya and tomas are in group anim, which lies in group studio; ines is in none.
func studio(ctx context.Context, tx *store.Tx) error {
	steps := []error{
		put(ctx, tx, "State", "done", "short", "DONE"), put(ctx, tx, "State", "wip", "short", "IN_PROGRESS"),
		put(ctx, tx, "Status", "st1", "name", "In progress", "sort", 2, "state_id", "wip", "is_active", true),
		put(ctx, tx, "Status", "st2", "name", "Approved", "sort", 1, "state_id", "done", "is_active", true),
		put(ctx, tx, "Project", "p1", "name", "open_show", "is_private", false, "status", "active"),
		put(ctx, tx, "Project", "p2", "name", "secret", "is_private", true, "status", "active"),
		put(ctx, tx, "Sequence", "sq1", "name", "sq010", "parent_id", "p1", "project_id", "p1"),
		put(ctx, tx, "Shot", "sh1", "name", "sh0010", "parent_id", "sq1", "project_id", "p1"),
		put(ctx, tx, "Shot", "sh2", "name", "sh0020", "parent_id", "sq1", "project_id", "p1"),
		put(ctx, tx, "Task", "t1", "name", "Ägypten", "parent_id", "sh1", "project_id", "p1", "status_id", "st1", "bid", 3600.0, "start_date", noon),
		put(ctx, tx, "Task", "t2", "name", "comp_a", "parent_id", "sh1", "project_id", "p1", "status_id", "st2", "bid", 7200),
		put(ctx, tx, "Task", "t3", "name", "compXa", "parent_id", "sh2", "project_id", "p1"),
		put(ctx, tx, "Shot", "sh9", "name", "sh0900", "parent_id", "p2", "project_id", "p2"),
		put(ctx, tx, "Task", "t9", "name", "hidden", "parent_id", "sh9", "project_id", "p2", "status_id", "st1"),
		put(ctx, tx, "User", "maya", "username", "maya", "first_name", "Maya", "is_active", true, "thumbnail_id", "c1"),
		put(ctx, tx, "User", "tomas", "username", "tomas", "first_name", "Tomas", "is_active", true),
		put(ctx, tx, "User", "ines", "username", "ines", "first_name", "Ines", "is_active", false),
		put(ctx, tx, "Group", "studio", "name", "Studio"), put(ctx, tx, "Group", "anim", "name", "Animation", "parent_id", "studio"),
		put(ctx, tx, "Membership", "m1", "user_id", "maya", "group_id", "anim"),
		put(ctx, tx, "Membership", "m2", "user_id", "tomas", "group_id", "anim"),
		put(ctx, tx, "Appointment", "a1", "type", "assignment", "context_id", "t1", "resource_id", "maya"),
		put(ctx, tx, "Appointment", "a2", "type", "assignment", "context_id", "t3", "resource_id", "anim"),
		put(ctx, tx, "Appointment", "a3", "type", "allocation", "context_id", "p1", "resource_id", "tomas"),
		put(ctx, tx, "Appointment", "a9", "type", "assignment", "context_id", "t9", "resource_id", "studio"),
		put(ctx, tx, "Asset", "as1", "name", "comp", "context_id", "sh1", "project_id", "p1"),
		put(ctx, tx, "AssetVersion", "v1", "asset_id", "as1", "version", 1, "task_id", "t1", "project_id", "p1", "is_published", true),
		put(ctx, tx, "AssetVersion", "v2", "asset_id", "as1", "version", 2, "task_id", "t1", "project_id", "p1", "is_published", true),
		put(ctx, tx, "AssetVersion", "v3", "asset_id", "as1", "version", 3, "task_id", "t1", "project_id", "p1", "is_published", false),
		put(ctx, tx, "AssetVersionLink", "l1", "from_id", "v1", "to_id", "v2"),
		put(ctx, tx, "FileComponent", "c1", "name", "main", "version_id", "v1"),
		put(ctx, tx, "Note", "n1", "content", "on a task", "user_id", "tomas", "parent_id", "t1", "parent_type", "Task", "project_id", "p1", "date", noon),
		put(ctx, tx, "Note", "n2", "content", "a reply", "user_id", "maya", "in_reply_to_id", "n1", "parent_id", "t1", "project_id", "p1"),
		put(ctx, tx, "Note", "n9", "content", "private", "user_id", "ines", "parent_id", "t9", "project_id", "p2"),
		put(ctx, tx, "Note", "msg", "content", "just for you", "user_id", "tomas"),
		put(ctx, tx, "Note", "msg2", "content", "answer", "user_id", "maya", "in_reply_to_id", "msg"),
		put(ctx, tx, "Recipient", "n1", "resource_id", "anim"), put(ctx, tx, "Recipient", "n1", "resource_id", "ines"),
		put(ctx, tx, "Recipient", "msg", "resource_id", "maya"),
		put(ctx, tx, "Metadata", "t1", "key", "foo", "value", "bar", "parent_type", "Task"),
		put(ctx, tx, "Notification", "x1", "seq", 1, "user_id", "maya", "event_key", "note:n1", "kind", "note", "kinds", []string{"note"}, "created_at", noon),
		put(ctx, tx, "Notification", "x2", "seq", 1, "user_id", "ines", "event_key", "note:n1", "kind", "note", "kinds", []string{"note"}, "created_at", noon),
	}
	return errors.Join(steps...)
}

// conformance are queries with the ids they answer, in order; every engine must agree.
var conformance = []struct{ as, query, want string }{
	{"", `Project order by name`, "p1 p2"},
	{"", `Context where parent_id is "sh1"`, "t1 t2"},
	{"", `TypedContext where project_id is p1 order by id`, "sh1 sh2 sq1 t1 t2 t3"},
	{"", `Task where name is "comp_a"`, "t2"},
	{"", `Task where name like "comp_%"`, "t2"},
	{"", `Task where name like "ÄGYP%"`, "t1"},
	{"", `Task where name not_like "comp%" order by id`, "t1 t9"},
	{"", `Task where id in (t1,t3,"t9")`, "t1 t3 t9"},
	{"", `Task where id in ()`, ""},
	{"", "Task where id in (" + strings.Repeat("nothing, ", 600) + `t1, "t3") and id not_in (` + strings.Repeat("'no \"thing', ", 600) + "t3)", "t1"},
	{"", `Task where status_id in ("st1", none) order by id`, "t1 t3 t9"},
	{"", `Task where id not_in (t1, t2) order by id`, "t3 t9"},
	{"", `Task where status is none`, "t3"},
	{"", `Task where status is_not none order by id`, "t1 t2 t9"},
	{"", `Task where status.state.short is_not 'DONE' order by id`, "t1 t9"},
	{"", `Task where not status.state.short is "DONE" order by id`, "t1 t3 t9"},
	{"", `Task where status has (name is "Approved")`, "t2"},
	{"", `Task where not status has () order by id`, "t3"},
	{"", `Task where assignments.resource.username is "maya"`, "t1"},
	{"", `Task where assignments.resource[User].username is "maya"`, "t1"},
	{"", `Task where assignments.resource[Group].memberships.user.username is "tomas"`, "t3"},
	{"", `Task where assignments any (resource_id is "maya")`, "t1"},
	{"", `Task where not assignments any () order by id`, "t2"},
	{"", `Project where assignments any ()`, ""},
	{"", `Project where allocations any ()`, "p1"},
	{"", `Task where metadata any (key=foo and value=bar)`, "t1"},
	{"", `Task where ancestors.name is "sq010" order by id`, "t1 t2 t3"},
	{"", `Sequence where descendants any (name is "comp_a")`, "sq1"},
	{"", `Project where descendants.name is "hidden"`, "p2"},
	{"", `Task where parent_id in (select id from Shot where name like "SH00%") order by id`, "t1 t2 t3"},
	{"", `Task where parent_id in (Shot where name is sh0010 order by id limit 1) order by id`, "t1 t2"},
	{"", `Task where bid >= 3600 and bid < 7200`, "t1"},
	{"", `Task where start_date after "2026-11-23" and start_date <= "2026-11-23T12:00:01Z"`, "t1"},
	{"", `Task where start_date > "2026-11-23T13:00:00+02:00"`, "t1"},
	{"", `Task where status_id is_not none order by status.sort desc, name asc`, "t9 t1 t2"},
	{"", `Task order by status.sort, id`, "t3 t2 t1 t9"},
	{"", `Task order by id desc limit 2`, "t9 t3"},
	{"", `Task order by id limit 2 offset 1`, "t2 t3"},
	{"", `Task where (name is "comp_a"and parent_id is sh1) or (id is t9)`, "t2 t9"},
	{"", `User where is_active is True order by username`, "maya tomas"},
	{"", `User where is_active is_not true`, "ines"},
	{"", `Resource where appointments any () order by id`, "anim maya studio tomas"},
	{"", `User where memberships.group.name is "Animation" order by id`, "maya tomas"},
	{"", `AssetVersion where is_latest_version is true`, "v2"},
	{"", `Asset where latest_version.version is 2`, "as1"},
	{"", `AssetVersion where uses_versions any (id is v1)`, "v2"},
	{"", `AssetVersion where used_in_versions.version is 2`, "v1"},
	{"", `Note where recipients any (resource_id is "ines")`, "n1"},
	{"", `Note where replies any () order by id`, "msg n1"},
	{"", `Note where author.first_name is "Maya" order by id`, "msg2 n2"},
	{"", `Component where version.asset.name is comp`, "c1"},
	{"", `Notification order by user_id`, "x2 x1"},
	{"admin", `Notification`, ""},

	{"ines", `Project`, "p1"},
	{"maya", `Project order by id`, "p1 p2"},
	{"ines", `Task order by id`, "t1 t2 t3"},
	{"ines", `Status where tasks.name is "hidden"`, ""},
	{"ines", `Status where id in (select status_id from Task where name is "hidden")`, ""},
	{"ines", `Appointment order by id`, "a1 a2 a3"},
	{"ines", `Note order by id`, "n1 n2"},
	{"ines", `Recipient where note_id is "msg"`, ""},
	{"maya", `Note order by id`, "msg msg2 n1 n2 n9"},
	{"tomas", `Note where id like "msg%" order by id`, "msg msg2"},
	{"maya", `Notification`, "x1"},
	{"ines", `Notification where seq > 0 order by seq limit 500`, "x2"},
}

func TestQueriesAnswerTheSameRows(t *testing.T) {
	eachEngine(t, conform)
}

// conform holds an empty store of any engine to the suite.
func conform(t *testing.T, s *store.Store) {
	write(t, s, func(tx *store.Tx) error { return studio(t.Context(), tx) })
	for _, c := range conformance {
		viewer := store.Viewer{UserID: c.as}
		if c.as == "" || c.as == "admin" {
			viewer.Everything = true
		}
		found, err := ask(t, s, viewer, c.query)
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
			continue
		}
		if got := keys(found); got != c.want {
			t.Errorf("%s as %q: %q, want %q", c.query, c.as, got, c.want)
		}
	}
}

func keys(r *store.Result) string {
	var ids []string
	for _, row := range r.Rows {
		ids = append(ids, fmt.Sprint(row.Values[row.Type.Key[0]]))
	}
	return strings.Join(ids, " ")
}

func TestProjectionsNestAsDeepAsTheyAreWritten(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		write(t, s, func(tx *store.Tx) error { return studio(t.Context(), tx) })
		found, err := ask(t, s, server, `select name, link, status.state.short, assignments.resource[User].first_name, assignments.type,
		ancestors.name, parent.parent.name, notes.recipients.resource_id, metadata.value, project.status from Task where id is t1`)
		if err != nil {
			t.Fatal(err)
		}
		task := found.Rows[0]
		if task.Type.Name != "Task" || len(task.Values) != 3 {
			t.Errorf("a %s with %v", task.Type.Name, task.Values)
		}
		var names []string
		for _, step := range task.Values["link"].([]map[string]string) {
			names = append(names, step["name"]+":"+step["type"])
		}
		for what, pair := range map[string][2]any{
			"link":      {strings.Join(names, " "), "open_show:Project sq010:TypedContext sh0010:TypedContext Ägypten:TypedContext"},
			"state":     {task.One["status"].One["state"].Values["short"], "IN_PROGRESS"},
			"assignee":  {task.Many["assignments"][0].One["resource"].Values["first_name"], "Maya"},
			"type":      {task.Many["assignments"][0].Values["type"], "assignment"},
			"ancestor":  {task.Many["ancestors"][0].Type.Name, "Sequence"},
			"parent":    {task.One["parent"].One["parent"].Values["name"], "sq010"},
			"notes":     {len(task.Many["notes"]), 2},
			"metadata":  {task.Many["metadata"][0].Values["value"], "bar"},
			"project":   {task.One["project"].Values["status"], "active"},
			"recipient": {len(task.Many["notes"][0].Many["recipients"]), 2},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%s: %v, want %v", what, pair[0], pair[1])
			}
		}
		versions, err := ask(t, s, server, `select link, is_latest_version, uses_versions.version, asset.latest_version.version, thumbnail_url from AssetVersion where version is 2`)
		if err != nil {
			t.Fatal(err)
		}
		v := versions.Rows[0]
		if link := v.Values["link"].([]map[string]string); len(link) != 4 || link[3]["name"] != "comp v2" {
			t.Errorf("the version's link is %v", link)
		}
		if v.Values["is_latest_version"] != true || v.Many["uses_versions"][0].Values["version"] != int64(1) ||
			v.One["asset"].One["latest_version"].Values["version"] != int64(2) || v.Values["thumbnail_url"] != nil {
			t.Errorf("the version is %v %v %v", v.Values, v.One, v.Many)
		}
		people, err := ask(t, s, server, `select thumbnail_url from User where id is maya`)
		if err != nil || people.Rows[0].Values["thumbnail_url"] != "/component/thumbnail?id=c1&size=300" {
			t.Errorf("the picture is %v, %v", people, err)
		}
	})
}

func TestGroupsAreCounted(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		write(t, s, func(tx *store.Tx) error { return studio(t.Context(), tx) })
		found, err := ask(t, s, server, `select count(id), sum(bid), max(start_date), status_id from Task group by status_id order by status_id`)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, row := range found.Rows {
			got = append(got, fmt.Sprintf("%v %v %v", row.Values["status_id"], row.Values["count_id"], row.Values["sum_bid"]))
		}
		if text := strings.Join(got, ", "); text != "<nil> 1 <nil>, st1 2 3600, st2 1 7200" {
			t.Errorf("counted %s", text)
		}
	})
}

func TestPagesTellWhereTheNextBegins(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		write(t, s, func(tx *store.Tx) error { return studio(t.Context(), tx) })
		for text, want := range map[string]int{`Task limit 2`: 2, `Task offset 2 limit 2`: 4, `Task limit 5`: 0, `Task`: 0, `Task limit 0`: 0} {
			found, err := ask(t, s, server, text)
			if err != nil {
				t.Fatal(err)
			}
			got := 0
			if found.Next != nil {
				got = *found.Next
			}
			if got != want {
				t.Errorf("%s: the next page begins at %d, want %d", text, got, want)
			}
		}
	})
}

func TestFaultsOfAQueryNameTheirPlace(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		for text, want := range map[string]string{
			`Tusk`:                                                `column 1: there is no entity type "Tusk"`,
			`select nome from Task`:                               `column 8: Task has no attribute "nome"`,
			`Task where status.nome is 1`:                         `column 12: Status has no attribute "nome"`,
			`Task where name.x is 1`:                              `column 12: name of Task leads to no other entity`,
			`Task where status any (name is x)`:                   `column 12: status of Task is asked with "has"`,
			`Task where bid is many`:                              `column 19: "many" is no value for bid of Task`,
			`Task where link is x`:                                `column 12: link of Task cannot be compared or sorted by`,
			`Task order by notes.content`:                         `column 15: notes of Task is not a single entity`,
			`Status where state_id is x`:                          `column 14: Status has no attribute "state_id"`,
			`Task where assignments.resource[Task] has (id is x)`: `column 12: resource of Appointment is never a Task`,
			`Task where start_date > tomorrow`:                    `column 25: "tomorrow" is no value for start_date of Task`,
			`Resource where memberships any ()`:                   `column 16: "memberships" means different things on what a Resource can be; name the type, as in resource[User].memberships`,
			`select sum(name) from Task`:                          `column 12: name is no number, so it has no sum`,
		} {
			_, err := ask(t, s, server, text)
			var e *domain.Error
			if !errors.As(err, &e) || e.Code != domain.Invalid || e.Message != want {
				t.Errorf("%s: %v, want %s", text, err, want)
			}
		}
	})
}

func TestLongAlternativesAreAnswered(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		write(t, s, func(tx *store.Tx) error { return studio(t.Context(), tx) })
		terms := make([]string, 5_000)
		for i := range terms {
			terms[i] = fmt.Sprintf(`(note_id is "n%d"and resource_id is "anim")`, i)
		}
		found, err := ask(t, s, server, `Recipient where `+strings.Join(terms, " or "))
		if err != nil || keys(found) != "n1" {
			t.Errorf("%v, %v", found, err)
		}
		many := strings.Repeat("1,", 40_000) + "1"
		if q, err := query.Parse(`Task where bid in (` + many + `)`); err == nil {
			err = s.Read(t.Context(), func(tx *store.Tx) error { _, err := tx.Select(t.Context(), q, server); return err })
			if domain.CodeOf(err) != domain.Invalid {
				t.Errorf("too many values answer %v", err)
			}
		}
	})
}

func TestTreesFollowMovesAndDeletes(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		write(t, s, func(tx *store.Tx) error { return studio(t.Context(), tx) })
		shot, _ := schema.ByName("Shot")
		write(t, s, func(tx *store.Tx) error {
			return tx.Update(t.Context(), shot, []string{"sh1"}, map[string]any{"parent_id": "p1"})
		})
		if found, err := ask(t, s, server, `Task where ancestors any (id is sq1)`); err != nil || keys(found) != "t3" {
			t.Errorf("after the move: %v, %v", keys(found), err)
		}
		write(t, s, func(tx *store.Tx) error {
			return tx.Update(t.Context(), shot, []string{"sh2"}, map[string]any{"parent_id": "p2"})
		})
		if found, err := ask(t, s, store.Viewer{UserID: "ines"}, `Task order by id`); err != nil || keys(found) != "t1 t2" {
			t.Errorf("what moved into a private project is still seen: %v, %v", keys(found), err)
		}
		write(t, s, func(tx *store.Tx) error { return tx.Delete(t.Context(), shot, []string{"sh1"}) })
		for text, want := range map[string]string{
			`Task order by id`: "t3 t9", `Note order by id`: "msg msg2 n9", `AssetVersion`: "", `Recipient`: "msg", `Metadata`: "",
			`Appointment order by id`: "a2 a3 a9", `Component`: "", `Project where descendants.id is t1`: "",
		} {
			if found, err := ask(t, s, server, text); err != nil || keys(found) != want {
				t.Errorf("after the delete, %s: %q, %v, want %q", text, keys(found), err, want)
			}
		}
	})
}
