package desktop

import (
	"context"
	"errors"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

const (
	// mostPause is how long one pause lasts at most.
	mostPause = 14 * 24 * time.Hour
	// morning is the hour at which a pause until tomorrow ends, small the hour until which a night still
	// belongs to the day before.
	morning, small = 9, 5
)

// Pause holds toasts, sounds and mail back for so many minutes, in every workspace somebody is signed in
// to: it is this person who wants quiet.
func (d *Desktop) Pause(ctx context.Context, minutes int) error {
	span := time.Duration(minutes) * time.Minute
	if minutes < 1 || span > mostPause {
		return &domain.Error{Code: domain.Invalid, Field: "minutes", Reason: "out_of_range", Message: "a pause lasts from a minute to two weeks"}
	}
	return d.pauseUntil(ctx, func(now time.Time, _ *time.Location) time.Time { return now.Add(span) })
}

// PauseUntilTomorrow holds them back until the next morning.
func (d *Desktop) PauseUntilTomorrow(ctx context.Context) error {
	return d.pauseUntil(ctx, nextMorning)
}

// nextMorning is tomorrow's morning; before sunrise it is today's.
func nextMorning(now time.Time, zone *time.Location) time.Time {
	now = now.In(zone)
	day := now.Day()
	if now.Hour() >= small {
		day++
	}
	return time.Date(now.Year(), now.Month(), day, morning, 0, 0, 0, zone)
}

// Resume ends a pause.
func (d *Desktop) Resume(ctx context.Context) error {
	return d.changeEvery(ctx, func(domain.Preferences) domain.AccountChange {
		return domain.AccountChange{Reset: []string{"pausedUntil"}}
	})
}

func (d *Desktop) pauseUntil(ctx context.Context, end func(now time.Time, zone *time.Location) time.Time) error {
	now := d.cfg.Clock()
	return d.changeEvery(ctx, func(p domain.Preferences) domain.AccountChange {
		zone, err := domain.Zone(p.Timezone, now.Location())
		if err != nil {
			zone = now.Location()
		}
		until := end(now, zone).UTC()
		return domain.AccountChange{PausedUntil: &until}
	})
}

// changeEvery changes the account in every workspace that keeps preferences. Where none does it says so.
func (d *Desktop) changeEvery(ctx context.Context, change func(domain.Preferences) domain.AccountChange) error {
	if _, err := d.signedIn(ctx); err != nil {
		return err
	}
	var faults []error
	able := false
	for _, l := range d.everyLine() {
		if state := d.stateOf(l); state.Able.Preferences {
			able = true
			faults = append(faults, d.changeAccount(ctx, l, change(state.Preferences)))
		}
	}
	if !able {
		return errNoPreferences()
	}
	return errors.Join(faults...)
}
