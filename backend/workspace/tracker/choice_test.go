package tracker_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// prefer has somebody choose the channels of a kind, in a project or, where that is "", everywhere.
func prefer(kind, project string, channels ...any) wire.Operation {
	d := data{"kind": kind, "channels": channels}
	if channels == nil {
		d["channels"] = []any{}
	}
	if project != "" {
		d["project_id"] = project
	}
	return create("NotificationPreference", d)
}

func defaults(kind string, channels ...any) wire.Operation {
	if channels == nil {
		channels = []any{}
	}
	return create("NotificationDefault", data{"kind": kind, "channels": channels})
}

// note has tomas write a note on comp, which tells maya.
func (s *studio) note(t testing.TB, id string) {
	t.Helper()
	s.do(t, "tomas", create("Note", data{"id": id, "content": "Edge.", "parent_id": "comp"}))
}

// heardOf says whether somebody's inbox has a row of a note.
func (s *studio) heardOf(t testing.TB, who, note string) bool {
	t.Helper()
	return len(s.ask(t, who, fmt.Sprintf(`select id from Notification where note_id is %q`, note))) > 0
}

func TestWhichSettingCounts(t *testing.T) {
	s := open(t)
	for i, step := range []struct {
		what  string
		by    string
		op    wire.Operation
		layer string // that decided of the inbox; "" where nothing comes
	}{
		{"nobody chose", "maya", update("User", "maya", data{"first_name": "Maya"}), "built_in"},
		{"the workspace says off", "ines", defaults("note"), ""},
		{"the workspace says inbox and digest", "ines", defaults("note", "digest", "internal"), "workspace"},
		{"she says mail alone", "maya", prefer("note", "", "mail"), ""},
		{"for the project she says inbox", "maya", prefer("note", "film", "internal"), "project"},
		{"for the project she says off", "maya", prefer("note", "film"), ""},
		{"somebody else's choice is theirs", "lena", prefer("note", "film", "internal"), ""},
	} {
		s.do(t, step.by, step.op)
		id := fmt.Sprintf("n%d", i)
		s.note(t, id)
		rows := s.ask(t, "maya", fmt.Sprintf("select kind, routes from Notification where note_id is %s", id))
		got := ""
		for _, row := range rows {
			for _, route := range row["routes"].([]any) {
				if r := route.(data); r["channel"] == "internal" {
					got = r["layer"].(string)
				}
			}
		}
		if got != step.layer {
			t.Errorf("%s: %v", step.what, rows)
		}
	}
}

func TestTheKindShownIsTheFirstThatReachesTheInbox(t *testing.T) {
	s := open(t)
	s.do(t, "", create("Manager", data{"context_id": "sq020", "user_id": "maya"}), create("Task", data{"id": "paint", "name": "paint", "parent_id": "sh0140"}))
	s.do(t, "maya", prefer("version_assigned", "", "mail"), prefer("version_supervised", "", "internal"))
	s.do(t, "vera", create("AssetVersion", data{"id": "next", "asset_id": "precomp", "task_id": "comp"}))
	row := s.one(t, "maya", "select kind, kinds, routes from Notification where version_id is next")
	if row["kind"] != "version_supervised" || fmt.Sprint(row["kinds"]) != "[version_assigned version_supervised]" {
		t.Errorf("%v", row)
	}
	if got := routesOf(row); got != "mail version_assigned own, internal version_supervised own" {
		t.Errorf("routes: %s", got)
	}
}

func routesOf(row data) string {
	var said []string
	for _, route := range row["routes"].([]any) {
		r := route.(data)
		said = append(said, fmt.Sprintf("%s %s %s", r["channel"], r["kind"], r["layer"]))
	}
	return strings.Join(said, ", ")
}

