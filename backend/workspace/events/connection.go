package events

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"

	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/auth"
)

const (
	maxPacket        = 512 << 10        // bytes of one packet from a client
	queueLength      = 256              // packets that may wait for a slow reader
	writeTime        = 10 * time.Second // for one packet
	silence          = time.Minute      // without a word from a client, who answers each heartbeat
	maxSubscriptions = 1000
)

var errEnded = errors.New("the connection was ended")

// connection is one socket. Its reader is the goroutine of its request, its writer a second one that
// the reader waits for. Whoever sends only puts into the queue: a reader that lets the queue fill up is
// dropped, and nobody waits for it.
type connection struct {
	hub   *Hub
	ws    *websocket.Conn
	who   auth.Who
	queue chan string
	heard atomic.Int64 // when the client last said something, in Unix seconds

	ended  chan struct{} // closed to end the connection
	once   sync.Once     // closes ended
	reason string        // set before ended is closed

	mu            sync.RWMutex // guards what follows
	subscriptions map[string]subscription
}

// subscription is one subscriber of a client's: what it wants, and what targets see of it.
type subscription struct {
	wants    wire.Expression
	metadata map[string]any
}

func newConnection(h *Hub, ws *websocket.Conn, who auth.Who) *connection {
	c := &connection{
		hub: h, ws: ws, who: who, queue: make(chan string, queueLength), ended: make(chan struct{}), subscriptions: map[string]subscription{},
	}
	c.hear()
	return c
}

func (c *connection) hear() { c.heard.Store(c.hub.cfg.Clock().Unix()) }

func (c *connection) lastHeard() time.Time { return time.Unix(c.heard.Load(), 0) }

// end asks the connection to end. It never waits.
func (c *connection) end(reason string) {
	c.once.Do(func() {
		c.reason = reason
		close(c.ended)
	})
}

// send puts a packet into the queue.
func (c *connection) send(packet string) {
	select {
	case c.queue <- packet:
	default:
		c.end("too slow")
	}
}

func (c *connection) close(reason string) {
	if err := c.ws.Close(websocket.StatusPolicyViolation, reason); err != nil {
		c.hub.cfg.Log.Debug("a socket did not close in order", "error", err)
	}
}

// serve reads until the client leaves or the connection is ended.
func (c *connection) serve(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	var writer sync.WaitGroup
	defer writer.Wait()
	defer stop()
	c.send(wire.Packet{Kind: wire.Connect}.String())
	writer.Go(func() { c.write(ctx, stop) })
	for {
		_, text, err := c.ws.Read(ctx)
		if err != nil {
			return err
		}
		c.hear()
		if !c.packet(string(text)) {
			return errEnded
		}
	}
}

// write empties the queue until the connection ends, and then closes the socket, which ends the reader.
func (c *connection) write(ctx context.Context, stop context.CancelFunc) {
	defer stop()
	for {
		select {
		case <-ctx.Done():
			_ = c.ws.CloseNow() // it is closed already, or nobody is there to hear why
			return
		case <-c.ended:
			if c.reason == "too slow" {
				_ = c.ws.CloseNow() // it would not read the reason either
				return
			}
			c.close(c.reason)
			return
		case packet := <-c.queue:
			if err := c.writeOne(ctx, packet); err != nil {
				return
			}
		}
	}
}

func (c *connection) writeOne(ctx context.Context, packet string) error {
	ctx, cancel := context.WithTimeout(ctx, writeTime)
	defer cancel()
	return c.ws.Write(ctx, websocket.MessageText, []byte(packet))
}

// wants says whether a subscriber here wants the event and is meant by its target.
func (c *connection) wants(topic string, fields map[string]any, target wire.Expression) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, s := range c.subscriptions {
		if only := s.wants.Topic(); only != "" && only != topic {
			continue
		}
		if s.wants.Match(fields) && target.Match(s.metadata) {
			return true
		}
	}
	return false
}
