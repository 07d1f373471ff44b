package auth

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"sync"

	"github.com/callboard/callboard/backend/domain"
)

// The purposes that keys serve. Each has a key of its own, derived from the one in the file, so that what
// was made for one says nothing in another.
const (
	purposeSeal   = "seal"   // encrypts secrets that must be read again
	purposePepper = "pepper" // goes into passwords before they are hashed
	purposeCode   = "code"   // hashes backup codes
	purposeCheck  = "check"  // tells whether a key is the one the database knows
	purposeSign   = "sign"   // signs what any replica must believe
)

const keySize = 32

// Keys protect secrets at rest. They lie in a file of their own: a copy of the database without it opens
// nothing. There may be several; new secrets take the current one, and each row names the one it took.
type Keys struct {
	path string // "" for keys of one process alone

	mu      sync.RWMutex // guards what follows
	current string
	order   []string          // the ids, the newest first
	secrets map[string][]byte // by id
}

// NewKeys makes keys that live as long as the process: for tests, and for stores that do.
func NewKeys() *Keys {
	id, secret := newSecret()
	return &Keys{current: id, order: []string{id}, secrets: map[string][]byte{id: secret}}
}

func newSecret() (id string, secret []byte) {
	secret = make([]byte, keySize)
	_, _ = rand.Read(secret) // it never fails
	return "k" + strings.ToLower(rand.Text()[:12]), secret
}

// Current is the id of the key that new secrets take.
func (k *Keys) Current() string {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.current
}

// ids are those of all keys, the newest first.
func (k *Keys) ids() []string {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return slices.Clone(k.order)
}

// derive gives the key for one purpose. A key that is not known may have come with a rotation that another
// process made: the file is read again before it is given up.
func (k *Keys) derive(id, purpose string) ([]byte, error) {
	secret, known := k.secret(id)
	if !known && k.path != "" {
		if _, err := k.Refresh(); err != nil {
			return nil, err
		}
		secret, known = k.secret(id)
	}
	if !known {
		return nil, domain.Errorf(domain.Internal, "the file of keys lacks the key %q", id)
	}
	key, err := hkdf.Key(sha256.New, secret, nil, "callboard "+purpose, keySize)
	if err != nil {
		return nil, domain.Errorf(domain.Internal, "derive a key: %w", err)
	}
	return key, nil
}

func (k *Keys) secret(id string) ([]byte, bool) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	secret, known := k.secrets[id]
	return secret, known
}

// Sealed is an encrypted secret and the key it took.
type Sealed struct{ KeyID, Text string }

// Place is where a sealed secret lies. It opens nowhere else: what is copied into another's row is refused.
type Place struct{ Table, Column, Row string }

func (p Place) bytes() []byte { return []byte(p.Table + ":" + p.Column + ":" + p.Row) }

// Seal encrypts a secret for its place.
func (k *Keys) Seal(secret string, at Place) (Sealed, error) {
	id := k.Current()
	box, err := k.box(id)
	if err != nil {
		return Sealed{}, err
	}
	return Sealed{id, base64.RawStdEncoding.EncodeToString(box.Seal(nil, nil, []byte(secret), at.bytes()))}, nil
}

// Open decrypts what Seal made for the same place.
func (k *Keys) Open(sealed Sealed, at Place) (string, error) {
	box, err := k.box(sealed.KeyID)
	if err != nil {
		return "", err
	}
	text, err := base64.RawStdEncoding.DecodeString(sealed.Text)
	if err == nil {
		text, err = box.Open(nil, nil, text, at.bytes())
	}
	if err != nil {
		return "", domain.Errorf(domain.Internal, "a sealed secret in %s is not one that was sealed there: %w", at.Table, err)
	}
	return string(text), nil
}

// box is AES-256-GCM that puts a random nonce before what it encrypts.
func (k *Keys) box(id string) (cipher.AEAD, error) {
	key, err := k.derive(id, purposeSeal)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, domain.Errorf(domain.Internal, "use a key: %w", err)
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// mac is the keyed hash of a text for one purpose.
func (k *Keys) mac(id, purpose, text string) ([]byte, error) {
	key, err := k.derive(id, purpose)
	if err != nil {
		return nil, err
	}
	sum := hmac.New(sha256.New, key)
	sum.Write([]byte(text))
	return sum.Sum(nil), nil
}

// Sign gives a signature that every replica with the same keys believes.
func (k *Keys) Sign(text string) (string, error) {
	id := k.Current()
	sum, err := k.mac(id, purposeSign, text)
	return id + "." + base64.RawURLEncoding.EncodeToString(sum), err
}

// Signed says whether a signature is that of the text.
func (k *Keys) Signed(text, signature string) bool {
	id, given, _ := strings.Cut(signature, ".")
	if _, known := k.secret(id); !known { // strangers choose the id: it is not worth reading a file for
		return false
	}
	want, err := k.mac(id, purposeSign, text)
	return err == nil && hmac.Equal([]byte(given), []byte(base64.RawURLEncoding.EncodeToString(want)))
}
