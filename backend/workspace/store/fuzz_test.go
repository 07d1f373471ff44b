package store

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/query"
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
	s := opened(f)
	f.Fuzz(func(t *testing.T, text string) {
		q, err := query.Parse(text)
		if err != nil {
			return
		}
		for _, v := range []Viewer{{UserID: "u"}, {Everything: true}} {
			err := s.Read(t.Context(), func(tx *Tx) error {
				tx.hidden = map[string][]string{"u": {"p9"}}
				_, err := tx.Select(t.Context(), q, v)
				return err
			})
			if err != nil && domain.CodeOf(err) != domain.Invalid {
				t.Errorf("%s: %v", text, err)
			}
		}
	})
}

func opened(t testing.TB) *Store {
	t.Helper()
	s, err := Open(t.Context(), Config{Path: filepath.Join(t.TempDir(), "data.db"), Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}
