package demo

import (
	"math/rand/v2"
	"slices"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// act is one thing that somebody does.
type act struct {
	by  domain.UserID
	ops []wire.Operation
}

// thread is a note and what was answered to it.
type thread struct {
	id    string
	on    *task    // nil for a message
	about []string // usernames of those who hear of a reply: author and recipients
}

// playbook turns what people do into operations. It remembers the threads and the assignments that
// later acts go back to.
type playbook struct {
	dice    *rand.Rand
	words   *words
	focus   Person
	all     []task
	mine    []task // the focus person's own
	threads []thread
	lent    []loan
}

// loan is an assignment of the focus person to somebody else's task, for a while.
type loan struct{ task, appointment string }

func newPlaybook(dice *rand.Rand, focus Person) *playbook {
	p := &playbook{dice: dice, words: newWords(), focus: focus, all: tasks()}
	for _, t := range p.all {
		if t.artist == focus.Username {
			p.mine = append(p.mine, t)
		}
	}
	if len(p.mine) == 0 { // supervisors have no tasks: they hear of those whose notes are sent to them
		p.mine = p.all
	}
	return p
}

// reviewers are those who leave notes on a department's work.
var reviewers = [benches][]string{
	benchAnimation: {"tomas", "tomas", "lena", "dana", "kenji", "aiko"},
	benchLighting:  {"tomas", "aiko", "dana", "maya"},
	benchComp:      {"tomas", "lena", "dana", "wei", "priya"},
	benchEffects:   {"tomas", "lena", "kenji", "aiko"},
	benchAssets:    {"tomas", "maya", "lena", "priya", "oskar"},
}

// someone picks one of the names who is none of those left out.
func (p *playbook) someone(names []string, out ...string) domain.UserID {
	left := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(out, name) })
	if len(left) == 0 {
		left = slices.DeleteFunc(usernames(), func(name string) bool { return slices.Contains(out, name) })
	}
	return domain.UserID(userID(left[p.dice.IntN(len(left))]))
}

func usernames() []string {
	names := make([]string, len(People))
	for i, person := range People {
		names[i] = person.Username
	}
	return names
}

func usernameOf(id domain.UserID) string {
	for _, person := range People {
		if person.ID() == id {
			return person.Username
		}
	}
	return ""
}

// note begins a thread on a task. to are usernames; a group is addressed now and then as well.
func (p *playbook) note(t task, to ...string) act {
	by := p.someone(reviewers[t.craft.bench], t.artist, p.focus.Username)
	said, frame := spoken(p.words.first[t.craft.bench].deal(p.dice), p.dice)
	id := uuid.NewString()
	data := map[string]any{"id": id, "content": said, "parent_id": t.id, "parent_type": "Task", "user_id": string(by)}
	if frame > 0 {
		data["frame_number"] = float64(frame)
	}
	ops := []wire.Operation{create("Note", data)}
	for _, name := range to {
		ops = append(ops, recipient(id, userID(name)))
	}
	if g, ok := departmentOf(t.artist); ok && p.dice.IntN(5) == 0 {
		ops = append(ops, recipient(id, groupID(g)))
	}
	p.threads = append(p.threads, thread{id: id, on: &t, about: append(to, usernameOf(by))})
	return act{by, ops}
}

func departmentOf(username string) (string, bool) {
	for _, g := range groups {
		if slices.Contains(g.members, username) {
			return g.name, true
		}
	}
	return "", false
}

func recipient(note, resource string) wire.Operation {
	return create("Recipient", map[string]any{"note_id": note, "resource_id": resource})
}

// message is sent to a person, about nothing in particular.
func (p *playbook) message(to string) act {
	by := p.someone([]string{"dana", "tomas", "ines", "lena"}, to, p.focus.Username)
	said, _ := spoken(p.words.messages.deal(p.dice), p.dice)
	id := uuid.NewString()
	p.threads = append(p.threads, thread{id: id, about: []string{to, usernameOf(by)}})
	return act{by, []wire.Operation{
		create("Note", map[string]any{"id": id, "content": said, "user_id": string(by)}),
		recipient(id, userID(to)),
	}}
}

// reply answers in a thread.
func (p *playbook) reply(t thread, by domain.UserID) act {
	said, _ := spoken(p.words.replies.deal(p.dice), p.dice)
	data := map[string]any{"id": uuid.NewString(), "content": said, "in_reply_to_id": t.id, "user_id": string(by)}
	if t.on != nil {
		data["parent_id"], data["parent_type"] = t.on.id, "Task"
	}
	return act{by, []wire.Operation{create("Note", data)}}
}

// replyTo answers in one of the latest threads that a person takes part in; false where there is none.
func (p *playbook) replyTo(username string) (act, bool) {
	recent := p.threads[max(0, len(p.threads)-recentThreads):]
	for _, i := range p.dice.Perm(len(recent)) {
		t := recent[i]
		if !slices.Contains(t.about, username) {
			continue
		}
		names := slices.DeleteFunc(slices.Clone(t.about), func(name string) bool { return name == username || name == p.focus.Username })
		if t.on != nil {
			names = append(reviewers[t.on.craft.bench], t.on.artist)
		}
		if len(names) == 0 {
			continue // a message between others is nobody else's to answer
		}
		return p.reply(t, p.someone(names, username, p.focus.Username)), true
	}
	return act{}, false
}

// recentThreads is how far back people still answer.
const recentThreads = 24

// lend assigns the focus person to a task of somebody else for a while, or takes back the assignment
// when there are enough.
func (p *playbook) lend() act {
	manager := p.someone([]string{"tomas", "dana"}, p.focus.Username)
	if len(p.lent) >= 2 {
		oldest := p.lent[0]
		p.lent = p.lent[1:]
		return act{manager, []wire.Operation{remove("Appointment", oldest.appointment)}}
	}
	t := p.elsewhere()
	appointment := uuid.NewString()
	p.lent = append(p.lent, loan{t.id, appointment})
	return act{manager, []wire.Operation{create("Appointment", map[string]any{
		"id": appointment, "context_id": t.id, "resource_id": string(p.focus.ID()), "type": "assignment",
	})}}
}

// elsewhere is a task that is not the focus person's, neither for good nor for a while.
func (p *playbook) elsewhere() task {
	for {
		t := p.all[p.dice.IntN(len(p.all))]
		if t.artist != p.focus.Username && !slices.ContainsFunc(p.lent, func(l loan) bool { return l.task == t.id }) {
			return t
		}
	}
}
