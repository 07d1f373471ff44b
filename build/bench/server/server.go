// Package server measures a workspace's server as its clients meet it: over HTTP, with a large studio, as
// an artist, a supervisor and an administrator. The clients share the machine with the server.
package server

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/build/bench/figures"
	"github.com/callboard/callboard/build/bench/studio"
)

// Measure makes a studio in a folder, serves it with the program and measures that.
func Measure(ctx context.Context, program, dir string) (found []figures.Figure, err error) {
	data := filepath.Join(dir, "data")
	began := time.Now()
	show, err := fill(ctx, data)
	if err != nil {
		return nil, err
	}
	found = append(found, figures.Figure{What: fmt.Sprintf("filling %d tasks, %d notes, %d people", tasks, studio.Notes, studio.People), Measured: time.Since(began).Seconds(), Unit: "s"})
	began = time.Now()
	running, err := start(ctx, program, data)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, running.stop()) }()
	found = append(found, figures.Figure{What: "starting the server with it", Measured: time.Since(began).Seconds(), Unit: "s"})
	b := bench{url: running.url, show: show}
	for _, part := range []func(context.Context) ([]figures.Figure, error){b.ask, b.sessions, b.write} {
		more, err := part(ctx)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	return found, nil
}

const tasks = studio.Projects * studio.Sequences * studio.Shots * studio.Tasks

type bench struct {
	url  string
	show *studio.Studio
}

// fill makes a workspace with its furniture, as an administrator does, and the studio in it.
func fill(ctx context.Context, data string) (_ *studio.Studio, err error) {
	first := workspace.NewUser{Username: "root", Role: "Administrator", Password: "nobody signs in by this one"}
	if err := workspace.AddUser(ctx, workspace.Config{DataDir: data}, first); err != nil {
		return nil, err
	}
	st, err := store.Open(ctx, store.Config{Path: filepath.Join(data, "workspace.db")})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	return studio.Fill(ctx, st)
}
