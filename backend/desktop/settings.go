package desktop

import (
	"context"
	"slices"

	"github.com/callboard/callboard/backend/domain"
)

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

// remember keeps an account in the file, in the place it has. The caller holds mu.
func (d *Desktop) remember(account domain.Account) {
	known := slices.Clone(d.settings.Accounts)
	if i := slices.IndexFunc(known, func(a domain.Account) bool { return a.Key == account.Key }); i >= 0 {
		known[i] = account
	} else {
		known = append(known, account)
	}
	d.settings.Accounts = known
	d.writeSettings()
}

// forgetAccount removes an account. The caller holds mu.
func (d *Desktop) forgetAccount(key string) {
	d.settings.Accounts = slices.DeleteFunc(slices.Clone(d.settings.Accounts), func(a domain.Account) bool { return a.Key == key })
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
