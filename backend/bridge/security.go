package bridge

import (
	"context"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

// Security is the door to what guards the account: password, second factor, API key, devices. What the
// server wants confirmed first fails with the reason "confirmation_required".
type Security struct{ door door }

// State is how things stand at the server.
func (s *Security) State() (domain.Security, error) {
	return ask(s.door, remote, func(ctx context.Context, d *desktop.Desktop) (domain.Security, error) { return d.Security(ctx) })
}

// Confirm shows anew who the person is.
func (s *Security) Confirm(password, code string) error {
	return s.door.within(remote, func(ctx context.Context, d *desktop.Desktop) error { return d.Confirm(ctx, password, code) })
}

// ChangePassword gives the person another password.
func (s *Security) ChangePassword(old, password string) error {
	return s.door.within(remote, func(ctx context.Context, d *desktop.Desktop) error { return d.ChangePassword(ctx, old, password) })
}

// SetUpTwoFactor gives what an authenticator app needs. It works while somebody who must have a second
// factor signs in, too.
func (s *Security) SetUpTwoFactor() (domain.TwoFactorSetup, error) {
	return ask(s.door, remote, func(ctx context.Context, d *desktop.Desktop) (domain.TwoFactorSetup, error) {
		return d.SetUpTwoFactor(ctx)
	})
}

// EnableTwoFactor turns it on, for the code that the app shows.
func (s *Security) EnableTwoFactor(code string) error {
	return s.door.within(remote, func(ctx context.Context, d *desktop.Desktop) error { return d.EnableTwoFactor(ctx, code) })
}

// GiveUpEnrolment forgets who was setting up a second factor to sign in.
func (s *Security) GiveUpEnrolment() error {
	return s.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.GiveUpEnrolment(ctx) })
}

// DisableTwoFactor turns it off, for a code of the app or a backup code.
func (s *Security) DisableTwoFactor(code string) error {
	return s.door.within(remote, func(ctx context.Context, d *desktop.Desktop) error { return d.DisableTwoFactor(ctx, code) })
}

// MakeBackupCodes gives a new set of ten, to be read this once.
func (s *Security) MakeBackupCodes(code string) ([]string, error) {
	return ask(s.door, remote, func(ctx context.Context, d *desktop.Desktop) ([]string, error) { return d.MakeBackupCodes(ctx, code) })
}

// MakeKey makes the personal API key, or makes it anew, to be read this once.
func (s *Security) MakeKey() (string, error) {
	return ask(s.door, remote, func(ctx context.Context, d *desktop.Desktop) (string, error) { return d.MakeKey(ctx) })
}

// SignOutDevice ends the session on another device.
func (s *Security) SignOutDevice(id string) error {
	return s.door.within(remote, func(ctx context.Context, d *desktop.Desktop) error { return d.SignOutDevice(ctx, id) })
}

// SignOutOthers ends the sessions on all other devices.
func (s *Security) SignOutOthers() error {
	return s.door.within(remote, func(ctx context.Context, d *desktop.Desktop) error { return d.SignOutOthers(ctx) })
}

// Copy puts a text into the clipboard.
func (s *Security) Copy(text string) error {
	return s.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.Copy(ctx, text) })
}

// Print opens the system's dialog to print the page.
func (s *Security) Print() error {
	return s.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.Print(ctx) })
}

// SaveText writes a text into a file that the person chooses; false where they chose none.
func (s *Security) SaveText(name, text string) (bool, error) {
	return ask(s.door, patient, func(ctx context.Context, d *desktop.Desktop) (bool, error) { return d.SaveText(ctx, name, text) })
}
