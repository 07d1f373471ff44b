package store

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store/postgrestest"
)

// FuzzSelect holds that whatever parses is answered or refused as the asker's fault, never by SQL.
func FuzzSelect(f *testing.F) {
	for _, text := range []string{
		`select name, link, notes.author.first_name from Task where not assignments any (resource[User].username like "a%") order by status.sort desc limit 3`,
		`select count(id), max(start_date) from Task group by status_id, project.name`,
		`Note where in_reply_to has (recipients any ()) or parent_id in (select id from Context where ancestors.name is x limit 2)`,
		`select latest_version.link, ancestors.name from Asset where latest_version is none`,
		`Metadata where value is none offset 3`, `select is_latest_version, thumbnail_url from AssetVersion order by is_latest_version`,
		`User where assignments is none and is_active in (true, none)`,
	} {
		f.Add(text)
	}
	stores := []*Store{opened(f), openedAt(f, Config{Database: postgrestest.Database(f)})}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := query.Parse(text)
		if err != nil {
			return
		}
		for _, s := range stores {
			if err := asked(t, s, q); err != nil && domain.CodeOf(err) != domain.Invalid {
				t.Errorf("%s, of %s: %v", text, s.engine, err)
			}
		}
	})
}

// asked asks a query for somebody who does not see everything, and for somebody who does.
func asked(t *testing.T, s *Store, q *query.Query) error {
	for _, v := range []Viewer{{UserID: "u"}, {Everything: true}} {
		err := s.Read(t.Context(), func(tx *Tx) error {
			tx.hidden = map[string][]string{"u": {"p9"}}
			_, err := tx.Select(t.Context(), q, v)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// words are a value of each kind as queries write it.
var words = map[schema.Kind]string{
	schema.Text: `"x"`, schema.Integer: `1.5`, schema.Number: `2`, schema.Boolean: `true`, schema.DateTime: `"2026-11-24"`, schema.Variable: `"x"`,
}

// TestEveryAttributeCanBeAskedForOnEveryEngine asks of each type for all it has, by all it has.
func TestEveryAttributeCanBeAskedForOnEveryEngine(t *testing.T) {
	stores := []*Store{opened(t), openedAt(t, Config{Database: postgrestest.Database(t)})}
	for _, typ := range schema.All() {
		var all, terms, order, counted, groups []string
		for _, a := range typ.Attributes {
			if a.Hidden {
				continue
			}
			all = append(all, a.Name)
			word, comparable := words[a.Kind]
			switch {
			case a.Relation():
				terms = append(terms, a.Name+map[bool]string{false: " has ()", true: " any ()"}[a.Many()], a.Name+" is none")
			case comparable && a.Stored():
				terms = append(terms, fmt.Sprintf("%[1]s is %[2]s or %[1]s in (%[2]s, none)", a.Name, word))
				order, counted = append(order, a.Name), append(counted, "count("+a.Name+")")
				if a.Kind != schema.Boolean {
					terms = append(terms, a.Name+" is_not "+word)
					counted = append(counted, "max("+a.Name+")")
				}
				if a.Kind == schema.Text {
					terms = append(terms, a.Name+` like "x%"`)
				}
				if a.Kind == schema.Integer || a.Kind == schema.Number {
					counted = append(counted, "sum("+a.Name+")", "avg("+a.Name+")")
				}
				groups = append(groups, a.Name)
			}
		}
		for _, text := range []string{
			fmt.Sprintf("select %s from %s limit 3", strings.Join(all, ", "), typ.Name),
			fmt.Sprintf("%s where %s order by %s limit 3", typ.Name, strings.Join(terms, " or "), strings.Join(order, " desc, ")),
			fmt.Sprintf("select %s from %s group by %s", strings.Join(counted, ", "), typ.Name, strings.Join(groups, ", ")),
		} {
			q, err := query.Parse(text)
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			answers := make([]string, len(stores))
			for i, s := range stores {
				err := asked(t, s, q)
				if answers[i] = fmt.Sprint(err); err != nil && domain.CodeOf(err) != domain.Invalid {
					t.Errorf("%s, of %s: %v", text, s.engine, err)
				}
			}
			if answers[0] != answers[1] {
				t.Errorf("%s: %s", text, strings.Join(answers, " and "))
			}
		}
	}
}

func opened(t testing.TB) *Store {
	t.Helper()
	return openedAt(t, Config{Path: filepath.Join(t.TempDir(), "data.db")})
}

func openedAt(t testing.TB, cfg Config) *Store {
	t.Helper()
	s, err := Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}
