package events

import (
	"context"
	"net"
	"sync"
	"time"

	"github.com/coder/websocket"
	"golang.org/x/time/rate"

	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/auth"
)

// What may wait for a slow reader. One frame may always wait, whatever its size.
const (
	maxWaiting      = 512     // frames
	maxWaitingBytes = 2 << 20 // of frames, which many readers share
)

// What a client may send: far more than any does, and less than hurts.
const (
	packetRate  = 100       // a second
	packetBurst = 2000      // as when a process subscribes all its handlers at once
	byteRate    = 512 << 10 // a second
	byteBurst   = 8 << 20
)

// connection is one socket. Its reader is a goroutine of its own; a writer runs only while something
// waits to be written. Whoever sends only puts into the queue: a reader that lets the queue fill up is
// dropped, and nobody waits for it.
type connection struct {
	hub   *Hub
	ws    *websocket.Conn
	below net.Conn // what ws runs over
	who   auth.Who // no more of it than Gate.Again needs

	packets, bytes *rate.Limiter // of the reader alone

	mu            sync.Mutex // guards what follows
	queue         [][]byte   // frames not yet written, shared with other connections: nobody changes one
	waiting       int        // bytes of the queue
	writing       bool       // a writer runs
	ended         bool
	written       uint64 // frames, ever
	last          beatenAt
	subscriptions []subscription
	held          int // bytes of the subscriptions' texts
}

// beatenAt is how a connection was at the last heartbeat.
type beatenAt struct {
	heard   bool // the client has said something since
	missed  int  // heartbeats in a row without a word
	writing bool
	written uint64
}

func newConnection(h *Hub, ws *websocket.Conn, below net.Conn, who auth.Who) *connection {
	return &connection{
		hub: h, ws: ws, below: below, who: auth.Who{UserID: who.UserID, Username: who.Username, Session: who.Session, SessionID: who.SessionID, KeyHash: who.KeyHash},
		packets: rate.NewLimiter(packetRate, packetBurst), bytes: rate.NewLimiter(byteRate, byteBurst),
	}
}

// send puts a frame into the queue and never waits. It says whether a writer had to be started for it.
func (c *connection) send(frame []byte) (started bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return false
	}
	if len(c.queue) > 0 && (len(c.queue) >= maxWaiting || c.waiting+len(frame) > maxWaitingBytes) {
		c.drop("too slow")
		return false
	}
	c.hub.sent.Add(1)
	c.queue = append(c.queue, frame)
	c.waiting += len(frame)
	if c.writing {
		return false
	}
	c.writing = true
	c.hub.running.Go(c.write)
	return true
}

// drop ends the connection without a word: nobody is there to read it. It holds mu.
func (c *connection) drop(reason string) {
	if c.ended {
		return
	}
	c.ended, c.queue, c.waiting = true, nil, 0
	c.hub.cfg.Log.Debug("a connection is dropped", "user", c.who.Username, "reason", reason)
	c.hub.running.Go(func() { _ = c.ws.CloseNow() }) // closed already is well too
}

// write empties the queue.
func (c *connection) write() {
	for {
		frame := c.next()
		if frame == nil {
			return
		}
		_, err := c.below.Write(frame) // the heartbeat looks after those that hang here
		c.mu.Lock()
		c.written++
		if err != nil {
			c.drop(err.Error())
		}
		c.mu.Unlock()
	}
}

// next takes the next frame off the queue. Where there is none, the writer is gone.
func (c *connection) next() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended || len(c.queue) == 0 {
		c.writing = false
		c.queue = nil // and the memory of a longer one
		return nil
	}
	frame := c.queue[0]
	c.queue = c.queue[1:]
	c.waiting -= len(frame)
	return frame
}

// farewell is how a client is told that its connection ends.
type farewell struct {
	status websocket.StatusCode
	reason string
	fault  bool // of the client's: it should not come back at once
}

// end asks the connection to end, and tells the client why. It never waits.
func (c *connection) end(f farewell) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return
	}
	c.ended, c.queue, c.waiting = true, nil, 0
	c.hub.running.Go(func() { c.sayGoodbye(f) })
}

// patience is how long a client may take to hear why its connection ends.
const patience = 2 * time.Second

// sayGoodbye closes the connection and says why, in the protocol's words and in the socket's.
func (c *connection) sayGoodbye(f farewell) {
	packet := wire.Packet{Kind: wire.Disconnect}
	if f.fault {
		packet = wire.Packet{Kind: wire.ErrorKind, Data: f.reason} // clients wait after one
	}
	err := c.below.SetDeadline(time.Now().Add(patience))
	if err == nil {
		_, err = c.below.Write(frame(packet))
	}
	if err == nil {
		err = c.ws.Close(f.status, f.reason)
	}
	if err != nil {
		c.hub.cfg.Log.Debug("a socket did not close in order", "user", c.who.Username, "error", err)
	}
	_ = c.ws.CloseNow() // most often it is closed by now
}

// serve greets the client and reads until it leaves or the connection is ended.
func (c *connection) serve() {
	defer c.hub.remove(c)
	c.send(frame(wire.Packet{Kind: wire.Connect}))
	for {
		_, text, err := c.ws.Read(context.Background())
		if err != nil {
			c.mu.Lock()
			c.drop(err.Error())
			c.mu.Unlock()
			return
		}
		c.hear()
		now := c.hub.cfg.Clock()
		if !c.packets.AllowN(now, 1) || !c.bytes.AllowN(now, len(text)) {
			c.end(farewell{websocket.StatusPolicyViolation, "too many packets: slow down", true})
			return
		}
		if !c.packet(string(text)) {
			c.end(farewell{status: websocket.StatusNormalClosure, reason: "goodbye"})
			return
		}
	}
}

// beat keeps the connection alive, and drops it where the client has been silent for too long, or where
// one frame has been under way since the heartbeat before.
func (c *connection) beat(frame []byte) (started bool) {
	c.mu.Lock()
	before := c.last
	c.last = beatenAt{writing: c.writing, written: c.written}
	if !before.heard {
		c.last.missed = before.missed + 1
	}
	hangs := c.writing && before.writing && c.written == before.written
	if hangs || c.last.missed > maxMissed {
		c.drop("silent")
	}
	c.mu.Unlock()
	return c.send(frame)
}

// hear notes that the client is there.
func (c *connection) hear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last.heard = true
}
