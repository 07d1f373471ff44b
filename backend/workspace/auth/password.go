package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
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
	// maxNoise bounds a password in bytes before anything is done with it: 256 characters and what may be
	// combined with them.
	maxNoise = 4 << 10
)

// acceptable refuses a new password that is too short or absurdly long, counted in characters, or that is
// hardly more than words anybody would try first: those about its person and place.
func acceptable(password string, about ...string) error {
	refused := func(reason, message string) error {
		return &domain.Error{Code: domain.Invalid, Field: "password", Reason: reason, Message: message}
	}
	if len(password) <= maxNoise && utf8.ValidString(password) {
		password = string(normal(password))
	}
	if n := utf8.RuneCountInString(password); len(password) > maxNoise || !utf8.ValidString(password) || n < minPassword || n > maxPassword {
		return refused("password_length", fmt.Sprintf("A password has %d to %d characters.", minPassword, maxPassword))
	}
	if Common(password) {
		return refused("password_common", "This password is one of those that people choose most. Choose another one.")
	}
	if utf8.RuneCountInString(without(password, about)) < minPassword {
		return refused("password_context", "The password is hardly more than your name, your address or the studio's name. Choose one that nobody can guess from them.")
	}
	return nil
}

// without is a password without the words that are about its person and place, however they are written.
func without(password string, about []string) string {
	rest := strings.ToLower(password)
	words := []string{"callboard"}
	for _, text := range about {
		text = strings.ToLower(string(normal(text)))
		words = append(words, text)
		words = append(words, strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })...)
	}
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) }) // long ones may hold short ones
	for _, word := range words {
		if utf8.RuneCountInString(word) >= 3 || len(word) > 3 { // a syllable of Chinese is a name
			rest = strings.ReplaceAll(rest, word, "")
		}
	}
	return rest
}

// hasher computes password hashes, no more at a time than half of what may run at once, so that signing in
// can neither fill the memory nor starve everything else. A server lets twice as much run at once as it has
// cores: the scheduler of the system is quicker than Go's to let somebody in between two long computations.
type hasher struct {
	keys    *Keys
	turns   chan struct{}
	waiting atomic.Int64
	most    int64
	dummy   string // what an unknown person's password is compared with, for the same time
}

func newHasher(keys *Keys) *hasher {
	turns := max(1, runtime.GOMAXPROCS(0)/2)
	salt := make([]byte, saltLen)
	none := encodeHash(salt, make([]byte, hashLen))
	return &hasher{keys: keys, turns: make(chan struct{}, turns), most: int64(turns) * 16, dummy: none}
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

// hash makes what is kept of a person's password, waiting for a turn.
func (h *hasher) hash(ctx context.Context, user domain.UserID, password string) (store.Password, error) {
	end, err := h.turn(ctx)
	if err != nil {
		return store.Password{}, err
	}
	defer end()
	return h.make(user, password)
}

// make is hash within a turn that the caller has.
func (h *hasher) make(user domain.UserID, password string) (store.Password, error) {
	id := h.keys.Current()
	peppered, err := h.pepper(id, user, password)
	if err != nil {
		return store.Password{}, err
	}
	salt := make([]byte, saltLen)
	_, _ = rand.Read(salt) // it never fails
	return store.Password{Hash: encodeHash(salt, argon2.IDKey(peppered, salt, passes, memory, threads, hashLen)), KeyID: id}, nil
}

// pepper mixes a key into a password, and whose it is: without the key nobody can try passwords on a copy of
// the database, and another person's hash is good for nothing.
func (h *hasher) pepper(keyID string, user domain.UserID, password string) ([]byte, error) {
	if keyID == "" { // from before there were keys
		return normal(password), nil
	}
	return h.keys.mac(keyID, purposePepper, string(user)+":"+string(normal(password)))
}

// matches compares within a turn that the caller has. The zero hash stands for no password: it never matches,
// and takes as long.
func (h *hasher) matches(user domain.UserID, password string, stored store.Password) (bool, error) {
	known := stored.Hash != ""
	if !known {
		stored = store.Password{Hash: h.dummy, KeyID: h.keys.Current()}
	}
	p, err := decodeHash(stored.Hash)
	if err != nil {
		known = false
		p, err = decodeHash(h.dummy)
	}
	if err != nil {
		return false, err
	}
	peppered, err := h.pepper(stored.KeyID, user, password)
	if err != nil {
		return false, err
	}
	got := argon2.IDKey(peppered, p.salt, p.passes, p.memory, p.threads, uint32(len(p.hash)))
	return subtle.ConstantTimeCompare(got, p.hash) == 1 && known, nil
}

// outdated says whether a password that is known should be hashed anew: with what counts today.
func (h *hasher) outdated(stored store.Password) bool {
	p, err := decodeHash(stored.Hash)
	return err != nil || stored.KeyID != h.keys.Current() || p.memory != memory || p.passes != passes || p.threads != threads || len(p.hash) != hashLen
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
