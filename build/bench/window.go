package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/callboard/callboard/build/testbed"
)

// window is a started program with its page.
type window struct {
	process *testbed.Process
	page    *testbed.Page
	began   time.Time
}

func open(ctx context.Context, desktop *testbed.Desktop, program string, arguments ...string) (*window, error) {
	address, err := testbed.FreeAddress(ctx)
	if err != nil {
		return nil, err
	}
	w := &window{began: time.Now()}
	if w.process, err = desktop.Run([]string{"WEBKIT_INSPECTOR_HTTP_SERVER=" + address}, program, arguments...); err != nil {
		return nil, err
	}
	w.page, err = testbed.Inspect(ctx, address)
	return w, err
}

// painted is how long after the start the page had its content on the screen, by the page's own clock.
func (w *window) painted(ctx context.Context) (time.Duration, error) {
	const marks = `performance.getEntriesByName("callboard:first-list")`
	if err := w.page.Await(ctx, marks+".length"); err != nil {
		return 0, err
	}
	var at float64 // milliseconds since 1970
	if err := w.page.Eval(ctx, "performance.timeOrigin + "+marks+"[0].startTime", &at); err != nil {
		return 0, err
	}
	return time.UnixMicro(int64(at * 1000)).Sub(w.began), nil
}

// signIn signs in through the page, as a person does, and waits for the list.
func (w *window) signIn(ctx context.Context, at *studio) error {
	return errors.Join(w.signInAs(ctx, at.url, listener, at.password), w.page.Await(ctx, `document.querySelector("[data-row]")`))
}

// signInAs signs somebody in.
func (w *window) signInAs(ctx context.Context, url, username, password string) error {
	if err := w.page.Await(ctx, `document.querySelector("input[autocomplete=username]")`); err != nil {
		return err
	}
	for field, value := range map[string]string{"url": url, "username": username, "current-password": password} {
		fill := fmt.Sprintf(`(() => {
			const input = document.querySelector("input[autocomplete=%s]");
			input.value = %q;
			input.dispatchEvent(new InputEvent("input", { bubbles: true }));
		})()`, field, value)
		if err := w.page.Eval(ctx, fill, nil); err != nil {
			return err
		}
	}
	return w.page.Eval(ctx, `document.querySelector("form").requestSubmit()`, nil)
}

func (w *window) close() error { return errors.Join(w.page.Close(), w.process.Stop()) }
