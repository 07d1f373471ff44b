package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/callboard/callboard/build/bench/figures"
	"github.com/callboard/callboard/build/bench/server"
	"github.com/callboard/callboard/build/testbed"
)

const (
	visits   = 7 // of My Tasks, each after a start of the app
	switches = 6 // of language and theme, there and back
)

// measureViews opens My Tasks of an artist in the large studio: with nothing kept, and then from the cache.
func measureViews(ctx context.Context, built programs, dir string) (_ []figures.Figure, err error) {
	desktop, err := testbed.Start(ctx, testbed.Config{Dir: dir})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, desktop.Stop()) }()
	url, show, stop, err := server.Serve(ctx, built.server, filepath.Join(dir, "server"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	var kept, fresh, switched []float64
	rows := 0
	for visit := range visits + 1 {
		w, err := open(ctx, desktop, built.app)
		if err != nil {
			return nil, err
		}
		if visit == 0 {
			err = w.signInAs(ctx, url, show.Artist.Username, server.Password)
		}
		if err := errors.Join(err, w.page.Await(ctx, `document.querySelector("nav")`), sleep(ctx, 4*time.Second)); err != nil { // what a start sets going has settled
			return nil, err
		}
		seen, err := w.visitTasks(ctx)
		if err != nil {
			return nil, err
		}
		rows = seen.Rows
		fresh = append(fresh, seen.Fresh)
		if visit > 0 { // the first one finds nothing kept
			kept = append(kept, seen.Kept)
		}
		if visit == visits {
			if switched, err = w.switchLooks(ctx); err != nil {
				return nil, err
			}
		}
		if err := w.close(); err != nil {
			return nil, err
		}
	}
	return []figures.Figure{
		{What: fmt.Sprintf("my tasks (%d) from the cache, painted, median", rows), Measured: figures.Part(kept, 0.5), Bar: 120, Unit: "ms"},
		{What: "  slowest", Measured: figures.Part(kept, 1), Unit: "ms"},
		{What: "my tasks, fresh from 200,000, painted, median", Measured: figures.Part(fresh, 0.5), Bar: 300, Unit: "ms"},
		{What: "  slowest", Measured: figures.Part(fresh, 1), Unit: "ms"},
		{What: "language and theme switched on that list, painted, median", Measured: figures.Part(switched, 0.5), Bar: 150, Unit: "ms"},
		{What: "  slowest", Measured: figures.Part(switched, 1), Unit: "ms"},
	}, nil
}

// visit is how one visit of My Tasks went: milliseconds from its choice until what was kept, and what the
// server answered, was on the screen.
type visit struct {
	Kept, Fresh float64
	Rows        int
}

// visitTasks goes to My Tasks as a choice in the rail does. The page notes every list it has drawn.
func (w *window) visitTasks(ctx context.Context) (visit, error) {
	const script = `(() => {
		performance.clearMarks("callboard:tasks");
		window.visit = undefined;
		const began = performance.now();
		const look = () => {
			const drawn = performance.getEntriesByName("callboard:tasks").filter((mark) => mark.detail.rows > 0);
			const fresh = drawn.find((mark) => Date.parse(mark.detail.fetchedAt) >= performance.timeOrigin + began - 50);
			if (!fresh) return setTimeout(look, 5);
			window.visit = { Kept: drawn[0].startTime - began, Fresh: fresh.startTime - began, Rows: fresh.detail.rows };
		};
		location.hash = "#/tasks";
		look();
	})()`
	var seen visit
	err := errors.Join(w.page.Eval(ctx, script, nil), w.page.Await(ctx, "window.visit"))
	if err == nil {
		err = w.page.Eval(ctx, "window.visit", &seen)
	}
	return seen, err
}

// switchLooks changes language and theme as the preferences do, and times each until it is on the screen.
func (w *window) switchLooks(ctx context.Context) ([]float64, error) {
	const script = `(() => {
		window.switched = undefined;
		const began = performance.now();
		const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => (window.switched = performance.now() - began)));
		const look = () => {
			const { lang, dataset } = document.documentElement;
			lang === %[2]q && dataset.theme === %[1]q ? drawn() : requestAnimationFrame(look);
		};
		window.go.bridge.Settings.Save(%[1]q, %[2]q, true);
		look();
	})()`
	var took []float64
	for i := range switches {
		theme, language := "light", []string{"ru", "ja", "es"}[i%3]
		if i%2 == 1 {
			theme = "dark"
		}
		if err := errors.Join(w.page.Eval(ctx, fmt.Sprintf(script, theme, language), nil), w.page.Await(ctx, "window.switched")); err != nil {
			return nil, err
		}
		var ms float64
		if err := errors.Join(w.page.Eval(ctx, "window.switched", &ms), sleep(ctx, time.Second)); err != nil {
			return nil, err
		}
		took = append(took, ms)
	}
	return took, nil
}
