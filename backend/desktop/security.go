package desktop

import (
	"context"
	"os"
	"strings"

	"github.com/callboard/callboard/backend/domain"
)

// Guard is what a server does for the safety of an account. A change that the server wants a fresh
// confirmation for fails with the reason "confirmation_required" until Confirm was called.
type Guard interface {
	Security(context.Context) (domain.Security, error)
	Confirm(ctx context.Context, password, code string) error
	ChangePassword(ctx context.Context, user domain.UserID, old, password string) error
	NewTOTP(context.Context) (secret, address string, err error)
	EnableTOTP(ctx context.Context, code, secret string) error
	DisableSecondFactor(ctx context.Context, code string) error
	MakeBackupCodes(ctx context.Context, code string) ([]string, error)
	MakeKey(ctx context.Context, user domain.UserID) (string, error)
	EndSession(ctx context.Context, id string) error
	EndOtherSessions(context.Context) error
}

// Security is what guards the account shown, as the server has it now.
func (d *Desktop) Security(ctx context.Context) (domain.Security, error) {
	l, err := d.online(ctx)
	if err != nil {
		return domain.Security{}, err
	}
	return l.remote.Security(ctx)
}

// Confirm shows the server anew who the person is; for ten minutes they may then change what guards
// their account.
func (d *Desktop) Confirm(ctx context.Context, password, code string) error {
	return d.guarding(ctx, func(l *line) error { return l.remote.Confirm(ctx, password, code) })
}

// ChangePassword gives the person another password. Their other devices are signed out.
func (d *Desktop) ChangePassword(ctx context.Context, old, password string) error {
	return d.guarding(ctx, func(l *line) error { return l.remote.ChangePassword(ctx, l.account.User.ID, old, password) })
}

// SetUpTwoFactor begins to set up a second factor: for the account shown or, while somebody who must have
// one signs in, for theirs. The secret waits here for the code that proves it; nothing else keeps it.
func (d *Desktop) SetUpTwoFactor(ctx context.Context) (domain.TwoFactorSetup, error) {
	guard, err := d.guard(ctx)
	if err != nil {
		return domain.TwoFactorSetup{}, err
	}
	secret, address, err := guard.NewTOTP(ctx)
	if err != nil {
		return domain.TwoFactorSetup{}, err
	}
	rows, err := modules(address)
	if err != nil {
		return domain.TwoFactorSetup{}, domain.Errorf(domain.Internal, "draw the QR code: %w", err)
	}
	d.mu.Lock()
	d.secret = secret
	d.mu.Unlock()
	return domain.TwoFactorSetup{Secret: secret, QR: rows}, nil
}

// EnableTwoFactor turns the second factor on, for the code that an authenticator with the secret shows.
// Whoever was signing in is signed in then.
func (d *Desktop) EnableTwoFactor(ctx context.Context, code string) error {
	guard, err := d.guard(ctx)
	if err != nil {
		return err
	}
	d.mu.Lock()
	secret := d.secret
	d.mu.Unlock()
	if secret == "" {
		return domain.Errorf(domain.Conflict, "the set-up has not begun")
	}
	if err := guard.EnableTOTP(ctx, strings.TrimSpace(code), secret); err != nil {
		return err
	}
	d.mu.Lock()
	d.secret = ""
	d.mu.Unlock()
	return d.enrolled(ctx)
}

// DisableTwoFactor turns the second factor off, for a code of it or a backup code.
func (d *Desktop) DisableTwoFactor(ctx context.Context, code string) error {
	return d.guarding(ctx, func(l *line) error { return l.remote.DisableSecondFactor(ctx, code) })
}

// MakeBackupCodes makes a new set of backup codes. They can be read this once; the old set is void.
func (d *Desktop) MakeBackupCodes(ctx context.Context, code string) ([]string, error) {
	l, err := d.online(ctx)
	if err != nil {
		return nil, err
	}
	return l.remote.MakeBackupCodes(ctx, code)
}

// MakeKey makes the personal API key, or makes it anew. It can be read this once.
func (d *Desktop) MakeKey(ctx context.Context) (string, error) {
	l, err := d.online(ctx)
	if err != nil {
		return "", err
	}
	return l.remote.MakeKey(ctx, l.account.User.ID)
}

// SignOutDevice ends the person's session on another device.
func (d *Desktop) SignOutDevice(ctx context.Context, id string) error {
	return d.guarding(ctx, func(l *line) error { return l.remote.EndSession(ctx, id) })
}

// SignOutOthers ends the person's sessions on all other devices.
func (d *Desktop) SignOutOthers(ctx context.Context) error {
	return d.guarding(ctx, func(l *line) error { return l.remote.EndOtherSessions(ctx) })
}

// guarding does something for the account shown, at its server.
func (d *Desktop) guarding(ctx context.Context, do func(*line) error) error {
	l, err := d.online(ctx)
	if err != nil {
		return err
	}
	return do(l)
}

// Copy puts a text into the clipboard.
func (d *Desktop) Copy(ctx context.Context, text string) error {
	if err := d.begun(ctx); err != nil {
		return err
	}
	return d.around.Window.Copy(text)
}

// Print opens the system's dialog to print the page.
func (d *Desktop) Print(ctx context.Context) error {
	if err := d.begun(ctx); err != nil {
		return err
	}
	d.around.Window.Print()
	return nil
}

// maxSaved bounds a text that SaveText writes.
const maxSaved = 64 << 10

// SaveText writes a text into a file that the person chooses, readable by them alone. It answers false
// where they chose none.
func (d *Desktop) SaveText(ctx context.Context, name, text string) (saved bool, err error) {
	if err := d.begun(ctx); err != nil {
		return false, err
	}
	if len(text) > maxSaved {
		return false, domain.Errorf(domain.Invalid, "a text of %d bytes is too long to be saved", len(text))
	}
	path, err := d.around.Window.ChooseNewFile(name)
	if err != nil || path == "" {
		return false, err
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return false, &domain.Error{Code: domain.Internal, Reason: "file_not_saved", Message: "the file could not be written", Err: err}
	}
	return true, nil
}
