package events_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/bus"
	"github.com/callboard/callboard/backend/workspace/events"
)

// gate lets in whoever gives a name as their key, until they are put out.
type gate struct {
	mu  sync.Mutex
	out map[domain.UserID]bool // guarded by mu
}

func (g *gate) Authenticate(ctx context.Context, c auth.Credentials) (auth.Who, error) {
	return g.Again(ctx, auth.Who{UserID: domain.UserID(c.Key)})
}

func (g *gate) Again(_ context.Context, who auth.Who) (auth.Who, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if who.UserID == "" || g.out[who.UserID] {
		return auth.Who{}, domain.Errorf(domain.Unauthorized, "who are you?")
	}
	who.Username = string(who.UserID)
	return who, nil
}

type stage struct {
	*events.Hub
	gate   *gate
	server *httptest.Server
	passed atomic.Int64 // of the clock, which stands unless a test moves it
	stop   func()
}

// replicas are the keys that all of them share.
var replicas = auth.NewKeys()

func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{gate: &gate{out: map[domain.UserID]bool{}}}
	began := time.Now()
	s.Hub = events.New(events.Config{
		Gate: s.gate, Bus: &bus.Local{}, Epoch: func() string { return "e1" }, Signer: replicas,
		Clock: func() time.Time { return began.Add(time.Duration(s.passed.Load())) },
		Audience: func(_ context.Context, project domain.ProjectID, people []domain.UserID) ([]domain.UserID, error) {
			return slices.DeleteFunc(slices.Clone(people), func(user domain.UserID) bool { return project == "private" && user != "maya" }), nil
		},
	})
	mux := http.NewServeMux()
	s.Register(mux)
	s.server = httptest.NewServer(mux)
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	s.stop = stop
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		s.server.Close()
	})
	return s
}

// socket is a client of the hub.
type socket struct {
	t      *testing.T
	ws     *websocket.Conn
	number int
}

func (s *stage) handshake(t *testing.T, user string) (status int, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.server.URL+"/socket.io/1/?api_user=x&api_key="+user, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(answer.Body)
	if err := errorsOf(err, answer.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func errorsOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *stage) dial(t *testing.T, user string) *socket {
	t.Helper()
	return s.dialOver(t, user, http.DefaultClient)
}

// dialSmall is a client whose system holds little of what it does not read.
func (s *stage) dialSmall(t *testing.T, user string) *socket {
	t.Helper()
	small := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		var dialer net.Dialer
		conn, err := dialer.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return conn, conn.(*net.TCPConn).SetReadBuffer(4 << 10)
	}}}
	return s.dialOver(t, user, small)
}

func (s *stage) dialOver(t *testing.T, user string, client *http.Client) *socket {
	t.Helper()
	status, body := s.handshake(t, user)
	fields := strings.Split(body, ":")
	if status != http.StatusOK || len(fields) != 4 || fields[3] != "websocket" {
		t.Fatalf("handshake: %d %q", status, body)
	}
	ws, _, err := websocket.Dial(t.Context(), s.server.URL+"/socket.io/1/websocket/"+fields[0], &websocket.DialOptions{HTTPClient: client}) //nolint:bodyclose // a websocket has none
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ws.CloseNow() })
	c := &socket{t: t, ws: ws}
	if got := c.read(); got.Kind != wire.Connect {
		t.Fatalf("the first packet is %v", got)
	}
	return c
}

func (c *socket) read() wire.Packet {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 5*time.Second)
	defer cancel()
	_, text, err := c.ws.Read(ctx)
	if err != nil {
		c.t.Fatal(err)
	}
	packet, err := wire.ParsePacket(string(text))
	if err != nil {
		c.t.Fatal(err)
	}
	return packet
}

// ends wants the connection to end soon, with that reason in the words of the protocol and of
// the socket.
func (c *socket) ends(reason string) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 5*time.Second)
	defer cancel()
	said := ""
	for {
		_, text, err := c.ws.Read(ctx)
		if err == nil {
			said = string(text)
			continue
		}
		var closed websocket.CloseError
		if said != "7:::"+reason || !errors.As(err, &closed) || closed.Reason != reason {
			c.t.Errorf("it said %q and ended with %v, want %q", said, err, reason)
		}
		return
	}
}

func (c *socket) event() wire.Event {
	c.t.Helper()
	for {
		packet := c.read()
		if packet.Kind != wire.EventKind {
			continue
		}
		if packet.ID != "" {
			c.t.Errorf("an event came numbered: %s", packet)
		}
		event, err := packet.Event()
		if err != nil {
			c.t.Fatal(err)
		}
		return event
	}
}

