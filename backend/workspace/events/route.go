package events

import (
	"context"
	"encoding/json"
	"runtime"
	"slices"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// all lists the connections.
func (h *Hub) all() []*connection {
	h.mu.RLock()
	defer h.mu.RUnlock()
	var found []*connection
	for _, own := range h.byUser {
		found = append(found, own...)
	}
	return found
}

// of lists the connections of one person.
func (h *Hub) of(user domain.UserID) []*connection {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return slices.Clone(h.byUser[user])
}

// round is the handing out of events that waited together. Who may see what is asked once for all of
// them: every one of them happened before.
type round struct {
	hub         *Hub
	connections []*connection
	may         map[domain.ProjectID]map[domain.UserID]bool
	turn        turn
}

// handOut gives events to every connection that wants them and may have them, once each, in order.
func (h *Hub) handOut(ctx context.Context, waited []message) {
	r := round{hub: h, connections: h.all(), may: map[domain.ProjectID]map[domain.UserID]bool{}}
	for _, m := range waited {
		if m.Event.Topic == wire.TopicUpdate {
			h.heedDeparture(m.Event.Data)
		}
		event, err := route(m.Event)
		if err != nil {
			h.cfg.Log.Warn("an event cannot be routed", "topic", m.Event.Topic, "error", err)
			continue
		}
		r.handOut(ctx, m, event)
	}
}

func (r *round) handOut(ctx context.Context, m message, event *routed) {
	for _, c := range r.connections {
		if m.Only != nil && !slices.Contains(m.Only, c.who.UserID) {
			continue
		}
		if c.wants(event) && r.allows(ctx, c.who.UserID, m) {
			r.turn.after(c.send(event.frame))
		}
	}
}

// allows says whether a person may hear of a change. What clients say to each other anybody may hear.
func (r *round) allows(ctx context.Context, user domain.UserID, m message) bool {
	if m.Event.Topic != wire.TopicUpdate || m.Only != nil {
		return true
	}
	may, asked := r.may[m.Project]
	if !asked {
		may = r.audience(ctx, m.Project)
		r.may[m.Project] = may
	}
	return may[user]
}

// audience is who of all connected people may hear of a project.
func (r *round) audience(ctx context.Context, project domain.ProjectID) map[domain.UserID]bool {
	var people []domain.UserID
	for _, c := range r.connections {
		people = append(people, c.who.UserID)
	}
	slices.Sort(people)
	may, err := r.hub.cfg.Audience(ctx, project, slices.Compact(people))
	if err != nil {
		r.hub.cfg.Log.Error("who may hear of a change cannot be told; nobody hears of it", "error", err)
	}
	allowed := make(map[domain.UserID]bool, len(may))
	for _, user := range may {
		allowed[user] = true
	}
	return allowed
}

// turn lets the writers that were started have their turn before too many are: each that waits for one
// holds a stack.
type turn int

const writersInTurn = 32

func (t *turn) after(started bool) {
	if !started {
		return
	}
	if *t++; *t%writersInTurn == 0 {
		runtime.Gosched()
	}
}

// handHint tells a person's own connections of their inbox.
func (h *Hub) handHint(t hint) {
	h.hint(h.of(t.User), wire.TopicInbox, domain.Position{Epoch: h.cfg.Epoch(), Seq: t.Seq})
}

// handAccount tells connections that it is time to look at the account. What changed it does not say.
func (h *Hub) handAccount(a account) {
	to := h.of(a.User)
	if a.User == "" {
		to = h.all()
	}
	h.hint(to, wire.TopicAccount, map[string]string{"epoch": h.cfg.Epoch()})
}

// handPerson tells every connection how somebody looks now.
func (h *Hub) handPerson(p Person) { h.hint(h.all(), wire.TopicPerson, p) }

// hint tells connections something of the server's own. It is not queued behind other events: somebody
// waits for it.
func (h *Hub) hint(to []*connection, topic string, content any) {
	if len(to) == 0 {
		return
	}
	data, err := json.Marshal(content)
	if err != nil {
		h.cfg.Log.Error("a hint cannot be written", "topic", topic, "error", err)
		return
	}
	event, err := route(wire.Event{Topic: topic, ID: uuid.NewString(), Data: data, Source: h.source()})
	if err != nil {
		h.cfg.Log.Error("a hint cannot be routed", "topic", topic, "error", err)
		return
	}
	var t turn
	for _, c := range to {
		if c.wants(event) {
			t.after(c.send(event.frame))
		}
	}
}
