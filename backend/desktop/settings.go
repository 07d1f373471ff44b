package desktop

import (
	"context"
	"slices"

	"github.com/callboard/callboard/backend/domain"
)

// SaveSettings keeps the choices the page offers. They are in the file before it returns.
func (d *Desktop) SaveSettings(ctx context.Context, theme domain.Theme, language string, fuzzyDates bool) error {
	if err := d.begun(ctx); err != nil {
		return err
	}
	if theme != domain.ThemeDark && theme != domain.ThemeLight && theme != domain.ThemeSystem {
		return &domain.Error{Code: domain.Invalid, Field: "theme", Message: "there is no such theme"}
	}
	if language != "" && !slices.Contains(domain.Languages, language) {
		return &domain.Error{Code: domain.Invalid, Field: "language", Message: "Callboard does not speak that language"}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	changed := d.settings
	changed.Theme, changed.Language, changed.FuzzyDates = theme, language, fuzzyDates
	return d.keep(changed)
}

// SaveToasts keeps whether this computer shows toasts, and of which kinds none.
func (d *Desktop) SaveToasts(ctx context.Context, on bool, inboxOnly []domain.Kind) error {
	if err := d.begun(ctx); err != nil {
		return err
	}
	for _, kind := range inboxOnly {
		if !slices.Contains(domain.Kinds, kind) {
			return &domain.Error{Code: domain.Invalid, Field: "inboxOnly", Message: "there is no kind " + string(kind)}
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	changed := d.settings
	changed.ToastsOff, changed.InboxOnly = !on, append([]domain.Kind{}, domain.SortKinds(inboxOnly)...)
	return d.keep(changed)
}

// keep writes choices of this computer and tells the page. The caller holds mu.
func (d *Desktop) keep(changed domain.Settings) error {
	if err := d.cfg.Settings.Save(changed); err != nil {
		return &domain.Error{Code: domain.Internal, Reason: "settings_not_saved", Message: "the settings could not be written", Err: err}
	}
	d.settings = changed
	d.computer.Language = d.languageOf(changed)
	settings, computer := changed, d.computer
	d.emitLocked(domain.Update{Settings: &settings, Computer: &computer})
	d.repaint()
	return nil
}

func (d *Desktop) languageOf(s domain.Settings) string {
	if s.Language != "" {
		return s.Language
	}
	return d.cfg.Language
}

// current is the account of last time. The caller holds mu.
func (d *Desktop) current() (domain.Account, bool) {
	i := slices.IndexFunc(d.settings.Accounts, func(a domain.Account) bool { return a.Key == d.settings.Current })
	if d.settings.Current == "" || i < 0 {
		return domain.Account{}, false
	}
	return d.settings.Accounts[i], true
}

// remember makes an account the current one, in the file too. The caller holds mu.
func (d *Desktop) remember(account domain.Account) {
	known := slices.DeleteFunc(slices.Clone(d.settings.Accounts), func(a domain.Account) bool { return a.Key == account.Key })
	d.settings.Accounts, d.settings.Current = append(known, account), account.Key
	d.writeSettings()
}

// forgetAccount removes an account. The caller holds mu.
func (d *Desktop) forgetAccount(key string) {
	d.settings.Accounts = slices.DeleteFunc(slices.Clone(d.settings.Accounts), func(a domain.Account) bool { return a.Key == key })
	if d.settings.Current == key {
		d.settings.Current = ""
	}
	d.writeSettings()
}

// writeSettings keeps what the app itself changed. The next start then knows less, which is worth
// telling and no reason to stop. The caller holds mu.
func (d *Desktop) writeSettings() {
	settings := d.settings
	d.emitLocked(domain.Update{Settings: &settings})
	if err := d.cfg.Settings.Save(settings); err != nil {
		d.cfg.Log.Error("write the settings", "err", err)
		d.emitLocked(domain.Update{Problem: &domain.Error{Code: domain.Internal, Reason: "settings_not_saved", Message: "the settings could not be written"}})
	}
}
