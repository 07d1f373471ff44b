package syncer_test

import (
	"testing"
	"testing/synctest"

	"github.com/callboard/callboard/backend/domain"
)

func (d *desk) change(c domain.AccountChange) {
	d.t.Helper()
	if err := d.Do(d.t.Context(), domain.Action{Verb: domain.ChangeAccount, Change: &c}); err != nil {
		d.t.Fatal(err)
	}
}

// account is the state that was told last.
func (d *desk) account() domain.AccountState {
	d.t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := len(d.told) - 1; i >= 0; i-- {
		if d.told[i].Account != nil {
			return *d.told[i].Account
		}
	}
	d.t.Fatal("no account was told")
	return domain.AccountState{}
}

func language(l string) domain.AccountChange { return domain.AccountChange{Language: &l} }

func theme(t domain.Theme) domain.AccountChange { return domain.AccountChange{Theme: &t} }

func TestWhatWasChosenComesWithTheConnectionAndWithEveryHint(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		s.state.Preferences.Language = "es"
		d := start(t, s, path)
		defer d.stop()
		synctest.Wait()
		if got := d.account(); got.Preferences.Language != "es" || got.FetchedAt == nil {
			t.Errorf("%+v", got)
		}
		s.change(func() { s.choose(language("ja")) })
		synctest.Wait()
		if got := d.account(); got.Preferences.Language != "ja" {
			t.Errorf("after another device: %+v", got.Preferences)
		}
	})
}

func TestAChangeMadeOfflineShowsAtOnceSurvivesARestartAndArrives(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		d := start(t, s, path)
		synctest.Wait()
		s.down(errDown)
		d.change(language("ko"))
		if got := d.account(); got.Preferences.Language != "ko" || d.Connection().Waiting != 1 {
			t.Errorf("%+v, %d waiting", got.Preferences, d.Connection().Waiting)
		}
		d.stop()
		again := start(t, s, path)
		defer again.stop()
		synctest.Wait()
		if got, err := again.copy.State(); err != nil || got.Preferences.Language != "ko" {
			t.Errorf("after the restart %+v, %v", got.Preferences, err)
		}
		s.change(func() { s.choose(theme(domain.ThemeLight)) }) // another device, another field
		s.down(nil)
		again.Wake()
		synctest.Wait()
		if s.state.Preferences.Language != "ko" || s.state.Preferences.Theme != domain.ThemeLight {
			t.Errorf("the server has %+v", s.state.Preferences)
		}
		if got := again.account(); got.Preferences.Language != "ko" || got.Preferences.Theme != domain.ThemeLight || again.Connection().Waiting != 0 {
			t.Errorf("%+v", got.Preferences)
		}
	})
}

func TestARefusedFieldIsPutBackAndToldAndTheOthersStay(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		s.state.Preferences.Language = "es"
		s.spoilt = func(c domain.AccountChange) error {
			if c.Language != nil {
				return &domain.Error{Code: domain.Invalid, Field: "language", Message: "no"}
			}
			return nil
		}
		d := start(t, s, path)
		defer d.stop()
		synctest.Wait()
		both := language("ru")
		both.Theme = theme(domain.ThemeLight).Theme
		d.change(both)
		synctest.Wait()
		if got := d.account().Preferences; got.Language != "es" || got.Theme != domain.ThemeLight {
			t.Errorf("shown %+v", got)
		}
		if got := s.state.Preferences; got.Language != "es" || got.Theme != domain.ThemeLight {
			t.Errorf("the server has %+v", got)
		}
		if codes := d.problems(); len(codes) != 1 || codes[0] != domain.Invalid {
			t.Errorf("told %v", codes)
		}
	})
}

func TestChangesAndActionsReachTheServerInOrder(t *testing.T) {
	bubble(t, func(t *testing.T, path string) {
		s := newServer()
		s.post(1)
		d := start(t, s, path)
		defer d.stop()
		synctest.Wait()
		s.down(errDown)
		d.change(language("ko"))
		d.do(domain.MarkRead, "n00001")
		d.change(language("ja"))
		s.spoilt = func(c domain.AccountChange) error {
			if read := s.rows["n00001"].ReadAt != nil; read != (*c.Language == "ja") {
				t.Errorf("%q came when the row was read: %v", *c.Language, read)
			}
			return nil
		}
		s.down(nil)
		d.Wake()
		synctest.Wait()
		if s.state.Preferences.Language != "ja" || s.rows["n00001"].ReadAt == nil {
			t.Errorf("the server has %+v", s.state.Preferences)
		}
	})
}
