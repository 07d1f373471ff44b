package desktop

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// Office is what a server does for its administrators. Some of it wants a fresh confirmation, as with Guard.
type Office interface {
	Defaults(context.Context) (domain.DefaultsState, error)
	SaveDefaults(context.Context, domain.DefaultsChange) error
	Accounts(ctx context.Context, filter domain.PeopleFilter, cursor string) (domain.PeoplePage, error)
	AccountOf(context.Context, domain.UserID) (domain.AccountOf, error)
	PeopleChoices(context.Context) (domain.PeopleChoices, error)
	Invite(context.Context, domain.Invitation) (domain.UserID, error)
	ChangeAccountOf(context.Context, domain.UserID, domain.AccountOfChange) error
	SendReset(context.Context, domain.UserID) error
	ResetSecondFactor(context.Context, domain.UserID) error
	Audit(ctx context.Context, filter domain.AuditFilter, cursor string) (domain.AuditPage, error)
	Policy(context.Context) (domain.Policy, error)
	Enforce(ctx context.Context, on bool) error
}

// Accounts lists those of the workspace.
func (d *Desktop) Accounts(ctx context.Context, filter domain.PeopleFilter, cursor string) (domain.PeoplePage, error) {
	return inOffice(ctx, d, func(o Office) (domain.PeoplePage, error) { return o.Accounts(ctx, filter, cursor) })
}

// AccountOf is the account of one person.
func (d *Desktop) AccountOf(ctx context.Context, user domain.UserID) (domain.AccountOf, error) {
	return inOffice(ctx, d, func(o Office) (domain.AccountOf, error) { return o.AccountOf(ctx, user) })
}

// PeopleChoices are the roles and groups that people can have.
func (d *Desktop) PeopleChoices(ctx context.Context) (domain.PeopleChoices, error) {
	return inOffice(ctx, d, func(o Office) (domain.PeopleChoices, error) { return o.PeopleChoices(ctx) })
}

// Invite adds somebody, who is mailed a link to choose a password, and answers their account.
func (d *Desktop) Invite(ctx context.Context, invitation domain.Invitation) (domain.AccountOf, error) {
	return inOffice(ctx, d, func(o Office) (domain.AccountOf, error) {
		invitation, err := invitation.Valid()
		if err != nil {
			return domain.AccountOf{}, err
		}
		user, err := o.Invite(ctx, invitation)
		if err != nil {
			return domain.AccountOf{}, err
		}
		return o.AccountOf(ctx, user)
	})
}

// ChangeAccountOf changes somebody's account, and answers how it is then.
func (d *Desktop) ChangeAccountOf(ctx context.Context, user domain.UserID, change domain.AccountOfChange) (domain.AccountOf, error) {
	return inOffice(ctx, d, func(o Office) (domain.AccountOf, error) {
		change, err := change.Valid()
		if err != nil {
			return domain.AccountOf{}, err
		}
		if err := o.ChangeAccountOf(ctx, user, change); err != nil {
			return domain.AccountOf{}, err
		}
		return o.AccountOf(ctx, user)
	})
}

// SendReset mails somebody a link to a new password.
func (d *Desktop) SendReset(ctx context.Context, user domain.UserID) error {
	return d.asAdministrator(ctx, func(o Office) error { return o.SendReset(ctx, user) })
}

// ResetSecondFactor turns off the second factor of somebody who has lost it, and answers their account.
func (d *Desktop) ResetSecondFactor(ctx context.Context, user domain.UserID) (domain.AccountOf, error) {
	return inOffice(ctx, d, func(o Office) (domain.AccountOf, error) {
		if err := o.ResetSecondFactor(ctx, user); err != nil {
			return domain.AccountOf{}, err
		}
		return o.AccountOf(ctx, user)
	})
}

// Audit reads what was done to accounts and to the workspace, the newest first.
func (d *Desktop) Audit(ctx context.Context, filter domain.AuditFilter, cursor string) (domain.AuditPage, error) {
	return inOffice(ctx, d, func(o Office) (domain.AuditPage, error) { return o.Audit(ctx, filter, cursor) })
}

// Policy is how the workspace's accounts are guarded.
func (d *Desktop) Policy(ctx context.Context) (domain.Policy, error) {
	return inOffice(ctx, d, func(o Office) (domain.Policy, error) { return o.Policy(ctx) })
}

// Enforce says whether everybody must use two-factor authentication, and answers how accounts are guarded then.
// It is not asked after that: an administrator without a second factor is let do nothing else any more.
func (d *Desktop) Enforce(ctx context.Context, on bool) (domain.Policy, error) {
	return inOffice(ctx, d, func(o Office) (domain.Policy, error) {
		policy, err := o.Policy(ctx)
		if err != nil {
			return policy, err
		}
		return policy.With(on), o.Enforce(ctx, on)
	})
}

// inOffice asks the server of the account shown, for an administrator.
func inOffice[T any](ctx context.Context, d *Desktop, do func(Office) (T, error)) (answer T, err error) {
	err = d.asAdministrator(ctx, func(o Office) error {
		answer, err = do(o)
		return err
	})
	return answer, err
}

func (d *Desktop) asAdministrator(ctx context.Context, do func(Office) error) error {
	l, err := d.administered(ctx)
	if err != nil {
		return err
	}
	return do(l.remote)
}
