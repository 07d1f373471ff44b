package desktop

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
)

// errNoPreferences answers where a workspace keeps no preferences.
func errNoPreferences() error {
	return &domain.Error{Code: domain.Unsupported, Reason: "no_preferences", Message: "this workspace keeps no preferences"}
}

// SaveAccount keeps what a person changed on a page of My account. It is durable when SaveAccount
// returns, and reaches the server when it can.
func (d *Desktop) SaveAccount(ctx context.Context, change domain.AccountChange) error {
	l, err := d.signedIn(ctx)
	if err != nil {
		return err
	}
	return d.changeAccount(ctx, l, change)
}

func (d *Desktop) changeAccount(ctx context.Context, l *line, change domain.AccountChange) error {
	if !change.OnlyNames() && !d.stateOf(l).Able.Preferences {
		return errNoPreferences()
	}
	change, err := change.Valid()
	if err != nil {
		return err
	}
	for i, mute := range change.Mute {
		change.Mute[i] = named(mute, d.cfg.Clock().UTC())
	}
	return d.do(ctx, l, domain.Action{Verb: domain.ChangeAccount, Change: &change})
}

// named is a mute as the list shows it until the server has said it.
func named(mute domain.Mute, now time.Time) domain.Mute {
	if mute.ID == "" {
		mute.ID = uuid.NewString()
	}
	if mute.Path == nil {
		mute.Path = []domain.Crumb{}
	}
	mute.CreatedAt = now
	return mute
}

// stateOf is what somebody chose in one workspace.
func (d *Desktop) stateOf(l *line) domain.AccountState {
	d.mu.Lock()
	defer d.mu.Unlock()
	return l.state
}

// accountState is the state of the line shown for the page; nil where nothing is known. The caller holds mu.
func (d *Desktop) accountState() *domain.AccountState {
	if d.shown == nil || d.shown.state.FetchedAt == nil {
		return nil
	}
	state := d.shown.state
	return &state
}

// chosen takes in what somebody chose in a workspace. The caller holds mu.
func (d *Desktop) chosen(l *line, state domain.AccountState) {
	l.state = state
	d.called(l, state.Profile)
	if d.shown == l {
		d.dress()
	}
}

// Projects asks the server for projects whose name holds the words.
func (d *Desktop) Projects(ctx context.Context, search string) ([]domain.ProjectName, error) {
	l, err := d.online(ctx)
	if err != nil {
		return nil, err
	}
	return l.remote.Projects(ctx, search)
}

// Defaults are the workspace's choices for whoever chose nothing.
func (d *Desktop) Defaults(ctx context.Context) (domain.DefaultsState, error) {
	l, err := d.administered(ctx)
	if err != nil {
		return domain.DefaultsState{}, err
	}
	return l.remote.Defaults(ctx)
}

// SaveDefaults changes the workspace's choices, and answers how they stand then.
func (d *Desktop) SaveDefaults(ctx context.Context, change domain.DefaultsChange) (domain.DefaultsState, error) {
	l, err := d.administered(ctx)
	if err != nil {
		return domain.DefaultsState{}, err
	}
	if change, err = change.Valid(); err != nil {
		return domain.DefaultsState{}, err
	}
	if err := l.remote.SaveDefaults(ctx, change); err != nil {
		return domain.DefaultsState{}, err
	}
	return l.remote.Defaults(ctx)
}

// online gives the line shown, where its server can be asked.
func (d *Desktop) online(ctx context.Context) (*line, error) {
	l, err := d.signedIn(ctx)
	if err == nil && l.token == "" {
		err = domain.Errorf(domain.Offline, "the workspace cannot be reached")
	}
	return l, err
}

// administered is online for administrators.
func (d *Desktop) administered(ctx context.Context) (*line, error) {
	l, err := d.online(ctx)
	if err == nil && !d.stateOf(l).Able.Administrator {
		err = domain.Errorf(domain.Forbidden, "only an administrator changes what counts for everybody")
	}
	return l, err
}
