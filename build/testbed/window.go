package testbed

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Windows are the ids of the visible windows with exactly this title.
func (d *Desktop) Windows(ctx context.Context, title string) ([]string, error) {
	text, err := d.Output(ctx, "xdotool", "search", "--onlyvisible", "--name", "^"+title+"$")
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 { // it found none
		return nil, nil
	}
	return strings.Fields(string(text)), err
}

// CloseWindow asks a window to close, as the x in its title bar does.
func (d *Desktop) CloseWindow(ctx context.Context, title string) error {
	_, err := d.Output(ctx, "wmctrl", "-F", "-c", title)
	return err
}

// Screenshot writes the whole screen as a PNG.
func (d *Desktop) Screenshot(ctx context.Context, file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	_, err := d.Output(ctx, "scrot", "--overwrite", "--silent", file)
	return err
}
