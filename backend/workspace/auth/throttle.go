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
	wrongTries   = 5 // wrong passwords until a pause
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

// charge counts a try before it is looked at. It refuses, without counting, what is paused.
func charge(ctx context.Context, tx *store.Tx, bucket, address string) error {
	from, err := tx.Throttle(ctx, address)
	if err != nil {
		return err
	}
	if tx.Now().Sub(from.Since) >= addressWindow {
		from = store.Throttle{Since: tx.Now()}
	}
	if from.Failures >= addressTries {
		return throttled(from.Since.Add(addressWindow).Sub(tx.Now()), "address", "Too many wrong passwords came from this address. Try again later.")
	}
	own, err := tx.Throttle(ctx, bucket)
	if err != nil {
		return err
	}
	if wait := own.PausedUntil.Sub(tx.Now()); wait > 0 {
		return throttled(wait, "paused", fmt.Sprintf("Too many wrong passwords. Try again in %d seconds.", int(wait.Seconds())+1))
	}
	from.Failures++
	own.Failures++
	if own.Failures >= wrongTries {
		own.PausedUntil = tx.Now().Add(pause(own.Pauses))
		own.Failures, own.Pauses = 0, own.Pauses+1
	}
	if err := tx.SetThrottle(ctx, address, from, forget); err != nil {
		return err
	}
	return tx.SetThrottle(ctx, bucket, own, forget)
}

// pause is how long somebody waits who was paused so many times before.
func pause(before int) time.Duration {
	if before > 5 {
		return longestPause
	}
	return min(firstPause<<before, longestPause)
}

// forgive takes back the count of a try that was right.
func forgive(ctx context.Context, tx *store.Tx, bucket, address string) error {
	from, err := tx.Throttle(ctx, address)
	if err != nil {
		return err
	}
	from.Failures = max(from.Failures-1, 0)
	if err := tx.SetThrottle(ctx, address, from, forget); err != nil {
		return err
	}
	return tx.ClearThrottle(ctx, bucket)
}

// bucketOf is where a person's tries are counted, whether or not they exist: both must look the same.
func bucketOf(username string) string { return "person:" + digest(strings.ToLower(username)) }

// deviceBucket is where tries from a device are counted that signed this person in before: a stranger
// who guesses cannot shut it out.
func deviceBucket(deviceHash, userID string) string { return "device:" + deviceHash + ":" + userID }

// addressBucket counts an address; of IPv6 the network, because everybody has millions of addresses there.
func addressBucket(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return "address:unknown"
	}
	ip = ip.Unmap()
	bits := 32
	if ip.Is6() {
		bits = 64
	}
	network, err := ip.WithZone("").Prefix(bits)
	if err != nil {
		return "address:unknown"
	}
	return "address:" + network.String()
}
