package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"hash/crc32"
	"math/big"
	"net/http"
	"strings"
)

// Credentials are what a request shows.
type Credentials struct {
	Bearer   string // a session's token
	Username string
	Key      string // an API key of Username's
}

// CredentialsOf reads the credentials of a request's headers: "Authorization: Bearer", or ftrack-user
// with ftrack-api-key.
func CredentialsOf(r *http.Request) Credentials {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") {
		return Credentials{Bearer: strings.TrimSpace(token)}
	}
	return Credentials{Username: r.Header.Get("ftrack-user"), Key: r.Header.Get("ftrack-api-key")}
}

// CredentialsIn is CredentialsOf for the few addresses where the protocol's clients put the key into the
// query, under these names. Such addresses must never be logged.
func CredentialsIn(r *http.Request, username, key string) Credentials {
	if c := CredentialsOf(r); c != (Credentials{}) {
		return c
	}
	q := r.URL.Query()
	return Credentials{Username: q.Get(username), Key: q.Get(key)}
}

// digest is how tokens and keys are kept. They are too random to be guessed: a fast hash is enough.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// newToken is a secret of 256 bits.
func newToken() string {
	var secret [32]byte
	_, _ = rand.Read(secret[:]) // it never fails
	return base64.RawURLEncoding.EncodeToString(secret[:])
}

// wellFormedToken spares the database what cannot be a token.
func wellFormedToken(token string) bool {
	secret, err := base64.RawURLEncoding.Strict().DecodeString(token)
	return err == nil && len(secret) == 32
}

const (
	keyPrefix   = "cb_"
	keyLength   = 43 // base62 digits of 256 bits
	checkLength = 6  // base62 digits of a CRC-32
	base62      = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// NewKey is an API key: cb_, 256 random bits, and a checksum so that scanners and typing errors are
// recognised without asking anybody.
func NewKey() string {
	var secret [32]byte
	_, _ = rand.Read(secret[:]) // it never fails
	body := digits(new(big.Int).SetBytes(secret[:]), keyLength)
	return keyPrefix + body + checksum(body)
}

func checksum(body string) string {
	return digits(new(big.Int).SetUint64(uint64(crc32.ChecksumIEEE([]byte(keyPrefix+body)))), checkLength)
}

// digits writes n in base 62 with that many digits.
func digits(n *big.Int, length int) string {
	out := make([]byte, length)
	base, digit := big.NewInt(int64(len(base62))), new(big.Int)
	for i := length - 1; i >= 0; i-- {
		n.DivMod(n, base, digit)
		out[i] = base62[digit.Int64()]
	}
	return string(out)
}

func wellFormedKey(key string) bool {
	body, ok := strings.CutPrefix(key, keyPrefix)
	if !ok || len(body) != keyLength+checkLength {
		return false
	}
	return checksum(body[:keyLength]) == body[keyLength:]
}