func (c *socket) send(text string) {
	c.t.Helper()
	if err := c.ws.Write(c.t.Context(), websocket.MessageText, []byte(text)); err != nil {
		c.t.Fatal(err)
	}
}

// publish sends an event and gives what the ack says.
func (c *socket) publish(event wire.Event) error {
	c.t.Helper()
	c.number++
	id := strconv.Itoa(c.number)
	packet, err := wire.EventPacket(id, event)
	if err != nil {
		c.t.Fatal(err)
	}
	c.send(packet.String())
	for {
		if answer := c.read(); answer.Kind == wire.Ack {
			got, err := answer.Acked()
			if got != id {
				c.t.Fatalf("ack of %s, want %s", got, id)
			}
			return err
		}
	}
}

func (c *socket) subscribe(expression, metadata string) {
	c.t.Helper()
	err := c.publish(wire.Event{Topic: wire.TopicSubscribe, Data: []byte(`{"subscriber":` + metadata + `,"subscription":"` + expression + `"}`)})
	if err != nil {
		c.t.Fatal(err)
	}
}

// silent holds that nothing but this reaches the socket next: an event published afterwards comes first.
func (c *socket) silent(by *socket) {
	c.t.Helper()
	c.subscribe("topic=test.end", `{"id":"end"}`)
	if err := by.publish(wire.Event{Topic: "test.end"}); err != nil {
		c.t.Fatal(err)
	}
	if got := c.event(); got.Topic != "test.end" {
		c.t.Errorf("heard %s %s", got.Topic, got.Data)
	}
}

func TestAnEventReachesItsSubscribersOnceWithItsSender(t *testing.T) {
	s := newStage(t)
	maya, tomas := s.dial(t, "maya"), s.dial(t, "tomas")
	for range 2 { // clients say it again
		maya.subscribe("topic=studio.*", `{"id":"a"}`)
		maya.subscribe("topic=studio.greeting", `{"id":"b"}`)
	}
	err := tomas.publish(wire.Event{Topic: "studio.greeting", ID: "e1", Data: []byte(`{"words":"hej"}`), Source: map[string]any{"id": "hub-t", "user": map[string]any{"username": "queen"}}})
	if err != nil {
		t.Fatal(err)
	}
	got := maya.event()
	user, _ := got.Source["user"].(map[string]any)
	if got.ID != "e1" || string(got.Data) != `{"words":"hej"}` || user["id"] != "tomas" || user["username"] != "tomas" || got.Source["id"] != "hub-t" {
		t.Errorf("%+v", got)
	}
	maya.silent(tomas)
}

func TestAReplyReachesOnlyWhoAsked(t *testing.T) {
	s := newStage(t)
	maya, tomas := s.dial(t, "maya"), s.dial(t, "tomas")
	maya.subscribe("topic="+wire.TopicReply, `{"id":"hub-m"}`)
	tomas.subscribe("topic="+wire.TopicReply, `{"id":"hub-t"}`)
	if err := tomas.publish(wire.Event{Topic: wire.TopicReply, Target: "id=hub-m", InReplyToEvent: "e1", Data: []byte(`true`)}); err != nil {
		t.Fatal(err)
	}
	if got := maya.event(); got.InReplyToEvent != "e1" || string(got.Data) != "true" {
		t.Errorf("%+v", got)
	}
	tomas.silent(maya)
}

func TestUpdatesReachOnlyThoseWhoMaySeeTheProject(t *testing.T) {
	s := newStage(t)
	maya, tomas := s.dial(t, "maya"), s.dial(t, "tomas")
	maya.subscribe("topic=ftrack.update", `{"id":"a"}`)
	tomas.subscribe("topic=ftrack.update", `{"id":"a"}`)
	s.Updated(events.Update{Event: wire.Event{Topic: wire.TopicUpdate, ID: "secret"}, Project: "private"})
	s.Updated(events.Update{Event: wire.Event{Topic: wire.TopicUpdate, ID: "message"}, Only: []domain.UserID{"maya"}})
	s.Updated(events.Update{Event: wire.Event{Topic: wire.TopicUpdate, ID: "open"}, Project: "open"})
	for _, want := range []string{"secret", "message", "open"} {
		if got := maya.event(); got.ID != want {
			t.Errorf("maya heard %s, want %s", got.ID, want)
		}
	}
	if got := tomas.event(); got.ID != "open" {
		t.Errorf("tomas heard %s", got.ID)
	}
}

