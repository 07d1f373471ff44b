package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/callboard/callboard/build/bench/figures"
	"github.com/callboard/callboard/build/testbed"
)

const (
	cached = 1000 // items in the inbox
	notes  = 60   // written one a second
	starts = 5    // of each window, in turn
)

func measure(ctx context.Context, built programs, dir string) (_ []figures.Figure, err error) {
	desktop, err := testbed.Start(ctx, testbed.Config{Dir: dir})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, desktop.Stop()) }()
	studio, err := serve(ctx, desktop, built.server, filepath.Join(dir, "server"))
	if err != nil {
		return nil, err
	}
	for written := 0; written < cached; written++ {
		if _, err := studio.write(ctx, fmt.Sprintf("Note %d of many.", written)); err != nil {
			return nil, err
		}
	}
	first, err := open(ctx, desktop, built.app, "--trace")
	if err != nil {
		return nil, err
	}
	if err := errors.Join(first.signIn(ctx, studio), sleep(ctx, 5*time.Second)); err != nil { // the copy fills
		return nil, err
	}
	all, err := latency(ctx, desktop, studio, filepath.Join(dir, "home", ".local", "state", "callboard", "callboard.log"))
	if err != nil {
		return nil, err
	}
	if err := first.close(); err != nil {
		return nil, err
	}
	windows, err := compare(ctx, desktop, built)
	if err != nil {
		return nil, err
	}
	idle, err := idle(ctx, desktop, built.app)
	return append(append(all, windows...), idle), err
}

// latency writes notes one a second and times each until the bus carries its toast to the daemon.
// The log is the app's, with its trace.
func latency(ctx context.Context, desktop *testbed.Desktop, studio *studio, log string) ([]figures.Figure, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	shown, err := desktop.WatchToasts(ctx)
	if err != nil {
		return nil, err
	}
	var ways []way
	for i := range notes {
		began := time.Now()
		answered, err := studio.write(ctx, fmt.Sprintf("Timed note %d.", i))
		if err != nil {
			return nil, err
		}
		at, err := arrival(ctx, shown, began)
		if err != nil {
			return nil, err
		}
		ways = append(ways, way{began: began, answered: answered, shown: at})
		if err := sleep(ctx, time.Second-time.Since(began)); err != nil {
			return nil, err
		}
	}
	return parts(ways, log)
}

// arrival is when the next toast came. Which one it is does not matter: notes at this pace may be folded
// into a summary, which is this note's toast as well.
func arrival(ctx context.Context, shown <-chan testbed.Shown, after time.Time) (time.Time, error) {
	patience := time.After(10 * time.Second)
	for {
		select {
		case toast, ok := <-shown:
			if ok && toast.At.After(after) {
				return toast.At, nil
			}
			if !ok {
				return time.Time{}, errors.New("the bus is gone")
			}
		case <-patience:
			return time.Time{}, errors.New("no toast within ten seconds of a note")
		case <-ctx.Done():
			return time.Time{}, ctx.Err()
		}
	}
}

// compare opens the app and the bare window in turn, so that both meet the same machine.
func compare(ctx context.Context, desktop *testbed.Desktop, built programs) ([]figures.Figure, error) {
	var paint, memory [2][]float64
	for range starts {
		for i, program := range []string{built.app, built.bare} {
			w, err := open(ctx, desktop, program)
			if err != nil {
				return nil, err
			}
			painted, err := w.painted(ctx)
			if err != nil {
				return nil, err
			}
			if err := sleep(ctx, 3*time.Second); err != nil {
				return nil, err
			}
			pss, err := w.process.PSS()
			if err := errors.Join(err, w.close()); err != nil {
				return nil, err
			}
			paint[i] = append(paint[i], figures.Milliseconds(painted))
			memory[i] = append(memory[i], float64(pss)/(1<<20))
		}
	}
	own, bare := figures.Part(paint[0], 0.5), figures.Part(paint[1], 0.5)
	ownPSS, barePSS := figures.Part(memory[0], 0.5), figures.Part(memory[1], 0.5)
	return []figures.Figure{
		{What: "start to first paint, median", Measured: own, Bar: 1.25 * bare, Unit: "ms"},
		{What: "  of the bare window", Measured: bare, Unit: "ms"},
		{What: "memory (PSS) of app and web processes, median", Measured: ownPSS, Bar: 1.3 * barePSS, Unit: "MiB"},
		{What: "  of the bare window", Measured: barePSS, Unit: "MiB"},
	}, nil
}

// idle hides the app in the tray and looks on for a minute in which nothing happens.
func idle(ctx context.Context, desktop *testbed.Desktop, app string) (figures.Figure, error) {
	w, err := open(ctx, desktop, app)
	if err != nil {
		return figures.Figure{}, err
	}
	if err := errors.Join(desktop.CloseWindow(ctx, "Callboard"), sleep(ctx, 5*time.Second)); err != nil {
		return figures.Figure{}, err
	}
	before, err := w.process.Ticks()
	if err := errors.Join(err, sleep(ctx, time.Minute)); err != nil {
		return figures.Figure{}, err
	}
	after, err := w.process.Ticks()
	percent := float64(after-before) / 60 // hundredths of a second in a minute
	return figures.Figure{What: "hidden in the tray, of one core", Measured: percent, Bar: 0.2, Unit: "%"}, errors.Join(err, w.close())
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
