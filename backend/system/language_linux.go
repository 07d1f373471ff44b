package system

import (
	"os"
	"strings"

	"github.com/callboard/callboard/backend/domain"
)

// Language is the one of domain.Languages nearest to the system's, by the rules of gettext: LANGUAGE is
// a list and counts only where the locale is not the plain C one.
func Language() string { return languageOf(os.Getenv) }

func languageOf(env func(string) string) string {
	locale := ""
	for _, variable := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale = env(variable); locale != "" {
			break
		}
	}
	var preferences []string
	if base, _, _ := strings.Cut(locale, "."); base != "" && base != "C" && base != "POSIX" {
		preferences = strings.Split(env("LANGUAGE"), ":")
	}
	return domain.NearestLanguage(append(preferences, locale)...)
}
