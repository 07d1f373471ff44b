package system

import (
	"regexp"
	"strings"

	"github.com/callboard/callboard/backend/domain"
)

// openLink is the one link Callboard understands. Links come from anywhere, so nothing else passes.
var openLink = regexp.MustCompile(`^callboard://open/([0-9A-Za-z-]{1,64})/?$`)

// LinkIn finds the item that the arguments of a start ask for; "" where they ask for none.
func LinkIn(arguments []string) domain.NotificationID {
	for _, argument := range arguments {
		if match := openLink.FindStringSubmatch(strings.TrimSpace(argument)); match != nil {
			return domain.NotificationID(match[1])
		}
	}
	return ""
}
