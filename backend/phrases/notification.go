package phrases

import (
	"strings"
	"unicode"

	"github.com/callboard/callboard/backend/domain"
)

const (
	// maxTitle and maxBody bound what is handed to a notification daemon, in characters.
	maxTitle = 120
	maxBody  = 300
	// maxName bounds one name in a sentence: a long one must not push the others out.
	maxName = 60
)

// Summary is a notification as one sentence: "Lena Brandt assigned you to sh0155 / comp".
func (p *Phrases) Summary(n domain.Notification) string {
	return p.say(ofKind(keySummary, n.Kind), p.wordsOf(n))
}

// Toast is a notification as a toast shows it: the title leads with the thing and says in one line who
// did what; the body is the words of the note, or else what changed. Both are plain text.
func (p *Phrases) Toast(n domain.Notification) (title, body string) {
	title = clip(p.say(ofKind(keyToast, n.Kind), p.wordsOf(n)), maxTitle)
	switch s := n.Subject; {
	case s.Text != "":
		body = lines(s.Text)
	case s.To != nil && s.From != nil && s.From.Name != "":
		body = line(s.From.Name) + " → " + p.status(s.To)
	case s.To != nil:
		body = p.status(s.To)
	default:
		body = path(s.Path)
	}
	return title, clip(body, maxBody)
}

// ToastBurst is the one toast that stands for many.
func (p *Phrases) ToastBurst(count int) (title, body string) {
	return p.say(keyBurstTitle, words{PluralCount: count}), p.say(keyBurstBody, words{})
}

// ToastTest is a toast that somebody asked for to see whether toasts come.
func (p *Phrases) ToastTest() (title, body string) {
	return p.say(keyTestTitle, words{}), p.say(keyTestBody, words{})
}

func (p *Phrases) wordsOf(n domain.Notification) words {
	w := words{Actor: name(n.Actor.Name), Status: p.status(n.Subject.To)}
	if w.Actor == "" {
		w.Actor = p.say(keySomeone, words{})
	}
	steps := make([]string, 0, 2)
	for _, step := range n.Thing() {
		if step = name(step); step != "" {
			steps = append(steps, step)
		}
	}
	if w.Thing = strings.Join(steps, " / "); w.Thing == "" {
		w.Thing = p.say(keySomething, words{})
	}
	return w
}

func (p *Phrases) status(s *domain.Status) string {
	if s == nil || name(s.Name) == "" {
		return p.say(keyUnnamedStatus, words{})
	}
	return name(s.Name)
}

func path(crumbs []domain.Crumb) string {
	steps := make([]string, len(crumbs))
	for i, c := range crumbs {
		steps[i] = name(c.Name)
	}
	return strings.Join(steps, " / ")
}

func name(s string) string { return clip(line(s), maxName) }

// line makes one line of foreign text: no control characters, no invisible marks that turn the
// direction of writing, every run of white space a single space.
func line(s string) string {
	return strings.Join(strings.FieldsFunc(strings.Map(visible, s), unicode.IsSpace), " ")
}

// lines keeps the line breaks of foreign text and cleans the rest.
func lines(s string) string {
	var kept []string
	for l := range strings.Lines(s) {
		if l = line(l); l != "" {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

// visible drops what a person cannot see and what must not reach a notification daemon.
func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
		return -1
	default:
		return r
	}
}

func clip(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return strings.TrimRightFunc(string(runes[:most-1]), unicode.IsSpace) + "…"
	}
	return s
}
