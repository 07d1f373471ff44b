package bridge

import (
	"context"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

// Administration is the door to what counts for a whole workspace. It asks the server and keeps nothing:
// offline it answers so.
type Administration struct{ door door }

// Defaults are the workspace's choices for whoever chose nothing.
func (a *Administration) Defaults() (domain.DefaultsState, error) {
	return ask(a.door, remote, func(ctx context.Context, d *desktop.Desktop) (domain.DefaultsState, error) { return d.Defaults(ctx) })
}

// SaveDefaults changes them, and answers how they stand then.
func (a *Administration) SaveDefaults(change domain.DefaultsChange) (domain.DefaultsState, error) {
	return ask(a.door, remote, func(ctx context.Context, d *desktop.Desktop) (domain.DefaultsState, error) {
		return d.SaveDefaults(ctx, change)
	})
}

// People lists the accounts of the workspace, some at a time.
func (a *Administration) People(filter domain.PeopleFilter, cursor string) (domain.PeoplePage, error) {
	return ask(a.door, remote, func(ctx context.Context, d *desktop.Desktop) (domain.PeoplePage, error) {
		return d.Accounts(ctx, filter, cursor)
	})
}

// AccountOf is the account of one person.
func (a *Administration) AccountOf(user domain.UserID) (domain.AccountOf, error) {
	return ask(a.door, remote, func(ctx context.Context, d *desktop.Desktop) (domain.AccountOf, error) { return d.AccountOf(ctx, user) })
}

// PeopleChoices are the roles and groups that people can have.
func (a *Administration) PeopleChoices() (domain.PeopleChoices, error) {
	return ask(a.door, remote, func(ctx context.Context, d *desktop.Desktop) (domain.PeopleChoices, error) {
		return d.PeopleChoices(ctx)
	})
}

// Invite adds somebody, who is mailed a link to choose a password.
func (a *Administration) Invite(invitation domain.Invitation) (domain.AccountOf, error) {
	return ask(a.door, remote, func(ctx context.Context, d *desktop.Desktop) (domain.AccountOf, error) {
		return d.Invite(ctx, invitation)
	})
}

// ChangeAccountOf changes somebody's account, and answers how it is then.
func (a *Administration) ChangeAccountOf(user domain.UserID, change domain.AccountOfChange) (domain.AccountOf, error) {
	return ask(a.door, remote, func(ctx context.Context, d *desktop.Desktop) (domain.AccountOf, error) {
		return d.ChangeAccountOf(ctx, user, change)
	})
}

// SendReset mails somebody a link to a new password.
func (a *Administration) SendReset(user domain.UserID) error {
	return a.door.within(remote, func(ctx context.Context, d *desktop.Desktop) error { return d.SendReset(ctx, user) })
}

// ResetSecondFactor turns off the second factor of somebody who has lost it.
func (a *Administration) ResetSecondFactor(user domain.UserID) (domain.AccountOf, error) {
	return ask(a.door, remote, func(ctx context.Context, d *desktop.Desktop) (domain.AccountOf, error) {
		return d.ResetSecondFactor(ctx, user)
	})
}

// Audit reads the audit, some at a time, the newest first.
func (a *Administration) Audit(filter domain.AuditFilter, cursor string) (domain.AuditPage, error) {
	return ask(a.door, remote, func(ctx context.Context, d *desktop.Desktop) (domain.AuditPage, error) {
		return d.Audit(ctx, filter, cursor)
	})
}

// Policy is how the workspace's accounts are guarded.
func (a *Administration) Policy() (domain.Policy, error) {
	return ask(a.door, remote, func(ctx context.Context, d *desktop.Desktop) (domain.Policy, error) { return d.Policy(ctx) })
}

// Enforce says whether everybody must use two-factor authentication.
func (a *Administration) Enforce(on bool) (domain.Policy, error) {
	return ask(a.door, remote, func(ctx context.Context, d *desktop.Desktop) (domain.Policy, error) { return d.Enforce(ctx, on) })
}
