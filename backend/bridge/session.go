package bridge

import (
	"context"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

// Session is the door to signing in and out.
type Session struct{ door door }

// TryDemo opens the demo studio on this computer.
func (s *Session) TryDemo() error {
	return s.door.within(remote, func(ctx context.Context, d *desktop.Desktop) error { return d.TryDemo(ctx) })
}

// SignIn signs in to a workspace.
func (s *Session) SignIn(in domain.SignIn) error {
	return s.door.within(remote, func(ctx context.Context, d *desktop.Desktop) error { return d.SignIn(ctx, in) })
}

// SignOut forgets the account on this computer.
func (s *Session) SignOut() error {
	return s.door.within(remote, func(ctx context.Context, d *desktop.Desktop) error { return d.SignOut(ctx) })
}
