package auth_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

const here = "10.0.0.1"

// authenticator is RFC 6238 by the letter, and none of our code.
func authenticator(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		t.Fatal(err)
	}
	sum := hmac.New(sha1.New, key)
	if err := binary.Write(sum, binary.BigEndian, at.Unix()/30); err != nil {
		t.Fatal(err)
	}
	hash := sum.Sum(nil)
	from := hash[19] & 15
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(hash[from:from+4])&0x7fffffff%1_000_000)
}

func reasonOf(err error) string {
	var known *domain.Error
	if errors.As(err, &known) {
		return known.Reason
	}
	return ""
}

// enrolled is a studio whose maya has a second factor. The code that turned it on was that of the step before
// now.
func enrolled(t *testing.T) (s *studio, secret string, mine auth.SignedIn) {
	t.Helper()
	s = newStudio(t)
	mine = s.in(t)
	return s, s.enrol(t, mine), mine
}

func (s *studio) enrol(t *testing.T, in auth.SignedIn) (secret string) {
	t.Helper()
	made, err := s.GenerateTOTP(t.Context(), in.Who)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ConfigureTOTP(t.Context(), in.Who, authenticator(t, made.Secret, s.clock()), made.Secret, here); err != nil {
		t.Fatal(err)
	}
	s.later(30 * time.Second)
	return made.Secret
}

func (s *studio) code(t *testing.T, secret string) string { return authenticator(t, secret, s.clock()) }

func (s *studio) tryCode(t *testing.T, code string) (auth.SignedIn, error) {
	return s.SignIn(t.Context(), auth.Attempt{Username: "maya", Password: password, Code: code, Device: "tower", Address: here})
}

// others are another person, and what somebody may know of themselves.
func (s *studio) add(t *testing.T, id, username string, more map[string]any) {
	s.set(t, func(tx *store.Tx, user *schema.Type) error {
		values := map[string]any{"id": id, "resource_type": "user", "username": username, "is_active": true}
		for name, value := range more {
			values[name] = value
		}
		return tx.Insert(t.Context(), user, values)
	})
	if err := s.SetPassword(t.Context(), domain.UserID(id), password, ""); err != nil {
		t.Fatal(err)
	}
}

