package desktop

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// demoKey is the demo studio's account: its port changes with every start, its copy does not.
const demoKey = "demo"

// Deadlines of what a person does not wait for.
const (
	keychainLimit = 5 * time.Second
	farewellLimit = 4 * time.Second
)

// TryDemo starts the demo studio on this computer and signs in to it.
func (d *Desktop) TryDemo(ctx context.Context) error {
	return d.signing(ctx, func() (domain.Account, domain.Session, error) { return d.enterDemo(ctx) })
}

// SignIn signs in to a Callboard workspace.
func (d *Desktop) SignIn(ctx context.Context, in domain.SignIn) error {
	return d.signing(ctx, func() (domain.Account, domain.Session, error) {
		address, insisted, err := d.addressOf(in)
		if err != nil {
			return domain.Account{}, domain.Session{}, err
		}
		in.Address, in.Username = address, strings.TrimSpace(in.Username)
		in.DeviceToken = d.deviceToken(ctx, address)
		session, err := d.cfg.SignIn(ctx, in)
		if err != nil {
			return domain.Account{}, domain.Session{}, err
		}
		d.keepDeviceToken(ctx, address, session.DeviceToken)
		account := domain.Account{
			Key: strings.ToLower(session.Username) + " " + address, Address: address, User: session.User, Username: session.Username,
			Insecure: insisted, CAFile: in.CAFile,
		}
		if session.Enrol {
			d.mustEnrolFirst(account, session)
			return domain.Account{}, domain.Session{}, mustEnrol()
		}
		return account, session, nil
	})
}

// addressOf is the address of the server to sign in to, and whether it is one that only the person's
// insisting opens.
func (d *Desktop) addressOf(in domain.SignIn) (address string, insisted bool, err error) {
	address, err = d.cfg.Address(in.Address, false)
	if err == nil || !in.Insecure {
		return address, false, err
	}
	address, err = d.cfg.Address(in.Address, true)
	return address, true, err
}

// Forgot asks a server to mail a link to choose a new password. The answer tells nobody who is known there.
func (d *Desktop) Forgot(ctx context.Context, in domain.SignIn) error {
	if err := d.begun(ctx); err != nil {
		return err
	}
	address, _, err := d.addressOf(in)
	if err != nil {
		return err
	}
	in.Address = address
	return d.cfg.Forgot(ctx, in)
}

// SignOut ends the session and removes from this computer what belongs to the account: token, copy,
// name. The server is told if it can be reached; if not, its session runs out by itself. The key ""
// is the workspace shown.
func (d *Desktop) SignOut(ctx context.Context, key string) error {
	if _, err := d.signedIn(ctx); err != nil {
		return err
	}
	back, err := d.takeTurn(ctx)
	if err != nil {
		return err
	}
	defer back()
	d.mu.Lock()
	l := d.shown
	if key != "" {
		l = d.lineOf(key)
	}
	d.mu.Unlock()
	if l == nil {
		return domain.Errorf(domain.NotFound, "nobody is signed in as %q", key)
	}
	if l.token != "" {
		farewell, cancel := context.WithTimeout(ctx, farewellLimit)
		if err := l.remote.SignOut(farewell); err != nil {
			d.cfg.Log.Info("the server was not told of the sign-out", "err", err)
		}
		cancel()
	}
	l.end()
	d.mu.Lock()
	d.lines = slices.DeleteFunc(slices.Clone(d.lines), func(other *line) bool { return other == l })
	d.mu.Unlock()
	faults := []error{d.cache.Forget(l.key)}
	if l.demo {
		faults = append(faults, d.cfg.Demo.Close())
	} else {
		faults = append(faults, d.forgetToken(ctx, l.key))
	}
	d.mu.Lock()
	d.forgetAccount(l.key)
	if d.shown == l {
		var next *line
		if len(d.lines) > 0 {
			next = d.lines[0]
		}
		d.present(next)
	}
	d.tellWorkspaces()
	d.mu.Unlock()
	d.repaint()
	return errors.Join(faults...)
}

// ChooseCertificates asks the person for a file of certificates that are trusted for one workspace.
func (d *Desktop) ChooseCertificates(ctx context.Context) (string, error) {
	if err := d.begun(ctx); err != nil {
		return "", err
	}
	return d.around.Window.ChooseCertificates()
}

// signing runs one attempt to sign in, shows that it is under way, and puts the state back if it fails.
func (d *Desktop) signing(ctx context.Context, attempt func() (domain.Account, domain.Session, error)) error {
	if err := d.begun(ctx); err != nil {
		return err
	}
	back, err := d.takeTurn(ctx)
	if err != nil {
		return err
	}
	defer back()
	d.mu.Lock()
	if d.cache == nil {
		defer d.mu.Unlock()
		return domain.Errorf(domain.Internal, "the inbox copy on this computer cannot be opened")
	}
	d.entering = true
	d.tellSession()
	d.mu.Unlock()

	account, session, err := attempt()
	d.mu.Lock()
	d.entering = false
	if err != nil {
		d.tellSession()
	}
	d.mu.Unlock()
	if err != nil {
		return err
	}
	d.settle(ctx, account, session)
	return nil
}

