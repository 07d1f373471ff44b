package phrases

import (
	"strings"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// Letter words a mail in the name of a workspace that answers at an address: a subject of one line, and
// the text. What others wrote is cleaned of all that could break out of a line.
func (p *Phrases) Letter(l domain.Letter, workspace, address string) (subject, text string) {
	w := words{
		Actor: name(l.Actor), Thing: name(l.Thing), Reader: name(l.Reader), Workspace: name(workspace),
		Username: name(l.Username), Link: line(l.Link), Home: line(address), Device: name(l.Device), From: name(l.Address), PluralCount: l.Count,
	}
	if w.Actor == "" { // who worked on the server itself
		w.Actor = p.say(keyLetterAdministrator, words{})
	}
	subject = p.say(keyLetterSubject+key(l.Kind), w)
	text = p.say(keyLetterBody+key(l.Kind), w) + p.circumstances(l, w)
	if tells(l.Kind) {
		text += "\n\n" + p.say(keyLetterNotYou, w)
	}
	return subject, text + "\n\n-- \n" + p.say(keyLetterFoot, w) + "\n"
}

// tells says whether a letter tells somebody what happened to their account, so that one who did not do it
// must know where to turn.
func tells(kind domain.LetterKind) bool {
	switch kind {
	case domain.UserInvite, domain.ReviewInvite, domain.ResetLink, domain.AccountElsewhere:
		return false
	default:
		return true
	}
}

// circumstances are lines on what is known of how it happened.
func (p *Phrases) circumstances(l domain.Letter, w words) string {
	var lines []string
	if w.Thing != "" && (l.Kind == domain.KeyCreated || l.Kind == domain.KeyReset) {
		lines = append(lines, p.say(keyLetterKey, w))
	}
	if l.At != nil {
		w.When = l.At.UTC().Format(time.DateTime) + " UTC"
		lines = append(lines, p.say(keyLetterWhen, w))
	}
	if w.Device != "" {
		lines = append(lines, p.say(keyLetterDevice, w))
	}
	if w.From != "" {
		lines = append(lines, p.say(keyLetterFrom, w))
	}
	if len(lines) == 0 {
		return ""
	}
	return "\n\n" + strings.Join(lines, "\n")
}
