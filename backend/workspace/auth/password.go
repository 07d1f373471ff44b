package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"github.com/callboard/callboard/backend/domain"
)

// The cost of a hash, and the most that a stored one may ask for: a forged row must not exhaust the server.
const (
	memory  = 19 * 1024 // KiB
	passes  = 2
	threads = 1
	saltLen = 16
	hashLen = 32

	maxMemory  = 256 * 1024
	maxPasses  = 10
	maxThreads = 16
)

const (
	minPassword = 8
	maxPassword = 256
)

// acceptable refuses a new password that is too short or absurdly long, counted in characters.
func acceptable(password string) error {
	n := utf8.RuneCountInString(norm.NFKC.String(password))
	if !utf8.ValidString(password) || n < minPassword || n > maxPassword {
		return &domain.Error{
			Code: domain.Invalid, Field: "password", Reason: "password_length",
			Message: fmt.Sprintf("A password has %d to %d characters.", minPassword, maxPassword),
		}
	}
	return nil
}

// hasher computes password hashes, no more at a time than there are cores, so that signing in can
// neither fill the memory nor starve everything else.
type hasher struct {
	turns   chan struct{}
	waiting atomic.Int64
	most    int64
	dummy   string // what an unknown person's password is compared with, for the same time
}

func newHasher() *hasher {
	cores := runtime.GOMAXPROCS(0)
	salt := make([]byte, saltLen)
	none := encodeHash(salt, make([]byte, hashLen))
	return &hasher{turns: make(chan struct{}, cores), most: int64(cores) * 16, dummy: none}
}

// turn waits for a core. Where too many wait already it refuses at once. The caller calls end.
func (h *hasher) turn(ctx context.Context) (end func(), err error) {
	if h.waiting.Add(1) > h.most {
		h.waiting.Add(-1)
		return nil, throttled(time.Second, "overload", "Too many people are signing in just now. Try again in a moment.")
	}
	defer h.waiting.Add(-1)
	select {
	case h.turns <- struct{}{}:
		return func() { <-h.turns }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	end, err := h.turn(ctx)
	if err != nil {
		return "", err
	}
	defer end()
	salt := make([]byte, saltLen)
	_, _ = rand.Read(salt) // it never fails
	return encodeHash(salt, argon2.IDKey(normal(password), salt, passes, memory, threads, hashLen)), nil
}

// matches compares within a turn that the caller has. "" stands for no password: it never matches,
// and takes as long.
func (h *hasher) matches(password, stored string) bool {
	known := stored != ""
	if !known {
		stored = h.dummy
	}
	p, err := decodeHash(stored)
	if err != nil {
		known = false
		p, err = decodeHash(h.dummy)
	}
	if err != nil {
		return false
	}
	got := argon2.IDKey(normal(password), p.salt, p.passes, p.memory, p.threads, uint32(len(p.hash)))
	return subtle.ConstantTimeCompare(got, p.hash) == 1 && known
}

// normal makes one password of those that look and mean the same.
func normal(password string) []byte { return norm.NFKC.Bytes([]byte(password)) }

// parameters are what a stored hash (a PHC string) says.
type parameters struct {
	memory, passes uint32
	threads        uint8
	salt, hash     []byte
}

func encodeHash(salt, hash []byte) string {
	text := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memory, passes, threads, text(salt), text(hash))
}

func decodeHash(stored string) (parameters, error) {
	var p parameters
	fields := strings.Split(stored, "$")
	if len(fields) != 6 || fields[0] != "" || fields[1] != "argon2id" || fields[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, domain.Errorf(domain.Internal, "a stored password is no argon2id hash")
	}
	if n, err := fmt.Sscanf(fields[3], "m=%d,t=%d,p=%d", &p.memory, &p.passes, &p.threads); err != nil || n != 3 {
		return p, domain.Errorf(domain.Internal, "a stored password has no parameters")
	}
	if p.memory < 8 || p.memory > maxMemory || p.passes < 1 || p.passes > maxPasses || p.threads < 1 || p.threads > maxThreads {
		return p, domain.Errorf(domain.Internal, "the parameters of a stored password are out of range")
	}
	var errSalt, errHash error
	p.salt, errSalt = base64.RawStdEncoding.DecodeString(fields[4])
	p.hash, errHash = base64.RawStdEncoding.DecodeString(fields[5])
	if errSalt != nil || errHash != nil || len(p.salt) < 8 || len(p.salt) > 64 || len(p.hash) < 16 || len(p.hash) > 64 {
		return p, domain.Errorf(domain.Internal, "a stored password cannot be read")
	}
	return p, nil
}
