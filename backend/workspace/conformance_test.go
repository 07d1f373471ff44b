package workspace_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/backend/workspace/store/storetest"
)

// conformance is the folder of the scripts that use the official JavaScript client.
const conformance = "testdata/conformance"

// TestOfficialClient runs each script against one server an engine with the demo show in it: what the
// scripts write, they write under ids of their own.
func TestOfficialClient(t *testing.T) {
	install(t)
	storetest.EachEngine(t, func(t *testing.T, at store.Config) {
		converse(t, startWith(t, workspace.Config{DataDir: t.TempDir(), Database: at.Database, Demo: &demo.Config{Quiet: true}}))
	})
}

func converse(t *testing.T, server *workspace.Server) {
	t.Helper()
	node := program(t, "node")
	users, err := json.Marshal(server.Users)
	if err != nil {
		t.Fatal(err)
	}
	scripts, err := filepath.Glob(conformance + "/*.mjs")
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range scripts {
		name := strings.TrimSuffix(filepath.Base(script), ".mjs")
		if name == "studio" { // what they share
			continue
		}
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			command := exec.CommandContext(ctx, node, filepath.Base(script))
			command.Dir = conformance
			command.Env = append(os.Environ(), "CALLBOARD_URL="+server.URL, "CALLBOARD_USERS="+string(users))
			if said, err := command.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, said)
			}
		})
	}
}

// install fetches the client once, exactly as the lock file names it.
func install(t *testing.T) {
	t.Helper()
	_, err := os.Stat(filepath.Join(conformance, "node_modules", "@ftrack", "api", "package.json"))
	if err == nil {
		return
	}
	if !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), program(t, "npm"), "ci", "--no-audit", "--no-fund", "--ignore-scripts")
	command.Dir = conformance
	if said, err := command.CombinedOutput(); err != nil {
		t.Fatalf("npm ci in backend/workspace/%s: %v\n%s", conformance, err, said)
	}
}

func program(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("the official client needs %s (Node 20 or later), which is not installed here", name)
	}
	return path
}
