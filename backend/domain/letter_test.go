package domain

import (
	"strings"
	"testing"
)

func TestMailGoesToPlainAddressesOnly(t *testing.T) {
	for _, good := range []string{"maya@aurora.example", "m.o'hara+callboard@sub.aurora.example", "a@b"} {
		if !ValidMailAddress(good) {
			t.Errorf("%q is refused", good)
		}
	}
	for _, bad := range []string{
		"", "maya", "@aurora.example", "maya@", "Maya <maya@aurora.example>", "maya@aurora.example\r\nBcc: eve@evil.example", "maya@aurora.example, eve@evil.example",
		"maya @aurora.example", "maya@aurora.example\x00", `"a b"@aurora.example`, "maya@[127.0.0.1]", "ma>ya@aurora.example", "máya@aurora.example",
		strings.Repeat("a", 250) + "@b.example", "-", "maya@aurora.example>",
	} {
		if ValidMailAddress(bad) {
			t.Errorf("%q is accepted", bad)
		}
	}
}
