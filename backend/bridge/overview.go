package bridge

import (
	"context"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

// Overview is the door to what goes on in the person's projects.
type Overview struct{ door door }

// Now gives the overview as this computer keeps it; what the server says follows as an event.
func (o *Overview) Now() (domain.Overview, error) {
	return ask(o.door, local, func(ctx context.Context, d *desktop.Desktop) (domain.Overview, error) { return d.Overview(ctx) })
}
