package toast

import (
	"encoding/xml"
	"strings"
	"testing"
	"unicode"

	"github.com/callboard/callboard/backend/domain"
)

func TestPlainKeepsWordsAndDropsTricks(t *testing.T) {
	for given, want := range map[string]string{
		"Rim light\r\npops at 1043": "Rim light\npops at 1043",
		"a\x00b\x1b[31mc":           "ab[31mc",
		"evil\u202Egnp.exe":         "evilgnp.exe",
		"tab\there\u00A0too":        "tab here too",
		"役者 👩\u200D🎨 Ríos":          "役者 👩\u200D🎨 Ríos",
		"bad \xff byte":             "bad \uFFFD byte",
		strings.Repeat("ñ", 400):    strings.Repeat("ñ", 400),
		strings.Repeat("ñ", 401):    strings.Repeat("ñ", 400) + "…",
	} {
		if got := plain(given); got != want {
			t.Errorf("%q: %q, want %q", given, got, want)
		}
	}
}

func TestMarkupOfStrangersIsShownAsText(t *testing.T) {
	if got := marked(`<a href="http://x">A & B</a>`); got != `&lt;a href="http://x"&gt;A &amp; B&lt;/a&gt;` {
		t.Error(got)
	}
}

func TestATextCannotLeaveTheWindowsToast(t *testing.T) {
	text := `]]></text><audio src="x"/>$(calc)` + "`calc`" + `"'&`
	got := toastXML(domain.Toast{Item: `a" launch="b`, Title: text, Body: text})
	var parsed struct {
		Launch string `xml:"launch,attr"`
		Visual struct {
			Binding struct {
				Text []string `xml:"text"`
			} `xml:"binding"`
		} `xml:"visual"`
		Audio *struct{} `xml:"audio"`
	}
	if err := xml.Unmarshal([]byte(got), &parsed); err != nil {
		t.Fatalf("%s: %v", got, err)
	}
	if parsed.Audio != nil || len(parsed.Visual.Binding.Text) != 2 || parsed.Visual.Binding.Text[0] != text {
		t.Errorf("the text got out: %s", got)
	}
	if parsed.Launch != `callboard://open/a" launch="b` {
		t.Errorf("launch %q", parsed.Launch)
	}
}

func FuzzTextsStayTexts(f *testing.F) {
	f.Add("]]>$(x)`y`<b>")
	f.Add("👩\u200D🎨\u202E")
	f.Fuzz(func(t *testing.T, text string) {
		clean := plain(text)
		if strings.ContainsFunc(clean, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }) {
			t.Errorf("a control character is left in %q", clean)
		}
		if strings.ContainsAny(marked(clean), "<>") {
			t.Errorf("markup is left in %q", clean)
		}
		var any struct{}
		if err := xml.Unmarshal([]byte(toastXML(domain.Toast{Title: clean, Body: clean})), &any); err != nil {
			t.Errorf("%q breaks the toast: %v", clean, err)
		}
		for _, r := range spoken(clean) {
			if r != '\n' && !unicode.IsPrint(r) {
				t.Errorf("AppleScript cannot hold %q", r)
			}
		}
	})
}
