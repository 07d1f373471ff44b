// Package keychain keeps secrets in the system's own keychain: Secret Service on Linux, Credential
// Manager on Windows, Keychain on macOS. It holds nothing itself and has no file to fall back to: what
// to do without a keychain is the caller's decision.
//
// The trap: the library's calls take no context and some wait for ever, for a prompt that nobody sees
// or a bus that is being started. So every call has a goroutine and a deadline of its own.
package keychain

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/callboard/callboard/backend/domain"
)

const (
	service = "Callboard"
	limit   = 3 * time.Second
	// nobody is an account that is never kept: asking for it shows whether the keychain answers.
	nobody = "availability"
)

// ErrNone says that nothing is kept under this name. It is the only sure "no": any other error leaves open
// whether something is.
var ErrNone = domain.Errorf(domain.NotFound, "nothing is kept in the keychain under this name")

// Keychain is the signed-in person's keychain.
type Keychain struct{}

// New makes a Keychain. It asks the system nothing yet.
func New() *Keychain { return &Keychain{} }

// Available says whether the keychain answers. It may wait for some seconds.
func (k *Keychain) Available() bool {
	_, err := k.Get(context.Background(), nobody)
	return err == nil || errors.Is(err, ErrNone)
}

// Get gives the secret kept under a name, or ErrNone.
func (k *Keychain) Get(ctx context.Context, account string) (string, error) {
	return within(ctx, func() (string, error) { return keyring.Get(service, account) })
}

// Set keeps a secret under a name, in the place of the one before.
func (k *Keychain) Set(ctx context.Context, account, secret string) error {
	_, err := within(ctx, func() (string, error) { return "", keyring.Set(service, account, secret) })
	return err
}

// Delete forgets what is kept under a name, or says ErrNone.
func (k *Keychain) Delete(ctx context.Context, account string) error {
	_, err := within(ctx, func() (string, error) { return "", keyring.Delete(service, account) })
	return err
}

type answer struct {
	secret string
	err    error
}

// within makes a call that may never end. A call given up goes on alone and its answer is forgotten:
// the library offers no way to stop it.
func within(ctx context.Context, call func() (string, error)) (string, error) {
	if err := reachable(); err != nil {
		return "", unsupported(err)
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	answers := make(chan answer, 1)
	go func() {
		defer func() {
			if met := recover(); met != nil { // the library panics when its connection closes under it
				answers <- answer{err: fmt.Errorf("the keychain's library: %v", met)}
			}
		}()
		secret, err := call()
		answers <- answer{secret, err}
	}()
	select {
	case <-ctx.Done():
		return "", unsupported(ctx.Err())
	case a := <-answers:
		if errors.Is(a.err, keyring.ErrNotFound) {
			return "", ErrNone
		}
		if a.err != nil {
			return "", unsupported(a.err)
		}
		return a.secret, nil
	}
}

// unsupported is the error of a keychain that does not work. The cause names the trouble, never a secret.
func unsupported(cause error) error {
	return &domain.Error{Code: domain.Unsupported, Reason: "no_keychain", Message: "this computer's keychain does not answer", Err: cause}
}
