// Command bench measures what a person waits for and what Callboard takes from their computer. The server
// is measured with a large studio, and with strangers at its door; catching up with the app's own rooms and no window; the app on a virtual
// desktop, with the real server, beside a bare window of the same stack. It ends with an error where a figure falls short of its bar. ./dev bench
// builds what it runs.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/callboard/callboard/build/bench/catchup"
	"github.com/callboard/callboard/build/bench/figures"
	"github.com/callboard/callboard/build/bench/portrait"
	"github.com/callboard/callboard/build/bench/server"
	"github.com/callboard/callboard/build/bench/signin"
)

// programs are the built programs, by their paths.
type programs struct{ app, server, bare string }

func main() {
	bin := flag.String("bin", "build/bin", "the `folder` of the built programs")
	only := flag.String("only", "", "measure the `side` server, law, signin, catchup, portrait or desktop alone")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := bench(ctx, *bin, *only)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// sides are measured one after the other, each in a folder of its own that is thrown away.
var sides = []struct {
	name    string
	measure func(ctx context.Context, built programs, dir string) ([]figures.Figure, error)
}{
	{"server", func(ctx context.Context, built programs, dir string) ([]figures.Figure, error) {
		return server.Measure(ctx, built.server, dir)
	}},
	{"law", func(ctx context.Context, built programs, dir string) ([]figures.Figure, error) {
		return server.MeasureLaw(ctx, built.server, dir)
	}},
	{"signin", func(ctx context.Context, built programs, dir string) ([]figures.Figure, error) {
		return signin.Measure(ctx, built.server, dir)
	}},
	{"catchup", func(ctx context.Context, built programs, dir string) ([]figures.Figure, error) {
		return catchup.Measure(ctx, built.server, dir)
	}},
	{"portrait", func(ctx context.Context, built programs, dir string) ([]figures.Figure, error) {
		return portrait.Measure(ctx, built.server, dir)
	}},
	{"desktop", measure},
	{"views", measureViews},
}

func bench(ctx context.Context, bin, only string) error {
	folder, err := filepath.Abs(bin)
	if err != nil {
		return err
	}
	built := programs{filepath.Join(folder, "callboard-inspect"), filepath.Join(folder, "callboard-server"), filepath.Join(folder, "bare")}
	load, err := figures.Load()
	if err != nil {
		return err
	}
	all := []figures.Figure{{What: "load of the machine before", Measured: load}}
	for _, side := range sides {
		if only != "" && only != side.name {
			continue
		}
		dir, err := os.MkdirTemp("", "callboard-bench-")
		if err != nil {
			return err
		}
		found, err := side.measure(ctx, built, dir)
		if err := errors.Join(err, os.RemoveAll(dir)); err != nil {
			return err
		}
		all = append(all, found...)
	}
	syncs, err := figures.Syncs("build")
	if err != nil {
		return err
	}
	all = append(all, figures.Figure{What: "fsync of this disk, beside the durable figures", Measured: syncs, Unit: "/s"})
	return figures.Print(os.Stdout, all)
}
