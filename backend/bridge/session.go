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

// SignIn signs in to a workspace, beside those somebody is signed in to already, and shows it.
func (s *Session) SignIn(in domain.SignIn) error {
	return s.door.within(remote, func(ctx context.Context, d *desktop.Desktop) error { return d.SignIn(ctx, in) })
}

// Switch shows another of the workspaces somebody is signed in to, by the key of its account.
func (s *Session) Switch(key string) error {
	return s.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.Switch(ctx, key) })
}

// SignOut forgets an account on this computer; "" is the one shown.
func (s *Session) SignOut(key string) error {
	return s.door.within(remote, func(ctx context.Context, d *desktop.Desktop) error { return d.SignOut(ctx, key) })
}

// Forgot asks the server at the address to mail a link to choose a new password.
func (s *Session) Forgot(in domain.SignIn) error {
	return s.door.within(remote, func(ctx context.Context, d *desktop.Desktop) error { return d.Forgot(ctx, in) })
}

// ChooseCertificates asks the person for a file of certificates to trust; "" is none.
func (s *Session) ChooseCertificates() (string, error) {
	return ask(s.door, patient, func(ctx context.Context, d *desktop.Desktop) (string, error) { return d.ChooseCertificates(ctx) })
}
