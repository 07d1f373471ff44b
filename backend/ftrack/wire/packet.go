package wire

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/callboard/callboard/backend/domain"
)

// PacketKind is the first character of a socket.io 0.9 packet.
type PacketKind byte

// The kinds of packet that are spoken here.
const (
	Disconnect PacketKind = '0'
	Connect    PacketKind = '1'
	Heartbeat  PacketKind = '2'
	EventKind  PacketKind = '5'
	Ack        PacketKind = '6'
	ErrorKind  PacketKind = '7'
)

// eventName is the one name of socket.io events that the protocol uses.
const eventName = "ftrack.event"

// Packet is one message of the socket: kind:id:endpoint:data.
type Packet struct {
	Kind PacketKind
	// ID numbers a packet whose sender wants an ack; "" where none is wanted.
	ID   string
	Data string
}

// ParsePacket reads a packet in the forms of both clients: "2::", "2:::", "5:7+::{…}", "0".
func ParsePacket(text string) (Packet, error) {
	kind, rest, _ := strings.Cut(text, ":")
	if len(kind) != 1 || kind[0] < '0' || kind[0] > '8' {
		return Packet{}, domain.Errorf(domain.Invalid, "%q is no socket.io packet", clip(text))
	}
	number, rest, _ := strings.Cut(rest, ":")
	_, data, _ := strings.Cut(rest, ":") // an endpoint stands before it; nobody uses one
	id := strings.TrimSuffix(number, "+")
	if len(id) > 20 || strings.Trim(id, "0123456789") != "" {
		return Packet{}, domain.Errorf(domain.Invalid, "the number of packet %q is none", clip(text))
	}
	return Packet{Kind: PacketKind(kind[0]), ID: id, Data: data}, nil
}

// String is the packet as it travels.
func (p Packet) String() string {
	number := p.ID
	if number != "" {
		number += "+"
	}
	if p.Data == "" {
		return fmt.Sprintf("%c:%s:", p.Kind, number)
	}
	return fmt.Sprintf("%c:%s::%s", p.Kind, number, p.Data)
}

// Event is the event that an event packet carries.
func (p Packet) Event() (Event, error) {
	var body struct {
		Name string            `json:"name"`
		Args []json.RawMessage `json:"args"`
	}
	if p.Kind != EventKind {
		return Event{}, domain.Errorf(domain.Invalid, "a packet of kind %c carries no event", p.Kind)
	}
	if err := json.Unmarshal([]byte(p.Data), &body); err != nil {
		return Event{}, domain.Errorf(domain.Invalid, "the event packet is no JSON: %w", err)
	}
	if body.Name != eventName || len(body.Args) != 1 {
		return Event{}, domain.Errorf(domain.Invalid, "an event packet carries one %s, not %d of %q", eventName, len(body.Args), clip(body.Name))
	}
	var event Event
	if err := json.Unmarshal(body.Args[0], &event); err != nil {
		return Event{}, domain.Errorf(domain.Invalid, "the event cannot be read: %w", err)
	}
	return event, nil
}

// EventPacket wraps an event. Only a client gives a number: the JavaScript client cannot read a numbered
// packet from the server.
func EventPacket(id string, event Event) (Packet, error) {
	data, err := marshal(map[string]any{"name": eventName, "args": []Event{event}})
	if err != nil {
		return Packet{}, err
	}
	return Packet{Kind: EventKind, ID: id, Data: string(data)}, nil
}

// ack is the single argument of an ack.
type ack struct {
	Success bool   `json:"success"`
	Message string `json:"message,omitempty"`
}

// AckPacket answers the packet with that number: well, or not with err's message.
func AckPacket(id string, err error) Packet {
	body := ack{Success: err == nil}
	if err != nil {
		body.Message = err.Error()
	}
	data, marshalErr := marshal([]ack{body})
	if marshalErr != nil { // a bool and a text: it cannot fail
		data = nil
	}
	return Packet{Kind: Ack, Data: id + "+" + string(data)}
}

// Acked reads an ack: which packet it answers, and with what failure.
func (p Packet) Acked() (id string, err error) {
	id, data, told := strings.Cut(p.Data, "+")
	if p.Kind != Ack || id == "" {
		return "", domain.Errorf(domain.Invalid, "packet %q is no ack", clip(p.String()))
	}
	var body []ack
	if !told {
		return id, nil
	}
	if err := json.Unmarshal([]byte(data), &body); err != nil || len(body) == 0 {
		return id, domain.Errorf(domain.Invalid, "the ack %q cannot be read", clip(data))
	}
	if !body[0].Success {
		return id, domain.Errorf(domain.Invalid, "the server refused the event: %s", clip(body[0].Message))
	}
	return id, nil
}
