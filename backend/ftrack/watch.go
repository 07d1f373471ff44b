package ftrack

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/coder/websocket"
	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// watch is whether changes of the production are wanted. A busy studio has thousands an hour, so that a list
// nobody looks at asks for none.
type watch struct {
	on      atomic.Bool
	changed chan struct{}
}

// Watch says whether Config.Stirred is to be told of changes of the production, from now on or from the next
// connection on. It does not wait.
func (c *Client) Watch(on bool) {
	if c.watch.on.Swap(on) == on {
		return
	}
	select {
	case c.watch.changed <- struct{}{}:
	default:
	}
}

// attend keeps a connection's subscription as Watch wants it, until the returned function is called.
func (c *Client) attend(ctx context.Context, socket *websocket.Conn) (leave func()) {
	ctx, cancel := context.WithCancel(ctx)
	var attendant sync.WaitGroup
	attendant.Go(func() {
		hub, subscriber, subscribed := uuid.NewString(), uuid.NewString(), false
		for {
			if on := c.watch.on.Load(); on != subscribed {
				packet, err := c.subscription(hub, subscriber, on)
				if err != nil || write(ctx, socket, packet) != nil {
					return // whoever reads the connection learns that it is gone
				}
				subscribed = on
			}
			select {
			case <-ctx.Done():
				return
			case <-c.watch.changed:
			}
		}
	})
	return func() {
		cancel()
		attendant.Wait()
	}
}

// subscription is the packet that begins or ends hearing of changes.
func (c *Client) subscription(hub, subscriber string, begin bool) (wire.Packet, error) {
	topic, data := wire.TopicUnsubscribe, map[string]any{"subscriber": map[string]any{"id": subscriber}}
	if begin {
		topic = wire.TopicSubscribe
		data = map[string]any{"subscriber": map[string]any{"id": subscriber, "applicationId": "callboard"}, "subscription": "topic=" + wire.TopicUpdate}
	}
	text, err := json.Marshal(data)
	if err != nil {
		return wire.Packet{}, err
	}
	return wire.EventPacket("", wire.Event{
		Topic: topic, ID: uuid.NewString(), Data: text, Source: map[string]any{"id": hub, "clientToken": c.name},
	})
}

// stirred passes on what an update of the production touched.
func (c *Client) stirred(event wire.Event) error {
	var data struct {
		Entities []struct {
			ID      string `json:"entityId"`
			Kind    string `json:"entityType"`
			Changes map[string]struct {
				Old any `json:"old"`
				New any `json:"new"`
			} `json:"changes"`
			Parents []struct {
				ID   string `json:"entityId"`
				Kind string `json:"entityType"`
			} `json:"parents"`
		} `json:"entities"`
	}
	if err := json.Unmarshal(event.Data, &data); err != nil {
		return domain.Errorf(domain.Unsupported, "the server's update cannot be read: %w", err)
	}
	var s domain.Stirring
	add := func(to *[]string, id string) {
		if id != "" && !slices.Contains(*to, id) {
			*to = append(*to, id)
		}
	}
	for _, entity := range data.Entities {
		add(&s.Things, entity.ID)
		for _, parent := range entity.Parents {
			if parent.Kind == "show" {
				add(&s.Projects, parent.ID)
			}
		}
		switch entity.Kind {
		case "appointment":
			who := entity.Changes["resource_id"]
			for _, id := range []any{who.Old, who.New} {
				id, _ := id.(string)
				add(&s.People, id)
			}
			s.Everything = s.Everything || len(s.People) == 0 // it says of nobody that it concerns them
		case "membership", "group", "manager", "show":
			s.Everything = true // what somebody has a part in may be otherwise now
		}
	}
	if len(data.Entities) > 0 && c.cfg.Stirred != nil {
		c.cfg.Stirred(s)
	}
	return nil
}
