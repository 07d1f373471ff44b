package bridge

import (
	"context"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

// Settings is the door to this computer's choices.
type Settings struct{ door door }

// Save keeps how everything looks: in the preferences of who is signed in, where their workspace keeps
// any, and else on this computer.
func (s *Settings) Save(theme domain.Theme, language string, fuzzyDates bool) error {
	return s.door.within(local, func(ctx context.Context, d *desktop.Desktop) error {
		return d.SaveSettings(ctx, theme, language, fuzzyDates)
	})
}

// SaveToasts keeps whether this computer shows toasts, and of which kinds none.
func (s *Settings) SaveToasts(on bool, inboxOnly []domain.Kind) error {
	return s.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.SaveToasts(ctx, on, inboxOnly) })
}
