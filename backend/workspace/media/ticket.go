package media

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// How long an address works. It is checked when a request begins: what has begun may take longer.
const (
	// wholeFor is for a file sent at once: the client sends it right after it asked.
	wholeFor = time.Hour
	// partsFor is for a file in parts: its client asks for all addresses at the start, and the last of
	// them must still work after a long day on a slow line.
	partsFor = 24 * time.Hour
	// linkFor is for reading: a player goes on asking for ranges while somebody looks at a movie.
	linkFor = 4 * time.Hour
	// grace is how long after the addresses expired an upload that had begun may go on.
	grace = 12 * time.Hour
)

// right is what a ticket is good for. A ticket for one thing opens no other.
type right string

const (
	toPut  right = "put"
	toJoin right = "join"
	toGet  right = "get"
)

// ticket is what an address allows whoever holds it: nothing but it is asked for. It travels signed, so
// that the server need not remember it and no client can change it.
type ticket struct {
	Right     right              `json:"r"`
	Component domain.ComponentID `json:"c"`
	Expires   int64              `json:"e"` // seconds since 1970

	// Of uploads.
	Upload   string `json:"u,omitempty"` // a UUID of the upload's own
	Size     int64  `json:"s,omitempty"` // bytes of the whole file
	Parts    int    `json:"n,omitempty"`
	Part     int    `json:"p,omitempty"` // from 1
	Checksum string `json:"m,omitempty"` // the MD5 of a file sent at once, in base64; "" where nobody said
	// Square is the part to be kept of a picture that comes at once; nil keeps the file as it is.
	Square *domain.Square `json:"q,omitempty"`
}

// sign writes a ticket as it travels.
func (m *Media) sign(t ticket) (string, error) {
	says, err := json.Marshal(t)
	if err != nil {
		return "", domain.Errorf(domain.Internal, "write a ticket: %w", err)
	}
	text := base64.RawURLEncoding.EncodeToString(says)
	return text + "." + m.mark(text), nil
}

func (m *Media) mark(text string) string {
	mac := hmac.New(sha256.New, m.cfg.Key)
	mac.Write([]byte(text)) // never fails, by its contract
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// redeem reads a ticket that must be ours, good for a right and not expired.
func (m *Media) redeem(text string, of right) (ticket, error) {
	var t ticket
	body, mark, _ := strings.Cut(text, ".")
	if len(m.cfg.Key) == 0 || !hmac.Equal([]byte(mark), []byte(m.mark(body))) {
		return t, domain.Errorf(domain.Forbidden, "This address is not one that this server gave out.")
	}
	says, err := base64.RawURLEncoding.DecodeString(body)
	if err == nil {
		err = json.Unmarshal(says, &t)
	}
	switch {
	case err != nil:
		return t, domain.Errorf(domain.Internal, "read a ticket of ours: %w", err)
	case t.Right != of:
		return t, domain.Errorf(domain.Forbidden, "This address was given out for something else.")
	case m.cfg.Clock().Unix() >= t.Expires:
		return t, domain.Errorf(domain.Forbidden, "This address has expired; ask for a new one.")
	}
	return t, nil
}

// Link gives a ticket to read a component's file, for whoever holds it.
func (m *Media) Link(id domain.ComponentID) (string, error) {
	return m.sign(ticket{Right: toGet, Component: id, Expires: m.cfg.Clock().Add(linkFor).Unix()})
}

// Linked is the component that a ticket allows to read.
func (m *Media) Linked(text string) (domain.ComponentID, error) {
	t, err := m.redeem(text, toGet)
	return t.Component, err
}
