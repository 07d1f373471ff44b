// Command bench measures what a person waits for and what Callboard takes from their computer: on a
// virtual desktop, with the real server and the real app, beside a bare window of the same stack. It
// ends with an error where a figure falls short of its bar. ./dev bench builds what it runs.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// figure is one line of the table.
type figure struct {
	name     string
	measured float64
	bar      float64 // at most; 0 for one that only informs
	unit     string
}

// programs are the built programs, by their paths.
type programs struct{ app, server, bare string }

func main() {
	bin := flag.String("bin", "build/bin", "the `folder` of the built programs")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := bench(ctx, *bin)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(ctx context.Context, bin string) error {
	folder, err := filepath.Abs(bin)
	if err != nil {
		return err
	}
	built := programs{filepath.Join(folder, "callboard-inspect"), filepath.Join(folder, "callboard-server"), filepath.Join(folder, "bare")}
	dir, err := os.MkdirTemp("", "callboard-bench-")
	if err != nil {
		return err
	}
	figures, err := measure(ctx, built, dir)
	if err := errors.Join(err, os.RemoveAll(dir)); err != nil {
		return err
	}
	syncs, err := syncsPerSecond()
	if err != nil {
		return err
	}
	return table(append(figures, figure{"fsync of this disk, beside the durable figures", syncs, 0, "/s"}))
}

// table prints the figures and returns an error where one falls short.
func table(figures []figure) error {
	short := 0
	for _, f := range figures {
		verdict := ""
		switch {
		case f.bar == 0:
		case f.measured <= f.bar:
			verdict = fmt.Sprintf("at most %8.2f  PASS", f.bar)
		default:
			verdict = fmt.Sprintf("at most %8.2f  FALL SHORT", f.bar)
			short++
		}
		fmt.Printf("%-48s %10.2f %-5s %s\n", f.name, f.measured, f.unit, verdict)
	}
	if short > 0 {
		return fmt.Errorf("%d figures fall short", short)
	}
	return nil
}

// part is the value below which a part of all values lies.
func part(values []float64, p float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, int(p*float64(len(sorted))))]
}

// syncsPerSecond is how often a second this disk makes a small write durable.
func syncsPerSecond() (float64, error) {
	file, err := os.CreateTemp("build", "fsync-")
	if err != nil {
		return 0, err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	count, began := 0, time.Now()
	for ; time.Since(began) < time.Second; count++ {
		if _, err := file.WriteAt([]byte("callboard"), 0); err != nil {
			return 0, err
		}
		if err := file.Sync(); err != nil {
			return 0, err
		}
	}
	return float64(count) / time.Since(began).Seconds(), nil
}