func TestADefaultChangesForAllWhoNeverChoseAndForNobodyElse(t *testing.T) {
	s := open(t)
	s.do(t, "", create("Project", data{"id": "short", "name": "short"}))
	s.do(t, "lena", prefer("status", "", "internal"))
	s.do(t, "nia", prefer("status", "short", "internal"))
	later, ready := update("Shot", "sh0140", data{"status_id": "later"}), update("Shot", "sh0140", data{"status_id": "ready"})
	s.do(t, "ines", defaults("status"))
	s.do(t, "tomas", later)
	for who, want := range map[string]int{"lena": 1, "nia": 0, "maya": 0} {
		if got := s.ask(t, who, "select id from Notification where kind is status"); len(got) != want {
			t.Errorf("off: %s has %d", who, len(got))
		}
	}
	s.do(t, "ines", defaults("status", "internal", "mail"))
	s.do(t, "tomas", ready)
	for who, want := range map[string]string{"lena": "internal status own", "nia": "mail status workspace, internal status workspace", "maya": "mail status workspace, internal status workspace"} {
		rows := s.ask(t, who, "select routes from Notification where kind is status order by seq desc")
		if len(rows) == 0 || routesOf(rows[0]) != want {
			t.Errorf("on: %s has %v", who, rows)
		}
	}
	id := s.one(t, "ines", "select id from NotificationDefault")["id"].(string)
	s.do(t, "ines", remove("NotificationDefault", id))
	s.do(t, "tomas", later)
	if rows := s.ask(t, "maya", "select routes from Notification where kind is status order by seq desc"); routesOf(rows[0]) != "internal status built_in" {
		t.Errorf("gone: %v", rows[0])
	}
}

func TestChoosingAgainChangesWhatWasChosen(t *testing.T) {
	s := open(t)
	for _, op := range []wire.Operation{prefer("note", "", "mail"), prefer("note", "", "internal", "mail"), prefer("note", "film"), prefer("note", "film", "digest")} {
		s.do(t, "maya", op)
	}
	rows := s.ask(t, "maya", "select id, project_id, channels from NotificationPreference order by project_id")
	if len(rows) != 2 || fmt.Sprint(rows[0]["channels"], rows[1]["channels"]) != "[mail internal] [digest]" && fmt.Sprint(rows[1]["channels"], rows[0]["channels"]) != "[mail internal] [digest]" {
		t.Errorf("%v", rows)
	}
	// What was not sent stays, and the answer names the one there is.
	first := s.do(t, "maya", create("UserPreference", data{"id": "desk", "theme": "light", "language": "es"}))
	again := s.do(t, "maya", create("UserPreference", data{"id": "laptop", "language": "en"}))
	got := s.one(t, "maya", "select id, theme, language, user_id from UserPreference")
	if got["id"] != "desk" || got["theme"] != "light" || got["language"] != "en" || got["user_id"] != "maya" {
		t.Errorf("%v", got)
	}
	for i, result := range [][]any{first, again} {
		if id := result[0].(wire.Answer).Data.(wire.Entity).Values["id"]; id != "desk" {
			t.Errorf("answer %d names %v", i, id)
		}
	}
	s.do(t, "ines", create("WorkspaceSetting", data{"name": "retention_days", "value": 90.0}), create("WorkspaceSetting", data{"name": "retention_days", "value": 60.0}))
	if got := s.one(t, "maya", "select value from WorkspaceSetting"); got["value"] != 60.0 {
		t.Errorf("%v", got)
	}
}

// TestManyDevicesChooseAtOnce has what is chosen for the first time chosen by several at once: nobody is
// refused, and one choice is left.
func TestManyDevicesChooseAtOnce(t *testing.T) {
	s := open(t)
	var devices sync.WaitGroup
	errs := make(chan error, 40)
	for i := range 10 {
		devices.Go(func() {
			hour := float64(i)
			for _, op := range []wire.Operation{
				create("UserPreference", data{"digest_hour": hour}), prefer("note", "", "mail"), prefer("note", "film", "digest"), mute("Task", "comp"),
			} {
				_, err := s.try("maya", op)
				errs <- err
			}
		})
	}
	devices.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			t.Error(err)
		}
	}
	for entity, want := range map[string]int{"UserPreference": 1, "NotificationPreference": 2, "NotificationMute": 1} {
		if rows := s.ask(t, "maya", "select id from "+entity); len(rows) != want {
			t.Errorf("%d of %s are left", len(rows), entity)
		}
	}
}

