package auth

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"sort"
	"strings"
)

// commonHashes are the common passwords: the first bytes of the SHA-256 of each, in order. common/README.md
// says where they are from and how they are made.
//
//go:embed common/hashes.bin
var commonHashes []byte

// commonSize is how many bytes of each hash are kept. By chance one password in four million is taken for
// a common one.
const commonSize = 5

// Common says whether a password is among those that people choose most, however it is capitalised.
func Common(password string) bool {
	sum := sha256.Sum256([]byte(strings.ToLower(string(normal(password)))))
	want := sum[:commonSize]
	at := func(i int) []byte { return commonHashes[i*commonSize : (i+1)*commonSize] }
	n := len(commonHashes) / commonSize
	i := sort.Search(n, func(i int) bool { return bytes.Compare(at(i), want) >= 0 })
	return i < n && bytes.Equal(at(i), want)
}
