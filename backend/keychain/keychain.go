// Package keychain keeps secrets in the system's own keychain, and says so plainly where there is none.
// It never writes one anywhere else.
//
// The trap: the library's calls take no context, may wait two minutes for a bus that never comes, and
// panic when a connection closes under them. So every call runs apart, with a deadline of its own.
package keychain

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/callboard/callboard/backend/domain"
)

// patience is how long a call may take. A person asked to unlock the keychain needs longer; the app
// goes on without, and the next call finds it unlocked.
const patience = 3 * time.Second

// Keychain is the system's keychain, as far as it is one service's.
type Keychain struct {
	service string
	bus     bool
}

// New names the service; it asks nothing. Bus says whether the session has a bus: on Linux there is no
// keychain without one, and asking would start a bus that nobody serves.
func New(service string, bus bool) *Keychain { return &Keychain{service: service, bus: bus} }

// Available says whether this computer may have a keychain. That it works shows only a call.
func (k *Keychain) Available() bool { return k.bus }

// Get reads a secret. Its error is a domain.NotFound where none is kept, and a domain.Unsupported where
// the keychain does not work.
func (k *Keychain) Get(ctx context.Context, key string) (string, error) {
	return k.apart(ctx, func() (string, error) { return keyring.Get(k.service, key) })
}

// Set keeps a secret in the place of an earlier one. At most two kilobytes fit everywhere.
func (k *Keychain) Set(ctx context.Context, key, secret string) error {
	_, err := k.apart(ctx, func() (string, error) { return "", keyring.Set(k.service, key, secret) })
	return err
}

// Delete forgets a secret; where none is kept its error is a domain.NotFound.
func (k *Keychain) Delete(ctx context.Context, key string) error {
	_, err := k.apart(ctx, func() (string, error) { return "", keyring.Delete(k.service, key) })
	return err
}

// apart runs a call of the library under its deadline. One that does not come back is left behind: it
// cannot be ended, and holds nothing but its goroutine.
func (k *Keychain) apart(ctx context.Context, call func() (string, error)) (string, error) {
	if !k.bus {
		return "", missing(errors.New("there is no session bus"))
	}
	if err := ctx.Err(); err != nil {
		return "", missing(err) // a call that nobody waits for is not begun: it could not be ended
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	type answer struct {
		secret string
		err    error
	}
	answered := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if found := recover(); found != nil {
				a = answer{err: fmt.Errorf("the keychain library failed: %v", found)}
			}
			answered <- a
		}()
		a.secret, a.err = call()
	}()
	select {
	case a := <-answered:
		return a.secret, worded(a.err)
	case <-ctx.Done():
		return "", missing(ctx.Err())
	}
}

func worded(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return domain.Errorf(domain.NotFound, "the keychain holds no such secret")
	default:
		return missing(err)
	}
}

func missing(cause error) error {
	return &domain.Error{Code: domain.Unsupported, Reason: "no_keychain", Message: "this computer has no keychain that works", Err: cause}
}