func TestAChoiceThatCannotBeIsRefusedAndSaysWhy(t *testing.T) {
	s := open(t)
	s.do(t, "ines", create("WorkspaceSetting", data{"id": "hour", "name": "digest_hour", "value": 9.0}))
	s.do(t, "maya", create("UserPreference", data{"id": "hers"}), create("NotificationPreference", data{"id": "hers", "kind": "note", "channels": []any{}}))
	setting := func(name string, value any) wire.Operation {
		return create("WorkspaceSetting", data{"name": name, "value": value})
	}
	hours := func(value any) wire.Operation { return create("UserPreference", data{"quiet_hours": value}) }
	day := func(spans ...any) data { return data{"monday": spans} }
	span := func(from, to string) data { return data{"from": from, "to": to} }
	for what, c := range map[string]struct {
		by            string
		op            wire.Operation
		code          domain.Code
		field, reason string
	}{
		"an unknown kind":              {"maya", prefer("fire_alarm", "", "mail"), domain.Invalid, "kind", "unknown_kind"},
		"no kind":                      {"maya", create("NotificationPreference", data{"channels": []any{}}), domain.Invalid, "kind", ""},
		"an unknown channel":           {"maya", prefer("note", "", "pigeon"), domain.Invalid, "channels", "unknown_channel"},
		"no channels":                  {"maya", create("NotificationPreference", data{"kind": "note", "project_id": "film"}), domain.Invalid, "channels", ""},
		"channels that are no list":    {"maya", create("NotificationPreference", data{"kind": "note", "channels": "mail"}), domain.Invalid, "channels", ""},
		"channels taken away":          {"maya", update("NotificationPreference", "hers", data{"channels": nil}), domain.Invalid, "channels", ""},
		"a channel in an update":       {"maya", update("NotificationPreference", "hers", data{"channels": []any{"fax"}}), domain.Invalid, "channels", "unknown_channel"},
		"another kind afterwards":      {"maya", update("NotificationPreference", "hers", data{"kind": "message"}), domain.Invalid, "kind", ""},
		"in another's name":            {"maya", create("NotificationPreference", data{"user_id": "lena", "kind": "note", "channels": []any{}}), domain.Forbidden, "user_id", ""},
		"in another's name, by ines":   {"ines", create("NotificationPreference", data{"user_id": "maya", "kind": "note", "channels": []any{}}), domain.Forbidden, "user_id", ""},
		"somebody else's":              {"ines", update("NotificationPreference", "hers", data{"channels": []any{}}), domain.NotFound, "", ""},
		"somebody else's preferences":  {"ines", update("UserPreference", "hers", data{"theme": "dark"}), domain.NotFound, "", ""},
		"a day that is none":           {"maya", hours(data{"caturday": []any{}}), domain.Invalid, "quiet_hours", "invalid_quiet_hours"},
		"a time that is none":          {"maya", hours(day(span("25:00", "26:00"))), domain.Invalid, "quiet_hours", "invalid_quiet_hours"},
		"an end before its beginning":  {"maya", hours(day(span("22:00", "06:00"))), domain.Invalid, "quiet_hours", "invalid_quiet_hours"},
		"hours that are none":          {"maya", hours("always"), domain.Invalid, "quiet_hours", ""},
		"a word too many in a span":    {"maya", hours(day(data{"from": "01:00", "to": "02:00", "why": "sleep"})), domain.Invalid, "quiet_hours", ""},
		"a zone that is none":          {"maya", create("UserPreference", data{"timezone": "Mars/Olympus"}), domain.Invalid, "timezone", "invalid_timezone"},
		"the zone of some computer":    {"maya", create("UserPreference", data{"timezone": "Local"}), domain.Invalid, "timezone", "invalid_timezone"},
		"a zone in an update":          {"maya", update("UserPreference", "hers", data{"timezone": "../../etc/passwd"}), domain.Invalid, "timezone", "invalid_timezone"},
		"a page that is none":          {"maya", create("UserPreference", data{"default_page": "nowhere"}), domain.Invalid, "default_page", ""},
		"a language nobody speaks":     {"maya", create("UserPreference", data{"language": "tlh"}), domain.Invalid, "language", ""},
		"a theme that is none":         {"maya", create("UserPreference", data{"theme": "pink"}), domain.Invalid, "theme", ""},
		"an interval that is none":     {"maya", create("UserPreference", data{"digest_interval": "sometimes"}), domain.Invalid, "digest_interval", ""},
		"an hour that is none":         {"maya", create("UserPreference", data{"digest_hour": 24.0}), domain.Invalid, "digest_hour", ""},
		"a program's path":             {"maya", create("UserPreference", data{"player": "/usr/bin/rv"}), domain.Invalid, "player", "unknown_player"},
		"a setting nobody knows":       {"ines", setting("colour", "green"), domain.Invalid, "name", "unknown_setting"},
		"a setting by anybody":         {"tomas", setting("digest_hour", 9.0), domain.Forbidden, "", ""},
		"a default by anybody":         {"tomas", defaults("note"), domain.Forbidden, "", ""},
		"a default of an unknown kind": {"ines", defaults("fire_alarm"), domain.Invalid, "kind", "unknown_kind"},
		"a default of no kind":         {"ines", create("NotificationDefault", data{"channels": []any{}}), domain.Invalid, "kind", ""},
		"an hour for all":              {"ines", setting("digest_hour", 99.0), domain.Invalid, "value", "out_of_range"},
		"an hour in words":             {"ines", setting("digest_hour", "nine"), domain.Invalid, "value", ""},
		"an hour in an update":         {"ines", update("WorkspaceSetting", "hour", data{"value": -1.0}), domain.Invalid, "value", "out_of_range"},
		"no days at all":               {"ines", setting("retention_days", 0.0), domain.Invalid, "value", "out_of_range"},
		"half a day":                   {"ines", setting("retention_done_days", 1.5), domain.Invalid, "value", ""},
		"hours for all":                {"ines", setting("quiet_hours", day(span("1", "2"))), domain.Invalid, "quiet_hours", "invalid_quiet_hours"},
		"an interval for all":          {"ines", setting("digest_interval", "yearly"), domain.Invalid, "digest_interval", ""},
		"players that are paths":       {"ines", setting("allowed_players", []any{"rv", `C:\rv.exe`}), domain.Invalid, "value", "unknown_player"},
		"a name of a setting changed":  {"ines", update("WorkspaceSetting", "hour", data{"name": "player"}), domain.Invalid, "name", ""},
	} {
		_, err := s.try(c.by, c.op)
		failure, _ := err.(*domain.Error) //nolint:errorlint // Do gives it as it is
		if domain.CodeOf(err) != c.code || failure == nil || failure.Field != c.field || failure.Reason != c.reason {
			t.Errorf("%s: %#v", what, err)
		}
	}
}

