package query_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/ftrack/query"
)

// TestParse reads queries as both official clients and scripts write them, and shows the tree as the
// plainest text that means the same.
func TestParse(t *testing.T) {
	for given, want := range map[string]string{
		`Task`:                          `Task`,
		`select id from User`:           `select id from User`,
		`SELECT name FROM Task LIMIT 1`: `select name from Task limit 1`,
		`select id from Task where name is "a" offset 500 limit 500`: `select id from Task where name is "a" offset 500 limit 500`,
		`Task limit 5 offset 2`:                               `Task offset 2 limit 5`,
		"select link, name\n\tfrom Task\nwhere name is 'x'\n": `select link, name from Task where name is "x"`,

		// Composite keys as the Python client writes them: no space after the closing quote.
		`Recipient where (note_id is "a"and resource_id is "b") or (note_id is "c"and resource_id is "d")`: `Recipient where (note_id is "a" and resource_id is "b") or (note_id is "c" and resource_id is "d")`,
		// Ids without quotes, and Python's and JavaScript's own words for nothing and truth.
		`Task where id is 6f2e0c10-1d9a-11e4-8a21-0800200c9a66`:               `Task where id is 6f2e0c10-1d9a-11e4-8a21-0800200c9a66`,
		`Task where id in (a1-b2,c3-d4)`:                                      `Task where id in (a1-b2, c3-d4)`,
		`Task where parent_id is None and thumbnail_id is_not null or x=True`: `Task where (parent_id is None and thumbnail_id is_not null) or x is True`,

		`Project where status is active and name like "%thrones"`:                 `Project where status is active and name like "%thrones"`,
		`Task where start_date after 2015-06-01 and end_date before '2016-01-01'`: `Task where start_date > 2015-06-01 and end_date < "2016-01-01"`,
		`Timelog where start >= "2024-05-01T00:00:00+02:00"`:                      `Timelog where start >= "2024-05-01T00:00:00+02:00"`,
		`Task where bid greater_than 5 and bid less_than -1.5`:                    `Task where bid > 5 and bid < -1.5`,
		`Task where status.name not_in ("Omitted","On Hold")`:                     `Task where status.name not_in ("Omitted", "On Hold")`,
		`Task where name in ()`:                                                   `Task where name in ()`,
		`Task where not name not_like "a\"b"`:                                     `Task where not name not_like "a\"b"`,

		`Note where author has (first_name is "Jane" and last_name is "Doe")`:                  `Note where author has (first_name is "Jane" and last_name is "Doe")`,
		`Task where not timelogs any ()`:                                                       `Task where not timelogs any ()`,
		`Task where metadata any (key=foo and value=bar)`:                                      `Task where metadata any (key is foo and value is bar)`,
		`Appointment where resource[Group].memberships.user.username is "jo"`:                  `Appointment where resource[Group].memberships.user.username is "jo"`,
		`Note where parent_id in (select id from ReviewSessionObject where version_id is "v")`: `Note where parent_id in (select id from ReviewSessionObject where version_id is "v")`,
		`Note where parent_id in (Task where name is "v")`:                                     `Note where parent_id in (Task where name is "v")`,
		`select count(id), status_id from Task group by status_id order by count desc`:         `select count(id), status_id from Task group by status_id order by count desc`,
		`Task order by status.sort asc, name descending`:                                       `Task order by status.sort, name desc`,
		`Task where a is 1 and (b is 2 and (c is 3))`:                                          `Task where a is 1 and b is 2 and c is 3`,
		`Task where name is "Ünïcode 役 🎬"`:                                                     `Task where name is "Ünïcode 役 🎬"`,
	} {
		q, err := query.Parse(given)
		if err != nil {
			t.Errorf("%s\n  %v", given, err)
			continue
		}
		if got := q.String(); got != want {
			t.Errorf("%s\n  got  %s\n  want %s", given, got, want)
		}
	}
}

func TestAFaultNamesItsColumn(t *testing.T) {
	for given, want := range map[string]struct {
		column int
		says   string
	}{
		``:                                   {1, "name of an entity type"},
		`select from Task`:                   {13, `expected "from"`},
		`select id Task`:                     {11, `expected "from"`},
		`Task where`:                         {11, "name of an attribute"},
		`Task where name`:                    {16, "operator"},
		`Task where name is`:                 {19, "a value"},
		`Task where name ~ 5`:                {17, "cannot stand here"},
		`Task where name ! 5`:                {17, "must be followed"},
		`Task where näme is "ä"`:             {12, "name of an attribute"},
		`Task where name is "ä`:              {20, "never closed"},
		`Task where (name is "a"`:            {24, `expected ")"`},
		`Task where name is "a" name is "b"`: {24, "the end of the query"},
		`Task limit x`:                       {12, "whole number"},
		`Task limit 1 limit 2`:               {14, "twice"},
		`Task order name`:                    {12, `expected "by"`},
		`select nope(id) from Task`:          {8, "no function"},
		`Task where assignments any name`:    {28, `expected "("`},
		`Task where a[User.b is 1`:           {14, "name of an entity type"},
	} {
		_, err := query.Parse(given)
		var fault *query.SyntaxError
		if !errors.As(err, &fault) {
			t.Errorf("%q: %v is no syntax error", given, err)
			continue
		}
		if fault.Column != want.column || !strings.Contains(fault.Message, want.says) {
			t.Errorf("%q: column %d, %q; want column %d, %q", given, fault.Column, fault.Message, want.column, want.says)
		}
	}
}

func TestHostileTextIsRefusedQuickly(t *testing.T) {
	for name, given := range map[string]string{
		"parentheses without end": "Task where " + strings.Repeat("(", 200_000),
		"negations without end":   "Task where " + strings.Repeat("not ", 100_000) + "a is 1",
		"subqueries without end":  "Task where " + strings.Repeat("id in (select id from Task where ", 20_000),
		"a megabyte too much":     "Task where name is \"" + strings.Repeat("a", query.MaxLength) + "\"",
		"no text at all":          "Task where name is \"\xff\"",
	} {
		if _, err := query.Parse(given); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestALongChainIsOneNode(t *testing.T) {
	q, err := query.Parse("Task where id is a" + strings.Repeat(" or id is a", 4999))
	if err != nil {
		t.Fatal(err)
	}
	if or, ok := q.Where.(query.Or); !ok || len(or.Terms) != 5000 {
		t.Errorf("got %T", q.Where)
	}
}

func TestAQuotedNoneIsText(t *testing.T) {
	q, err := query.Parse(`Task where a is "none" and b is none`)
	if err != nil {
		t.Fatal(err)
	}
	terms := q.Where.(query.And).Terms
	if terms[0].(query.Compare).Value.None() || !terms[1].(query.Compare).Value.None() {
		t.Error("only the unquoted word means nothing")
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`select id, status.name from Task where assignments any (resource.username = "jo") and not x is None order by a desc offset 1 limit 2`,
		`Appointment where resource[Group].memberships.user.id in (select id from User where a like '%\'%')`,
		`select count(id) from Task group by status_id`,
		`Task where (a is "x"and b is 'y') or c != 3`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := query.Parse(text)
		if err != nil {
			return
		}
		again, err := query.Parse(q.String())
		if err != nil {
			t.Fatalf("%q was read, but not %q, which means the same: %v", text, q.String(), err)
		}
		if again.String() != q.String() {
			t.Fatalf("%q became %q", q.String(), again.String())
		}
	})
}
