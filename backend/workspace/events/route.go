package events

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/auth"
)

// all lists the connections.
func (h *Hub) all() []*connection {
	h.mu.RLock()
	defer h.mu.RUnlock()
	var found []*connection
	for _, own := range h.byUser {
		for c := range own {
			found = append(found, c)
		}
	}
	return found
}

// of lists the connections of one person.
func (h *Hub) of(user domain.UserID) []*connection {
	h.mu.RLock()
	defer h.mu.RUnlock()
	var found []*connection
	for c := range h.byUser[user] {
		found = append(found, c)
	}
	return found
}

// handOut gives an event to every connection that wants it and may have it, once each.
func (h *Hub) handOut(ctx context.Context, m message) {
	fields, err := m.Event.Fields()
	if err != nil {
		h.cfg.Log.Warn("an event cannot be routed", "topic", m.Event.Topic, "error", err)
		return
	}
	if m.Event.Topic == wire.TopicUpdate {
		h.heedDeparture(m.Event.Data)
	}
	target, err := wire.ParseExpression(m.Event.Target)
	if err != nil {
		h.cfg.Log.Debug("an event has an unreadable target", "error", err)
		return
	}
	packet, err := wire.EventPacket("", m.Event)
	if err != nil {
		h.cfg.Log.Warn("an event cannot be written", "topic", m.Event.Topic, "error", err)
		return
	}
	text := packet.String()
	allowed := map[domain.UserID]bool{} // asked once a person
	for _, c := range h.all() {
		if !c.wants(m.Event.Topic, fields, target) {
			continue
		}
		may, asked := allowed[c.who.UserID]
		if !asked {
			may = h.may(ctx, c.who, m)
			allowed[c.who.UserID] = may
		}
		if may {
			c.send(text)
		}
	}
}

func (h *Hub) may(ctx context.Context, who auth.Who, m message) bool {
	if m.Only != nil && !slices.Contains(m.Only, who.UserID) {
		return false
	}
	if m.Project == "" {
		return true
	}
	may, err := h.cfg.MaySee(ctx, who.UserID, m.Project)
	if err != nil {
		h.cfg.Log.Error("whether a person may see a project cannot be told; they hear nothing", "error", err)
	}
	return err == nil && may
}

// handHint tells a person's own connections of their inbox. It is not queued behind other events:
// somebody waits for it.
func (h *Hub) handHint(t hint) {
	data, err := json.Marshal(domain.Position{Epoch: h.cfg.Epoch(), Seq: t.Seq})
	if err != nil {
		h.cfg.Log.Error("a hint cannot be written", "error", err)
		return
	}
	event := wire.Event{Topic: wire.TopicInbox, ID: uuid.NewString(), Data: data, Source: h.source()}
	fields, err := event.Fields()
	if err != nil {
		h.cfg.Log.Error("a hint cannot be read", "error", err)
		return
	}
	packet, err := wire.EventPacket("", event)
	if err != nil {
		h.cfg.Log.Error("a hint cannot be written", "error", err)
		return
	}
	for _, c := range h.of(t.User) {
		if c.wants(event.Topic, fields, wire.Expression{}) {
			c.send(packet.String())
		}
	}
}

func (h *Hub) drop(r auth.Revocation) {
	for _, c := range h.of(r.UserID) {
		if r.Covers(c.who) {
			c.end("signed out")
		}
	}
}

// heedDeparture ends the connections of people who are deactivated or deleted by the change.
func (h *Hub) heedDeparture(data json.RawMessage) {
	var change struct {
		Entities []struct {
			ID      string `json:"entityId"`
			Type    string `json:"entity_type"`
			Action  string `json:"action"`
			Changes map[string]struct {
				New any `json:"new"`
			} `json:"changes"`
		} `json:"entities"`
	}
	if err := json.Unmarshal(data, &change); err != nil {
		h.cfg.Log.Warn("an update cannot be read", "error", err)
		return
	}
	for _, e := range change.Entities {
		active, told := e.Changes["isactive"]
		if e.Type == "User" && (e.Action == "remove" || told && active.New == false) {
			h.drop(auth.Revocation{UserID: domain.UserID(e.ID)})
		}
	}
}

// heartbeat keeps every connection alive, and ends those that say nothing any more.
func (h *Hub) heartbeat() {
	text := wire.Packet{Kind: wire.Heartbeat}.String()
	for _, c := range h.all() {
		if h.cfg.Clock().Sub(c.lastHeard()) > silence {
			c.end("silent")
			continue
		}
		c.send(text)
	}
}

// review ends the connections of those who may no longer be here: sessions run out, and a revocation
// that another replica sent may be lost.
func (h *Hub) review(ctx context.Context) {
	for _, c := range h.all() {
		if ctx.Err() != nil {
			return
		}
		if _, err := h.cfg.Gate.Again(ctx, c.who); domain.CodeOf(err) == domain.Unauthorized {
			c.end("signed out")
		}
	}
}

func (h *Hub) closeAll() {
	for _, c := range h.all() {
		c.end("the server stops")
	}
}
