package auth_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/backend/workspace/store/storetest"
)

const password = "correct horse"

// studio is a store with one person in it, and a clock to turn.
type studio struct {
	*auth.Auth
	store   *store.Store
	now     atomic.Pointer[time.Time]
	revoked []auth.Revocation
	at      store.Config
	keys    string // the file of keys
}

// TestMain runs every test on every engine of the store.
func TestMain(m *testing.M) { os.Exit(storetest.Run(m)) }

func newStudio(t *testing.T) *studio {
	t.Helper()
	s := &studio{}
	s.turn(time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC))
	at := storetest.Empty(t)
	at.Clock = s.clock
	st, err := store.Open(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	s.store, s.at, s.keys = st, at, filepath.Join(t.TempDir(), "keys.json")
	s.Auth = s.replica(t)
	s.set(t, func(tx *store.Tx, user *schema.Type) error {
		return tx.Insert(t.Context(), user, map[string]any{"id": "u1", "resource_type": "user", "username": "maya", "first_name": "Maya", "is_active": true})
	})
	if err := s.SetPassword(t.Context(), "u1", password, ""); err != nil {
		t.Fatal(err)
	}
	return s
}

// replica is another server over the same data.
func (s *studio) replica(t *testing.T) *auth.Auth {
	t.Helper()
	return s.on(t, s.store)
}

// on is a server on a store of that data.
func (s *studio) on(t *testing.T, st *store.Store) *auth.Auth {
	t.Helper()
	keys, err := auth.OpenKeys(t.Context(), st, s.keys)
	if err != nil {
		t.Fatal(err)
	}
	return auth.New(auth.Config{
		Store: st, Keys: keys, Name: "Aurora Pictures", Clock: s.clock, Revoked: func(_ context.Context, r auth.Revocation) { s.revoked = append(s.revoked, r) },
	})
}

func (s *studio) clock() time.Time { return *s.now.Load() }

func (s *studio) turn(to time.Time) { s.now.Store(&to) }

func (s *studio) later(d time.Duration) { s.turn(s.clock().Add(d)) }

func (s *studio) set(t *testing.T, do func(*store.Tx, *schema.Type) error) {
	t.Helper()
	user, _ := schema.ByName("User")
	if err := s.store.Write(t.Context(), func(tx *store.Tx) error { return do(tx, user) }); err != nil {
		t.Fatal(err)
	}
}

func (s *studio) deactivate(t *testing.T) {
	s.set(t, func(tx *store.Tx, user *schema.Type) error {
		return tx.Update(t.Context(), user, []string{"u1"}, map[string]any{"is_active": false})
	})
}

func (s *studio) try(t *testing.T, username, word, device string) (auth.SignedIn, error) {
	return s.SignIn(t.Context(), auth.Attempt{Username: username, Password: word, Device: "tower", DeviceToken: device, Address: "10.0.0.1"})
}

