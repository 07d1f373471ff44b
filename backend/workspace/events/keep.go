package events

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/coder/websocket"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/auth"
)

// heartbeat keeps every connection alive, and drops those that hang or say nothing any more.
func (h *Hub) heartbeat() {
	beat := frame(wire.Packet{Kind: wire.Heartbeat})
	var turn turn
	for _, c := range h.all() {
		turn.after(c.beat(beat))
	}
}

var signedOut = farewell{status: websocket.StatusPolicyViolation, reason: "signed out", fault: true}

func (h *Hub) drop(r auth.Revocation) {
	if r.Doubt {
		h.doubt()
		return
	}
	for _, c := range h.of(r.UserID) {
		if r.Covers(c.who) {
			c.end(signedOut)
		}
	}
}

// heedDeparture ends the connections of people who are deactivated or deleted by the change.
func (h *Hub) heedDeparture(data json.RawMessage) {
	if !bytes.Contains(data, []byte(`"User"`)) {
		return
	}
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

// doubt has everybody looked at soon: whether they may still be here. It never waits.
func (h *Hub) doubt() {
	select {
	case h.doubted <- struct{}{}:
	default: // somebody will look, and has not begun
	}
}

// reviews looks at everybody whenever there is doubt, until ctx ends.
func (h *Hub) reviews(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.doubted:
			h.review(ctx)
		}
	}
}

// review ends the connections of those who may no longer be here: sessions run out, and a revocation
// that another replica sent may be lost. Each person, or session, is asked about once.
func (h *Hub) review(ctx context.Context) {
	gone := map[auth.Who]bool{}
	for _, c := range h.all() {
		if ctx.Err() != nil {
			return
		}
		out, asked := gone[c.who]
		if !asked {
			_, err := h.cfg.Gate.Again(ctx, c.who)
			out = domain.CodeOf(err) == domain.Unauthorized || domain.CodeOf(err) == domain.Forbidden
			gone[c.who] = out
		}
		if out {
			c.end(signedOut)
		}
	}
}

// stop ends all connections and waits for them.
func (h *Hub) stop() {
	h.mu.Lock()
	h.stopped = true
	h.mu.Unlock()
	for _, c := range h.all() {
		c.end(farewell{status: websocket.StatusGoingAway, reason: "the server stops"})
	}
	h.running.Wait()
}
