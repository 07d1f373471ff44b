package auth_test

import (
	"context"
	"encoding/json"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/store"
)

func TestASealedSecretOpensInItsPlaceAlone(t *testing.T) {
	keys := auth.NewKeys()
	at := auth.Place{Table: "second_factor", Column: "secret", Row: "u1"}
	sealed, err := keys.Seal("JBSWY3DPEHPK3PXP", at)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := keys.Open(sealed, at); err != nil || text != "JBSWY3DPEHPK3PXP" || strings.Contains(sealed.Text, text) {
		t.Errorf("%q %v", text, err)
	}
	for name, elsewhere := range map[string]auth.Place{
		"row": {Table: "second_factor", Column: "secret", Row: "u2"}, "column": {Table: "second_factor", Column: "name", Row: "u1"}, "table": {Table: "password", Column: "secret", Row: "u1"},
	} {
		if _, err := keys.Open(sealed, elsewhere); err == nil {
			t.Errorf("it opens in another %s", name)
		}
	}
	for n := range sealed.Text {
		if _, err := keys.Open(auth.Sealed{KeyID: sealed.KeyID, Text: sealed.Text[:n]}, at); err == nil {
			t.Errorf("%d characters of it open", n)
		}
	}
	if _, err := auth.NewKeys().Open(sealed, at); err == nil {
		t.Error("another key opens it")
	}
}

func TestASignatureIsOfOneTextAndOneSetOfKeys(t *testing.T) {
	keys := auth.NewKeys()
	signature, err := keys.Sign("socket:maya")
	if err != nil {
		t.Fatal(err)
	}
	if !keys.Signed("socket:maya", signature) || keys.Signed("socket:tomas", signature) || auth.NewKeys().Signed("socket:maya", signature) {
		t.Error("the wrong signatures are believed")
	}
	for n := range signature {
		if keys.Signed("socket:maya", signature[:n]) {
			t.Errorf("%d characters of it are believed", n)
		}
	}
}

func TestTheFileOfKeysIsItsOwnersAlone(t *testing.T) {
	s := newStudio(t)
	info, err := os.Stat(s.keys)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
}

// TestASecretOfAnotherPersonIsRefused swaps what two people's authenticators have in the database.
func TestASecretOfAnotherPersonIsRefused(t *testing.T) {
	s, mayas, _ := enrolled(t)
	s.add(t, "u2", "tomas", nil)
	tomas, err := s.try(t, "tomas", password, "")
	if err != nil {
		t.Fatal(err)
	}
	s.enrol(t, tomas)
	s.write(t, func(tx *store.Tx) error {
		maya, _, err := tx.SecondFactor(t.Context(), "u1")
		if err != nil {
			return err
		}
		theirs, _, err := tx.SecondFactor(t.Context(), "u2")
		if err != nil {
			return err
		}
		theirs.LastStep = 0
		stolen := theirs
		stolen.KeyID, stolen.Text = maya.KeyID, maya.Text
		if _, err := tx.DeleteSecondFactor(t.Context(), "u2"); err != nil {
			return err
		}
		_, err = tx.InsertSecondFactor(t.Context(), stolen)
		return err
	})
	if _, err := s.SignIn(t.Context(), auth.Attempt{Username: "tomas", Password: password, Code: s.code(t, mayas)}); domain.CodeOf(err) != domain.Internal {
		t.Errorf("maya's authenticator opens tomas's account: %v", err)
	}
}

