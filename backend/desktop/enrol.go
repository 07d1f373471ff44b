package desktop

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// enrolment is somebody who gave the right password to a workspace that wants a second factor they do not
// have yet. Their session is good for setting one up and for nothing else.
type enrolment struct {
	account domain.Account
	session domain.Session
	guard   Guard
}

// mustEnrol is what signing in answers until the second factor is set up.
func mustEnrol() error {
	return &domain.Error{Code: domain.Forbidden, Reason: "enrolment_required", Message: "the workspace wants a second factor first"}
}

// mustEnrolFirst keeps who gave the right password until their second factor is set up.
func (d *Desktop) mustEnrolFirst(account domain.Account, session domain.Session) {
	remote, _ := d.cfg.Connect(account, session.Token, d.cache.Account(account.Key), func(News) {})
	d.mu.Lock()
	defer d.mu.Unlock()
	d.enrolling = &enrolment{account: account, session: session, guard: remote}
}

// guard is who sets up a second factor: the server of whoever is signing in, or that of the account shown.
func (d *Desktop) guard(ctx context.Context) (Guard, error) {
	if err := d.begun(ctx); err != nil {
		return nil, err
	}
	d.mu.Lock()
	enrolling := d.enrolling
	d.mu.Unlock()
	if enrolling != nil {
		return enrolling.guard, nil
	}
	l, err := d.online(ctx)
	if err != nil {
		return nil, err
	}
	return l.remote, nil
}

// enrolled signs in whoever was waiting for their second factor. Where nobody was there is nothing to do.
func (d *Desktop) enrolled(ctx context.Context) error {
	back, err := d.takeTurn(ctx)
	if err != nil {
		return err
	}
	defer back()
	d.mu.Lock()
	done := d.enrolling
	d.enrolling = nil
	d.mu.Unlock()
	if done != nil {
		d.settle(ctx, done.account, done.session)
	}
	return nil
}

// GiveUpEnrolment forgets who was setting up a second factor to sign in.
func (d *Desktop) GiveUpEnrolment(ctx context.Context) error {
	if err := d.begun(ctx); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.enrolling, d.secret = nil, ""
	return nil
}
