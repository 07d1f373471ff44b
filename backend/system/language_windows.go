package system

import (
	"golang.org/x/sys/windows"

	"github.com/callboard/callboard/backend/domain"
)

// Language is the one of domain.Languages nearest to the person's display languages.
func Language() string {
	preferences, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil {
		return domain.NearestLanguage()
	}
	return domain.NearestLanguage(preferences...)
}
