package bridge

import (
	"context"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

// Settings is the door to this computer's choices.
type Settings struct{ door door }

// Save keeps the choices the page offers.
func (s *Settings) Save(theme domain.Theme, language string, fuzzyDates bool) error {
	return s.door.within(local, func(ctx context.Context, d *desktop.Desktop) error {
		return d.SaveSettings(ctx, theme, language, fuzzyDates)
	})
}
