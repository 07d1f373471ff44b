package desktop_test

import (
	"testing"
	"time"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

func language(l string) domain.AccountChange { return domain.AccountChange{Language: &l} }

func TestWhatWasChosenIsThereBeforeTheServerAnswers(t *testing.T) {
	inWorld(t, func(w *world) {
		choosing(w)
		w.chosen[first].state.Preferences.DefaultPage = domain.PageOverview
	}, func(w *world) {
		if s := w.snapshot(); s.Account == nil || s.Account.Preferences.DefaultPage != domain.PageOverview {
			t.Errorf("%+v", s.Account)
		}
	})
}

func TestAPreferenceTakesHoldAtOnceInPageAndTray(t *testing.T) {
	inWorld(t, choosing, func(w *world) {
		w.do(func() { w.updates = nil })
		w.must(w.desktop.SaveAccount(w.t.Context(), language("es")))
		w.pass(time.Second)
		s := w.snapshot()
		if s.Account.Preferences.Language != "es" || s.Settings.Language != "es" || s.Computer.Language != "es" || w.face.Quit != "Salir" {
			t.Errorf("%+v, %+v, tray %q", s.Settings, s.Computer, w.face.Quit)
		}
		if w.settings.Language != "es" {
			t.Error("the next start would look otherwise")
		}
		w.must(w.desktop.SaveAccount(w.t.Context(), domain.AccountChange{Reset: []string{"language"}}))
		if s := w.snapshot(); s.Computer.Language != "en" {
			t.Errorf("after the reset %q", s.Computer.Language)
		}
	})
}

func TestThePreferencesOfWhoeverIsShownCount(t *testing.T) {
	inWorld(t, func(w *world) {
		signedInTwice(w)
		w.settings.FromAccount = true
		for key, theme := range map[string]domain.Theme{first: domain.ThemeLight, second: domain.ThemeSystem} {
			w.chosen[key] = &chosen{state: able(time.Now())}
			w.chosen[key].state.Preferences.Theme = theme
		}
	}, func(w *world) {
		if s := w.snapshot(); s.Settings.Theme != domain.ThemeLight {
			t.Errorf("shown first: %s", s.Settings.Theme)
		}
		w.must(w.desktop.Switch(w.t.Context(), second))
		if s := w.snapshot(); s.Settings.Theme != domain.ThemeSystem {
			t.Errorf("after switching: %s", s.Settings.Theme)
		}
		theme := domain.ThemeDark
		w.newsOf(first, desktop.News{Account: &domain.AccountState{Able: domain.Abilities{Preferences: true}, Preferences: domain.Preferences{Theme: theme}}})
		if s := w.snapshot(); s.Settings.Theme != domain.ThemeSystem {
			t.Errorf("one that is not shown changed the look to %s", s.Settings.Theme)
		}
	})
}

func TestChoicesOfThisComputerMoveIntoThePreferencesOnce(t *testing.T) {
	inWorld(t, func(w *world) {
		choosing(w)
		w.settings.FromAccount, w.settings.Theme, w.settings.Language = false, domain.ThemeLight, "es"
		w.chosen[first].state.Preferences.Language = "ja" // chosen at another computer since
	}, func(w *world) {
		s := w.snapshot()
		if p := s.Account.Preferences; p.Theme != domain.ThemeLight || p.Language != "ja" || p.FuzzyDates != nil {
			t.Errorf("preferences %+v", p)
		}
		if s.Settings.Language != "ja" || !w.settings.FromAccount || len(w.actions) != 1 {
			t.Errorf("settings %+v, %d changes", w.settings, len(w.actions))
		}
	})
}

func TestAWorkspaceWithoutPreferencesSaysSoAndTheAppKeepsWorking(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		for name, err := range map[string]error{
			"save": w.desktop.SaveAccount(w.t.Context(), language("es")), "pause": w.desktop.Pause(w.t.Context(), 30), "resume": w.desktop.Resume(w.t.Context()),
		} {
			if domain.CodeOf(err) != domain.Unsupported {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.must(w.desktop.SaveSettings(w.t.Context(), domain.ThemeLight, "es", false))
		if w.settings.Language != "es" || w.settings.FromAccount {
			t.Errorf("%+v", w.settings)
		}
	})
}

func TestSavingTheLookOfSomebodySignedInIsSavingTheirPreferences(t *testing.T) {
	inWorld(t, choosing, func(w *world) {
		w.must(w.desktop.SaveSettings(w.t.Context(), domain.ThemeDark, "es", true))
		if len(w.actions) != 1 || *w.actions[0].Change.Language != "es" || w.actions[0].Change.Theme != nil {
			t.Errorf("%+v", w.actions)
		}
	})
}

func TestANewMuteIsListedBeforeTheServerNamesIt(t *testing.T) {
	inWorld(t, choosing, func(w *world) {
		w.must(w.desktop.SaveAccount(w.t.Context(), domain.AccountChange{Mute: []domain.Mute{{EntityType: "Shot", EntityID: "sh1"}}}))
		mutes := w.snapshot().Account.Mutes
		if len(mutes) != 1 || mutes[0].ID == "" || mutes[0].CreatedAt.IsZero() || mutes[0].Path == nil {
			t.Fatalf("%+v", mutes)
		}
		w.must(w.desktop.SaveAccount(w.t.Context(), domain.AccountChange{Unmute: []string{mutes[0].ID}}))
		if mutes := w.snapshot().Account.Mutes; len(mutes) != 0 {
			t.Errorf("%+v", mutes)
		}
	})
}

func TestOnlyAdministratorsReachTheDefaults(t *testing.T) {
	inWorld(t, choosing, func(w *world) {
		if _, err := w.desktop.Defaults(w.t.Context()); domain.CodeOf(err) != domain.Forbidden {
			t.Error(err)
		}
	})
	inWorld(t, func(w *world) {
		choosing(w)
		w.chosen[first].state.Able.Administrator = true
	}, func(w *world) {
		days, none := 90, 0
		if got, err := w.desktop.SaveDefaults(w.t.Context(), domain.DefaultsChange{RetentionDays: &days}); err != nil || got.RetentionDays != 90 {
			t.Errorf("%+v, %v", got, err)
		}
		if _, err := w.desktop.SaveDefaults(w.t.Context(), domain.DefaultsChange{RetentionDays: &none}); domain.CodeOf(err) != domain.Invalid {
			t.Error(err)
		}
	})
}

func TestOnlyAdministratorsReachPeopleAuditAndPolicy(t *testing.T) {
	name := "nora"
	doors := func(w *world) map[string]error {
		d, ctx := w.desktop, w.t.Context()
		_, people := d.Accounts(ctx, domain.PeopleFilter{}, "")
		_, one := d.AccountOf(ctx, "u1")
		_, choices := d.PeopleChoices(ctx)
		_, invited := d.Invite(ctx, domain.Invitation{Username: name, Email: "nora@aurora.example", Role: "r1"})
		_, changed := d.ChangeAccountOf(ctx, "u1", domain.AccountOfChange{Username: &name})
		_, reset := d.ResetSecondFactor(ctx, "u1")
		_, audit := d.Audit(ctx, domain.AuditFilter{}, "")
		_, policy := d.Policy(ctx)
		_, enforced := d.Enforce(ctx, true)
		return map[string]error{
			"people": people, "one": one, "choices": choices, "invite": invited, "change": changed, "link": d.SendReset(ctx, "u1"),
			"second factor": reset, "audit": audit, "policy": policy, "enforce": enforced,
		}
	}
	inWorld(t, choosing, func(w *world) {
		for name, err := range doors(w) {
			if domain.CodeOf(err) != domain.Forbidden {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
	inWorld(t, func(w *world) {
		choosing(w)
		w.chosen[first].state.Able.Administrator = true
	}, func(w *world) {
		for _, err := range doors(w) {
			w.must(err)
		}
		none := " "
		if _, err := w.desktop.ChangeAccountOf(w.t.Context(), "u1", domain.AccountOfChange{Username: &none}); domain.CodeOf(err) != domain.Invalid {
			t.Error(err)
		}
		if _, err := w.desktop.Invite(w.t.Context(), domain.Invitation{Username: name, Email: "nowhere", Role: "r1"}); domain.CodeOf(err) != domain.Invalid {
			t.Error(err)
		}
	})
}

func TestADoorThatNeedsTheServerSaysThatItCannotBeReached(t *testing.T) {
	inWorld(t, func(w *world) { choosing(w); w.keyless = true }, func(w *world) {
		if _, err := w.desktop.Projects(w.t.Context(), "nor"); domain.CodeOf(err) != domain.Offline {
			t.Error(err)
		}
		w.must(w.desktop.SaveAccount(w.t.Context(), language("es"))) // and this waits for it
	})
}
