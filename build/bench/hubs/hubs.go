// Package hubs measures what connected event hubs take from the server and how soon all of them hear of
// a change: the server is a process of its own, so that its memory is only its own.
package hubs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/callboard/callboard/build/bench/figures"
)

const (
	perHubBar = 24.0  // KiB
	reachBar  = 150.0 // ms
	changes   = 150   // each reaches every hub
	pause     = 50 * time.Millisecond
)

// Measure serves the demo with the program, with its data in a folder, and connects so many hubs.
func Measure(ctx context.Context, program, dir string, count int) (_ []figures.Figure, err error) {
	// The first start fills the data folder, which leaves the process large: it is not the one to measure.
	first, err := serve(ctx, program, dir)
	if err != nil {
		return nil, err
	}
	if err := first.stop(); err != nil {
		return nil, err
	}
	s, err := serve(ctx, program, dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	if len(s.users) == 0 {
		s.users = first.users // told at the first start alone
	}
	if s.task, err = s.anyTask(ctx); err != nil {
		return nil, err
	}
	for range 20 { // the server has everything in its hands that a request needs
		if _, err := s.write(ctx, "Warming up."); err != nil {
			return nil, err
		}
	}
	before, err := s.memory()
	if err != nil {
		return nil, err
	}
	c, err := connect(ctx, s, count)
	if err != nil {
		return nil, err
	}
	connected, err := s.memory()
	if err != nil {
		return nil, err
	}
	worked, err := s.work()
	if err != nil {
		return nil, err
	}
	reached, err := c.fanOut(ctx, s)
	if err != nil {
		return nil, err
	}
	all, err := s.work()
	if err != nil {
		return nil, err
	}
	after, err := s.memory()
	if err != nil {
		return nil, err
	}
	each := func(bytes int64) float64 { return float64(bytes) / 1024 / float64(count) }
	return []figures.Figure{
		{What: fmt.Sprintf("%d connected hubs: server memory without any", count), Measured: float64(before) / (1 << 20), Unit: "MiB"},
		{What: "  server memory each, before any event", Measured: each(connected - before), Unit: "KiB"},
		{What: "  server memory each, after events to all", Measured: each(after - before), Bar: perHubBar, Unit: "KiB"},
		{What: "  a change reaches its hubs, median", Measured: figures.Part(reached, 0.5), Unit: "ms"},
		{What: "  a change reaches its hubs, p99", Measured: figures.Part(reached, 0.99), Bar: reachBar, Unit: "ms"},
		{What: "  work of the server's for one hub and change", Measured: float64((all - worked).Microseconds()) / float64(changes*count), Unit: "µs"},
	}, nil
}
