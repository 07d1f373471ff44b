package auth_test

import (
	"crypto/rand"
	"encoding/base64"
	"testing"

	"github.com/callboard/callboard/backend/workspace/auth"
)

func TestCommonPasswordsAreKnownHoweverTheyAreWritten(t *testing.T) {
	for _, word := range []string{
		"password", "Password1", "PASSWORD123", "12345678", "1234567890", "qwertyuiop", "iloveyou", "letmein1", "football", "ｐａｓｓｗｏｒｄ", "sunshine1", "trustno1", "superman", "p@ssw0rd",
	} {
		if !auth.Common(word) {
			t.Errorf("%s is thought to be uncommon", word)
		}
	}
	for _, word := range []string{"", "correct horse battery", "Tilia-quasi-19 mm", "миф и шёпот рыбы", "雨の日の珈琲と帽子", "🦊🦊🦊🦊🦊🦊🦊🦊"} {
		if auth.Common(word) {
			t.Errorf("%s is thought to be common", word)
		}
	}
}

// TestHardlyAnyPasswordIsTakenForACommonOne looks at a million random ones: chance would have a quarter of
// one among them, and more than three once in four thousand runs.
func TestHardlyAnyPasswordIsTakenForACommonOne(t *testing.T) {
	taken := 0
	for range 1_000_000 {
		var random [12]byte
		_, _ = rand.Read(random[:])
		if auth.Common(base64.RawStdEncoding.EncodeToString(random[:])) {
			taken++
		}
	}
	if taken > 3 {
		t.Errorf("%d of a million", taken)
	}
}

func BenchmarkCommon(b *testing.B) {
	for b.Loop() {
		auth.Common("correct horse battery")
	}
}
