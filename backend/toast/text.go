package toast

import (
	"encoding/xml"
	"strings"
	"unicode"

	"github.com/callboard/callboard/backend/domain"
)

// longest is how much of a text is handed on, in characters. No system shows more, and Windows refuses
// a toast of more than five kilobytes.
const longest = 400

// plain keeps of a text what may be shown: no control characters, none that turn the direction of
// others, line breaks in one form.
func plain(text string) string {
	text = shortened(text)
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', r == '\u00A0':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\uFEFF':
			return -1
		default:
			return r
		}
	}, text)
}

// shortened cuts a text that is too long; what is cut off is never looked at.
func shortened(text string) string {
	count := 0
	for at := range text {
		if count == longest {
			return text[:at] + "…"
		}
		count++
	}
	return text
}

var markup = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// marked escapes a text for a notification daemon that reads markup in it.
func marked(text string) string { return markup.Replace(text) }

// toastXML is the toast as Windows wants it. A click starts us with a link; the shell then hands it to
// the Callboard that runs.
func toastXML(toast domain.Toast) string {
	var b strings.Builder
	b.WriteString(`<toast activationType="protocol" launch="callboard://open/`)
	b.WriteString(escaped(string(toast.Item)))
	b.WriteString(`"><visual><binding template="ToastGeneric">`)
	for _, text := range []string{toast.Title, toast.Body} {
		b.WriteString("<text>" + escaped(text) + "</text>")
	}
	b.WriteString(`</binding></visual></toast>`)
	return b.String()
}

func escaped(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		return "" // writing to memory does not fail
	}
	return b.String()
}

// spoken keeps of a text what an AppleScript string can hold the way the library writes it: what Go
// would write as \u… is refused there, and the toast lost.
func spoken(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || unicode.IsPrint(r):
			return r
		case unicode.IsSpace(r):
			return ' '
		default:
			return -1
		}
	}, text)
}
