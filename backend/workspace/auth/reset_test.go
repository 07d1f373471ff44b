package auth_test

import (
	"encoding/json"
	"fmt"
	"math"
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

const another = "battery staple"

// mailed is a studio whose maya can be reached by mail.
func mailed(t *testing.T) *studio {
	t.Helper()
	s := newStudio(t)
	s.set(t, func(tx *store.Tx, user *schema.Type) error {
		return tx.Update(t.Context(), user, []string{"u1"}, map[string]any{"email": "Maya@aurora.example"})
	})
	s.work(t)
	return s
}

// work does what lies in the outbox, and gives the letters.
func (s *studio) work(t *testing.T) []domain.Letter {
	t.Helper()
	var letters []domain.Letter
	for {
		var job store.Job
		var found bool
		if err := s.store.Write(t.Context(), func(tx *store.Tx) (err error) {
			job, found, err = tx.LeaseJob(t.Context(), 365*24*time.Hour)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		switch {
		case !found:
			return letters
		case job.Kind == auth.ForgottenJob:
			if err := s.Forgotten(t.Context(), job.Body); err != nil {
				t.Fatal(err)
			}
		case job.Kind == domain.LetterJob:
			var l domain.Letter
			if err := json.Unmarshal(job.Body, &l); err != nil {
				t.Fatal(err)
			}
			letters = append(letters, l)
		}
	}
}

// link has maya forget her password, and gives the token of the link she is sent.
func (s *studio) link(t *testing.T) string {
	t.Helper()
	if err := s.Forgot(t.Context(), "maya", "192.0.2.1"); err != nil {
		t.Fatal(err)
	}
	letters := s.work(t)
	if len(letters) != 1 || letters[0].Kind != domain.ResetLink || letters[0].Ticket == "" || letters[0].Link != "" {
		t.Fatalf("%+v", letters)
	}
	return s.arm(t, letters[0].Ticket)
}

func (s *studio) arm(t *testing.T, ticket string) string {
	t.Helper()
	token, err := s.ArmReset(t.Context(), ticket)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func (s *studio) use(t *testing.T, token, word string) error {
	t.Helper()
	return s.Reset(t.Context(), auth.NewPassword{Token: token, Password: word, Address: "192.0.2.1"})
}

func (s *studio) opens(t *testing.T, token string, want bool) {
	t.Helper()
	_, err := s.ResetOffered(t.Context(), token)
	if got := err == nil; got != want || err != nil && domain.CodeOf(err) != domain.NotFound {
		t.Errorf("a link opens %v, want %v: %v", got, want, err)
	}
}

// audited lists what the audit says, in order.
func (s *studio) audited(t *testing.T) []string {
	t.Helper()
	var said []string
	if err := s.store.Read(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.VerifyAudit(t.Context(), store.AuditEnd{}); err != nil {
			t.Error(err)
		}
		return tx.Audited(t.Context(), store.AuditFilter{}, func(e store.AuditLine) error {
			said = append(said, fmt.Sprintf("%s %s %s %s %s", e.What, e.Outcome, e.SubjectName, e.Address, e.Detail))
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	return said
}

func TestALinkGivesANewPasswordOnceAndSignsNobodyIn(t *testing.T) {
	s := mailed(t)
	session := s.in(t)
	token := s.link(t)
	for range 3 {
		offer, err := s.ResetOffered(t.Context(), token)
		if err != nil || offer.Username != "maya" || offer.Invitation {
			t.Errorf("looking at a link: %+v %v", offer, err)
		}
	}
	if err := s.use(t, token, "short"); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("a short password: %v", err)
	}
	if _, err := s.try(t, "maya", password, ""); err != nil {
		t.Errorf("a refused password took the old one away: %v", err)
	}
	s.revoked = nil
	if err := s.use(t, token, another); err != nil {
		t.Fatal(err)
	}
	if len(s.revoked) != 1 || s.revoked[0].Except != "" || s.revoked[0].UserID != "u1" {
		t.Errorf("%+v", s.revoked)
	}
	if s.knows(t, auth.Credentials{Bearer: session.Token}) {
		t.Error("a session outlived the reset")
	}
	if _, err := s.try(t, "maya", password, ""); domain.CodeOf(err) != domain.Unauthorized {
		t.Errorf("the old password: %v", err)
	}
	if _, err := s.try(t, "maya", another, ""); err != nil {
		t.Errorf("the new password: %v", err)
	}
	s.opens(t, token, false)
	if err := s.use(t, token, password); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("a used link: %v", err)
	}
	letters := s.work(t)
	if !slices.ContainsFunc(letters, func(l domain.Letter) bool {
		return l.Kind == domain.PasswordReset && l.To == "Maya@aurora.example" && l.Address == "192.0.2.1"
	}) {
		t.Errorf("nobody is told: %+v", letters)
	}
	for _, want := range []string{"reset_asked ok maya 192.0.2.1 {}", `password_reset ok maya 192.0.2.1 {"invitation":false}`} {
		if said := s.audited(t); !slices.Contains(said, want) {
			t.Errorf("the audit lacks %s: %q", want, said)
		}
	}
}

func TestALinkOpensForHalfAnHourAndAnInvitationForAWeek(t *testing.T) {
	for what, lasts := range map[string]time.Duration{"reset": 30 * time.Minute, "invitation": 7 * 24 * time.Hour} {
		s := mailed(t)
		var token string
		if what == "reset" {
			token = s.link(t)
		} else {
			token = s.arm(t, s.invite(t))
		}
		s.later(lasts - time.Second)
		s.opens(t, token, true)
		s.later(2 * time.Second)
		s.opens(t, token, false)
		if err := s.use(t, token, another); domain.CodeOf(err) != domain.NotFound {
			t.Errorf("%s: a late link: %v", what, err)
		}
	}
}

func (s *studio) invite(t *testing.T) (ticket string) {
	t.Helper()
	s.set(t, func(tx *store.Tx, _ *schema.Type) (err error) {
		ticket, err = tx.OfferReset(t.Context(), "u1", true)
		return err
	})
	return ticket
}

func TestWhatEndsALink(t *testing.T) {
	change := func(values map[string]any) func(*testing.T, *studio) {
		return func(t *testing.T, s *studio) {
			s.set(t, func(tx *store.Tx, user *schema.Type) error {
				return tx.Update(t.Context(), user, []string{"u1"}, values)
			})
		}
	}
	for what, do := range map[string]func(*testing.T, *studio){
		"a change of the password": func(t *testing.T, s *studio) {
			if err := s.SetPassword(t.Context(), "u1", another, ""); err != nil {
				t.Fatal(err)
			}
		},
		"another link":              func(t *testing.T, s *studio) { s.link(t) },
		"an invitation":             func(t *testing.T, s *studio) { s.invite(t) },
		"a change of the address":   change(map[string]any{"email": "maya@elsewhere.example"}),
		"the loss of the address":   change(map[string]any{"email": nil}),
		"the person's deactivation": change(map[string]any{"is_active": false}),
		"the person's end": func(t *testing.T, s *studio) {
			s.set(t, func(tx *store.Tx, user *schema.Type) error { return tx.Delete(t.Context(), user, []string{"u1"}) })
		},
	} {
		t.Run(what, func(t *testing.T) {
			s := mailed(t)
			token := s.link(t)
			s.opens(t, token, true)
			do(t, s)
			s.opens(t, token, false)
			if err := s.use(t, token, "yet another one"); domain.CodeOf(err) != domain.NotFound {
				t.Errorf("the link still works: %v", err)
			}
		})
	}
}

func TestOnlyTheWholeTokenOpens(t *testing.T) {
	s := mailed(t)
	token := s.link(t)
	wrong := []string{
		token + token, token + "A", " " + token, token + "=", strings.ToUpper(token), strings.Repeat("A", 43), strings.Repeat("A", 1<<20), "é", "\x00", "../" + token,
		token[1:], token[:42] + "é", s.in(t).Token, s.in(t).DeviceToken,
	}
	for n := range len(token) {
		wrong = append(wrong, token[:n])
	}
	for _, bad := range wrong {
		if err := s.use(t, bad, another); domain.CodeOf(err) != domain.NotFound {
			t.Errorf("%.60q: %v", bad, err)
		}
	}
	if s.knows(t, auth.Credentials{Bearer: token}) || s.knows(t, auth.Credentials{Username: "maya", Key: token}) {
		t.Error("a link's token opens another door")
	}
	s.opens(t, token, true)
}

func TestOfManyUsesAtOnceOneCounts(t *testing.T) {
	s := mailed(t)
	token := s.link(t)
	var used atomic.Int64
	var working sync.WaitGroup
	start := make(chan struct{})
	for n := range 100 {
		working.Go(func() {
			<-start
			for {
				err := s.use(t, token, fmt.Sprintf("battery staple %d", n))
				switch domain.CodeOf(err) {
				case "":
					used.Add(1)
				case domain.Throttled: // too many hash at once
					time.Sleep(10 * time.Millisecond)
					continue
				case domain.NotFound:
				default:
					t.Error(err)
				}
				return
			}
		})
	}
	close(start)
	working.Wait()
	if used.Load() != 1 {
		t.Errorf("a link was used %d times", used.Load())
	}
}

// TestAResetLeavesTheSecondFactorOnAndAsksForIt holds that a mailbox alone opens nothing of who has one.
func TestAResetLeavesTheSecondFactorOnAndAsksForIt(t *testing.T) {
	s := mailed(t)
	mine := s.in(t)
	secret := s.enrol(t, mine)
	codes, err := s.MakeBackupCodes(t.Context(), mine.Who, s.code(t, secret), here)
	if err != nil {
		t.Fatal(err)
	}
	s.later(30 * time.Second)
	s.work(t)
	token := s.link(t)
	if offer, err := s.ResetOffered(t.Context(), token); err != nil || !offer.SecondFactor {
		t.Errorf("%+v %v", offer, err)
	}
	try := func(code string) error {
		return s.Reset(t.Context(), auth.NewPassword{Token: token, Password: another, Code: code, Address: here})
	}
	spent := s.code(t, secret)
	if _, err := s.tryCode(t, spent); err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]string{"": "second_factor_required", "000000": "invalid_code", spent: "code_used", "ABCDEFGHJKMN": "invalid_code"} {
		if err := try(code); reasonOf(err) != want {
			t.Errorf("%q: %v", code, err)
		}
	}
	s.opens(t, token, true)
	if _, err := s.try(t, "maya", another, ""); reasonOf(err) == "second_factor_required" {
		t.Error("the password was changed without a code")
	}
	s.later(30 * time.Second)
	if err := try(s.code(t, secret)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.try(t, "maya", another, ""); reasonOf(err) != "second_factor_required" {
		t.Errorf("the reset took the second factor away: %v", err)
	}
	s.work(t)
	s.later(time.Hour)
	token = s.link(t)
	if err := try(codes[0]); err != nil {
		t.Errorf("a backup code: %v", err)
	}
	if err := try(codes[0]); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("a used link: %v", err)
	}
}

// TestCodesAtALinkAreThrottledAsAtTheDoor holds that a stolen link is no place to guess codes.
func TestCodesAtALinkAreThrottledAsAtTheDoor(t *testing.T) {
	s := mailed(t)
	s.enrol(t, s.in(t))
	s.work(t)
	token := s.link(t)
	looked := 0
	for n := range 30 {
		err := s.Reset(t.Context(), auth.NewPassword{Token: token, Password: another, Code: fmt.Sprintf("%06d", n), Address: here})
		switch domain.CodeOf(err) {
		case domain.Unauthorized:
			looked++
		case domain.Throttled:
		default:
			t.Errorf("%v", err)
		}
	}
	if looked != 5 {
		t.Errorf("%d codes were looked at", looked)
	}
	s.opens(t, token, true)
}

func TestALinkIsItsPersonsAlone(t *testing.T) {
	s := mailed(t)
	s.add(t, "u2", "tomas", map[string]any{"email": "tomas@aurora.example"})
	s.work(t)
	mine := s.link(t)
	if err := s.Forgot(t.Context(), "tomas", here); err != nil {
		t.Fatal(err)
	}
	if err := s.use(t, s.arm(t, s.work(t)[0].Ticket), another); err != nil {
		t.Fatal(err)
	}
	if _, err := s.try(t, "maya", password, ""); err != nil {
		t.Errorf("another person's link changed hers: %v", err)
	}
	s.opens(t, mine, true)
	for _, bad := range []string{"password1", "maya.aurora", "Aurora Pictures maya"} {
		if err := s.use(t, mine, bad); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%s: %v", bad, err)
		}
	}
	s.opens(t, mine, true)
}

func TestWhoeverIsMeantIsWrittenToAndNobodyElse(t *testing.T) {
	s := mailed(t)
	s.set(t, func(tx *store.Tx, user *schema.Type) error {
		for _, values := range []map[string]any{
			{"id": "u2", "username": "tomas", "email": "maya@aurora.example", "is_active": true},
			{"id": "u3", "username": "lena", "email": "lena@aurora.example", "is_active": true, "auth_source": "LDAP"},
			{"id": "u4", "username": "old", "email": "old@aurora.example", "is_active": false},
			{"id": "u5", "username": "vera", "email": "vera\r\nBcc: eve@evil.example", "is_active": true},
		} {
			values["resource_type"] = "user"
			if err := tx.Insert(t.Context(), user, values); err != nil {
				return err
			}
		}
		return nil
	})
	for login, want := range map[string]string{
		"MAYA@AURORA.EXAMPLE": "Maya@aurora.example reset_link, maya@aurora.example reset_link", "  tomas ": "maya@aurora.example reset_link",
		"lena": "lena@aurora.example account_elsewhere", "old": "", "vera": "", "nobody": "", "": "", "Maya": "", "maya@aurora.example\r\nBcc: x": "",
		strings.Repeat("a", 300): "", "%": "", "u1": "",
	} {
		if err := s.Forgot(t.Context(), login, "192.0.2.1"); err != nil {
			t.Errorf("%q: %v", login, err)
		}
		var got []string
		for _, l := range s.work(t) {
			got = append(got, l.To+" "+string(l.Kind))
			if l.Kind == domain.AccountElsewhere && l.Thing != "LDAP" {
				t.Errorf("%+v", l)
			}
		}
		slices.Sort(got)
		if strings.Join(got, ", ") != want {
			t.Errorf("%q: %q, want %q", login, got, want)
		}
	}
	said := strings.Join(s.audited(t), "\n")
	for _, want := range []string{`refused lena 192.0.2.1 {"why":"kept_elsewhere"}`, `refused old 192.0.2.1 {"why":"deactivated"}`, `refused vera 192.0.2.1 {"why":"no_address"}`, `refused  192.0.2.1 {"why":"unknown"}`} {
		if !strings.Contains(said, want) {
			t.Errorf("the audit lacks %s:\n%s", want, said)
		}
	}
	if strings.Contains(said, "nobody") {
		t.Error("the audit holds what a stranger typed")
	}
}

func TestTooManyLinksComeToNothingUnseen(t *testing.T) {
	s := mailed(t)
	letters := 0
	ask := func(times int, login func(int) string) {
		for n := range times {
			if err := s.Forgot(t.Context(), login(n), "192.0.2.1"); err != nil {
				t.Errorf("somebody is told: %v", err)
			}
		}
		letters += len(s.work(t))
	}
	ask(8, func(int) string { return "maya" })
	ask(8, func(int) string { return "maya@aurora.example" }) // the same person by another name
	if letters != 5 {
		t.Errorf("%d letters", letters)
	}
	s.later(time.Hour + time.Second)
	ask(8, func(int) string { return "maya" })
	if letters != 10 {
		t.Errorf("%d letters after an hour", letters)
	}
	s.later(time.Hour + time.Second)
	ask(200, func(n int) string { return fmt.Sprint("nobody", n) })
	ask(1, func(int) string { return "maya" })
	if letters != 10 {
		t.Error("an address that asks for everybody is not stopped")
	}
}

func TestALinkIsMadeWhenItsLetterIsSentAndTheLastCounts(t *testing.T) {
	s := mailed(t)
	if err := s.Forgot(t.Context(), "maya", "192.0.2.1"); err != nil {
		t.Fatal(err)
	}
	ticket := s.work(t)[0].Ticket
	s.later(3 * time.Hour) // the mail server was away
	first := s.arm(t, ticket)
	second := s.arm(t, ticket) // the job was done twice
	s.opens(t, first, false)
	s.opens(t, second, true)
	s.opens(t, ticket, false)
	if err := s.use(t, second, another); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ArmReset(t.Context(), ticket); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("a used ticket makes a link: %v", err)
	}
	s.work(t)
	if err := s.Forgot(t.Context(), "maya", "192.0.2.1"); err != nil {
		t.Fatal(err)
	}
	ticket = s.work(t)[0].Ticket
	s.later(24*time.Hour + time.Second)
	if _, err := s.ArmReset(t.Context(), ticket); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("a ticket of yesterday makes a link: %v", err)
	}
}

// TestTheTimeTellsNobodyWhoExists compares how long asking takes for somebody known and somebody unknown.
// Chance may fail one comparison, hence three in a row must.
func TestTheTimeTellsNobodyWhoExists(t *testing.T) {
	const samples = 300
	for run := 1; ; run++ {
		s := mailed(t)
		var took [2][]float64
		for n := range 2 * samples {
			login := [2]string{"maya", "nobody"}[n%2]
			begun := time.Now()
			if err := s.Forgot(t.Context(), login, fmt.Sprintf("192.0.2.%d", n/50)); err != nil {
				t.Fatal(err)
			}
			took[n%2] = append(took[n%2], float64(time.Since(begun)))
			if n%10 == 9 {
				s.work(t)
				s.later(time.Hour)
			}
		}
		p, gap := mannWhitney(took[0], took[1]), gapOf(took[0], took[1])
		if p > 0.01 || gap < 0.02 {
			return
		}
		if run == 3 {
			t.Fatalf("known and unknown people differ in time: p = %.4f, the medians by %.1f %%", p, 100*gap)
		}
	}
}

// gapOf is the difference of the medians as a part of them.
func gapOf(a, b []float64) float64 {
	median := func(x []float64) float64 {
		x = slices.Sorted(slices.Values(x))
		return x[len(x)/2]
	}
	return math.Abs(median(a)-median(b)) / math.Min(median(a), median(b))
}

// mannWhitney is the chance that two samples of one distribution differ in rank as much as these.
func mannWhitney(a, b []float64) float64 {
	type sample struct {
		value float64
		first bool
	}
	var all []sample
	for _, v := range a {
		all = append(all, sample{v, true})
	}
	for _, v := range b {
		all = append(all, sample{v, false})
	}
	slices.SortFunc(all, func(x, y sample) int {
		switch {
		case x.value < y.value:
			return -1
		case x.value > y.value:
			return 1
		}
		return 0
	})
	ranks := 0.0
	for i, s := range all {
		if s.first {
			ranks += float64(i + 1)
		}
	}
	n, m := float64(len(a)), float64(len(b))
	u := ranks - n*(n+1)/2
	z := (u - n*m/2) / math.Sqrt(n*m*(n+m+1)/12)
	return math.Erfc(math.Abs(z) / math.Sqrt2)
}
