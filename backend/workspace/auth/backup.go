package auth

import (
	"crypto/rand"
	"encoding/hex"
	"strings"

	"github.com/callboard/callboard/backend/domain"
)

const (
	backupCodes  = 10
	backupLength = 12 // characters of 5 bits
	// crockford has no letters that are taken for digits, and none that makes words.
	crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)

// newBackupCode is 60 random bits in the form XXXX-XXXX-XXXX.
func newBackupCode() string {
	var random [backupLength]byte
	_, _ = rand.Read(random[:]) // it never fails
	var code strings.Builder
	for i, b := range random {
		if i > 0 && i%4 == 0 {
			code.WriteByte('-')
		}
		code.WriteByte(crockford[b%32])
	}
	return code.String()
}

// backupCode reads a code as a person types it: in small letters, with what looks alike for what is meant.
func backupCode(plain string) (string, bool) {
	code := strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(plain))
	if len(code) != backupLength || strings.Trim(code, crockford) != "" {
		return "", false
	}
	return code, true
}

// backupHash is how a person's backup code is kept: a copy of the database says nothing of it, and another
// person's code is another.
func (k *Keys) backupHash(keyID string, user domain.UserID, code string) (string, error) {
	sum, err := k.mac(keyID, purposeCode, string(user)+":"+code)
	return hex.EncodeToString(sum), err
}
