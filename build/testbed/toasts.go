package testbed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"slices"
)

// Toast is a notification as the daemon got it.
type Toast struct {
	ID      int
	App     string
	Summary string
	Body    string
}

// Toasts are those the daemon ever got, the oldest first. Ones still on the screen are closed into
// the daemon's history first, because it tells only of that.
func (d *Desktop) Toasts(ctx context.Context) ([]Toast, error) {
	if _, err := d.Output(ctx, "dunstctl", "close-all"); err != nil {
		return nil, err
	}
	text, err := d.Output(ctx, "dunstctl", "history")
	if err != nil {
		return nil, err
	}
	return parseHistory(text)
}

func parseHistory(text []byte) ([]Toast, error) {
	type value[T any] struct{ Data T }
	var history value[[][]struct {
		ID            value[int]
		AppName       value[string] `json:"appname"`
		Summary, Body value[string]
	}]
	if err := json.Unmarshal(text, &history); err != nil {
		return nil, fmt.Errorf("the notification daemon's history: %w", err)
	}
	var toasts []Toast
	for _, page := range history.Data {
		for _, t := range page {
			toasts = append(toasts, Toast{t.ID.Data, t.AppName.Data, t.Summary.Data, t.Body.Data})
		}
	}
	slices.SortFunc(toasts, func(a, b Toast) int { return a.ID - b.ID })
	return toasts, nil
}

// ClickToast clicks the newest toast on the screen.
func (d *Desktop) ClickToast(ctx context.Context) error {
	_, err := d.Output(ctx, "dunstctl", "action", "0")
	return err
}

// Displayed is how many toasts are on the screen.
func (d *Desktop) Displayed(ctx context.Context) (int, error) {
	text, err := d.Output(ctx, "dunstctl", "count", "displayed")
	if err != nil {
		return 0, err
	}
	var count int
	_, err = fmt.Sscan(string(text), &count)
	return count, err
}

// Output runs a program on the desktop to its end and gives what it wrote.
func (d *Desktop) Output(ctx context.Context, program string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = d.Env()
	text, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) && len(exit.Stderr) > 0 {
			return nil, fmt.Errorf("%s: %w: %s", program, err, exit.Stderr)
		}
		return nil, fmt.Errorf("%s: %w", program, err)
	}
	return text, nil
}
