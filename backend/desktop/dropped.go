package desktop

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// dropped is a file that somebody dropped on the page, for a moment: until the page says that it wants it
// where it was dropped.
type dropped struct {
	path string // "" where there is none
	at   time.Time
}

// droppedFor is how long the page may take to want it.
const droppedFor = 5 * time.Second

// Dropped takes in from the shell that files were dropped on the page. The page hears where, and never which:
// it cannot name a file, only take the one that its person has just put there.
func (d *Desktop) Dropped(x, y int, paths []string) {
	if len(paths) == 0 {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.dropped = dropped{paths[0], d.cfg.Clock()}
	d.emitLocked(domain.Update{Dropped: &domain.Drop{X: x, Y: y}})
}

// TakeDropped holds the dropped file as a picture, once.
func (d *Desktop) TakeDropped(ctx context.Context) (held domain.HeldPicture, err error) {
	d.mu.Lock()
	file := d.dropped
	d.dropped = dropped{}
	d.mu.Unlock()
	if file.path == "" || d.cfg.Clock().Sub(file.at) > droppedFor {
		return held, domain.Errorf(domain.NotFound, "no file was dropped")
	}
	info, err := os.Stat(file.path)
	if err != nil || !info.Mode().IsRegular() { // a folder, a pipe, a device
		return held, &domain.Error{Code: domain.Invalid, Reason: domain.ReasonNoPicture, Message: "this is no file to be read", Err: err}
	}
	content, err := os.Open(file.path)
	if err != nil {
		return held, &domain.Error{Code: domain.Forbidden, Reason: domain.ReasonUnreadable, Message: "the file cannot be opened", Err: err}
	}
	held, err = d.HoldPicture(ctx, content)
	return held, errors.Join(err, content.Close())
}
