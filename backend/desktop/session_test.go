package desktop_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

func TestTheFirstStartIsSignedOut(t *testing.T) {
	inWorld(t, nil, func(w *world) {
		if s := w.snapshot(); s.Session.Phase != domain.SignedOut || s.Inbox.First == nil {
			t.Errorf("%+v", s)
		}
		if _, err := w.desktop.Page(w.t.Context(), domain.InboxFilter{}, ""); domain.CodeOf(err) != domain.Unauthorized {
			t.Errorf("a page without an account: %v", err)
		}
	})
}

func TestSigningInKeepsTheTokenAndTheAccount(t *testing.T) {
	inWorld(t, nil, func(w *world) {
		w.must(w.desktop.SignIn(w.t.Context(), domain.SignIn{Address: "studio", Username: " maya ", Password: "p"}))
		s := w.snapshot()
		if s.Session.Phase != domain.SignedIn || !s.Session.Kept || s.Session.Account.Workspace != "Aurora" {
			t.Errorf("%+v", s.Session)
		}
		if w.secrets["maya https://studio"] != "fresh" || w.settings.Current != "maya https://studio" {
			t.Errorf("kept %v, current %q", w.secrets, w.settings.Current)
		}
	})
}

func TestWithoutAKeychainSigningInWorksAndSaysHowLong(t *testing.T) {
	inWorld(t, func(w *world) { w.keyless = true }, func(w *world) {
		w.must(w.desktop.SignIn(w.t.Context(), domain.SignIn{Address: "studio", Username: "maya"}))
		if s := w.snapshot(); s.Session.Phase != domain.SignedIn || s.Session.Kept || s.Computer.Keychain {
			t.Errorf("%+v, %+v", s.Session, s.Computer)
		}
	})
}

func TestAFailedSignInLeavesEverythingAsItWas(t *testing.T) {
	inWorld(t, nil, func(w *world) {
		w.refused = &domain.Error{Code: domain.Unauthorized, Reason: "invalid_credentials", Message: "no"}
		if err := w.desktop.SignIn(w.t.Context(), domain.SignIn{Address: "studio"}); domain.CodeOf(err) != domain.Unauthorized {
			t.Errorf("%v", err)
		}
		if s := w.snapshot(); s.Session.Phase != domain.SignedOut || len(w.settings.Accounts) != 0 {
			t.Errorf("%+v", s.Session)
		}
	})
}

func TestARestartShowsTheCopyAndConnectsWithTheKeptToken(t *testing.T) {
	inWorld(t, func(w *world) {
		signedIn(w)
		w.rows = []domain.Notification{note("a", time.Now())}
	}, func(w *world) {
		if s := w.snapshot(); s.Session.Phase != domain.SignedIn || s.Inbox.Unread != 1 || len(s.Inbox.First.Items) != 1 {
			t.Errorf("%+v", s)
		}
		if last := w.lines[len(w.lines)-1]; last.token != "kept" {
			t.Errorf("connected with %q", last.token)
		}
	})
}

func TestARestartWithoutAKeptTokenShowsTheCopyAndAsksToSignIn(t *testing.T) {
	inWorld(t, func(w *world) {
		signedIn(w)
		w.keyless = true
		w.rows = []domain.Notification{note("a", time.Now())}
	}, func(w *world) {
		if s := w.snapshot(); s.Session.Phase != domain.Expired || s.Inbox.Unread != 1 {
			t.Errorf("%+v", s.Session)
		}
		w.must(w.desktop.Do(w.t.Context(), domain.MarkDone, []domain.NotificationID{"a"}))
		if len(w.actions) != 1 {
			t.Error("what was done meanwhile is lost")
		}
	})
}

func TestTheServerEndingTheSessionAsksToSignIn(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		w.lines[len(w.lines)-1].fault <- domain.Errorf(domain.Unauthorized, "expired")
		synctest.Wait()
		if s := w.snapshot(); s.Session.Phase != domain.Expired || s.Session.Account == nil {
			t.Errorf("%+v", s.Session)
		}
	})
}

func TestSigningOutLeavesNothingOfTheAccount(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		line := w.lines[len(w.lines)-1]
		w.must(w.desktop.SignOut(w.t.Context(), ""))
		if !line.gone || len(w.secrets) != 0 || len(w.settings.Accounts) != 0 || w.settings.Current != "" || len(w.forgot) != 1 {
			t.Errorf("gone %v, secrets %v, settings %+v, forgot %v", line.gone, w.secrets, w.settings, w.forgot)
		}
		w.news(desktop.News{New: []domain.Notification{note("late", time.Now())}})
		if s := w.snapshot(); s.Session.Phase != domain.SignedOut || len(w.toasts) != 0 {
			t.Errorf("%+v, %v", s.Session, w.toasts)
		}
	})
}

func TestTheDemoNeedsNoKeychain(t *testing.T) {
	inWorld(t, func(w *world) { w.keyless = true }, func(w *world) {
		w.must(w.desktop.TryDemo(w.t.Context()))
		if s := w.snapshot(); s.Session.Phase != domain.SignedIn || !s.Session.Kept || !s.Session.Account.Demo {
			t.Errorf("%+v", s.Session)
		}
	})
}
