package domain

import (
	"slices"
	"strings"
)

// Settings are the choices of this computer, kept in a small file of their own so that a lost cache
// loses no choice.
type Settings struct {
	// Theme, Language and FuzzyDates are those in force: where the workspace shown keeps preferences, its
	// person's own, so that the next start looks alike before anything else is known.
	Theme      Theme  `json:"theme"`
	Language   string `json:"language"` // one of Languages, or "" for the system's
	FuzzyDates bool   `json:"fuzzyDates"`
	// FromAccount says that the three above were taken from somebody's preferences. Where it is false they
	// were chosen on this computer, and move into the preferences of who signs in and chose nothing yet.
	FromAccount bool `json:"fromAccount"`
	// ToastsOff shows no toasts on this computer, InboxOnly none of these kinds.
	ToastsOff bool   `json:"toastsOff"`
	InboxOnly []Kind `json:"inboxOnly"`
	// Accounts are the workspaces known here; Current is the Key of the one shown, "" for none.
	Accounts []Account `json:"accounts"`
	Current  string    `json:"current"`
	// TrayHintShown remembers that the person was told once that there is no tray here.
	TrayHintShown bool `json:"trayHintShown"`
}

// Theme is a look of the page.
type Theme string

const (
	// ThemeDark is the default: neutral grey, for judging colour beside it.
	ThemeDark   Theme = "dark"
	ThemeLight  Theme = "light"
	ThemeSystem Theme = "system"
)

// DefaultSettings are the settings of a first start.
func DefaultSettings() Settings {
	return Settings{Theme: ThemeDark, FuzzyDates: true, InboxOnly: []Kind{}}
}

// Languages are those Callboard speaks. The first is spoken where a person's is not among them.
var Languages = []string{"en", "zh", "es", "ja", "ru", "ko"}

// NearestLanguage is the language of Languages nearest to a system's preference such as "es_MX.UTF-8".
func NearestLanguage(preferences ...string) string {
	for _, p := range preferences {
		base, _, _ := strings.Cut(strings.ToLower(p), ".")
		base, _, _ = strings.Cut(strings.ReplaceAll(base, "_", "-"), "-")
		if slices.Contains(Languages, base) {
			return base
		}
	}
	return Languages[0]
}

// Computer is what this computer can do, found out at the start.
type Computer struct {
	Tray     bool   `json:"tray"`     // a tray host shows our icon
	Toasts   bool   `json:"toasts"`   // a notification daemon answers
	Keychain bool   `json:"keychain"` // secrets can be kept
	Language string `json:"language"` // the language in force: the chosen one, or the system's nearest
	Version  string `json:"version"`
}
