package desktop

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// dress puts the look that the person shown chose in force: theme, language and dates, in the page, the
// tray and toasts at once. It stays in the settings, so that the next start looks alike before anything
// else is known. A workspace that keeps no preferences leaves what there is. The caller holds mu.
func (d *Desktop) dress() {
	if d.shown == nil || !d.shown.state.Able.Preferences {
		return
	}
	l, p := d.shown, d.shown.state.Preferences
	if moved, any := d.moving(p); any {
		// They come back as the person's own.
		d.goesLocked(func(ctx context.Context) {
			d.report("move the choices of this computer into the preferences", d.changeAccount(ctx, l, moved))
		})
		return
	}
	changed := d.settings
	changed.Theme, changed.Language, changed.FuzzyDates, changed.FromAccount = domain.DefaultSettings().Theme, p.Language, p.Fuzzy(), true
	if p.Theme != "" {
		changed.Theme = p.Theme
	}
	same := changed.Theme == d.settings.Theme && changed.Language == d.settings.Language &&
		changed.FuzzyDates == d.settings.FuzzyDates && changed.FromAccount == d.settings.FromAccount
	if same {
		return
	}
	d.settings = changed
	d.computer.Language = d.languageOf(changed)
	computer := d.computer
	d.emitLocked(domain.Update{Computer: &computer})
	d.writeSettings()
	d.repaint()
}

// moving is what was chosen on this computer before anybody's preferences could hold it, and of what the
// person did not choose otherwise since. The caller holds mu.
func (d *Desktop) moving(p domain.Preferences) (change domain.AccountChange, any bool) {
	usual, s := domain.DefaultSettings(), d.settings
	if s.FromAccount {
		return change, false
	}
	if p.Theme == "" && s.Theme != usual.Theme {
		change.Theme = &s.Theme
	}
	if p.Language == "" && s.Language != usual.Language {
		change.Language = &s.Language
	}
	if p.FuzzyDates == nil && s.FuzzyDates != usual.FuzzyDates {
		change.FuzzyDates = &s.FuzzyDates
	}
	return change, change.SetsPreferences()
}

// SaveSettings keeps how everything looks: in the preferences of the person shown, where their workspace
// keeps any, else in the file of this computer before it returns.
func (d *Desktop) SaveSettings(ctx context.Context, theme domain.Theme, language string, fuzzyDates bool) error {
	if err := d.begun(ctx); err != nil {
		return err
	}
	if _, err := (domain.Preferences{Theme: theme, Language: language}).Valid(); err != nil {
		return err
	}
	d.mu.Lock()
	l := d.shown
	if l == nil || !l.state.Able.Preferences {
		defer d.mu.Unlock()
		changed := d.settings
		changed.Theme, changed.Language, changed.FuzzyDates, changed.FromAccount = theme, language, fuzzyDates, false
		return d.keep(changed)
	}
	before := d.settings
	d.mu.Unlock()
	var change domain.AccountChange
	if theme != before.Theme {
		change.Theme = &theme
	}
	if language != before.Language {
		change.Language = &language
	}
	if fuzzyDates != before.FuzzyDates {
		change.FuzzyDates = &fuzzyDates
	}
	return d.changeAccount(ctx, l, change)
}
