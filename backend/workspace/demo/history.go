package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/callboard/callboard/backend/ftrack/wire"
)

// What the focus person finds on the first day, and how much of it is still new.
const (
	toldBefore = 26
	leftUnread = 12
	leftUndone = 27 // the older ones were dealt with
)

// The hours in which the studio works.
const (
	opens  = 9
	closes = 19
)

// moments are when the focus person was told of something, the latest first: close together today,
// further apart before, and never at night, except for the last few, which are recent at any hour.
func moments(now time.Time, count int) []time.Time {
	const recent = 3
	all := make([]time.Time, count)
	at := now.Add(-11 * time.Minute)
	for i := range all {
		all[i] = at
		at = at.Add(-time.Duration(14+4*i) * time.Minute)
		if i < recent {
			continue
		}
		year, month, day := at.Date()
		if at.Hour() < opens {
			day--
		} else if at.Hour() < closes {
			continue
		}
		at = time.Date(year, month, day, closes-1, 47-i, 0, 0, at.Location())
	}
	return all
}

// remember plays the last days: notes, replies, messages and assignments, at moments in the past.
func (d *Demo) remember(ctx context.Context, now time.Time) error {
	p := newPlaybook(d.dice, d.focus)
	for i, at := range slices.Backward(moments(now, toldBefore)) {
		if err := d.perform(ctx, p.aside(), at.Add(-9*time.Minute)); err != nil {
			return err
		}
		if err := d.perform(ctx, p.told(), at); err != nil {
			return err
		}
		if i%4 == 1 && len(p.threads) > 0 { // the focus person answered now and then, in those days
			last := p.threads[len(p.threads)-1]
			if err := d.perform(ctx, p.reply(last, d.focus.ID()), at.Add(4*time.Minute)); err != nil {
				return err
			}
		}
	}
	for _, person := range People {
		if err := d.catchUp(ctx, person, now); err != nil {
			return fmt.Errorf("read %s's inbox: %w", person.Username, err)
		}
	}
	return nil
}

func (d *Demo) perform(ctx context.Context, a act, at time.Time) error {
	return d.studio.Do(ctx, a.by, at, a.ops)
}

// catchUp marks what a person has seen as read, and what is older still as done.
func (d *Demo) catchUp(ctx context.Context, person Person, now time.Time) error {
	rows, err := d.studio.Ask(ctx, person.ID(), "select id from Notification order by created_at descending, seq descending")
	if err != nil {
		return err
	}
	var ops []wire.Operation
	for i, row := range rows {
		seen := map[string]any{"read_at": now.Add(-time.Duration(i) * 20 * time.Minute)}
		if i >= leftUndone {
			seen["done_at"] = seen["read_at"]
		}
		if i >= leftUnread {
			ops = append(ops, update("Notification", text(row, "id"), seen))
		}
	}
	if len(ops) == 0 {
		return nil
	}
	return d.studio.Do(ctx, person.ID(), now, ops)
}

// told is something the focus person hears of.
func (p *playbook) told() act {
	switch roll := p.dice.IntN(100); {
	case roll < 25:
		if a, ok := p.replyTo(p.focus.Username); ok {
			return a
		}
	case roll < 35:
		return p.message(p.focus.Username)
	case roll < 50:
		return p.lend()
	}
	return p.note(p.mine[p.dice.IntN(len(p.mine))], p.focus.Username)
}

// aside is something that others hear of.
func (p *playbook) aside() act {
	t := p.elsewhere()
	if p.dice.IntN(3) == 0 {
		if a, ok := p.replyTo(t.artist); ok {
			return a
		}
	}
	return p.note(t, t.artist)
}
