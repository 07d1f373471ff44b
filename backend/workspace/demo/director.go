package demo

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/callboard/callboard/backend/ftrack/wire"
)

// The pace of the studio.
const (
	firstTold  = 2500 * time.Millisecond // after the start: a first notification proves that everything works
	toldLeast  = 20 * time.Second
	toldMost   = 40 * time.Second
	asideLeast = 4 * time.Second
	asideMost  = 9 * time.Second
	// slowAfter is how long the studio keeps its full pace. Then every further stretch halves it, up
	// to slowest: a demo left running overnight is not to bury anybody.
	slowAfter = 2 * time.Hour
	slowest   = 8
	// keptThreads bounds what the show grows to: beyond it the oldest thread goes when a new one comes.
	keptThreads = 160
	// keptVersions bounds the versions of an asset; further work changes the last one's comment.
	keptVersions = 8
)

// Run lets people work until ctx ends. What fails is logged and left: the person at the screen may have
// deleted what an act was about.
func (d *Demo) Run(ctx context.Context, log *slog.Logger) error {
	if d.cfg.Quiet {
		<-ctx.Done()
		return nil
	}
	shift, err := d.startShift(ctx)
	if err != nil {
		return err
	}
	began := d.cfg.Clock()
	nextTold, nextAside := began.Add(firstTold), began.Add(asideLeast)
	for {
		due := nextTold
		if nextAside.Before(due) {
			due = nextAside
		}
		if !d.wait(ctx, due.Sub(d.cfg.Clock())) {
			return nil
		}
		now := d.cfg.Clock()
		slow := slowness(now.Sub(began))
		var a act
		if due.Equal(nextTold) {
			a, nextTold = shift.told(), now.Add(d.between(toldLeast, toldMost, slow))
		} else {
			a, nextAside = shift.aside(), now.Add(d.between(asideLeast, asideMost, slow))
		}
		if err := d.perform(ctx, a, now); err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "the demo could not do what it meant to", "error", err)
		}
		if err := d.tidy(ctx, shift); err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "the demo could not tidy up", "error", err)
		}
	}
}

// slowness is by how much the pace has slackened.
func slowness(worked time.Duration) int64 {
	slow := int64(1)
	for worked -= slowAfter; worked >= 0 && slow < slowest; worked -= slowAfter {
		slow *= 2
	}
	return slow
}

// between is a pause, chosen at random and stretched by the slowness.
func (d *Demo) between(least, most time.Duration, slow int64) time.Duration {
	return time.Duration(slow * (int64(least) + d.dice.Int64N(int64(most-least))))
}

// tidy deletes the oldest threads beyond what is kept, as the server itself. Threads in which the focus
// person wrote are left alone and no longer counted: they are somebody's own words.
func (d *Demo) tidy(ctx context.Context, s *shift) error {
	for len(s.threads) > keptThreads {
		oldest := s.threads[0]
		s.threads = s.threads[1:]
		rows, err := d.studio.Ask(ctx, "", fmt.Sprintf(
			"select id, user_id, in_reply_to_id from Note where id is %q or in_reply_to_id is %q", oldest.id, oldest.id))
		if err != nil {
			return err
		}
		if ops := d.deletion(rows); len(ops) > 0 {
			if err := d.perform(ctx, act{ops: ops}, d.cfg.Clock()); err != nil {
				return fmt.Errorf("delete the thread %s: %w", oldest.id, err)
			}
		}
	}
	return nil
}

// deletion deletes the notes of a thread, replies first; nothing where the focus person wrote one.
func (d *Demo) deletion(notes []map[string]any) []wire.Operation {
	var replies, head []wire.Operation
	for _, note := range notes {
		op := remove("Note", text(note, "id"))
		switch {
		case text(note, "user_id") == string(d.focus.ID()):
			return nil
		case text(note, "in_reply_to_id") != "":
			replies = append(replies, op)
		default:
			head = append(head, op)
		}
	}
	return append(replies, head...)
}
