package events

import (
	"bufio"
	"bytes"
	"net"
	"net/http"
	"slices"

	"github.com/coder/websocket"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/auth"
)

const (
	maxPacket      = 512 << 10 // bytes of one packet from a client
	maxConnections = 256       // of one person: a farm's hooks may share a key
	readBuffer     = 512       // bytes; what is larger goes past it
	writeBuffer    = 256       // bytes, for one frame of the library's
)

// slim hands a hijacked connection on with small buffers: those of a request have 4 KiB each, and a
// socket keeps them for as long as it lives.
type slim struct {
	http.ResponseWriter
	conn net.Conn // once it is hijacked
}

// Hijack implements http.Hijacker.
func (w *slim) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, both, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	early, err := both.Peek(both.Reader.Buffered())
	if err != nil {
		return nil, nil, err
	}
	// Who upgrades the connection looks for what came early in the buffer alone.
	reader := bufio.NewReaderSize(bytes.NewReader(bytes.Clone(early)), max(readBuffer, len(early)))
	if _, err := reader.Peek(len(early)); err != nil {
		return nil, nil, err
	}
	w.conn = conn
	return conn, bufio.NewReadWriter(reader, bufio.NewWriterSize(conn, writeBuffer)), nil
}

// socket opens the connection of a handshake. The request ends here: the connection goes on in a
// goroutine of its own, so that nothing of the request stays in memory.
func (h *Hub) socket(w http.ResponseWriter, r *http.Request) {
	t, err := h.verify(r.PathValue("sid"))
	if err != nil {
		h.refuse(w, err)
		return
	}
	who, err := h.cfg.Gate.Again(r.Context(), auth.Who{UserID: t.User, SessionID: t.Session, Session: t.Session != "", KeyHash: t.Key})
	if err != nil {
		h.refuse(w, err)
		return
	}
	below := &slim{ResponseWriter: w}
	ws, err := websocket.Accept(below, r, &websocket.AcceptOptions{
		// Any origin: what opens the socket is the ticket, which no browser sends by itself.
		InsecureSkipVerify: true,
		CompressionMode:    websocket.CompressionDisabled,
	})
	if err != nil {
		h.cfg.Log.Debug("a socket was not opened", "error", err)
		return
	}
	ws.SetReadLimit(maxPacket)
	c := newConnection(h, ws, below.conn, who)
	if err := h.add(c); err != nil {
		c.sayGoodbye(farewell{websocket.StatusTryAgainLater, err.Error(), true})
	}
}

// add takes a connection in and starts to serve it.
func (h *Hub) add(c *connection) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	own := h.byUser[c.who.UserID]
	switch {
	case h.stopped:
		return domain.Errorf(domain.Offline, "the server stops")
	case len(own) >= maxConnections:
		return domain.Errorf(domain.Throttled, "one person may have %d connections", maxConnections)
	}
	h.byUser[c.who.UserID] = append(own, c)
	h.running.Go(c.serve)
	return nil
}

func (h *Hub) remove(c *connection) {
	h.mu.Lock()
	defer h.mu.Unlock()
	own := h.byUser[c.who.UserID]
	if i := slices.Index(own, c); i >= 0 {
		own = slices.Delete(own, i, i+1)
	}
	h.byUser[c.who.UserID] = own
	if len(own) == 0 {
		delete(h.byUser, c.who.UserID)
	}
}