func TestAProjectThatIsNotSeenIsLikeOneThatIsNot(t *testing.T) {
	s := open(t)
	_, hidden := s.try("maya", prefer("note", "vault", "mail"))
	_, missing := s.try("maya", prefer("note", "nowhere", "mail"))
	if hidden == nil || missing == nil || hidden.Error() != missing.Error() {
		t.Errorf("%v\n%v", hidden, missing)
	}
	for _, entity := range []string{"core", "nowhere"} {
		_, err := s.try("maya", create("NotificationMute", data{"entity_type": "Task", "entity_id": entity}))
		if domain.CodeOf(err) != domain.NotFound || strings.Contains(err.Error(), entity) {
			t.Errorf("%s: %v", entity, err)
		}
	}
}

func TestChoicesAreKeptInTheirNormalForm(t *testing.T) {
	s := open(t)
	s.do(t, "maya",
		create("UserPreference", data{"quiet_hours": data{
			"tuesday": []any{data{"from": "20:00", "to": "24:00"}, data{"from": "00:00", "to": "07:00"}, data{"from": "06:00", "to": "08:30"}}, "monday": []any{},
		}, "timezone": "Europe/Madrid", "digest_hour": 7.0, "player": "mrv2"}),
		prefer("note", "", "digest", "mail", "digest"))
	row := s.one(t, "maya", "select quiet_hours, digest_hour from UserPreference")
	if got := asText(t, row["quiet_hours"]); got != `{"tuesday":[{"from":"00:00","to":"08:30"},{"from":"20:00","to":"24:00"}]}` {
		t.Errorf("%s", got)
	}
	if got := s.one(t, "maya", "select channels from NotificationPreference")["channels"]; fmt.Sprint(got) != "[mail digest]" {
		t.Errorf("%v", got)
	}
	// Never quiet is a choice; none follows the workspace.
	id := s.one(t, "maya", "select id from UserPreference")["id"].(string)
	for _, c := range []struct {
		set  any
		want string
	}{{data{}, "{}"}, {nil, "null"}} {
		s.do(t, "maya", update("UserPreference", id, data{"quiet_hours": c.set}))
		if got := asText(t, s.one(t, "maya", "select quiet_hours from UserPreference")["quiet_hours"]); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
	if row := s.one(t, "maya", "select digest_hour, timezone from UserPreference"); row["digest_hour"] != 7.0 || row["timezone"] != "Europe/Madrid" {
		t.Errorf("%v", row)
	}
	s.do(t, "ines", create("WorkspaceSetting", data{"name": "allowed_players", "value": []any{"rv", "mrv2", "rv"}}), create("WorkspaceSetting", data{"name": "player", "value": nil}))
	if got := s.one(t, "maya", `select value from WorkspaceSetting where name is "allowed_players"`); fmt.Sprint(got["value"]) != "[mrv2 rv]" {
		t.Errorf("%v", got)
	}
}

func asText(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWhatSomebodyChoseIsSeenByNobodyElse(t *testing.T) {
	s := open(t)
	s.do(t, "maya", create("UserPreference", data{"theme": "light"}), prefer("note", "", "mail"), create("NotificationMute", data{"entity_type": "Task", "entity_id": "comp"}))
	for _, entity := range []string{"UserPreference", "NotificationPreference", "NotificationMute"} {
		for who, want := range map[string]int{"maya": 1, "ines": 0, "tomas": 0} {
			if rows := s.ask(t, who, "select id from "+entity); len(rows) != want {
				t.Errorf("%s sees %d of %s", who, len(rows), entity)
			}
		}
	}
}

func TestTenThousandOverridesSlowNobody(t *testing.T) {
	s := open(t)
	var ops []wire.Operation
	const projects = 770 // times 13 kinds
	for i := range projects {
		id := fmt.Sprintf("p%d", i)
		ops = append(ops, create("Project", data{"id": id, "name": id}))
	}
	s.do(t, "", ops...)
	ops = nil
	for i := range projects {
		for _, kind := range domain.Kinds {
			ops = append(ops, prefer(string(kind), fmt.Sprintf("p%d", i), "digest"))
		}
	}
	for len(ops) > 0 {
		n := min(len(ops), 500)
		s.do(t, "maya", ops[:n]...)
		ops = ops[n:]
	}
	if rows := s.ask(t, "maya", `select channels from NotificationPreference where project_id is "p7"`); len(rows) != len(domain.Kinds) {
		t.Errorf("%d rows", len(rows))
	}
	s.note(t, "n1")
	if !s.heardOf(t, "maya", "n1") {
		t.Error("what she chose elsewhere silences what is here")
	}
}
