package system_test

import (
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/system"
)

func TestOnlyOurLinksOpenSomething(t *testing.T) {
	for argument, want := range map[string]domain.NotificationID{
		"callboard://open/0b5c-11":                    "0b5c-11",
		"callboard://open/0b5c-11/":                   "0b5c-11",
		" callboard://open/0b5c-11\n":                 "0b5c-11",
		"callboard://open/":                           "",
		"callboard://open/../etc":                     "",
		"callboard://open/a?b":                        "",
		"callboard://run/0b5c":                        "",
		"https://open/0b5c":                           "",
		"--data":                                      "",
		"callboard://open/a\ncallboard://open/b":      "",
		"callboard://open/" + strings.Repeat("a", 65): "",
	} {
		if got := system.LinkIn([]string{"--hidden", argument}); got != want {
			t.Errorf("%q: %q, want %q", argument, got, want)
		}
	}
}

func FuzzLink(f *testing.F) {
	f.Add("callboard://open/0b5c-11")
	f.Fuzz(func(t *testing.T, argument string) {
		if item := system.LinkIn([]string{argument}); strings.ContainsAny(string(item), "/\\.:?&#<>\"' \n") {
			t.Errorf("%q gave %q", argument, item)
		}
	})
}
