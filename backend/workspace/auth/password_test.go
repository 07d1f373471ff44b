package auth

import (
	"errors"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

func TestAPasswordMatchesItselfAlone(t *testing.T) {
	h := newHasher(NewKeys())
	stored := hashed(t, h, "u1", "pässwörd ①")
	for given, want := range map[string]bool{"pässwörd ①": true, "pa\u0308sswo\u0308rd 1": true, "pässwörd 2": false, "": false} {
		if got := matches(t, h, "u1", given, stored); got != want {
			t.Errorf("%q: %v", given, got)
		}
	}
	if matches(t, h, "u2", "pässwörd ①", stored) {
		t.Error("a hash that was copied to another person opens")
	}
	if matches(t, h, "", "", store.Password{}) {
		t.Error("somebody without a password was let in")
	}
	long := strings.Repeat("a", 100)
	if matches(t, h, "u1", long+"c", hashed(t, h, "u1", long+"b")) {
		t.Error("a long password is cut")
	}
}

func hashed(t *testing.T, h *hasher, user domain.UserID, password string) store.Password {
	t.Helper()
	stored, err := h.hash(t.Context(), user, password)
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

func matches(t *testing.T, h *hasher, user domain.UserID, password string, stored store.Password) bool {
	t.Helper()
	got, err := h.matches(user, password, stored)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestAPasswordIsGoodForNothingWithoutTheKey(t *testing.T) {
	h := newHasher(NewKeys())
	stored := hashed(t, h, "u1", "correct horse")
	if _, err := newHasher(NewKeys()).matches("u1", "correct horse", stored); err == nil {
		t.Error("another server's key does as well")
	}
	stored.KeyID = ""
	if matches(t, h, "u1", "correct horse", stored) {
		t.Error("the key is not needed")
	}
}

func TestPasswordsAreHashedAnewWhenMoreIsAsked(t *testing.T) {
	h := newHasher(NewKeys())
	today := hashed(t, h, "u1", "correct horse")
	weak := store.Password{Hash: strings.Replace(today.Hash, "m=19456", "m=8192", 1), KeyID: today.KeyID}
	if h.outdated(today) || !h.outdated(weak) || !h.outdated(store.Password{Hash: today.Hash}) {
		t.Error("the wrong hashes are outdated")
	}
}

func TestPasswordsThatAnybodyWouldTryAreRefused(t *testing.T) {
	about := []string{"maya", "Maya Lindqvist", "maya.l@aurora.example", "Aurora Pictures"}
	for given, want := range map[string]string{
		"correct horse": "", "①⑨④⑦⑤③⑥⑧②": "", "👩‍🎨👩‍🎨👩‍🎨": "", strings.Repeat("é", 256): "", "the maya temple in may": "", "長い合言葉を使います": "",
		"short": "password_length", strings.Repeat("é", 257): "password_length", strings.Repeat("x", 1<<20): "password_length", "1234567\xff": "password_length",
		"callboard1": "password_context", "MAYA-lindqvist-1": "password_context", "auroraPictures2026": "password_context", "maya.l@aurora.example": "password_context",
		"\uff2d\uff41\uff59\uff41\uff0d\uff17\uff13\uff11\uff16": "password_context", "①②③④⑤⑥⑦⑧": "password_common",
	} {
		err := acceptable(given, about...)
		var known *domain.Error
		if got := errors.As(err, &known); got != (want != "") || got && known.Reason != want {
			t.Errorf("%.40q: %v, want %q", given, err, want)
		}
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
	f.Add(newHasher(NewKeys()).dummy)
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