// settle keeps the account and its token, starts its line and shows it.
func (d *Desktop) settle(ctx context.Context, account domain.Account, session domain.Session) {
	kept := account.Demo || d.keepToken(ctx, account.Key, session.Token)
	//nolint:contextcheck // the line outlives the call that made it
	d.take(account, session.Token, func(l *line) {
		l.kept = kept
		d.remember(account)
		d.shown = nil // also a renewed sign-in is told in full
		d.present(l)
	})
}

// enterDemo starts the demo studio and signs in as its artist.
func (d *Desktop) enterDemo(ctx context.Context) (domain.Account, domain.Session, error) {
	in, err := d.cfg.Demo.Open(ctx)
	if err != nil {
		return domain.Account{}, domain.Session{}, err
	}
	session, err := d.cfg.SignIn(ctx, in)
	if err != nil {
		return domain.Account{}, domain.Session{}, err
	}
	return domain.Account{Key: demoKey, Address: in.Address, Demo: true, User: session.User, Username: session.Username}, session, nil
}

// restore connects the accounts of last time, the one shown first. Their copies show already.
func (d *Desktop) restore(ctx context.Context) {
	lines := d.everyLine()
	if len(lines) == 0 && d.cfg.EnterDemo {
		d.report("open the demo studio", d.TryDemo(ctx))
	}
	for _, l := range lines {
		d.restoreLine(ctx, l)
	}
}

func (d *Desktop) restoreLine(ctx context.Context, l *line) {
	back, err := d.takeTurn(ctx)
	if err != nil {
		return
	}
	defer back()
	d.mu.Lock()
	there, account := d.has(l), l.account
	d.mu.Unlock()
	switch {
	case !there: // signed out meanwhile, or in again
		return
	case l.demo:
		d.restoreDemo(ctx, l)
		return
	}
	asking, cancel := context.WithTimeout(ctx, keychainLimit)
	token, err := d.cfg.Keychain.Get(asking, l.key)
	cancel()
	if err != nil || token == "" {
		d.cfg.Log.Info("no token was kept; a new sign-in is needed", "err", err)
		d.noteKeychain(err)
		d.expire(l)
		return
	}
	d.take(account, token, func(*line) {}) //nolint:contextcheck // the line outlives the turn
}

func (d *Desktop) restoreDemo(ctx context.Context, l *line) {
	account, session, err := d.enterDemo(ctx)
	if err != nil {
		d.cfg.Log.Error("open the demo studio again", "err", err)
		d.heard(l, News{Connection: &domain.ConnectionState{Problem: asError(err)}})
		return
	}
	d.mu.Lock()
	account.Workspace = l.account.Workspace
	d.mu.Unlock()
	d.take(account, session.Token, func(*line) { d.remember(account) }) //nolint:contextcheck // the line outlives the turn
}

// expire says that the server wants a new sign-in. The copy stays on show.
func (d *Desktop) expire(l *line) {
	d.mu.Lock()
	if d.has(l) && l.phase == domain.SignedIn {
		l.phase = domain.Expired
		if d.shown == l {
			d.tellSession()
		}
		d.tellWorkspaces()
	}
	d.mu.Unlock()
	d.repaint()
}

// keepToken says whether the token will be there at the next start.
func (d *Desktop) keepToken(ctx context.Context, key, token string) bool {
	ctx, cancel := context.WithTimeout(ctx, keychainLimit)
	defer cancel()
	err := d.cfg.Keychain.Set(ctx, key, token)
	if err != nil {
		d.cfg.Log.Warn("the token lasts until Callboard quits: it could not be kept", "err", err)
	}
	d.noteKeychain(err)
	return err == nil
}

func (d *Desktop) forgetToken(ctx context.Context, key string) error {
	ctx, cancel := context.WithTimeout(ctx, keychainLimit)
	defer cancel()
	err := d.cfg.Keychain.Delete(ctx, key)
	switch domain.CodeOf(err) {
	case domain.NotFound, domain.Unsupported:
		return nil // nothing is kept, which is what was wanted
	default:
		return err
	}
}

// deviceToken is what a server knows this computer by, whoever signs in; "" where it does not.
func (d *Desktop) deviceToken(ctx context.Context, address string) string {
	ctx, cancel := context.WithTimeout(ctx, keychainLimit)
	defer cancel()
	token, err := d.cfg.Keychain.Get(ctx, deviceKey(address))
	if err != nil {
		return ""
	}
	return token
}

// keepDeviceToken keeps it where there is a keychain. Without one this computer is a new device each time.
func (d *Desktop) keepDeviceToken(ctx context.Context, address, token string) {
	if token == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, keychainLimit)
	defer cancel()
	if err := d.cfg.Keychain.Set(ctx, deviceKey(address), token); err != nil {
		d.cfg.Log.Info("the server will take this computer for a new device: its token could not be kept", "err", err)
	}
}

func deviceKey(address string) string { return "device " + address }

// noteKeychain keeps the page's picture of this computer true after a call.
func (d *Desktop) noteKeychain(err error) {
	works := err == nil || domain.CodeOf(err) == domain.NotFound
	d.setComputer(func(c *domain.Computer) { c.Keychain = works })
}

// takeTurn waits for the one place to sign in or out.
func (d *Desktop) takeTurn(ctx context.Context) (back func(), err error) {
	select {
	case <-d.turn:
		return func() { d.turn <- struct{}{} }, nil
	case <-ctx.Done():
		return nil, domain.Errorf(domain.Conflict, "another sign-in is under way: %w", ctx.Err())
	}
}
