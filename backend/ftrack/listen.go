package ftrack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

const (
	// silence is how long a server may say nothing, not even a heartbeat, before it counts as gone.
	silence = 25 * time.Second
	// mostPacket is how many bytes of one packet are read.
	mostPacket = 8 << 20
)

// Listen stays connected to the event hub and passes on every hint that the inbox has grown or that what
// was chosen has changed, until the connection or ctx ends; its error is never nil. The first hint, a
// zero Position, comes as soon as hints are subscribed to: whoever fetches upon it misses nothing.
func (c *Client) Listen(ctx context.Context, inbox func(domain.Position), account func()) error {
	sid, err := c.handshake(ctx)
	if err != nil {
		return err
	}
	header := http.Header{}
	c.sign(header)
	address := "ws" + strings.TrimPrefix(c.cfg.Address, "http") + "/socket.io/1/websocket/" + sid
	dialing, cancel := context.WithTimeout(ctx, patience)
	socket, response, err := websocket.Dial(dialing, address, &websocket.DialOptions{HTTPClient: c.cfg.HTTP, HTTPHeader: header})
	cancel()
	if response != nil && response.Body != nil {
		_ = response.Body.Close()
	}
	if err != nil {
		return unreachable(err)
	}
	defer func() { _ = socket.CloseNow() }()
	// What ended this connection may have ended those kept for requests, which do not notice by themselves.
	defer c.cfg.HTTP.CloseIdleConnections()
	socket.SetReadLimit(mostPacket)
	err = c.hear(ctx, socket, inbox, account)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// handshake asks for the id of a new connection.
func (c *Client) handshake(ctx context.Context) (string, error) {
	_, answer, err := c.send(ctx, http.MethodGet, "/socket.io/1/", nil)
	if err != nil {
		return "", err
	}
	sid, rest, found := strings.Cut(string(answer), ":")
	if !found || sid == "" || len(sid) > 4096 || strings.ContainsAny(sid, "/?# \n") || !strings.Contains(rest, "websocket") {
		return "", notCallboard(errors.New("the event hub's greeting cannot be read"))
	}
	return sid, nil
}

// topics are what is subscribed to.
var topics = []string{wire.TopicInbox, wire.TopicAccount, wire.TopicPerson}

// hear subscribes and reads packets until something fails.
func (c *Client) hear(ctx context.Context, socket *websocket.Conn, inbox func(domain.Position), account func()) error {
	if err := c.subscribe(ctx, socket); err != nil {
		return unreachable(err)
	}
	defer c.attend(ctx, socket)()
	subscribed, asked := 0, time.Now()
	for {
		if subscribed < len(topics) && time.Since(asked) > c.silence {
			return domain.Errorf(domain.Offline, "the server never confirmed the subscription")
		}
		text, err := c.read(ctx, socket)
		if err != nil {
			return unreachable(err)
		}
		packet, err := wire.ParsePacket(text)
		if err != nil {
			return err
		}
		switch packet.Kind {
		case wire.Heartbeat:
			err = write(ctx, socket, wire.Packet{Kind: wire.Heartbeat})
		case wire.Ack:
			// Acks are wanted for the subscriptions alone: after the last of them nothing is missed.
			if _, err = packet.Acked(); err == nil && subscribed < len(topics) {
				if subscribed++; subscribed == len(topics) {
					inbox(domain.Position{})
				}
			}
		case wire.EventKind:
			err = c.take(packet, inbox, account)
		case wire.Disconnect, wire.ErrorKind:
			err = domain.Errorf(domain.Offline, "the server ended the connection")
		}
		if err != nil {
			return err
		}
	}
}

func (c *Client) subscribe(ctx context.Context, socket *websocket.Conn) error {
	hub := uuid.NewString()
	for i, topic := range topics {
		data, err := json.Marshal(map[string]any{
			"subscriber": map[string]any{"id": uuid.NewString(), "applicationId": "callboard"}, "subscription": "topic=" + topic,
		})
		if err != nil {
			return err
		}
		packet, err := wire.EventPacket(strconv.Itoa(i+1), wire.Event{
			Topic: wire.TopicSubscribe, ID: uuid.NewString(), Data: data, Source: map[string]any{"id": hub, "clientToken": c.name},
		})
		if err != nil {
			return err
		}
		if err := write(ctx, socket, packet); err != nil {
			return err
		}
	}
	return nil
}

// take passes an event on: a hint of ours, or a change of the production. Others are none of our business.
func (c *Client) take(packet wire.Packet, inbox func(domain.Position), account func()) error {
	event, err := packet.Event()
	if err != nil {
		return err
	}
	switch event.Topic {
	case wire.TopicUpdate:
		return c.stirred(event)
	case wire.TopicAccount:
		account()
	case wire.TopicPerson:
		return c.met(event)
	case wire.TopicInbox:
		var at domain.Position
		if err := json.Unmarshal(event.Data, &at); err != nil {
			return domain.Errorf(domain.Unsupported, "the server's hint cannot be read: %w", err)
		}
		inbox(at)
	}
	return nil
}

func (c *Client) read(ctx context.Context, socket *websocket.Conn) (string, error) {
	waiting, cancel := context.WithTimeout(ctx, c.silence)
	defer cancel()
	_, text, err := socket.Read(waiting)
	return string(text), err
}

func write(ctx context.Context, socket *websocket.Conn, packet wire.Packet) error {
	writing, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := socket.Write(writing, websocket.MessageText, []byte(packet.String())); err != nil {
		return fmt.Errorf("write to the event hub: %w", err)
	}
	return nil
}
