package auth

import (
	"crypto/subtle"
	"encoding/base32"
	"strings"
	"time"
	"unicode"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
	"golang.org/x/text/unicode/norm"

	"github.com/callboard/callboard/backend/domain"
)

// What every authenticator understands; some ignore other values. The code of one step lasts 30 s.
const (
	stepTime   = 30 * time.Second
	codeDigits = 6
	secretSize = 20 // bytes
	minSecret  = 16 // bytes, of one that a client brings
	maxSecret  = 64

	// skew is how many steps a phone's clock may be off.
	skew = 1
	// hintSkew is how many steps off a code is still known to be one, though it is refused: it tells its person
	// that a clock is wrong.
	hintSkew = 20
)

// newTOTP makes a secret for an authenticator: as text, and as the address that its QR code holds.
func newTOTP(issuer, account string) (secret, address string, err error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: account, SecretSize: secretSize})
	if err != nil {
		return "", "", domain.Errorf(domain.Internal, "make a secret for an authenticator: %w", err)
	}
	return key.Secret(), key.URL(), nil
}

// totpSecret reads a secret as a client sends it, spaces and small letters included.
func totpSecret(text string) (string, error) {
	text = strings.TrimRight(strings.ToUpper(plainCode(text)), "=")
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(text)
	if err != nil || len(secret) < minSecret || len(secret) > maxSecret {
		return "", &domain.Error{Code: domain.Invalid, Field: "secret", Message: "the secret is none that generate_totp gave"}
	}
	return text, nil
}

// maxCode bounds what is looked at of a code.
const maxCode = 64

// plainCode is a code without what people and phones put between its characters, and with digits of any
// width as plain ones.
func plainCode(code string) string {
	if len(code) > 4*maxCode {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Pd, r) {
			return -1
		}
		return r
	}, norm.NFKC.String(code))
}

// verdict is what was found of a code.
type verdict int

const (
	wrong    verdict = iota
	right            // it is good, and the step is its
	used             // it, or a newer one, was used before
	skewed           // it would be right some minutes earlier or later
	foretold         // a newer one was used before, of a time that has not come: the server's clock went back
	absent           // there is no second factor whose it could be
)

// findStep looks which of the steps around now has the code. Of several it takes the first that is newer
// than last; all of them are computed, so that the time it takes tells nothing.
func findStep(secret, code string, now time.Time, last int64) (step int64, found verdict) {
	current := now.Unix() / int64(stepTime/time.Second)
	for at := current - hintSkew; at <= current+hintSkew; at++ {
		if at < 0 || !stepHas(secret, code, at) {
			continue
		}
		switch near := at >= current-skew && at <= current+skew; {
		case near && at > last && found != right:
			step, found = at, right
		case near && found != right && last > current+skew:
			found = foretold
		case near && found != right:
			found = used
		case !near && found == wrong:
			found = skewed
		}
	}
	return step, found
}

func stepHas(secret, code string, step int64) bool {
	want, err := hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	return err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1
}
