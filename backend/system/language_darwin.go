package system

import (
	"context"
	"os/exec"
	"regexp"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

var languageTag = regexp.MustCompile(`[A-Za-z]{2,3}(-[A-Za-z0-9]+)*`)

// Language is the one of domain.Languages nearest to the person's preferred ones. An app started from
// the Finder has no locale in its environment, so the system is asked.
func Language() string {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	list, err := exec.CommandContext(ctx, "/usr/bin/defaults", "read", "-g", "AppleLanguages").Output()
	if err != nil {
		return domain.NearestLanguage()
	}
	return domain.NearestLanguage(languageTag.FindAllString(string(list), -1)...)
}
