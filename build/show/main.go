// Command show opens the app (built with the tag inspect) in the demo studio on a virtual desktop, waits for its first toast, keeps
// a picture of the screen and ends everything again. ./dev run uses it where there is no display. With -pages it keeps a picture of
// every page instead, in each theme and language: ./dev shots.
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
	"time"

	"github.com/callboard/callboard/build/testbed"
)

func main() {
	app := flag.String("app", "", "the program to open")
	picture := flag.String("picture", "", "the PNG to write")
	folder := flag.String("pages", "", "keep a picture of every page in this `folder` instead")
	server := flag.String("server", "", "with -pages, the workspace server to sign in to")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	open := func() error { return show(ctx, *app, *picture) }
	if *folder != "" {
		open = func() error { return pages(ctx, *app, *server, *folder) }
	}
	if err := open(); err != nil {
		fmt.Fprintln(os.Stderr, "show:", err)
		stop()
		os.Exit(1)
	}
}

func show(ctx context.Context, app, picture string) (err error) {
	dir, err := os.MkdirTemp("", "callboard-show-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	desktop, err := testbed.Start(ctx, testbed.Config{Dir: dir})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, desktop.Stop()) }()
	program, err := filepath.Abs(app)
	if err != nil {
		return err
	}
	address, err := testbed.FreeAddress(ctx)
	if err != nil {
		return err
	}
	process, err := desktop.Run([]string{"WEBKIT_INSPECTOR_HTTP_SERVER=" + address}, program)
	if err != nil {
		return err
	}
	if err := enterDemo(ctx, address); err != nil {
		return fmt.Errorf("%w; the app said:\n%s", err, desktop.Log(program))
	}
	if err := firstToast(ctx, desktop, process); err != nil {
		return fmt.Errorf("%w; the app said:\n%s", err, desktop.Log(program))
	}
	time.Sleep(500 * time.Millisecond) // the toast is drawn after the daemon counts it
	if err := desktop.Screenshot(ctx, picture); err != nil {
		return err
	}
	_, err = fmt.Println("There is no display here; Callboard ran on a virtual one. Its screen at the first toast:", picture)
	return err
}

// enterDemo presses the first screen's first button, as a person would.
func enterDemo(ctx context.Context, address string) (err error) {
	page, err := testbed.Inspect(ctx, address)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, page.Close()) }()
	const button = `document.querySelector("section[aria-labelledby=demo] button")`
	if err := page.Await(ctx, button); err != nil {
		return err
	}
	return page.Eval(ctx, button+".click()", nil)
}

// firstToast waits for a toast; the daemon has no event for it that outlives a restart, so it is asked.
func firstToast(ctx context.Context, desktop *testbed.Desktop, process *testbed.Process) error {
	deadline := time.After(60 * time.Second)
	for {
		if shown, err := desktop.Displayed(ctx); err != nil || shown > 0 {
			return err
		}
		select {
		case <-process.Ended():
			return fmt.Errorf("the app ended with code %d", process.ExitCode())
		case <-deadline:
			return errors.New("no toast within a minute")
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}
