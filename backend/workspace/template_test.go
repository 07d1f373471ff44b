package workspace_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// template is a data folder with the demo show in it, made once: painting its pictures takes seconds
// under the race detector, copying them does not.
var template = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "callboard-demo")
	if err != nil {
		return "", err
	}
	leftOver = dir
	server, err := workspace.Start(context.Background(), workspace.ServeConfig{Config: workspace.Config{DataDir: dir, Demo: &demo.Config{Quiet: true}}})
	if err != nil {
		return dir, err
	}
	return dir, server.Stop()
})

// leftOver is the folder that template made, for TestMain to remove.
var leftOver string

// fillFromTemplate copies the demo show into an empty data folder.
func fillFromTemplate(t *testing.T, dir string) {
	t.Helper()
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		if err != nil {
			t.Fatal(err)
		}
		return
	}
	from, err := template()
	if err == nil {
		err = copyTo(dir, from)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// copyTo copies a folder with the rights of its files, which tests look at.
func copyTo(dir, from string) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		to := filepath.Join(dir, name)
		if entry.IsDir() {
			return os.MkdirAll(to, info.Mode().Perm())
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, content, info.Mode().Perm())
	})
}

func TestMain(m *testing.M) {
	code := m.Run()
	if err := os.RemoveAll(leftOver); err != nil && code == 0 {
		code = 1
	}
	os.Exit(code)
}
