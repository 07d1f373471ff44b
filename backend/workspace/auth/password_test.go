package auth

import (
	"strings"
	"testing"
)

func TestAPasswordMatchesItselfAlone(t *testing.T) {
	h := newHasher()
	stored, err := h.hash(t.Context(), "pässwörd ①")
	if err != nil {
		t.Fatal(err)
	}
	for given, want := range map[string]bool{"pässwörd ①": true, "pa\u0308sswo\u0308rd 1": true, "pässwörd 2": false, "": false} {
		if got := h.matches(given, stored); got != want {
			t.Errorf("%q: %v", given, got)
		}
	}
	if h.matches("", "") {
		t.Error("somebody without a password was let in")
	}
	long := strings.Repeat("a", 100)
	if stored, err = h.hash(t.Context(), long+"b"); err != nil || h.matches(long+"c", stored) {
		t.Error("a long password is cut")
	}
}

func TestAForgedHashIsRefusedBeforeItIsComputed(t *testing.T) {
	salt := "AAAAAAAAAAAAAAAAAAAAAA"
	for _, stored := range []string{
		"", "x", "$argon2id$v=19$m=4294967295,t=2,p=1$" + salt + "$" + salt, "$argon2id$v=19$m=19456,t=99999,p=1$" + salt + "$" + salt,
		"$argon2id$v=19$m=19456,t=2,p=0$" + salt + "$" + salt, "$argon2i$v=19$m=19456,t=2,p=1$" + salt + "$" + salt, "$argon2id$v=19$m=19456,t=2,p=1$$",
	} {
		if _, err := decodeHash(stored); err == nil {
			t.Errorf("%q was accepted", stored)
		}
	}
}

func FuzzDecodeHash(f *testing.F) {
	f.Add(newHasher().dummy)
	f.Fuzz(func(t *testing.T, stored string) {
		if p, err := decodeHash(stored); err == nil && (p.memory > maxMemory || p.passes > maxPasses || p.threads > maxThreads) {
			t.Fatalf("%q asks for too much", stored)
		}
	})
}

func TestKeysOfOneTypingErrorAreRefused(t *testing.T) {
	key := NewKey()
	if !wellFormedKey(key) || len(key) != len(keyPrefix)+keyLength+checkLength {
		t.Fatal(key)
	}
	for i := range key {
		swapped := key[:i] + string('0'+(key[i]-'0'+1)%10) + key[i+1:]
		if swapped != key && wellFormedKey(swapped) {
			t.Errorf("%s passes for %s", swapped, key)
		}
	}
}
