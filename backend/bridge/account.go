package bridge

import (
	"context"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

// Account is the door to what the signed-in person chose. The state itself comes with updates.
type Account struct{ door door }

// Save keeps what a person changed on a page of My account; it works offline. A refusal by the server
// comes as a problem later, with the state as it is then.
func (a *Account) Save(change domain.AccountChange) error {
	return a.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.SaveAccount(ctx, change) })
}

// SetEmail gives the person another mail address; the server answers. The reason "confirmation_required"
// asks for Security.Confirm, and to be tried again.
func (a *Account) SetEmail(address string) error {
	return a.door.within(remote, func(ctx context.Context, d *desktop.Desktop) error { return d.SetEmail(ctx, address) })
}

// SetPicture makes a square of the file that is held the person's picture. How far it has come is told by
// updates.
func (a *Account) SetPicture(held string, square domain.Square) error {
	return a.door.within(patient, func(ctx context.Context, d *desktop.Desktop) error { return d.SetPicture(ctx, held, square) })
}

// TakeDropped holds, as a picture, the file that the shell says was just dropped on the page.
func (a *Account) TakeDropped() (domain.HeldPicture, error) {
	return ask(a.door, remote, func(ctx context.Context, d *desktop.Desktop) (domain.HeldPicture, error) { return d.TakeDropped(ctx) })
}

// DropPicture forgets the file that is held, and gives up sending it.
func (a *Account) DropPicture() { a.door.d.DropPicture() }

// RemovePicture takes the person's picture away.
func (a *Account) RemovePicture() error {
	return a.door.within(remote, func(ctx context.Context, d *desktop.Desktop) error { return d.RemovePicture(ctx) })
}

// Pause holds toasts, sounds and mail back for so many minutes.
func (a *Account) Pause(minutes int) error {
	return a.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.Pause(ctx, minutes) })
}

// PauseUntilTomorrow holds them back until the next morning.
func (a *Account) PauseUntilTomorrow() error {
	return a.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.PauseUntilTomorrow(ctx) })
}

// Resume ends a pause.
func (a *Account) Resume() error {
	return a.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.Resume(ctx) })
}

// Why tells why a notification came and which way.
func (a *Account) Why(id domain.NotificationID) (domain.Explanation, error) {
	return ask(a.door, local, func(ctx context.Context, d *desktop.Desktop) (domain.Explanation, error) { return d.Why(ctx, id) })
}

// TestToast shows a toast at once, whatever holds others back.
func (a *Account) TestToast() error {
	return a.door.within(local, func(ctx context.Context, d *desktop.Desktop) error { return d.TestToast(ctx) })
}

// Projects asks the server for projects whose name holds the words, a few of them.
func (a *Account) Projects(search string) ([]domain.ProjectName, error) {
	return ask(a.door, remote, func(ctx context.Context, d *desktop.Desktop) ([]domain.ProjectName, error) {
		return d.Projects(ctx, search)
	})
}