func (s *studio) in(t *testing.T) auth.SignedIn {
	t.Helper()
	got, err := s.try(t, "maya", password, "")
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func (s *studio) knows(t *testing.T, c auth.Credentials) bool {
	t.Helper()
	who, err := s.Authenticate(t.Context(), c)
	if err != nil && domain.CodeOf(err) != domain.Unauthorized {
		t.Fatal(err)
	}
	return err == nil && who.UserID == "u1"
}

func TestASessionOpensUntilItIsSignedOut(t *testing.T) {
	s := newStudio(t)
	got := s.in(t)
	if got.Who.Username != "maya" || !got.Who.Session || got.Who.Administrator {
		t.Errorf("%+v", got.Who)
	}
	if !s.knows(t, auth.Credentials{Bearer: got.Token}) {
		t.Fatal("the token does not open")
	}
	for n := range got.Token {
		if s.knows(t, auth.Credentials{Bearer: got.Token[:n] + "A"}) || s.knows(t, auth.Credentials{Bearer: got.Token[:n]}) {
			t.Fatalf("a part of %d characters opens", n)
		}
	}
	if err := s.SignOut(t.Context(), got.Who, "10.0.0.1"); err != nil {
		t.Fatal(err)
	}
	if s.knows(t, auth.Credentials{Bearer: got.Token}) {
		t.Error("the token opens after signing out")
	}
	if last := s.revoked[len(s.revoked)-1]; !last.Covers(got.Who) {
		t.Errorf("the sockets of the session stay: %+v", last)
	}
}

func TestASessionEndsWhenIdleAndAtItsEnd(t *testing.T) {
	s := newStudio(t)
	idle, used := s.in(t), s.in(t)
	for range 4 {
		s.later(20 * 24 * time.Hour)
		if !s.knows(t, auth.Credentials{Bearer: used.Token}) {
			t.Fatal("a session in use ended early")
		}
	}
	if s.knows(t, auth.Credentials{Bearer: idle.Token}) {
		t.Error("an idle session still opens")
	}
	s.later(11 * 24 * time.Hour)
	if s.knows(t, auth.Credentials{Bearer: used.Token}) {
		t.Error("a session outlives ninety days")
	}
}

func TestAKeyIsItsPersonsAlone(t *testing.T) {
	s := newStudio(t)
	key, err := s.CreateKey(t.Context(), "u1", "scripts")
	if err != nil {
		t.Fatal(err)
	}
	if !s.knows(t, auth.Credentials{Username: "maya", Key: key}) {
		t.Error("the key does not open")
	}
	for _, c := range []auth.Credentials{{Username: "tomas", Key: key}, {Username: "maya", Key: auth.NewKey()}, {Username: "maya", Key: key[:len(key)-1] + "!"}, {Username: "maya"}, {}} {
		if s.knows(t, c) {
			t.Errorf("%+v opens", c)
		}
	}
}

func TestTheDeactivatedAreRefusedWhateverTheyShow(t *testing.T) {
	s := newStudio(t)
	session := s.in(t)
	key, err := s.CreateKey(t.Context(), "u1", "scripts")
	if err != nil {
		t.Fatal(err)
	}
	s.deactivate(t)
	if s.knows(t, auth.Credentials{Bearer: session.Token}) || s.knows(t, auth.Credentials{Username: "maya", Key: key}) {
		t.Error("a credential of somebody deactivated opens")
	}
	if _, err := s.Again(t.Context(), session.Who); domain.CodeOf(err) != domain.Unauthorized {
		t.Errorf("a socket stays: %v", err)
	}
	if _, err := s.try(t, "maya", password, ""); domain.CodeOf(err) != domain.Unauthorized {
		t.Errorf("signed in: %v", err)
	}
}

func TestStrangersAndWrongPasswordsGetTheSameWords(t *testing.T) {
	s := newStudio(t)
	for range 7 { // the pause after the fifth included
		_, known := s.try(t, "maya", "wrong word", "")
		_, unknown := s.try(t, "nobody", "wrong word", "")
		if known.Error() != unknown.Error() || domain.CodeOf(known) != domain.CodeOf(unknown) {
			t.Errorf("%v, but %v", known, unknown)
		}
	}
}

func TestFiveWrongPasswordsPauseAndThePauseGrows(t *testing.T) {
	s := newStudio(t)
	for _, want := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute} {
		for n := range 5 {
			if _, err := s.try(t, "maya", "wrong word", ""); domain.CodeOf(err) != domain.Unauthorized {
				t.Fatalf("try %d: %v", n, err)
			}
		}
		_, err := s.try(t, "maya", password, "")
		if domain.CodeOf(err) != domain.Throttled || auth.RetryAfter(err) != want {
			t.Fatalf("%v for %v, want %v", err, auth.RetryAfter(err), want)
		}
		s.later(want)
	}
	s.in(t)
}

func TestAKnownDeviceStaysUsableWhileStrangersGuess(t *testing.T) {
	s := newStudio(t)
	device := s.in(t).DeviceToken
	for range 6 {
		_, _ = s.try(t, "maya", "wrong word", "")
	}
	if _, err := s.try(t, "maya", password, ""); domain.CodeOf(err) != domain.Throttled {
		t.Errorf("a new device: %v", err)
	}
	if _, err := s.try(t, "maya", password, device); err != nil {
		t.Errorf("the known device: %v", err)
	}
}

