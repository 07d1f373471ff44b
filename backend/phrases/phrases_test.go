package phrases

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

func open(t *testing.T) *Book {
	t.Helper()
	book, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func TestEveryLanguageHasEveryPhraseAndNoOther(t *testing.T) {
	for _, lang := range domain.Languages {
		raw, err := catalogues.ReadFile("active." + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var catalogue map[string]any
		if err := json.Unmarshal(raw, &catalogue); err != nil {
			t.Fatal(err)
		}
		for _, k := range keys() {
			if _, ok := catalogue[string(k)]; !ok {
				t.Errorf("%s lacks %s", lang, k)
			}
			delete(catalogue, string(k))
		}
		for k := range catalogue {
			t.Errorf("%s holds %s, which nobody says", lang, k)
		}
	}
}

// go-i18n answers a missing plural form with a text and an error: the error is what counts.
func TestNoFormIsMissing(t *testing.T) {
	book := open(t)
	for _, lang := range domain.Languages {
		for _, k := range keys() {
			for _, count := range []int{0, 1, 2, 5, 11, 21, 1_000_000} {
				text, err := book.In(lang).try(k, words{Actor: "A", Thing: "T", Status: "S", PluralCount: count})
				if err != nil || text == "" || strings.Contains(text, "no value") {
					t.Errorf("%s %s for %d: %q, %v", lang, k, count, text, err)
				}
			}
		}
	}
}

func note() domain.Notification {
	return domain.Notification{
		Kind: domain.KindNote, Actor: domain.Person{Name: "Tomas Ríos"},
		Subject: domain.Subject{
			Path: []domain.Crumb{{Name: "Northern Lights"}, {Name: "sq020"}, {Name: "sh0140"}, {Name: "comp"}},
			Text: "Edge is crawling,\nsee frame 1012.",
		},
	}
}

func TestSummariesReadAsSentences(t *testing.T) {
	book := open(t)
	approved := &domain.Status{Name: "Approved"}
	for kind, want := range map[domain.Kind][2]string{
		domain.KindMessage:           {"Tomas Ríos sent you a message", "Tomas Ríos te ha enviado un mensaje"},
		domain.KindNote:              {"Tomas Ríos wrote a note on sh0140 / comp", "Tomas Ríos ha escrito una nota en sh0140 / comp"},
		domain.KindAssignment:        {"Tomas Ríos assigned you to sh0140 / comp", "Tomas Ríos te ha asignado a sh0140 / comp"},
		domain.KindUnassignment:      {"Tomas Ríos removed you from sh0140 / comp", "Tomas Ríos te ha quitado de sh0140 / comp"},
		domain.KindTaskClaimed:       {"Tomas Ríos claimed sh0140 / comp", "Tomas Ríos se ha asignado sh0140 / comp"},
		domain.KindTaskStatus:        {"Tomas Ríos set sh0140 / comp to Approved", "Tomas Ríos ha cambiado sh0140 / comp a Approved"},
		domain.Kind("from_tomorrow"): {"Tomas Ríos changed sh0140 / comp", "Tomas Ríos ha cambiado sh0140 / comp"},
	} {
		n := note()
		n.Kind, n.Subject.To = kind, approved
		for i, lang := range []string{"en", "es"} {
			if got := book.In(lang).Summary(n); got != want[i] {
				t.Errorf("%s in %s: %q, want %q", kind, lang, got, want[i])
			}
		}
	}
}

func TestAToastLeadsWithTheThingAndCarriesTheWords(t *testing.T) {
	title, body := open(t).In("en").Toast(note())
	if title != "sh0140 / comp: Tomas Ríos wrote a note" || body != "Edge is crawling,\nsee frame 1012." {
		t.Errorf("%q, %q", title, body)
	}
}

func TestAToastSaysWhatChangedWhereThereAreNoWords(t *testing.T) {
	p := open(t).In("en")
	n := note()
	n.Subject.Text = ""
	if _, body := p.Toast(n); body != "Northern Lights / sq020 / sh0140 / comp" {
		t.Errorf("path: %q", body)
	}
	n.Kind, n.Subject.From, n.Subject.To = domain.KindTaskStatus, &domain.Status{Name: "In Progress"}, &domain.Status{Name: "Approved"}
	if _, body := p.Toast(n); body != "In Progress → Approved" {
		t.Errorf("status: %q", body)
	}
}

func TestForeignTextCannotBreakAToast(t *testing.T) {
	p := open(t).In("en")
	n := note()
	n.Actor.Name = "Eve\nNew\x1b[31m line\u202e"
	n.Subject.Path = []domain.Crumb{{Name: strings.Repeat("long ", 100)}, {Name: "{{.Actor}}"}}
	n.Subject.Text = "a\x00b\r\n\r\n" + strings.Repeat("x", 5000)
	title, body := p.Toast(n)
	if strings.ContainsAny(title+body, "\x00\x1b\r\u202e") || strings.Contains(title, "\n") {
		t.Errorf("control characters are left: %q, %q", title, body)
	}
	if !strings.Contains(title, "{{.Actor}}") {
		t.Errorf("a name was read as a template: %q", title)
	}
	if len([]rune(title)) > maxTitle+len("…") || len([]rune(body)) > maxBody {
		t.Errorf("too long: %d, %d", len([]rune(title)), len([]rune(body)))
	}
}

func TestNobodyAndNothingStillReadAsASentence(t *testing.T) {
	if got := open(t).In("en").Summary(domain.Notification{Kind: domain.KindNote}); got != "Someone wrote a note on something" {
		t.Errorf("%q", got)
	}
}

func TestTheTrayCounts(t *testing.T) {
	p := open(t).In("en")
	got := []string{p.TrayUnread(0), p.TrayUnread(1), p.TrayUnread(7)}
	want := []string{"Callboard: nothing unread", "Callboard: 1 unread notification", "Callboard: 7 unread notifications"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if title, _ := p.ToastBurst(12); title != "12 new notifications" {
		t.Errorf("%q", title)
	}
}

func TestACountTakesTheFormAndTheFiguresOfItsLanguage(t *testing.T) {
	book := open(t)
	for _, c := range []struct {
		lang  string
		count int
		want  string
	}{
		{"en", 12345, "12,345 new notifications"},
		{"es", 12345, "12.345 notificaciones nuevas"},
		{"es", 1_000_000, "1.000.000 de notificaciones nuevas"},
		{"zh", 12345, "12,345 条新通知"},
		{"ja", 2, "新しい通知2件"},
		{"ru", 21, "21 новое уведомление"},
		{"ru", 3, "3 новых уведомления"},
		{"ru", 12345, "12 345 новых уведомлений"},
		{"ko", 1, "새 알림 1개"},
	} {
		got, _ := book.In(c.lang).ToastBurst(c.count)
		if got = strings.ReplaceAll(got, "\u00a0", " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.lang, got, c.want)
		}
	}
}

func TestAnUnknownLanguageSpeaksTheFirst(t *testing.T) {
	book := open(t)
	if book.In("xx") != book.In(domain.Languages[0]) {
		t.Error("no language was chosen")
	}
}

func TestALetterIsWordedForItsReader(t *testing.T) {
	book := open(t)
	l := domain.Letter{Kind: domain.ReviewInvite, Reader: "Eve\r\nBcc: x", Actor: "Tomas Ríos", Thing: "Dailies\x1b[31m", Link: "https://aurora.example/open/reviewsession/1"}
	for lang, want := range map[string]string{"en": "Tomas Ríos asks you to review Dailies[31m", "es": "Tomas Ríos te pide que revises Dailies[31m"} {
		subject, text := book.In(lang).Letter(l, "Aurora", "https://aurora.example")
		if subject != want || !strings.Contains(text, l.Link) || !strings.Contains(text, "Eve Bcc: x") || strings.Contains(subject+text, "\r") {
			t.Errorf("%s: %q %q", lang, subject, text)
		}
	}
}

func TestALetterSaysWhatHappenedAndWhereToTurn(t *testing.T) {
	at := time.Date(2026, 11, 24, 23, 10, 5, 0, time.FixedZone("", 3600))
	l := domain.Letter{
		Kind: domain.KeyReset, Reader: "Maya", Username: "maya", Actor: "Ines Duarte", Thing: "render farm", At: &at, Device: "tower\nX: 1", Address: "192.0.2.1",
	}
	subject, text := open(t).In("en").Letter(l, "Aurora", "https://aurora.example")
	const want = `Hello Maya,

Ines Duarte replaced an API key of your account maya in Aurora. The key before stopped working at that moment: scripts that use it need the new one.

Key: render farm
When: 2026-11-24 22:10:05 UTC
Device: tower X: 1
Network address: 192.0.2.1

If this was not you, choose a new password at https://aurora.example/forgot and tell your administrator.

-- 
Sent by Callboard for Aurora, https://aurora.example. Nobody reads answers to this mail.
`
	if subject != "An API key of yours was replaced" || text != want {
		t.Errorf("%s\n%s", subject, text)
	}
	few := domain.Letter{Kind: domain.BackupCodesFew, Reader: "Maya", Username: "maya", Count: 1}
	if subject, _ := open(t).In("en").Letter(few, "Aurora", ""); subject != "1 backup code is left" {
		t.Error(subject)
	}
}
