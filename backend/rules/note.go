package rules

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// noteEvent is a note of this request: a new one, or an old one that got more recipients.
type noteEvent struct {
	*event
	id      domain.NoteID
	created bool
	added   []domain.Resource // recipients of this request; read only where the note is an old one
}

// notes applies the rows message and note, and what the row client review says of notes. A thread that hangs on nothing is a message thread: all
// that is said in it is a message and never a note.
func notes(ctx context.Context, g Graph, actor domain.UserID, changes []domain.Change) ([]*event, error) {
	found := noteEvents(changes)
	if len(found) == 0 {
		return nil, nil
	}
	ids := make([]domain.NoteID, len(found))
	for i, n := range found {
		ids[i] = n.id
	}
	threads, err := g.Conversations(ctx, ids)
	if err != nil {
		return nil, err
	}
	facts, err := ask(ctx, g, found, threads)
	if err != nil {
		return nil, err
	}

	var events []*event
	for _, n := range found {
		thread, exists := threads[n.id]
		if !exists {
			continue // written and deleted in one request
		}
		author := thread.Notes[n.id].Author
		n.actor, n.deaf, n.on, n.note = author, newSet(actor, author), thread.On, n.id
		n.version = facts.shown(thread.On)
		switch {
		case !n.created:
			n.sentLater(thread, facts)
		case thread.On.IsZero():
			n.message(thread, facts)
		default:
			n.written(facts)
			n.answered(thread, facts)
			facts.reviewed(n.event)
		}
		events = append(events, n.event)
	}
	return events, nil
}

// noteEvents gathers the notes of a request, each once, in the order of their first change.
func noteEvents(changes []domain.Change) []*noteEvent {
	var found []*noteEvent
	index := map[domain.NoteID]*noteEvent{}
	of := func(at int, id domain.NoteID) *noteEvent {
		n := index[id]
		if n == nil {
			n = &noteEvent{id: id, event: &event{at: at, key: "note:" + string(id)}}
			index[id] = n
			found = append(found, n)
		}
		return n
	}
	for at, change := range changes {
		switch c := change.(type) {
		case domain.NoteCreated:
			of(at, c.Note).created = true
		case domain.RecipientAdded:
			n := of(at, c.Note)
			n.added = append(n.added, c.To)
		}
	}
	return found
}

// sentLater tells those to whom an old note is sent now; the others heard when it was written.
func (n *noteEvent) sentLater(thread domain.Conversation, facts facts) {
	kind := domain.KindNote
	if thread.On.IsZero() {
		kind = domain.KindMessage
	}
	n.becauseOf(n.added, kind, group{"recipient", "group_recipient"}, facts.members)
}

// message is the row of that name: sent to me or my group; or, in a thread, I am or my group is a
// recipient in it, I wrote in it, or I started it.
func (n *noteEvent) message(thread domain.Conversation, facts facts) {
	for id, note := range thread.Notes {
		if id == n.id {
			n.becauseOf(note.Sent, domain.KindMessage, group{"recipient", "group_recipient"}, facts.members)
			continue
		}
		n.becauseOf(note.Sent, domain.KindMessage, group{"thread_recipient", "group_thread_recipient"}, facts.members)
		rule := "wrote_in_thread"
		if id == thread.First {
			rule = "started_thread"
		}
		n.because(note.Author, domain.Reason{Kind: domain.KindMessage, Rule: rule})
	}
}

// written is the row note, (a) to (d): by what the note hangs on and by its own recipients.
func (n *noteEvent) written(facts facts) {
	if n.on.Type == domain.TypeVersion {
		n.because(facts.versions[domain.VersionID(n.on.ID)].User, domain.Reason{Kind: domain.KindNote, Rule: "version_user"})
	}
	n.becauseAssigned(facts.assigned[domain.ContextID(n.on.ID)], domain.KindNote, facts.members)
	n.becauseOf(facts.sent[n.id], domain.KindNote, group{"recipient", "group_recipient"}, facts.members)
}

// answered is the row note, (e): someone replies to a note of which I am or my group is a recipient,
// in whose thread I have written, or which I wrote.
func (n *noteEvent) answered(thread domain.Conversation, facts facts) {
	asked := thread.Notes[n.id].InReplyTo
	if asked == "" {
		return
	}
	n.becauseOf(thread.Notes[asked].Sent, domain.KindNote, group{"replied_recipient", "group_replied_recipient"}, facts.members)
	for id, note := range thread.Notes {
		switch id {
		case n.id:
		case asked:
			n.because(note.Author, domain.Reason{Kind: domain.KindNote, Rule: "replied_author"})
		default:
			n.because(note.Author, domain.Reason{Kind: domain.KindNote, Rule: "wrote_in_thread"})
		}
	}
}
