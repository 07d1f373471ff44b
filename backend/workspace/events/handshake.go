package events

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/auth"
)

// ticketLife is how long a handshake may be followed by its socket.
const ticketLife = time.Minute

// ticket is what a handshake's sid says. It is signed, so that any replica can believe it.
type ticket struct {
	User    domain.UserID `json:"u"`
	Session string        `json:"s,omitempty"`
	Key     string        `json:"k,omitempty"` // the hash of an API key
	Until   int64         `json:"t"`
	Nonce   string        `json:"n"`
}

// Register adds the hub's two addresses to a mux.
func (h *Hub) Register(mux *http.ServeMux) {
	mux.HandleFunc("GET /socket.io/1/{$}", h.handshake)
	mux.HandleFunc("GET /socket.io/1/websocket/{sid}", h.socket)
}

func (h *Hub) handshake(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	header.Add("Vary", "Origin")
	if origin := r.Header.Get("Origin"); origin != "" {
		// A page of any origin, as the JavaScript client needs in a browser: it has only the key it was given.
		header.Set("Access-Control-Allow-Origin", origin)
		header.Set("Access-Control-Allow-Credentials", "true")
	}
	who, err := h.cfg.Gate.Authenticate(r.Context(), auth.CredentialsIn(r, "api_user", "api_key"))
	if err != nil {
		h.refuse(w, err)
		return
	}
	if who.Guest { // what people and their programs say to each other is not for them
		h.refuse(w, domain.Errorf(domain.Forbidden, "guests hear of nothing here"))
		return
	}
	sid, err := h.sign(ticket{User: who.UserID, Session: who.SessionID, Key: who.KeyHash, Until: h.cfg.Clock().Add(ticketLife).Unix(), Nonce: rand.Text()})
	if err != nil {
		h.refuse(w, err)
		return
	}
	// sid, heartbeat and close time-outs in seconds, transports.
	header.Set("Content-Type", "text/plain; charset=utf-8")
	answer := sid + ":15:25:websocket"
	header.Set("Content-Length", strconv.Itoa(len(answer)))
	if _, err := w.Write([]byte(answer)); err != nil {
		h.cfg.Log.Debug("a handshake was not read to its end", "error", err)
	}
}

func (h *Hub) refuse(w http.ResponseWriter, err error) {
	body, status := wire.EncodeError(err)
	if status == http.StatusInternalServerError {
		h.cfg.Log.Error("a handshake failed", "error", err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if _, err := w.Write(body); err != nil {
		h.cfg.Log.Debug("a refusal was not read to its end", "error", err)
	}
}

func (h *Hub) sign(t ticket) (string, error) {
	body, err := json.Marshal(t)
	if err != nil {
		return "", domain.Errorf(domain.Internal, "write a ticket: %w", err)
	}
	text := base64.RawURLEncoding.EncodeToString(body)
	seal, err := h.cfg.Signer.Sign(sealed(text))
	return text + "." + seal, err
}

// sealed is what is signed of a ticket: no other signature is one of a ticket's.
func sealed(text string) string { return "socket:" + text }

func (h *Hub) verify(sid string) (ticket, error) {
	var t ticket
	text, seal, _ := strings.Cut(sid, ".")
	body, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || !h.cfg.Signer.Signed(sealed(text), seal) || json.Unmarshal(body, &t) != nil {
		return t, domain.Errorf(domain.Unauthorized, "The handshake is not one of ours.")
	}
	if h.cfg.Clock().Unix() > t.Until {
		return t, domain.Errorf(domain.Unauthorized, "The handshake is too old.")
	}
	return t, nil
}