func (s *studio) write(t *testing.T, do func(*store.Tx) error) {
	t.Helper()
	if err := s.store.Write(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

// sealedWith counts the secrets of authenticators that each key protects.
func (s *studio) sealedWith(t *testing.T, people ...string) map[string]int {
	t.Helper()
	found := map[string]int{}
	s.write(t, func(tx *store.Tx) error {
		for _, id := range people {
			f, _, err := tx.SecondFactor(t.Context(), id)
			if err != nil {
				return err
			}
			found[f.KeyID]++
		}
		return nil
	})
	return found
}

// manyEnrolled are people with second factors, more than are encrypted anew in one transaction.
func manyEnrolled(t *testing.T) (s *studio, keys *auth.Keys, people []string) {
	t.Helper()
	s = newStudio(t)
	keys, err := auth.OpenKeys(t.Context(), s.store, s.keys)
	if err != nil {
		t.Fatal(err)
	}
	s.write(t, func(tx *store.Tx) error {
		for n := range 120 {
			id := "p" + string(rune('a'+n/26)) + string(rune('a'+n%26))
			sealed, err := keys.Seal("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", auth.Place{Table: "second_factor", Column: "secret", Row: id})
			if err != nil {
				return err
			}
			if _, err := tx.InsertSecondFactor(t.Context(), store.SecondFactor{SealedSecret: store.SealedSecret{UserID: id, KeyID: sealed.KeyID, Text: sealed.Text}}); err != nil {
				return err
			}
			people = append(people, id)
		}
		return nil
	})
	return s, keys, people
}

// TestKeysRotateWhileEverybodyWorks rotates time and again while others sign in, on a replica that learns of
// each new key only when it meets one.
func TestKeysRotateWhileEverybodyWorks(t *testing.T) {
	s, _, people := manyEnrolled(t)
	mine := s.in(t)
	secret := s.enrol(t, mine)
	other := s.replica(t)
	ctx, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	all.Go(func() {
		defer stop()
		for range 4 {
			if err := auth.AddKey(t.Context(), s.keys); err != nil {
				t.Error(err)
			}
			if _, err := s.Rotate(t.Context()); err != nil {
				t.Error(err)
			}
		}
	})
	for n := 1; ctx.Err() == nil; n++ {
		s.later(30 * time.Second)
		if _, err := other.SignIn(t.Context(), auth.Attempt{Username: "maya", Password: password, Code: s.code(t, secret), Address: here}); err != nil {
			t.Fatalf("sign-in %d: %v", n, err)
		}
	}
	all.Wait()
	if with := s.sealedWith(t, people...); len(with) != 1 {
		t.Errorf("after it keys protect so many: %v", with)
	}
	done, err := s.Rotate(t.Context())
	if err != nil || done.Resealed != 0 {
		t.Errorf("%+v %v", done, err)
	}
}

func TestARotationThatDiedIsFinishedByTheNext(t *testing.T) {
	s, old, people := manyEnrolled(t)
	if err := auth.AddKey(t.Context(), s.keys); err != nil { // and no more
		t.Fatal(err)
	}
	dying, die := context.WithCancel(t.Context())
	die()
	if _, err := s.Renew(dying); err == nil {
		t.Error("it did not die")
	}
	if with := s.sealedWith(t, people...); with[old.Current()] != len(people) {
		t.Errorf("%v", with)
	}
	// A server that starts now, and one that has not yet heard of the new key, both open everything.
	again := s.replica(t)
	if _, err := again.Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	place := auth.Place{Table: "second_factor", Column: "secret", Row: people[7]}
	s.write(t, func(tx *store.Tx) error {
		f, _, err := tx.SecondFactor(t.Context(), people[7])
		if err != nil {
			return err
		}
		if f.KeyID == old.Current() {
			t.Error("it was not encrypted anew")
		}
		_, err = old.Open(auth.Sealed{KeyID: f.KeyID, Text: f.Text}, place)
		return err
	})
}

func TestADamagedSecretStopsARotationAndLosesNothing(t *testing.T) {
	s, old, people := manyEnrolled(t)
	s.write(t, func(tx *store.Tx) error {
		f, _, err := tx.SecondFactor(t.Context(), people[100])
		if err != nil {
			return err
		}
		bad := f.SealedSecret
		bad.Text = "AAAA" + bad.Text[4:]
		return tx.Reseal(t.Context(), f.SealedSecret, bad)
	})
	if err := auth.AddKey(t.Context(), s.keys); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Rotate(t.Context()); err == nil {
		t.Error("nobody hears of it")
	}
	with := s.sealedWith(t, people...)
	if with[old.Current()] == 0 || with[old.Current()] > 70 {
		t.Errorf("%v", with)
	}
	content, err := os.ReadFile(s.keys)
	if err != nil || !strings.Contains(string(content), old.Current()) {
		t.Errorf("the key that is needed is gone: %v", err)
	}
}

func TestAPasswordTakesTheCurrentKeyAtTheNextSignIn(t *testing.T) {
	s := newStudio(t)
	if err := auth.AddKey(t.Context(), s.keys); err != nil {
		t.Fatal(err)
	}
	if done, err := s.Rotate(t.Context()); err != nil || done.Waiting != 1 {
		t.Fatalf("%+v %v", done, err)
	}
	s.in(t)
	if done, err := s.Rotate(t.Context()); err != nil || done.Waiting != 0 {
		t.Errorf("%+v %v", done, err)
	}
	s.in(t)
}

func TestOtherKeysAreRefused(t *testing.T) {
	s := newStudio(t)
	other := newStudio(t)
	if _, err := auth.OpenKeys(t.Context(), s.store, other.keys); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("another database's: %v", err)
	}
	if _, err := auth.OpenKeys(t.Context(), s.store, s.keys+".none"); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("none: %v", err)
	}
	if _, err := os.Stat(s.keys + ".none"); err == nil {
		t.Error("others are made in their place")
	}
	// Another secret by the right name.
	var file map[string]any
	content, err := os.ReadFile(other.keys)
	if err == nil {
		err = json.Unmarshal(content, &file)
	}
	if err != nil {
		t.Fatal(err)
	}
	var mine struct{ Current string }
	content, err = os.ReadFile(s.keys)
	if err == nil {
		err = json.Unmarshal(content, &mine)
	}
	if err != nil {
		t.Fatal(err)
	}
	file["current"] = mine.Current
	file["keys"].([]any)[0].(map[string]any)["id"] = mine.Current
	content, err = json.Marshal(file)
	if err == nil {
		err = os.WriteFile(s.keys, content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := auth.OpenKeys(t.Context(), s.store, s.keys); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("another secret by the right name: %v", err)
	}
}