func (s *studio) user(t *testing.T, id string) map[string]any {
	t.Helper()
	var row *store.Row
	err := s.store.Read(t.Context(), func(tx *store.Tx) (err error) {
		row, err = tx.Get(t.Context(), "User", id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return row.Values
}

func TestASecondFactorIsSetUpAndAskedFor(t *testing.T) {
	s := newStudio(t)
	mine := s.in(t)
	made, err := s.GenerateTOTP(t.Context(), mine.Who)
	if err != nil {
		t.Fatal(err)
	}
	address, err := url.Parse(made.URL)
	if err != nil || address.Scheme != "otpauth" || address.Host != "totp" || address.Path != "/Aurora Pictures:maya" ||
		address.Query().Get("secret") != made.Secret || address.Query().Get("issuer") != "Aurora Pictures" {
		t.Fatalf("%s %v", made.URL, err)
	}
	if err := s.ConfigureTOTP(t.Context(), mine.Who, "000000", made.Secret, here); reasonOf(err) != "invalid_code" {
		t.Errorf("a wrong code: %v", err)
	}
	if err := s.ConfigureTOTP(t.Context(), mine.Who, s.code(t, made.Secret), "JBSWY3DP", here); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("a short secret: %v", err)
	}
	if _, err := s.try(t, "maya", password, ""); err != nil {
		t.Errorf("it counts before it is confirmed: %v", err)
	}
	burnt := s.code(t, made.Secret)
	if err := s.ConfigureTOTP(t.Context(), mine.Who, burnt, strings.ToLower(made.Secret), here); err != nil {
		t.Fatal(err)
	}
	if s.user(t, "u1")["is_totp_enabled"] != true || s.user(t, "u1")["is_otp_enabled"] == true {
		t.Errorf("%v", s.user(t, "u1"))
	}
	if _, err := s.GenerateTOTP(t.Context(), mine.Who); reasonOf(err) != "second_factor_on" {
		t.Errorf("a second secret: %v", err)
	}
	if _, err := s.tryCode(t, ""); reasonOf(err) != "second_factor_required" || domain.CodeOf(err) != domain.Unauthorized {
		t.Errorf("without a code: %v", err)
	}
	if _, err := s.tryCode(t, burnt); reasonOf(err) != "code_used" {
		t.Errorf("the code that turned it on: %v", err)
	}
	s.later(30 * time.Second)
	if _, err := s.tryCode(t, s.code(t, made.Secret)); err != nil {
		t.Errorf("with a code: %v", err)
	}
	if _, err := s.SignIn(t.Context(), auth.Attempt{Username: "maya", Password: "wrong word", Code: s.code(t, made.Secret)}); reasonOf(err) != "invalid_credentials" {
		t.Errorf("a wrong password with a code: %v", err)
	}
}

func TestCodesAreReadAsPeopleTypeThem(t *testing.T) {
	for name, typed := range map[string]func(code string) string{
		"a space":                   func(code string) string { return " " + code[:3] + " " + code[3:] + "\n" },
		"full-width digits":         func(code string) string { return strings.Map(func(r rune) rune { return r - '0' + '０' }, code) },
		"a no-break space":          func(code string) string { return code[:3] + "\u00a0" + code[3:] },
		"invisible marks of a copy": func(code string) string { return "\u200e" + code + "\u202c" },
	} {
		s, secret, _ := enrolled(t)
		if _, err := s.tryCode(t, typed(s.code(t, secret))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	s, secret, _ := enrolled(t)
	for _, typed := range []string{s.code(t, secret)[1:], s.code(t, secret) + "0", "x", strings.Repeat("1", 1<<16)} {
		if _, err := s.tryCode(t, typed); reasonOf(err) != "invalid_code" {
			t.Errorf("%.20q: %v", typed, err)
		}
	}
}

func TestACodeCountsAroundNowAndNeverAfterANewerOne(t *testing.T) {
	s, secret, _ := enrolled(t)
	s.later(5 * time.Minute)
	begun := s.clock()
	at := func(steps int) string {
		return authenticator(t, secret, begun.Add(time.Duration(steps)*30*time.Second))
	}
	for _, c := range []struct {
		steps int
		want  string
	}{
		{-2, "clock_skew"},
		{2, "clock_skew"},
		{-20, "clock_skew"},
		{20, "clock_skew"},
		{0, ""},
		{0, "code_used"},
		{-1, "code_used"},
		{1, ""},
		{1, "code_used"},
		{0, "code_used"},
	} {
		if _, err := s.tryCode(t, at(c.steps)); reasonOf(err) != c.want {
			t.Errorf("%+d steps: %v, want %q", c.steps, err, c.want)
		}
	}
	for _, steps := range []int{-21, 21, 1000} {
		s.later(time.Hour) // past any pause
		begun = s.clock()
		if _, err := s.tryCode(t, at(steps)); reasonOf(err) != "invalid_code" {
			t.Errorf("%+d steps: %v", steps, err)
		}
	}
}

func TestAClockThatWentBackSaysSo(t *testing.T) {
	s, secret, _ := enrolled(t)
	if _, err := s.tryCode(t, s.code(t, secret)); err != nil {
		t.Fatal(err)
	}
	s.later(-24 * time.Hour)
	for range 7 { // it is nobody's wrong try
		if _, err := s.tryCode(t, s.code(t, secret)); reasonOf(err) != "clock_skew" {
			t.Fatalf("%v", err)
		}
	}
	s.later(24*time.Hour + time.Minute)
	if _, err := s.tryCode(t, s.code(t, secret)); err != nil {
		t.Errorf("after it is right again: %v", err)
	}
}

func TestPausesDoNotOutliveAClockThatWentBack(t *testing.T) {
	s := newStudio(t)
	for range 5 {
		_, _ = s.try(t, "maya", "wrong word", "")
	}
	s.later(-24 * time.Hour)
	s.in(t)
}

// TestEveryWayTakesACodeOnce tries the code that one way took at every other: each pair of ways, both for the
// authenticator's codes and for backup codes.
func TestEveryWayTakesACodeOnce(t *testing.T) {
	ways := map[string]func(s *studio, who auth.Who, code string) error{
		"sign in": func(s *studio, _ auth.Who, code string) error { _, err := s.tryCode(t, code); return err },
		"confirm": func(s *studio, who auth.Who, code string) error {
			return s.Confirm(t.Context(), who, password, code, here)
		},
		"backup codes": func(s *studio, who auth.Who, code string) error {
			_, err := s.MakeBackupCodes(t.Context(), who, code, here)
			return err
		},
		"hand over": func(s *studio, _ auth.Who, code string) error {
			_, err := s.HandOver(t.Context(), auth.Attempt{Username: "maya", Password: password, Code: code, Address: here}, "connect")
			return err
		},
		"disable": func(s *studio, who auth.Who, code string) error {
			return s.DisableSecondFactor(t.Context(), who, code, here)
		},
	}
	for first, use := range ways {
		if first == "disable" { // after it nothing asks for a code
			continue
		}
		s, secret, mine := enrolled(t)
		code := s.code(t, secret)
		if err := use(s, mine.Who, code); err != nil {
			t.Fatalf("%s: %v", first, err)
		}
		for second, again := range ways {
			if err := again(s, mine.Who, code); reasonOf(err) != "code_used" {
				t.Errorf("%s, then %s: %v", first, second, err)
			}
		}
		if first == "backup codes" {
			continue
		}
		s.later(30 * time.Second)
		codes, err := s.MakeBackupCodes(t.Context(), mine.Who, s.code(t, secret), here)
		if err != nil {
			t.Fatal(err)
		}
		if err := use(s, mine.Who, codes[0]); err != nil {
			t.Fatalf("%s with a backup code: %v", first, err)
		}
		for second, again := range ways {
			if err := again(s, mine.Who, codes[0]); reasonOf(err) != "code_used" && second != "backup codes" {
				t.Errorf("%s, then %s, with a backup code: %v", first, second, err)
			}
		}
		if err := ways["disable"](s, mine.Who, codes[1]); err != nil {
			t.Errorf("disable with a backup code: %v", err)
		}
		if _, err := s.tryCode(t, ""); err != nil {
			t.Errorf("after disabling: %v", err)
		}
	}
}

// atOnce runs try so many times at once and counts what came of it by reason; "" is success.
func atOnce(n int, try func() error) map[string]int {
	var mu sync.Mutex
	var all sync.WaitGroup
	var ready atomic.Int64
	got := map[string]int{}
	gate := make(chan struct{})
	for range n {
		all.Go(func() {
			ready.Add(1)
			<-gate
			err := try()
			reason := reasonOf(err)
			if err != nil && reason == "" {
				reason = err.Error()
			}
			mu.Lock()
			defer mu.Unlock()
			got[reason]++
		})
	}
	for ready.Load() < int64(n) {
		time.Sleep(time.Millisecond)
	}
	close(gate)
	all.Wait()
	return got
}

// TestOfAHundredUsesOfOneCodeOneCounts has two servers share the data, where its engine lets them.
func TestOfAHundredUsesOfOneCodeOneCounts(t *testing.T) {
	s, secret, mine := enrolled(t)
	servers := []*auth.Auth{s.Auth, s.replica(t)}
	if s.at.Database != "" {
		other, err := store.Open(t.Context(), s.at)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = other.Close() }()
		servers[1] = s.on(t, other)
	}
	var turns atomic.Int64
	either := func() *auth.Auth { return servers[turns.Add(1)%2] }
	code := s.code(t, secret)
	got := atOnce(100, func() error { _, err := either().MakeBackupCodes(t.Context(), mine.Who, code, here); return err })
	if got[""] != 1 || got["code_used"] != 99 {
		t.Errorf("a code: %v", got)
	}
	s.later(30 * time.Second)
	codes, err := s.MakeBackupCodes(t.Context(), mine.Who, s.code(t, secret), here)
	if err != nil {
		t.Fatal(err)
	}
	got = atOnce(100, func() error {
		return either().DisableSecondFactor(t.Context(), mine.Who, codes[3], here)
	})
	if got[""] != 1 || got["second_factor_off"] != 99 {
		t.Errorf("disabling: %v", got)
	}
}

// TestOfAHundredSignInsWithOneCodeOneIsLetIn takes the whole way, hashing included: what too many at once are
// refused for is tried again.
func TestOfAHundredSignInsWithOneCodeOneIsLetIn(t *testing.T) {
	s, secret, mine := enrolled(t)
	codes, err := s.MakeBackupCodes(t.Context(), mine.Who, s.code(t, secret), here)
	if err != nil {
		t.Fatal(err)
	}
	s.later(30 * time.Second)
	for kind, code := range map[string]string{"totp": s.code(t, secret), "backup": codes[0]} {
		got := atOnce(100, func() error {
			for {
				_, err := s.tryCode(t, code)
				if reasonOf(err) != "overload" {
					return err
				}
				time.Sleep(10 * time.Millisecond)
			}
		})
		if got[""] != 1 || got["code_used"] != 99 {
			t.Errorf("%s: %v", kind, got)
		}
	}
}

func TestOfTwoHundredWrongCodesFiveAreLookedAt(t *testing.T) {
	s, secret, mine := enrolled(t)
	got := atOnce(200, func() error { _, err := s.MakeBackupCodes(t.Context(), mine.Who, "000000", here); return err })
	if got["invalid_code"] != 5 || got["paused"] != 195 {
		t.Errorf("at once: %v", got)
	}
	if _, err := s.MakeBackupCodes(t.Context(), mine.Who, s.code(t, secret), here); reasonOf(err) != "paused" || auth.RetryAfter(err) != 30*time.Second {
		t.Errorf("a right one in the pause: %v", err)
	}
	s.later(31 * time.Second)
	if _, err := s.MakeBackupCodes(t.Context(), mine.Who, s.code(t, secret), here); err != nil {
		t.Errorf("after the pause: %v", err)
	}
}

func TestAStrangerWithThePasswordIsPausedAndLocksNobodyOut(t *testing.T) {
	s, secret, mine := enrolled(t)
	s.later(time.Hour)
	looked := 0
	for range 200 { // one after the other, each a sign-in of its own
		switch _, err := s.tryCode(t, "000000"); reasonOf(err) {
		case "invalid_code":
			looked++
		case "paused":
		default:
			t.Fatal(err)
		}
		if looked == 5 {
			break
		}
	}
	if _, err := s.tryCode(t, s.code(t, secret)); reasonOf(err) != "paused" {
		t.Errorf("a sixth try: %v", err)
	}
	known := auth.Attempt{Username: "maya", Password: password, Code: s.code(t, secret), DeviceToken: mine.DeviceToken, Address: here}
	again, err := s.SignIn(t.Context(), known)
	if err != nil {
		t.Fatalf("the known device: %v", err)
	}
	s.later(30 * time.Second)
	if err := s.Confirm(t.Context(), mine.Who, password, s.code(t, secret), here); err != nil {
		t.Errorf("a live session: %v", err)
	}
	if _, err := s.Authenticate(t.Context(), auth.Credentials{Bearer: again.Token}); err != nil {
		t.Error(err)
	}
}

func TestRefusedTriesAndUsedCodesAreNotCounted(t *testing.T) {
	s, secret, _ := enrolled(t)
	code := s.code(t, secret)
	if _, err := s.tryCode(t, code); err != nil {
		t.Fatal(err)
	}
	for range 9 {
		if _, err := s.tryCode(t, code); reasonOf(err) != "code_used" {
			t.Fatalf("a used code: %v", err)
		}
	}
	for n := range 4 {
		if _, err := s.tryCode(t, "000000"); reasonOf(err) != "invalid_code" {
			t.Fatalf("try %d: %v", n, err)
		}
	}
	for range 3 {
		_, _ = s.tryCode(t, code) // does not take the place of the fifth
	}
	if _, err := s.tryCode(t, "000000"); reasonOf(err) != "invalid_code" {
		t.Errorf("the fifth: %v", err)
	}
	if _, err := s.tryCode(t, "000000"); reasonOf(err) != "paused" {
		t.Errorf("the sixth: %v", err)
	}
}

func TestPasswordsAndCodesAreCountedApart(t *testing.T) {
	s, secret, _ := enrolled(t)
	for range 4 {
		if _, err := s.try(t, "maya", "wrong word", ""); reasonOf(err) != "invalid_credentials" {
			t.Fatal(err)
		}
		if _, err := s.tryCode(t, "000000"); reasonOf(err) != "invalid_code" { // with the right password, which is forgiven
			t.Fatal(err)
		}
	}
	if _, err := s.tryCode(t, s.code(t, secret)); err != nil {
		t.Error(err)
	}
}

func TestBackupCodesAreTenAndTheirPersonsAlone(t *testing.T) {
	s, secret, mine := enrolled(t)
	codes, err := s.MakeBackupCodes(t.Context(), mine.Who, s.code(t, secret), here)
	if err != nil {
		t.Fatal(err)
	}
	if len(codes) != 10 || len(slices.Compact(slices.Sorted(slices.Values(codes)))) != 10 || len(codes[0]) != 14 {
		t.Errorf("%v", codes)
	}
	if s.user(t, "u1")["is_otp_enabled"] != true {
		t.Error("nobody knows that there are codes")
	}
	s.add(t, "u2", "tomas", nil)
	tomas, err := s.try(t, "tomas", password, "")
	if err != nil {
		t.Fatal(err)
	}
	theirs := s.enrol(t, tomas)
	if _, err := s.SignIn(t.Context(), auth.Attempt{Username: "tomas", Password: password, Code: codes[0], Address: here}); reasonOf(err) != "invalid_code" {
		t.Errorf("maya's code opens tomas's account: %v", err)
	}
	if _, err := s.SignIn(t.Context(), auth.Attempt{Username: "tomas", Password: password, Code: s.code(t, theirs), Address: here}); err != nil {
		t.Fatal(err)
	}
	left := func() int {
		account, err := s.Account(t.Context(), mine.Who)
		if err != nil {
			t.Fatal(err)
		}
		return account.BackupCodes
	}
	for n, typed := range []string{strings.ToLower(codes[0]), strings.ReplaceAll(codes[1], "-", ""), " " + strings.ReplaceAll(codes[2], "0", "o") + " "} {
		if _, err := s.tryCode(t, typed); err != nil || left() != 9-n {
			t.Errorf("%s: %v, %d left", typed, err, left())
		}
	}
	fresh, err := s.MakeBackupCodes(t.Context(), mine.Who, s.code(t, secret), here)
	if err != nil || left() != 10 {
		t.Fatalf("%v, %d left", err, left())
	}
	if _, err := s.tryCode(t, codes[5]); reasonOf(err) != "invalid_code" {
		t.Errorf("a code of the old set: %v", err)
	}
	if err := s.DisableSecondFactor(t.Context(), mine.Who, fresh[0], here); err != nil || left() != 0 {
		t.Errorf("%v, %d left", err, left())
	}
	if s.user(t, "u1")["is_otp_enabled"] == true || s.user(t, "u1")["is_totp_enabled"] == true {
		t.Error("it looks as if there were a second factor")
	}
	s.later(time.Minute)
	s.enrol(t, mine)
	if _, err := s.tryCode(t, fresh[1]); reasonOf(err) != "invalid_code" {
		t.Errorf("a code from before it was disabled: %v", err)
	}
}

func TestWhatGuardsTheAccountAsksForFreshness(t *testing.T) {
	s, secret, mine := enrolled(t)
	codes, err := s.MakeBackupCodes(t.Context(), mine.Who, s.code(t, secret), here)
	if err != nil {
		t.Fatal(err)
	}
	s.later(auth.Freshness)
	other, err := s.tryCode(t, codes[0])
	if err != nil {
		t.Fatal(err)
	}
	changes := map[string]func(auth.Who, string) error{
		"generate": func(who auth.Who, _ string) error { _, err := s.GenerateTOTP(t.Context(), who); return err },
		"codes": func(who auth.Who, code string) error {
			_, err := s.MakeBackupCodes(t.Context(), who, code, here)
			return err
		},
		"disable": func(who auth.Who, code string) error { return s.DisableSecondFactor(t.Context(), who, code, here) },
		"configure": func(who auth.Who, code string) error {
			return s.ConfigureTOTP(t.Context(), who, code, secret, here)
		},
		"reset": func(who auth.Who, _ string) error { return s.ResetSecondFactor(t.Context(), who, "u2", here) },
	}
	for name, change := range changes {
		if err := change(mine.Who, s.code(t, secret)); reasonOf(err) != "confirmation_required" || domain.CodeOf(err) != domain.Forbidden {
			t.Errorf("%s in a stale session: %v", name, err)
		}
		if err := change(auth.Who{UserID: "u1", KeyHash: "key"}, s.code(t, secret)); reasonOf(err) != "session_required" {
			t.Errorf("%s with an API key: %v", name, err)
		}
	}
	for _, c := range []struct{ word, code, want string }{
		{"wrong word", s.code(t, secret), "wrong_password"}, {password, "", "second_factor_required"}, {password, "000000", "invalid_code"}, {password, s.code(t, secret), ""},
	} {
		if err := s.Confirm(t.Context(), mine.Who, c.word, c.code, here); reasonOf(err) != c.want || err != nil && domain.CodeOf(err) != domain.Forbidden {
			t.Errorf("%q %q: %v", c.word, c.code, err)
		}
	}
	if err := changes["disable"](mine.Who, codes[1]); err != nil {
		t.Errorf("after confirming: %v", err)
	}
	if _, err := s.Authenticate(t.Context(), auth.Credentials{Bearer: other.Token}); domain.CodeOf(err) != domain.Unauthorized {
		t.Errorf("another session outlives the second factor: %v", err)
	}
	if !s.knows(t, auth.Credentials{Bearer: mine.Token}) {
		t.Error("the session that disabled it ended")
	}
}

func TestFreshnessIsOfOneSession(t *testing.T) {
	s := newStudio(t)
	mine, other := s.in(t), s.in(t)
	s.later(auth.Freshness)
	if err := s.Confirm(t.Context(), mine.Who, password, "", here); err != nil {
		t.Fatal(err)
	}
	if _, err := s.GenerateTOTP(t.Context(), mine.Who); err != nil {
		t.Error(err)
	}
	if _, err := s.GenerateTOTP(t.Context(), other.Who); reasonOf(err) != "confirmation_required" {
		t.Errorf("another session: %v", err)
	}
	s.later(-time.Hour)
	if _, err := s.GenerateTOTP(t.Context(), mine.Who); reasonOf(err) != "confirmation_required" {
		t.Errorf("by a clock that went back: %v", err)
	}
}

func TestAnAdministratorResetsASecondFactor(t *testing.T) {
	s, _, mine := enrolled(t)
	s.add(t, "u2", "ines", nil)
	s.makeAdministrator(t, "u2")
	ines, err := s.try(t, "ines", password, "")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		who  auth.Who
		user domain.UserID
		want domain.Code
	}{
		"themselves": {ines.Who, "u2", domain.Forbidden}, "nobody": {ines.Who, "u9", domain.NotFound}, "no administrator": {mine.Who, "u2", domain.Forbidden},
	} {
		if err := s.ResetSecondFactor(t.Context(), c.who, c.user, here); domain.CodeOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.ResetSecondFactor(t.Context(), ines.Who, "u1", here); err != nil {
		t.Fatal(err)
	}
	if s.knows(t, auth.Credentials{Bearer: mine.Token}) {
		t.Error("a session outlives the reset")
	}
	if _, err := s.tryCode(t, ""); err != nil {
		t.Errorf("signing in: %v", err)
	}
	if err := s.ResetSecondFactor(t.Context(), ines.Who, "u1", here); reasonOf(err) != "second_factor_off" {
		t.Errorf("once more: %v", err)
	}
}

func (s *studio) makeAdministrator(t *testing.T, user string) {
	t.Helper()
	err := s.store.Write(t.Context(), func(tx *store.Tx) error {
		role, _ := schema.ByName("SecurityRole")
		given, _ := schema.ByName("UserSecurityRole")
		if err := tx.Insert(t.Context(), role, map[string]any{"id": "admin", "name": "Administrator"}); err != nil {
			return err
		}
		return tx.Insert(t.Context(), given, map[string]any{"id": "given", "user_id": user, "security_role_id": "admin"})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheServerItselfTurnsASecondFactorOff(t *testing.T) {
	s, _, mine := enrolled(t)
	if err := s.DropSecondFactor(t.Context(), "u1"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.try(t, "maya", password, ""); err != nil {
		t.Errorf("the password alone: %v", err)
	}
	if s.knows(t, auth.Credentials{Bearer: mine.Token}) {
		t.Error("a session outlives it")
	}
	if err := s.DropSecondFactor(t.Context(), "u1"); reasonOf(err) != "second_factor_off" {
		t.Errorf("once more: %v", err)
	}
	if said := s.audited(t); !slices.Contains(said, "two_factor_reset ok maya  {}") {
		t.Errorf("%q", said)
	}
}

// TestWrongTriesAreCountedThoughNothingElseIsKept reads the counter itself after each of them.
func TestWrongTriesAreCountedThoughNothingElseIsKept(t *testing.T) {
	s, _, mine := enrolled(t)
	failures := func(bucket string) (n int) {
		t.Helper()
		s.write(t, func(tx *store.Tx) error {
			counted, err := tx.Throttle(t.Context(), bucket)
			n = counted.Failures
			return err
		})
		return n
	}
	for want := 1; want < 5; want++ {
		if _, err := s.tryCode(t, "000000"); reasonOf(err) != "invalid_code" || failures("code:person:u1") != want {
			t.Errorf("sign-in %d: %v, counted %d", want, err, failures("code:person:u1"))
		}
		if err := s.DisableSecondFactor(t.Context(), mine.Who, "000000", here); reasonOf(err) != "invalid_code" || failures("code:session:"+mine.Who.SessionID) != want {
			t.Errorf("disabling %d: %v, counted %d", want, err, failures("code:session:"+mine.Who.SessionID))
		}
	}
}

// TestAPauseHoldsAtEveryDoor: at those for who is not in yet, and at those within a session.
func TestAPauseHoldsAtEveryDoor(t *testing.T) {
	s, secret, mine := enrolled(t)
	for range 5 {
		_, _ = s.tryCode(t, "000000")
		_ = s.Confirm(t.Context(), mine.Who, password, "000000", here)
	}
	code := s.code(t, secret)
	_, signIn := s.tryCode(t, code)
	_, handOver := s.HandOver(t.Context(), auth.Attempt{Username: "maya", Password: password, Code: code, Address: here}, "connect")
	_, codes := s.MakeBackupCodes(t.Context(), mine.Who, code, here)
	for door, err := range map[string]error{
		"sign in": signIn, "hand over": handOver, "backup codes": codes,
		"confirm": s.Confirm(t.Context(), mine.Who, password, code, here), "disable": s.DisableSecondFactor(t.Context(), mine.Who, code, here),
	} {
		if reasonOf(err) != "paused" || auth.RetryAfter(err) != 30*time.Second {
			t.Errorf("%s: %v", door, err)
		}
	}
}

func TestAnAddressIsRefusedBeyondAThousandTries(t *testing.T) {
	s := newStudio(t)
	s.write(t, func(tx *store.Tx) error {
		return tx.SetThrottle(t.Context(), "address:"+here+"/32", store.Throttle{Failures: 999, Since: tx.Now()}, time.Hour)
	})
	if _, err := s.try(t, "maya", "wrong word", ""); reasonOf(err) != "invalid_credentials" {
		t.Errorf("the thousandth: %v", err)
	}
	if _, err := s.try(t, "maya", password, ""); reasonOf(err) != "address" || auth.RetryAfter(err) != 10*time.Minute {
		t.Errorf("one more: %v for %v", err, auth.RetryAfter(err))
	}
	if _, err := s.SignIn(t.Context(), auth.Attempt{Username: "maya", Password: password, Address: "10.0.0.2"}); err != nil {
		t.Errorf("from another address: %v", err)
	}
	s.later(10 * time.Minute)
	s.in(t)
}

func TestAMailAddressThatIsOnePersonsSignsIn(t *testing.T) {
	s := newStudio(t)
	s.add(t, "u2", "tomas", map[string]any{"email": "Tomas@Aurora.example"})
	s.add(t, "u3", "nia", map[string]any{"email": "shared@aurora.example"})
	s.add(t, "u4", "lena", map[string]any{"email": "shared@aurora.example"})
	s.add(t, "u5", "tomas@aurora.example.net", nil)
	for name, want := range map[string]domain.UserID{
		"tomas@aurora.EXAMPLE": "u2", "shared@aurora.example": "", "tomas@aurora.example.net": "u5", "tomas@aurora": "", "@": "", "%@%": "", "maya\x00@x": "", "\xff@": "",
	} {
		in, err := s.try(t, name, password, "")
		if err != nil && reasonOf(err) != "invalid_credentials" {
			t.Errorf("%q: %v", name, err)
		}
		if in.Who.UserID != want {
			t.Errorf("%q signs in %q", name, in.Who.UserID)
		}
	}
	s.set(t, func(tx *store.Tx, user *schema.Type) error {
		return tx.Update(t.Context(), user, []string{"u4"}, map[string]any{"is_active": false})
	})
	if in, err := s.try(t, "shared@aurora.example", password, ""); err != nil || in.Who.UserID != "u3" {
		t.Errorf("after the other is gone: %v %v", in.Who.UserID, err)
	}
}

func TestAnAccountThatIsKeptElsewhereHasNoPasswordHere(t *testing.T) {
	s := newStudio(t)
	mine := s.in(t)
	s.set(t, func(tx *store.Tx, user *schema.Type) error {
		return tx.Update(t.Context(), user, []string{"u1"}, map[string]any{"auth_source": "ldap"})
	})
	if _, err := s.try(t, "maya", password, ""); reasonOf(err) != "invalid_credentials" {
		t.Errorf("signing in: %v", err)
	}
	if err := s.ChangePassword(t.Context(), mine.Who, password, "correct horse battery", here); reasonOf(err) != "account_elsewhere" {
		t.Errorf("changing it: %v", err)
	}
	if err := s.SetPassword(t.Context(), "u1", "correct horse battery", ""); reasonOf(err) != "account_elsewhere" {
		t.Errorf("setting it: %v", err)
	}
	if account, err := s.Account(t.Context(), mine.Who); err != nil || account.Local {
		t.Errorf("%+v %v", account, err)
	}
}

func TestTheUseOfAKeyIsNotedToTheHour(t *testing.T) {
	s := newStudio(t)
	key, err := s.CreateKey(t.Context(), "u1", "farm")
	if err != nil {
		t.Fatal(err)
	}
	used := func() any {
		t.Helper()
		var at any
		s.write(t, func(tx *store.Tx) error {
			keys, err := tx.KeysOf(t.Context(), "u1")
			if err != nil {
				return err
			}
			row, err := tx.Get(t.Context(), "ApiKey", keys[0].ID)
			at = row.Values["last_used_at"]
			return err
		})
		return at
	}
	if used() != nil {
		t.Errorf("a key that nobody used: %v", used())
	}
	begun := s.clock()
	for _, c := range []struct{ after, want time.Duration }{{0, 0}, {59 * time.Minute, 0}, {time.Minute, time.Hour}, {90 * time.Minute, 2 * time.Hour}} {
		s.later(c.after)
		if !s.knows(t, auth.Credentials{Username: "maya", Key: key}) {
			t.Fatal("the key does not open")
		}
		if at := used(); at != begun.Add(c.want) {
			t.Errorf("%v later: %v", s.clock().Sub(begun), at)
		}
	}
}

func TestSessionsThatOpenNothingAreForgotten(t *testing.T) {
	s := newStudio(t)
	s.in(t)
	s.later(29 * 24 * time.Hour)
	live := s.in(t)
	s.later(2 * 24 * time.Hour)
	if err := s.Forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !s.knows(t, auth.Credentials{Bearer: live.Token}) {
		t.Error("a session in use was forgotten")
	}
	var left []string
	for value, column := range s.dump(t) {
		if column == "usersession.id" {
			left = append(left, value)
		}
	}
	if len(left) != 1 || left[0] != live.Who.SessionID {
		t.Errorf("left are %v", left)
	}
}
