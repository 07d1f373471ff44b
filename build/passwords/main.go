// Command passwords writes the hashes of common passwords from a list that is given: one password a line,
// the most common first. backend/workspace/auth/common/README.md says which.
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	shortest = 8       // shorter ones are refused anyway
	wanted   = 250_000 // of the most common
	size     = 5       // bytes of each hash
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("passwords LIST HASHES")
	}
	list, err := os.Open(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	defer list.Close()
	seen := map[string]bool{}
	var hashes [][]byte
	for lines := bufio.NewScanner(list); len(hashes) < wanted && lines.Scan(); {
		password := strings.ToLower(norm.NFKC.String(lines.Text()))
		if seen[password] || !utf8.ValidString(password) || utf8.RuneCountInString(password) < shortest {
			continue
		}
		seen[password] = true
		sum := sha256.Sum256([]byte(password))
		hashes = append(hashes, sum[:size])
	}
	slices.SortFunc(hashes, bytes.Compare)
	hashes = slices.CompactFunc(hashes, bytes.Equal)
	if err := os.WriteFile(os.Args[2], bytes.Join(hashes, nil), 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(hashes), "passwords")
}
