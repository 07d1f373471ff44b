package testbed

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// DragFile drags a file, as from a file manager, to a place in the window of that title: x and y are in
// pixels from its left and top. program is the built dragsource.
func (d *Desktop) DragFile(ctx context.Context, program, file, title string, x, y int) (err error) {
	source, err := d.Run(nil, program, file)
	if err != nil {
		return err
	}
	defer func() { _ = source.Kill() }() // it has done what it is for
	var from, to place
	if err := until(ctx, "the window to drag from", func() bool { from, err = d.placeOf(ctx, "Drag source"); return err == nil }); err != nil {
		return err
	}
	if to, err = d.placeOf(ctx, title); err != nil {
		return err
	}
	// A drag begins when the pointer has moved a little with the button held, and takes notice of where it passes.
	steps := [][]string{
		{"mousemove", strconv.Itoa(from.x + 30), strconv.Itoa(from.y + 30)},
		{"mousedown", "1"},
		{"mousemove_relative", "12", "12"},
		{"mousemove_relative", "12", "12"},
		{"mousemove", strconv.Itoa(to.x + x - 9), strconv.Itoa(to.y + y - 9)},
		{"mousemove", strconv.Itoa(to.x + x), strconv.Itoa(to.y + y)},
		{"mousemove_relative", "1", "1"},
		{"mouseup", "1"},
	}
	for _, step := range steps {
		if _, err := d.Output(ctx, "xdotool", step...); err != nil {
			return err
		}
		time.Sleep(250 * time.Millisecond) // a hand is no faster
	}
	return nil
}

type place struct{ x, y int }

// placeOf is where the window of a title stands on the screen.
func (d *Desktop) placeOf(ctx context.Context, title string) (p place, err error) {
	windows, err := d.Windows(ctx, title)
	if err != nil {
		return p, err
	}
	if len(windows) == 0 {
		return p, fmt.Errorf("no window is called %q", title)
	}
	text, err := d.Output(ctx, "xdotool", "getwindowgeometry", "--shell", windows[len(windows)-1])
	if err != nil {
		return p, err
	}
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		number, _ := strconv.Atoi(value)
		switch name {
		case "X":
			p.x = number
		case "Y":
			p.y = number
		}
	}
	return p, nil
}