func TestAHintReachesItsPersonAlone(t *testing.T) {
	s := newStage(t)
	first, second, tomas := s.dial(t, "maya"), s.dial(t, "maya"), s.dial(t, "tomas")
	for _, c := range []*socket{first, second, tomas} {
		c.subscribe("topic=callboard.inbox", `{"id":"a"}`)
	}
	s.Inbox("maya", 7)
	for _, c := range []*socket{first, second} {
		if got := c.event(); got.Topic != wire.TopicInbox || string(got.Data) != `{"epoch":"e1","seq":7}` {
			t.Errorf("%s %s", got.Topic, got.Data)
		}
	}
	tomas.silent(first)
}

func TestAChangedAccountIsToldToItsPersonAndTheWorkspaceToEverybody(t *testing.T) {
	s := newStage(t)
	first, second, tomas := s.dial(t, "maya"), s.dial(t, "maya"), s.dial(t, "tomas")
	for _, c := range []*socket{first, second, tomas} {
		c.subscribe("topic=callboard.account", `{"id":"a"}`)
	}
	s.Account("maya")
	for _, c := range []*socket{first, second} {
		if got := c.event(); got.Topic != wire.TopicAccount || string(got.Data) != `{"epoch":"e1"}` {
			t.Errorf("%s %s", got.Topic, got.Data)
		}
	}
	tomas.silent(first)
	s.Accounts()
	for _, c := range []*socket{first, second, tomas} {
		if got := c.event(); got.Topic != wire.TopicAccount || string(got.Data) != `{"epoch":"e1"}` {
			t.Errorf("%s %s", got.Topic, got.Data)
		}
	}
	s.Account("") // nobody, and not everybody
	tomas.silent(first)
}

func TestAnotherFaceIsToldToEverybodyWhoWantsToKnow(t *testing.T) {
	s := newStage(t)
	maya, tomas, deaf := s.dial(t, "maya"), s.dial(t, "tomas"), s.dial(t, "tomas")
	for _, c := range []*socket{maya, tomas} {
		c.subscribe("topic=callboard.person", `{"id":"a"}`)
	}
	s.Person(events.Person{ID: "maya", Username: "maya", FirstName: "Maya", ThumbnailID: "p2"})
	for _, c := range []*socket{maya, tomas} {
		if got := c.event(); got.Topic != wire.TopicPerson || string(got.Data) != `{"id":"maya","username":"maya","first_name":"Maya","last_name":"","thumbnail_id":"p2"}` {
			t.Errorf("%s %s", got.Topic, got.Data)
		}
	}
	deaf.silent(maya)
}

func TestOnlyTheServerSpeaksOnItsTopics(t *testing.T) {
	s := newStage(t)
	tomas := s.dial(t, "tomas")
	for _, topic := range []string{"ftrack.update", "callboard.inbox", "callboard.anything", "ftrack.meta.connected", ""} {
		if tomas.publish(wire.Event{Topic: topic}) == nil {
			t.Errorf("a client published %q", topic)
		}
	}
}

func TestNonsenseEndsNothing(t *testing.T) {
	s := newStage(t)
	maya := s.dial(t, "maya")
	for _, text := range []string{"", "x", ":::", "5:::", "5:::{", `5:::{"name":"ftrack.event","args":[]}`, `5:::{"name":"ftrack.event","args":[null]}`, "2:::", "6:::1", "8::", "5:::[]"} {
		maya.send(text)
	}
	maya.send("5:9+::{}")
	if id, err := maya.read().Acked(); id != "9" || err == nil {
		t.Errorf("ack %q, %v", id, err)
	}
	for _, data := range []string{`{}`, `[]`, `{"subscriber":{"id":"a"},"subscription":"topic"}`, `{"subscriber":{"id":7},"subscription":"topic=x"}`} {
		if maya.publish(wire.Event{Topic: wire.TopicSubscribe, Data: []byte(data)}) == nil {
			t.Errorf("%s was accepted", data)
		}
	}
	maya.subscribe("topic=still.there", `{"id":"a"}`)
}

func TestARevokedSocketEnds(t *testing.T) {
	s := newStage(t)
	maya := s.dial(t, "maya")
	s.Revoke(auth.Revocation{UserID: "maya"})
	maya.ends("signed out")
}

func TestTheSocketsOfADeactivatedPersonEndWithTheChange(t *testing.T) {
	s := newStage(t)
	maya, tomas := s.dial(t, "maya"), s.dial(t, "tomas")
	maya.subscribe("topic=ftrack.update", `{"id":"a"}`)
	s.Updated(events.Update{Event: wire.Event{Topic: wire.TopicUpdate, Data: []byte(
		`{"entities":[{"entityId":"tomas","entity_type":"User","action":"update","changes":{"isactive":{"old":true,"new":false}}},
		{"entityId":"maya","entity_type":"User","action":"update","changes":{"isactive":{"old":false,"new":true}}}]}`)}})
	tomas.ends("signed out")
	maya.event()
}
