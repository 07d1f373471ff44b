// Command hubs measures what connected event hubs take from the server and how soon all of them hear of
// a change: the server is a process of its own, so that its memory is only its own. It ends with an error
// where a figure falls short of its bar.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"
)

const (
	perHubBar = 24.0  // KiB
	reachBar  = 150.0 // ms
	changes   = 150   // each reaches every hub
	pause     = 50 * time.Millisecond
)

func main() {
	program := flag.String("server", "build/bin/callboard-server", "the built `program`")
	count := flag.Int("hubs", 2000, "how `many` hubs connect")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := bench(ctx, *program, *count)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "hubs:", err)
		os.Exit(1)
	}
}

func bench(ctx context.Context, program string, count int) (err error) {
	dir, err := os.MkdirTemp("", "callboard-hubs-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	// The first start fills the data folder, which leaves the process large: it is not the one to measure.
	first, err := serve(ctx, program, dir)
	if err != nil {
		return err
	}
	if err := first.stop(); err != nil {
		return err
	}
	s, err := serve(ctx, program, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	if len(s.users) == 0 {
		s.users = first.users // told at the first start alone
	}
	if s.task, err = s.anyTask(ctx); err != nil {
		return err
	}
	for range 20 { // the server has everything in its hands that a request needs
		if _, err := s.write(ctx, "Warming up."); err != nil {
			return err
		}
	}
	before, err := s.memory()
	if err != nil {
		return err
	}
	c, err := connect(ctx, s, count)
	if err != nil {
		return err
	}
	connected, err := s.memory()
	if err != nil {
		return err
	}
	worked, err := s.work()
	if err != nil {
		return err
	}
	reached, err := c.fanOut(ctx, s)
	if err != nil {
		return err
	}
	all, err := s.work()
	if err != nil {
		return err
	}
	after, err := s.memory()
	if err != nil {
		return err
	}
	perHub := float64(after-before) / 1024 / float64(count)
	late := part(reached, 0.99)
	fmt.Printf("%-48s %10d\n", "connected hubs", count)
	fmt.Printf("%-48s %10.2f MiB\n", "  server memory without any", float64(before)/(1<<20))
	fmt.Printf("%-48s %10.2f KiB\n", "  server memory each, before any event", float64(connected-before)/1024/float64(count))
	fmt.Printf("%-48s %10.2f KiB   at most %8.2f  %s\n", "  server memory each, after events to all", perHub, perHubBar, verdict(perHub <= perHubBar))
	fmt.Printf("%-48s %10.2f ms\n", "a change reaches its hubs, median", part(reached, 0.5))
	fmt.Printf("%-48s %10.2f ms    at most %8.2f  %s\n", "  p99", late, reachBar, verdict(late <= reachBar))
	fmt.Printf("%-48s %10.2f µs\n", "  work of the server's for one hub", float64((all-worked).Microseconds())/float64(changes*count))
	if perHub > perHubBar || late > reachBar {
		return errors.New("a figure falls short")
	}
	return nil
}

func verdict(holds bool) string {
	if holds {
		return "PASS"
	}
	return "FALL SHORT"
}

// part is the value below which a part of all values lies.
func part[T cmp.Ordered](values []T, p float64) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, int(p*float64(len(sorted))))]
}
