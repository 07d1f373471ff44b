// Package server measures a workspace's server as its clients meet it: over HTTP, with a large studio, as
// an artist, a supervisor and an administrator. The clients share the machine with the server.
package server

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"time"

	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/backend/workspace/store/postgrestest"
	"github.com/callboard/callboard/build/bench/figures"
	"github.com/callboard/callboard/build/bench/hubs"
	"github.com/callboard/callboard/build/bench/studio"
)

// engines are the databases a server is measured with, each with how many notes a second it must take.
var engines = []struct {
	name    string
	address func(context.Context) (string, error)
	notes   float64
}{
	{"SQLite", func(context.Context) (string, error) { return "", nil }, 500},
	{"PostgreSQL", postgrestest.Durable, 700},
}

// hubsConnected is how many event hubs are measured.
const hubsConnected = 2000

// Measure measures the server, with its data in a folder.
func Measure(ctx context.Context, program, dir string) (found []figures.Figure, err error) {
	for _, engine := range engines {
		address, err := engine.address(ctx)
		if err != nil {
			return nil, fmt.Errorf("find a %s: %w", engine.name, err)
		}
		cfg := workspace.Config{DataDir: filepath.Join(dir, engine.name), Database: address}
		more, err := measure(ctx, program, cfg, engine.notes)
		if err != nil {
			return nil, fmt.Errorf("with %s: %w", engine.name, err)
		}
		found = append(append(found, figures.Figure{What: engine.name + ", processors", Measured: float64(runtime.NumCPU())}), more...)
	}
	more, err := hubs.Measure(ctx, program, dir, hubsConnected)
	return append(found, more...), err
}

// measure makes a studio, serves it and measures that.
func measure(ctx context.Context, program string, cfg workspace.Config, notes float64) (found []figures.Figure, err error) {
	began := time.Now()
	show, err := large(ctx, cfg)
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("  filling %d tasks, %d notes, %d people", tasks, studio.Notes, studio.People)
	found = append(found, figures.Figure{What: what, Measured: time.Since(began).Seconds(), Unit: "s"})
	running, err := start(ctx, program, cfg)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, running.stop()) }()
	b := bench{url: running.url, show: show, notes: notes}
	for _, part := range []func(context.Context) ([]figures.Figure, error){b.ask, b.views, b.sessions, b.write} {
		more, err := part(ctx)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	return found, nil
}

// Serve makes the large studio, with SQLite, and serves it until stop is called.
func Serve(ctx context.Context, program, dir string) (url string, show *studio.Studio, stop func() error, err error) {
	cfg := workspace.Config{DataDir: dir}
	if show, err = large(ctx, cfg); err != nil {
		return "", nil, nil, err
	}
	running, err := start(ctx, program, cfg)
	if err != nil {
		return "", nil, nil, err
	}
	return running.url, show, running.stop, nil
}

const tasks = studio.Projects * studio.Sequences * studio.Shots * studio.Tasks

type bench struct {
	url   string
	show  *studio.Studio
	notes float64 // to be written a second, at least
}

// Password is that of the large studio's artist, who signs in as the app does. The others come by their keys.
const Password = "many shots and one password"

// large makes the large studio. The password is set as an administrator does it: it is sealed with keys that lie
// beside the store.
func large(ctx context.Context, cfg workspace.Config) (*studio.Studio, error) {
	show, err := fill(ctx, cfg, studio.Fill)
	if err != nil {
		return nil, err
	}
	return show, workspace.SetPassword(ctx, cfg, show.Artist.Username, Password)
}

// fill makes a workspace with its furniture, as an administrator does, and what a studio is made of in it.
func fill[T any](ctx context.Context, cfg workspace.Config, make func(context.Context, *store.Store) (T, error)) (made T, err error) {
	first := workspace.NewUser{Username: "root", Role: "Administrator", Password: "nobody signs in by this one"}
	if err := workspace.AddUser(ctx, cfg, first); err != nil {
		return made, err
	}
	err = inStore(ctx, cfg, func(st *store.Store) error {
		made, err = make(ctx, st)
		return err
	})
	if err != nil || cfg.Database == "" {
		return made, err
	}
	return made, settle(ctx, cfg.Database)
}

// inStore opens what a server that is not running has.
func inStore(ctx context.Context, cfg workspace.Config, do func(*store.Store) error) (err error) {
	st, err := store.Open(ctx, store.Config{Database: cfg.Database, Path: filepath.Join(cfg.DataDir, "workspace.db")})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	return do(st)
}

// settle brings a PostgreSQL database to where its own upkeep has brought one that grew over years.
func settle(ctx context.Context, address string) error {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM ANALYZE")
	return errors.Join(err, db.Close())
}