func TestOfManyTriesAtOnceFiveAreLookedAt(t *testing.T) {
	s := newStudio(t)
	var wrong, paused atomic.Int64
	var all sync.WaitGroup
	for range 24 {
		all.Go(func() {
			switch _, err := s.try(t, "maya", "wrong word", ""); domain.CodeOf(err) {
			case domain.Unauthorized:
				wrong.Add(1)
			case domain.Throttled:
				paused.Add(1)
			}
		})
	}
	all.Wait()
	if wrong.Load() != 5 || paused.Load() != 19 {
		t.Errorf("%d looked at, %d refused", wrong.Load(), paused.Load())
	}
}

func TestANewPasswordEndsOtherSessions(t *testing.T) {
	s := newStudio(t)
	mine, other := s.in(t), s.in(t)
	if err := s.SetPassword(t.Context(), "u1", "another password", mine.Who.SessionID); err != nil {
		t.Fatal(err)
	}
	if !s.knows(t, auth.Credentials{Bearer: mine.Token}) || s.knows(t, auth.Credentials{Bearer: other.Token}) {
		t.Error("the wrong session ended")
	}
	if err := s.SetPassword(t.Context(), "u1", "short", ""); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("a short password: %v", err)
	}
}

func TestCredentialsAreReadFromOneForm(t *testing.T) {
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://x/?username=eve&apiKey=k", nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := auth.CredentialsIn(r, "username", "apiKey"); got != (auth.Credentials{Username: "eve", Key: "k"}) {
		t.Errorf("%+v", got)
	}
	r.Header.Set("Authorization", "bearer T")
	r.Header.Set("ftrack-user", "maya")
	if got := auth.CredentialsIn(r, "username", "apiKey"); got != (auth.Credentials{Bearer: "T"}) {
		t.Errorf("%+v", got)
	}
}

func TestAProgramThatAsksAgainHasOneKey(t *testing.T) {
	s := newStudio(t)
	hand := func(word, program string) (auth.Handed, error) {
		return s.HandOver(t.Context(), auth.Attempt{Username: "maya", Password: word, Address: "10.0.0.1"}, program)
	}
	first, err := hand(password, "connect")
	if err != nil {
		t.Fatal(err)
	}
	other, err := hand(password, "rv")
	if err != nil {
		t.Fatal(err)
	}
	who, err := s.Authenticate(t.Context(), auth.Credentials{Username: "maya", Key: first.Key})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Again(t.Context(), who); err != nil {
		t.Errorf("a socket of the key ends: %v", err)
	}
	if _, err := hand("wrong word", "connect"); domain.CodeOf(err) != domain.Unauthorized || !s.knows(t, auth.Credentials{Username: "maya", Key: first.Key}) {
		t.Errorf("a wrong password: %v", err)
	}
	second, err := hand(password, "connect")
	if err != nil {
		t.Fatal(err)
	}
	if s.knows(t, auth.Credentials{Username: "maya", Key: first.Key}) {
		t.Error("the key before opens")
	}
	for _, key := range []string{second.Key, other.Key} {
		if !s.knows(t, auth.Credentials{Username: "maya", Key: key}) {
			t.Error("a key stopped that should not")
		}
	}
	if _, err := s.Again(t.Context(), who); domain.CodeOf(err) != domain.Unauthorized {
		t.Errorf("a socket of the key before stays: %v", err)
	}
	if last := s.revoked[len(s.revoked)-1]; !last.Covers(who) || last.Covers(auth.Who{UserID: "u1"}) {
		t.Errorf("the wrong sockets end: %+v", last)
	}
}

func TestGuessingAtTheHandOverIsThrottledLikeSigningIn(t *testing.T) {
	s := newStudio(t)
	for range 5 {
		_, _ = s.HandOver(t.Context(), auth.Attempt{Username: "maya", Password: "wrong word"}, "connect")
	}
	if _, err := s.try(t, "maya", password, ""); domain.CodeOf(err) != domain.Throttled {
		t.Errorf("signing in: %v", err)
	}
	if _, err := s.HandOver(t.Context(), auth.Attempt{Username: "maya", Password: password}, "connect"); domain.CodeOf(err) != domain.Throttled {
		t.Errorf("the hand-over: %v", err)
	}
}
