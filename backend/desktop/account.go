package desktop

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// errNoPreferences answers where a workspace keeps no preferences.
func errNoPreferences() error {
	return &domain.Error{Code: domain.Unsupported, Reason: "no_preferences", Message: "this workspace keeps no preferences"}
}

// SaveAccount keeps what a person changed on a page of My account.
func (d *Desktop) SaveAccount(ctx context.Context, _ domain.AccountChange) error {
	return errNoPreferences()
}

// Pause holds toasts, sounds and mail back for so many minutes.
func (d *Desktop) Pause(ctx context.Context, minutes int) error { return errNoPreferences() }

// PauseUntilTomorrow holds them back until the next morning.
func (d *Desktop) PauseUntilTomorrow(ctx context.Context) error { return errNoPreferences() }

// Resume ends a pause.
func (d *Desktop) Resume(ctx context.Context) error { return errNoPreferences() }

// Why tells why a notification came and which way.
func (d *Desktop) Why(ctx context.Context, id domain.NotificationID) (domain.Explanation, error) {
	l, err := d.signedIn(ctx)
	if err != nil {
		return domain.Explanation{}, err
	}
	item, err := l.held.Get(id)
	return domain.Explanation{Reasons: item.Reasons, Routes: item.Routes}, err
}

// TestToast shows a toast at once.
func (d *Desktop) TestToast(ctx context.Context) error {
	return &domain.Error{Code: domain.Unsupported, Reason: "no_toasts", Message: "this computer shows no toasts"}
}

// Projects asks the server for projects whose name holds the words.
func (d *Desktop) Projects(ctx context.Context, search string) ([]domain.ProjectName, error) {
	return nil, errNoPreferences()
}

// Defaults are the workspace's choices for whoever chose nothing.
func (d *Desktop) Defaults(ctx context.Context) (domain.DefaultsState, error) {
	return domain.DefaultsState{}, errNoPreferences()
}

// SaveDefaults changes the workspace's choices.
func (d *Desktop) SaveDefaults(ctx context.Context, change domain.DefaultsChange) (domain.DefaultsState, error) {
	return domain.DefaultsState{}, errNoPreferences()
}
