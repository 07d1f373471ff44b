package auth

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

const (
	wrongTries   = 5 // wrong passwords, or codes, until a pause
	firstPause   = 30 * time.Second
	longestPause = 15 * time.Minute
	forget       = 24 * time.Hour // a bucket nobody touched

	addressTries  = 1000
	addressWindow = 10 * time.Minute
)

// ThrottledError is a refusal that says when to come back. It is a domain.Throttled.
type ThrottledError struct {
	After time.Duration
	cause *domain.Error
}

// Error implements error.
func (e *ThrottledError) Error() string { return e.cause.Error() }

// Unwrap gives the domain error.
func (e *ThrottledError) Unwrap() error { return e.cause }

func throttled(after time.Duration, reason, message string) error {
	return &ThrottledError{After: after, cause: &domain.Error{Code: domain.Throttled, Reason: reason, Message: message}}
}

// RetryAfter is how long err asks to wait, 0 where it does not.
func RetryAfter(err error) time.Duration {
	var t *ThrottledError
	if errors.As(err, &t) {
		return max(t.After, time.Second)
	}
	return 0
}

// counter is where a try is counted: for who tries, or for the device or session they try from, and for the
// address it comes from. Passwords and codes are counted apart: what names the one or the other.
type counter struct{ what, who, address string }

func (c counter) bucket() string { return c.what + ":" + c.who }

// counted is a counter as it was before a try.
type counted struct {
	counter
	own, from store.Throttle
}

// charge counts a try before it is looked at. It refuses, without counting, what is paused.
func (c counter) charge(ctx context.Context, tx *store.Tx) (counted, error) {
	from, err := tx.Throttle(ctx, c.address)
	if err != nil {
		return counted{}, err
	}
	if age := tx.Now().Sub(from.Since); age >= addressWindow || age < 0 { // or the clock went back
		from = store.Throttle{Since: tx.Now()}
	}
	if from.Failures >= addressTries {
		return counted{}, throttled(from.Since.Add(addressWindow).Sub(tx.Now()), "address", "Too many wrong tries came from this address. Try again later.")
	}
	own, err := tx.Throttle(ctx, c.bucket())
	if err != nil {
		return counted{}, err
	}
	if wait := own.PausedUntil.Sub(tx.Now()); wait > 0 && wait <= longestPause { // a longer one is of a clock that went back
		return counted{}, throttled(wait, "paused", fmt.Sprintf("Too many wrong %ss. Try again in %d seconds.", c.what, int(wait.Seconds())+1))
	}
	before := counted{c, own, from}
	from.Failures++
	own.Failures++
	if own.Failures >= wrongTries {
		own.PausedUntil = tx.Now().Add(pause(own.Pauses))
		own.Failures, own.Pauses = 0, own.Pauses+1
	}
	if err := tx.SetThrottle(ctx, c.address, from, forget); err != nil {
		return counted{}, err
	}
	return before, tx.SetThrottle(ctx, c.bucket(), own, forget)
}

// paused says whether a pause begins with this try, where it was wrong.
func (c counted) paused() bool { return c.own.Failures+1 >= wrongTries }

// forgive takes back the count of a try that was right, and the wrong ones before it.
func (c counter) forgive(ctx context.Context, tx *store.Tx) error {
	from, err := tx.Throttle(ctx, c.address)
	if err != nil {
		return err
	}
	from.Failures = max(from.Failures-1, 0)
	if err := tx.SetThrottle(ctx, c.address, from, forget); err != nil {
		return err
	}
	return tx.ClearThrottle(ctx, c.bucket())
}

// restore makes a try, counted in this very transaction, one that was never counted.
func (c counted) restore(ctx context.Context, tx *store.Tx) error {
	if err := tx.SetThrottle(ctx, c.address, c.from, forget); err != nil {
		return err
	}
	return tx.SetThrottle(ctx, c.bucket(), c.own, forget)
}

// pause is how long somebody waits who was paused so many times before.
func pause(before int) time.Duration {
	if before > 5 {
		return longestPause
	}
	return min(firstPause<<before, longestPause)
}

// What is tried.
const (
	aPassword = "password"
	aCode     = "code"
)

// nameBucket is where tries for a name are counted, whether or not it is somebody's: both must look the same.
func nameBucket(name string) string { return "name:" + digest(strings.ToLower(name)) }

// personBucket is where tries of codes are counted: whoever gets so far is known by their password.
func personBucket(user domain.UserID) string { return "person:" + string(user) }

// deviceBucket is where tries from a device are counted that signed this person in before: a stranger
// who guesses cannot shut it out.
func deviceBucket(deviceHash string, user domain.UserID) string {
	return "device:" + deviceHash + ":" + string(user)
}

// sessionBucket is where tries within a session are counted.
func sessionBucket(id string) string { return "session:" + id }

const addressPrefix = "address:"

// addressBucket counts an address; of IPv6 the network, because everybody has millions of addresses there.
func addressBucket(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return addressPrefix + "unknown"
	}
	ip = ip.Unmap()
	bits := 32
	if ip.Is6() {
		bits = 64
	}
	network, err := ip.WithZone("").Prefix(bits)
	if err != nil {
		return addressPrefix + "unknown"
	}
	return addressPrefix + network.String()
}
