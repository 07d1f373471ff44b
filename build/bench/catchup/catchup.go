// Package catchup measures how fast somebody is up to date again after a time away: the app's own client,
// syncer and copy against the real server, without a window.
package catchup

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/callboard/callboard/build/bench/figures"
)

const (
	missed = 10_000 // notifications
	seen   = 50     // rows that a window shows at once
	tries  = 3      // each with a copy of its own
)

// Measure measures with a server of its own, with its data in a folder.
func Measure(ctx context.Context, program, dir string) (found []figures.Figure, err error) {
	s, err := serve(ctx, program, filepath.Join(dir, "server"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	var away, fresh times
	var folders []string
	for i := range tries {
		folders = append(folders, filepath.Join(dir, fmt.Sprint("away", i)))
		if _, err := s.follow(ctx, folders[i], 0); err != nil {
			return nil, err
		}
	}
	began := time.Now()
	if err := s.write(ctx, missed); err != nil {
		return nil, err
	}
	writing := figures.Figure{What: fmt.Sprintf("  writing %d notes to one person", missed), Measured: time.Since(began).Seconds(), Unit: "s"}
	for i := range tries {
		took, err := s.follow(ctx, folders[i], missed)
		if err != nil {
			return nil, err
		}
		away.add(took)
		if took, err = s.follow(ctx, filepath.Join(dir, fmt.Sprint("fresh", i)), missed); err != nil {
			return nil, err
		}
		fresh.add(took)
	}
	return append(append([]figures.Figure{writing}, away.figures("after a time away")...), fresh.figures("at a new computer")...), nil
}

// took is how long it was from the connection until rows were there to be seen, and until all were there.
type took struct{ visible, all time.Duration }

type times struct{ visible, all []float64 }

func (t *times) add(took took) {
	t.visible = append(t.visible, figures.Milliseconds(took.visible))
	t.all = append(t.all, figures.Milliseconds(took.all))
}

func (t *times) figures(when string) []figures.Figure {
	return []figures.Figure{
		{What: fmt.Sprintf("%d notifications %s: all in the copy, median", missed, when), Measured: figures.Part(t.all, 0.5), Bar: 3000, Unit: "ms"},
		{What: fmt.Sprintf("  the newest %d there to be seen, median", seen), Measured: figures.Part(t.visible, 0.5), Bar: 300, Unit: "ms"},
	}
}
