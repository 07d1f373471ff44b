package tracker_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

func search(expression, entity string, rest data) wire.Operation {
	return wire.Operation{Action: "search", Expression: expression, EntityType: entity, Rest: rest}
}

func terms(words ...any) data { return data{"terms": words} }

func TestSearchFindsWhereEveryTermOccursAndPutsBeginningsFirst(t *testing.T) {
	s := open(t)
	s.do(t, "", scene()...)
	s.do(t, "",
		create("Task", data{"id": "xcomp", "name": "a comp of Ägypten", "parent_id": "sh0140"}),
		create("Task", data{"id": "comp2", "name": "Comp two", "parent_id": "sq020"}),
		create("Note", data{"id": "secret", "content": "first of all, the vault", "parent_id": "core", "user_id": "tomas"}))
	for name, c := range map[string]struct {
		who  string
		op   wire.Operation
		want string
	}{
		"one word":                     {"maya", search("select name from Task", "Task", terms("COMP")), "comp2 comp xcomp"},
		"every word":                   {"maya", search("select name from Task", "Task", terms("comp", "ägyp")), "xcomp"},
		"empty words ask nothing":      {"maya", search("select name from Task where id is comp", "Task", terms(" ", "")), "comp"},
		"no words":                     {"maya", search("Task where id is comp", "Task", nil), "comp"},
		"the query's own criteria":     {"maya", search("Task where parent_id is sh0140 or parent_id is film", "Task", terms("comp")), "comp xcomp"},
		"the query's own order":        {"maya", search("Task order by id desc", "Task", terms("comp")), "xcomp comp2 comp"},
		"a page":                       {"maya", search("Task limit 2", "Task", terms("comp")), "comp2 comp"},
		"a page across":                {"maya", search("Task offset 1 limit 2", "Task", terms("comp")), "comp xcomp"},
		"a page of the rest":           {"maya", search("Task limit 2 offset 2", "Task", terms("comp")), "xcomp"},
		"a page of nothing":            {"maya", search("Task limit 0", "Task", terms("comp")), ""},
		"the type the query widens":    {"maya", search("TypedContext", "Task", terms("sh0140")), "sh0140"},
		"no type beside the query":     {"maya", search("Shot", "", terms("014")), "sh0140"},
		"of some object types":         {"maya", search("TypedContext", "TypedContext", data{"terms": []any{"0"}, "object_type_ids": []any{"bad911de-3bd6-47b9-8b46-3476e237cb36"}}), "sh0140"},
		"within a sequence":            {"maya", search("Task", "Task", data{"terms": []any{"comp"}, "context_id": "sh0140"}), "comp xcomp"},
		"within a project":             {"maya", search("Task", "Task", data{"terms": []any{"comp"}, "context_id": "film"}), "comp2 comp xcomp"},
		"within nothing":               {"maya", search("Task", "Task", data{"terms": []any{"comp"}, "context_id": "nowhere"}), ""},
		"people by any of their names": {"maya", search("User", "User", terms("ma")), "maya tomas"},
		"projects by their long name":  {"maya", search("Project", "Project", terms("lights")), "film"},
		"versions by their asset":      {"maya", search("AssetVersion", "AssetVersion", data{"terms": []any{"pre"}, "context_id": "sq020"}), "retake take"},
		"notes by what they say":       {"maya", search("Note", "Note", terms("FIRST")), "n1"},
		"what is kept from others":     {"tomas", search("Note", "Note", terms("first")), "n1 secret"},
		"a percent sign is any text":   {"maya", search("Task", "Task", terms("c%p")), "comp2 comp xcomp"},
		"an underscore is one":         {"maya", search("Task", "Task", terms("fix_1")), "paint"},
	} {
		results, err := s.try(c.who, c.op)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := answered(results[0], name != "versions by their asset"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	answer, _ := s.do(t, "maya", search("Task limit 2", "Task", terms("comp")))[0].(wire.Answer)
	if answer.Action != "search" || answer.Next == nil || *answer.Next != 2 {
		t.Errorf("%+v", answer)
	}
}

func TestSearchRefusesWhatItCannotDo(t *testing.T) {
	s := open(t)
	for name, op := range map[string]wire.Operation{
		"no query":           search("", "Task", terms("a")),
		"an unknown type":    search("Task", "Nonsense", terms("a")),
		"two types":          search("Task", "User", terms("a")),
		"terms of no list":   search("Task", "Task", data{"terms": "a"}),
		"terms of no text":   search("Task", "Task", terms(1.0)),
		"a term without end": search("Task", "Task", terms(strings.Repeat("a", 201))),
		"terms without end":  search("Task", "Task", terms("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k")),
		"counting":           search("select count(id) from Task group by status_id", "Task", terms("a")),
		"nothing to read":    search("Appointment", "Appointment", terms("a")),
		"odd object types":   search("Task", "Task", data{"terms": []any{"a"}, "object_type_ids": data{"id": "x"}}),
		"a zero byte":        search("Task", "Task", terms("a\x00")),
	} {
		if _, err := s.try("ines", op); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSearchAnswersAreBounded holds that a search without a limit does not answer a whole table.
func TestSearchAnswersAreBounded(t *testing.T) {
	s := open(t)
	var ops []wire.Operation
	for i := range 600 {
		ops = append(ops, create("Task", data{"id": fmt.Sprintf("t%03d", i), "name": fmt.Sprintf("match %03d", i), "parent_id": "sh0140"}))
	}
	s.do(t, "", ops...)
	for expression, want := range map[string]int{"Task": 100, "Task limit 5000": 500, "Task limit 50 offset 590": 10} {
		answer, _ := s.do(t, "maya", search(expression, "Task", terms("match")))[0].(wire.Answer)
		if rows, _ := answer.Data.([]any); len(rows) != want {
			t.Errorf("%s: %d rows, want %d", expression, len(rows), want)
		}
	}
}
