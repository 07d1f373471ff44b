package desktop_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

func TestAColdStartBringsAllWorkspacesBack(t *testing.T) {
	inWorld(t, func(w *world) {
		signedInTwice(w)
		*w.others[second] = []domain.Notification{note("theirs", time.Now())}
	}, func(w *world) {
		s := w.snapshot()
		if s.Session.Account.Key != first || len(s.Workspaces.Items) != 2 || s.Workspaces.Items[1].Unread != 1 {
			t.Errorf("%+v, %+v", s.Session, s.Workspaces)
		}
		tokens := map[string]string{}
		for _, l := range w.lines {
			tokens[l.key] = l.token
		}
		if tokens[first] != "kept" || tokens[second] != "kept too" {
			t.Errorf("connected with %v", tokens)
		}
	})
}

func TestSigningInAddsAWorkspaceAndShowsIt(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		w.must(w.desktop.SignIn(w.t.Context(), domain.SignIn{Address: "other", Username: "maya"}))
		s := w.snapshot()
		if len(s.Workspaces.Items) != 2 || s.Session.Account.Address != "https://other" || w.settings.Current != s.Session.Account.Key {
			t.Errorf("%+v, %+v", s.Session, s.Workspaces)
		}
		for _, update := range w.updates {
			if update.Session != nil && update.Session.Phase == domain.SigningIn {
				t.Error("what was shown gave way to the sign-in")
			}
		}
	})
}

func TestNewsOfAWorkspaceThatIsNotShownIsCountedAndToasted(t *testing.T) {
	inWorld(t, signedInTwice, func(w *world) {
		row := note("theirs", time.Now())
		*w.others[second] = append(*w.others[second], row)
		w.do(func() { w.updates = nil })
		w.newsOf(second, desktop.News{New: []domain.Notification{row}, Inbox: &domain.InboxChange{Unread: 1, Changed: []domain.Notification{row}}})
		if len(w.toasts) != 1 || w.toasts[0].Item != "theirs" {
			t.Errorf("%+v", w.toasts)
		}
		if len(w.updates) != 1 || w.updates[0].Inbox != nil || w.updates[0].Workspaces.Items[1].Unread != 1 {
			t.Errorf("the page was told %+v", w.updates)
		}
		w.pass(time.Second)
		if w.face.Unread != 1 || len(w.face.Newest) != 1 {
			t.Errorf("the tray shows %+v", w.face)
		}
		w.desktop.ToastClicked("theirs")
		w.pass(time.Second)
		if s := w.snapshot(); s.Session.Account.Key != second || s.Show == nil || s.Show.Notification != "theirs" || s.Inbox.Unread != 1 {
			t.Errorf("a click shows %+v of %+v", s.Show, s.Session)
		}
	})
}

func TestSwitchingShowsTheOther(t *testing.T) {
	inWorld(t, func(w *world) {
		signedInTwice(w)
		*w.others[second] = []domain.Notification{note("theirs", time.Now())}
	}, func(w *world) {
		w.newsOf(second, desktop.News{Connection: &domain.ConnectionState{Online: true}})
		w.do(func() { w.updates = nil })
		w.must(w.desktop.Switch(w.t.Context(), second))
		if u := w.updates[len(w.updates)-1]; u.Session.Account.Key != second || !u.Connection.Online || !u.Inbox.Reset || u.Inbox.Unread != 1 {
			t.Errorf("%+v", u)
		}
		page, err := w.desktop.Page(w.t.Context(), domain.InboxFilter{}, "")
		if err != nil || len(page.Items) != 1 || page.Items[0].ID != "theirs" || w.settings.Current != second {
			t.Errorf("%+v, %v", page, err)
		}
		if err := w.desktop.Switch(w.t.Context(), "nobody"); domain.CodeOf(err) != domain.NotFound {
			t.Error(err)
		}
	})
}

func TestSigningOutOfOneLeavesTheOthers(t *testing.T) {
	inWorld(t, signedInTwice, func(w *world) {
		w.must(w.desktop.SignOut(w.t.Context(), ""))
		if s := w.snapshot(); s.Session.Account.Key != second || s.Session.Phase != domain.SignedIn || len(s.Workspaces.Items) != 1 {
			t.Errorf("%+v", s.Session)
		}
		if len(w.forgot) != 1 || w.forgot[0] != first || w.secrets[second] == "" || w.secrets[first] != "" {
			t.Errorf("forgot %v, kept %v", w.forgot, w.secrets)
		}
		w.must(w.desktop.SignOut(w.t.Context(), second))
		if s := w.snapshot(); s.Session.Phase != domain.SignedOut || len(s.Workspaces.Items) != 0 {
			t.Errorf("%+v", s.Session)
		}
	})
}

func TestOneWorkspaceThatWantsANewSignInDisturbsNoOther(t *testing.T) {
	inWorld(t, signedInTwice, func(w *world) {
		w.lines[len(w.lines)-1].fault <- domain.Errorf(domain.Unauthorized, "expired")
		synctest.Wait()
		if s := w.snapshot(); s.Session.Phase != domain.SignedIn || s.Workspaces.Items[1].Phase != domain.Expired {
			t.Errorf("%+v, %+v", s.Session, s.Workspaces)
		}
		w.must(w.desktop.Switch(w.t.Context(), second))
		if s := w.snapshot(); s.Session.Phase != domain.Expired {
			t.Errorf("%+v", s.Session)
		}
	})
}
