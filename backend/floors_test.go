package backend_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/callboard/callboard/backend/"

// floors is the map of the house: a room (left) may import these rooms of ours (right) and no others.
// It is the diagram of backend/README.md; a new word in it needs its reason in the commit.
var floors = map[string]string{
	// ground
	"domain":       "",
	"rules":        "domain",
	"phrases":      "domain",
	"ftrack/wire":  "domain",
	"ftrack/query": "domain",

	// things
	"ftrack": "domain rules ftrack/wire ftrack/query",
	// The fake server of tests above the client; nothing that ships imports it.
	"ftrack/ftracktest": "domain ftrack/wire",

	"cache":    "domain",
	"keychain": "domain",
	"toast":    "domain phrases",
	"tray":     "domain phrases",
	"players":  "domain",
	"system":   "domain",

	// work and doors
	"syncer":  "domain rules",
	"desktop": "domain rules phrases",
	"bridge":  "domain desktop",

	// the workspace server
	"workspace/schema": "domain",
	"workspace/bus":    "domain",
	"workspace/media":  "domain",
	"workspace/store":  "domain ftrack/query workspace/schema",
	// For tests: a private PostgreSQL, and a store on every engine. Nothing that ships imports them.
	"workspace/store/postgrestest": "",
	"workspace/store/storetest":    "workspace/store workspace/store/postgrestest",

	"workspace/auth":    "domain workspace/store",
	"workspace/jobs":    "domain workspace/store",
	"workspace/mail":    "domain phrases",
	"workspace/tracker": "domain rules ftrack/wire ftrack/query workspace/schema workspace/store",
	"workspace/events":  "domain ftrack/wire workspace/bus workspace/auth",
	"workspace/api":     "domain ftrack/wire workspace/schema workspace/tracker workspace/auth workspace/media",
	"workspace/metrics": "domain",
	"workspace/pages":   "domain phrases workspace/auth",
	"workspace/demo":    "domain ftrack/wire",
	// The server's assembly: all its rooms, and phrases because it hands the tracker the words of a summary.
	"workspace": "domain phrases rules ftrack/wire ftrack/query workspace/schema workspace/bus workspace/media workspace/store workspace/auth " +
		"workspace/jobs workspace/mail workspace/metrics workspace/tracker workspace/events workspace/api workspace/pages workspace/demo",
	"cmd/callboard-server": "domain workspace workspace/demo",
}

// owners says which rooms may speak to an outside thing. Nobody else imports it.
var owners = map[string]string{
	"go.etcd.io/bbolt":                "cache",
	"github.com/godbus/dbus":          "toast tray system",
	"modernc.org/sqlite":              "workspace/store",
	"github.com/jackc/pgx":            "workspace/store workspace/store/postgrestest",
	"github.com/pressly/goose":        "workspace/store",
	"github.com/nats-io":              "workspace/bus",
	"github.com/wneessen/go-mail":     "workspace/mail",
	"github.com/prometheus":           "workspace/metrics",
	"github.com/zalando/go-keyring":   "keychain",
	"fyne.io/systray":                 "tray",
	"github.com/gen2brain/beeep":      "toast",
	"github.com/wailsapp/wails":       "",
	"database/sql":                    "workspace/store workspace/store/postgrestest",
	"github.com/nicksnyder/go-i18n":   "phrases",
	"github.com/boombuler/barcode":    "desktop",
	"golang.org/x/crypto/argon2":      "workspace/auth",
	"github.com/pquerna/otp":          "workspace/auth",
	"github.com/coder/websocket":      "ftrack ftrack/ftracktest workspace/events",
	"github.com/huandu/go-sqlbuilder": "workspace/store",
	"golang.org/x/time":               "workspace/events",
}

// TestRoomsImportOnlyWhatTheirRowNames reads imports by parsing, so that the files of every system
// and build tag are seen. Tests may look around: only shipped code is held to the table.
func TestRoomsImportOnlyWhatTheirRowNames(t *testing.T) {
	each(t, func(room, file string, imports []string) {
		row, known := floors[room]
		if !known {
			t.Errorf("%s: room %q is not in the table", file, room)
			return
		}
		allowed := strings.Fields(row)
		for _, path := range imports {
			if ours, ok := strings.CutPrefix(path, module); ok && !slices.Contains(allowed, ours) {
				t.Errorf("%s: %s must not import %s", file, room, ours)
			}
			for outside, rooms := range owners {
				if (path == outside || strings.HasPrefix(path, outside+"/")) && !slices.Contains(strings.Fields(rooms), room) {
					t.Errorf("%s: only %q may import %s", file, rooms, path)
				}
			}
		}
	})
}

// TestEveryRoomSaysWhatItIsFor wants one package comment a room.
func TestEveryRoomSaysWhatItIsFor(t *testing.T) {
	said := map[string]bool{}
	rooms := map[string]bool{}
	walk(t, func(room, file string) {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		rooms[room] = true
		said[room] = said[room] || parsed.Doc != nil
	})
	for room := range rooms {
		if !said[room] {
			t.Errorf("%s has no package comment", room)
		}
	}
}

// TestTheMapNamesTheRoomsThatExist holds backend/README.md to the folders: every room with code stands
// in its table, and the table names no room that is not there.
func TestTheMapNamesTheRoomsThatExist(t *testing.T) {
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	mapped := map[string]bool{}
	for line := range strings.Lines(string(page)) {
		if name, _, found := strings.Cut(strings.TrimPrefix(line, "| `"), "` |"); found && strings.HasPrefix(line, "| `") {
			mapped[name] = true
		}
	}
	rooms := map[string]bool{}
	walk(t, func(room, _ string) { rooms[room] = true })
	for room := range rooms {
		if !mapped[room] {
			t.Errorf("%s is missing from README.md", room)
		}
	}
	for room := range mapped {
		if !rooms[room] {
			t.Errorf("README.md names %s, which is not there", room)
		}
	}
}

func each(t *testing.T, visit func(room, file string, imports []string)) {
	walk(t, func(room, file string) {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		var imports []string
		for _, spec := range parsed.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			imports = append(imports, path)
		}
		visit(room, file, imports)
	})
}

func walk(t *testing.T, visit func(room, file string)) {
	err := fs.WalkDir(os.DirFS("."), ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "testdata" || entry.Name() == "node_modules"):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		visit(filepath.ToSlash(filepath.Dir(path)), path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
