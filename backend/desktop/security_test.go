package desktop_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

// safety is what the made-up server and window know of the account's safety.
type safety struct {
	factor  bool   // a second factor is on
	enabled string // the secret it was turned on with
	mailed  domain.SignIn
	copied  string
	path    string // what the person chooses in a dialog
}

type fakeGuard struct{ w *world }

func (g fakeGuard) Security(context.Context) (domain.Security, error) {
	return domain.Security{SecondFactor: g.w.safety.factor, Local: true}, nil
}

func (g fakeGuard) NewTOTP(context.Context) (secret, address string, err error) {
	return "JBSWY3DPEHPK3PXP", "otpauth://totp/Aurora:maya?secret=JBSWY3DPEHPK3PXP&issuer=Aurora", nil
}

func (g fakeGuard) EnableTOTP(_ context.Context, code, secret string) error {
	if code != "123456" {
		return &domain.Error{Code: domain.Unauthorized, Reason: "invalid_code", Field: "code"}
	}
	g.w.do(func() { g.w.safety.factor, g.w.safety.enabled = true, secret })
	return nil
}

func (g fakeGuard) Confirm(context.Context, string, string) error { return nil }

func (g fakeGuard) ChangePassword(context.Context, domain.UserID, string, string) error { return nil }

func (g fakeGuard) DisableSecondFactor(context.Context, string) error { return nil }

func (g fakeGuard) MakeBackupCodes(context.Context, string) ([]string, error) { return nil, nil }

func (g fakeGuard) MakeKey(context.Context, domain.UserID) (string, error) { return "", nil }

func (g fakeGuard) EndSession(context.Context, string) error { return nil }

func (g fakeGuard) EndOtherSessions(context.Context) error { return nil }

func (w *world) forgotten(_ context.Context, in domain.SignIn) error {
	w.do(func() { w.safety.mailed = in })
	return nil
}

func (o window) Copy(text string) error               { o.w.do(func() { o.w.safety.copied = text }); return nil }
func (o window) Print()                               {}
func (o window) ChooseNewFile(string) (string, error) { return o.w.safety.path, nil }
func (o window) ChooseCertificates() (string, error)  { return o.w.safety.path, nil }

// addressed takes every address but plain http to elsewhere, which wants insisting.
func addressed(typed string, insist bool) (string, error) {
	if strings.HasPrefix(typed, "http://") {
		if !insist {
			return "", &domain.Error{Code: domain.Invalid, Reason: "insecure", Field: "address", Message: "no"}
		}
		return typed, nil
	}
	return "https://" + typed, nil
}

func TestTwoFactorIsSetUpWithTheSecretThatWasShown(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		setup, err := w.desktop.SetUpTwoFactor(w.t.Context())
		w.must(err)
		if len(setup.QR) < 21 || len(setup.QR) != len(setup.QR[0]) || !strings.Contains(setup.QR[0], "1111111") {
			t.Errorf("no QR code: %v", setup.QR)
		}
		if err := w.desktop.EnableTwoFactor(w.t.Context(), "000000"); domain.CodeOf(err) != domain.Unauthorized {
			t.Errorf("a wrong code: %v", err)
		}
		w.must(w.desktop.EnableTwoFactor(w.t.Context(), " 123456 "))
		if w.safety.enabled != setup.Secret {
			t.Errorf("on with %q, shown %q", w.safety.enabled, setup.Secret)
		}
		if err := w.desktop.EnableTwoFactor(w.t.Context(), "123456"); domain.CodeOf(err) != domain.Conflict {
			t.Errorf("the secret was kept after its use: %v", err)
		}
	})
}

func TestWhoMustHaveASecondFactorSetsItUpWhileSigningIn(t *testing.T) {
	inWorld(t, func(w *world) { w.enrol = true }, func(w *world) {
		err := w.desktop.SignIn(w.t.Context(), domain.SignIn{Address: "studio", Username: "maya", Password: "p"})
		var known *domain.Error
		if !errors.As(err, &known) || known.Reason != "enrolment_required" {
			t.Fatal(err)
		}
		if s := w.snapshot(); s.Session.Phase != domain.SignedOut || len(w.settings.Accounts) != 0 {
			t.Errorf("signed in without a second factor: %+v", s.Session)
		}
		_, err = w.desktop.SetUpTwoFactor(w.t.Context())
		w.must(err)
		w.must(w.desktop.EnableTwoFactor(w.t.Context(), "123456"))
		if s := w.snapshot(); s.Session.Phase != domain.SignedIn || w.secrets["maya https://studio"] != "fresh" {
			t.Errorf("%+v, kept %v", s.Session, w.secrets)
		}
	})
}

func TestAComputerIsKnownAgainByItsToken(t *testing.T) {
	inWorld(t, nil, func(w *world) {
		in := domain.SignIn{Address: "studio", Username: "maya", Password: "p"}
		w.must(w.desktop.SignIn(w.t.Context(), in))
		w.must(w.desktop.SignOut(w.t.Context(), ""))
		w.must(w.desktop.SignIn(w.t.Context(), in))
		if w.entered.DeviceToken != "device" {
			t.Errorf("the second sign-in said %q", w.entered.DeviceToken)
		}
	})
}

func TestPlainHTTPWantsInsistingAndIsRemembered(t *testing.T) {
	inWorld(t, nil, func(w *world) {
		in := domain.SignIn{Address: "http://studio", Username: "maya", Password: "p"}
		if err := w.desktop.SignIn(w.t.Context(), in); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("a password in the open: %v", err)
		}
		in.Insecure, in.CAFile = true, "/studio.pem"
		w.must(w.desktop.SignIn(w.t.Context(), in))
		if a := w.snapshot().Session.Account; !a.Insecure || a.CAFile != "/studio.pem" {
			t.Errorf("%+v", a)
		}
		w.must(w.desktop.Forgot(w.t.Context(), in))
		if w.safety.mailed.Address != "http://studio" {
			t.Errorf("%+v", w.safety.mailed)
		}
	})
	inWorld(t, nil, func(w *world) {
		w.must(w.desktop.SignIn(w.t.Context(), domain.SignIn{Address: "studio", Username: "maya", Insecure: true}))
		if w.snapshot().Session.Account.Insecure {
			t.Error("https was called insecure")
		}
	})
}

func TestCodesAreSavedForTheirPersonAlone(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		w.safety.path = filepath.Join(t.TempDir(), "codes.txt")
		saved, err := w.desktop.SaveText(w.t.Context(), "codes.txt", "one two")
		w.must(err)
		facts, err := os.Stat(w.safety.path)
		if err != nil || !saved || facts.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v, %v", saved, facts, err)
		}
		w.safety.path = ""
		if saved, err := w.desktop.SaveText(w.t.Context(), "codes.txt", "one two"); saved || err != nil {
			t.Errorf("no file was chosen: %v, %v", saved, err)
		}
		if _, err := w.desktop.SaveText(w.t.Context(), "x", strings.Repeat("x", 1<<20)); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%v", err)
		}
		w.must(w.desktop.Copy(w.t.Context(), "one"))
		if w.safety.copied != "one" {
			t.Errorf("%q", w.safety.copied)
		}
	})
}

var _ desktop.Guard = fakeGuard{}
