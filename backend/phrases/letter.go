package phrases

import "github.com/callboard/callboard/backend/domain"

// Letter words a mail in the name of a workspace that answers at an address: a subject of one line, and
// the text. What others wrote is cleaned of all that could break out of a line.
func (p *Phrases) Letter(l domain.Letter, workspace, address string) (subject, text string) {
	w := words{
		Actor: name(l.Actor), Thing: name(l.Thing), Reader: name(l.Reader), Workspace: name(workspace),
		Username: name(l.Username), Link: line(l.Link),
	}
	if w.Actor == "" {
		w.Actor = p.say(keySomeone, words{})
	}
	subject = p.say(keyLetterSubject+key(l.Kind), w)
	text = p.say(keyLetterBody+key(l.Kind), w)
	w.Link = line(address)
	return subject, text + "\n\n-- \n" + p.say(keyLetterFoot, w) + "\n"
}
