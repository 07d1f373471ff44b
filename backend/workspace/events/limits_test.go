package events_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/events"
)

func (s *stage) update(id, text string) {
	s.Updated(events.Update{Event: wire.Event{Topic: wire.TopicUpdate, ID: id, Data: []byte(`{"text":"` + text + `"}`)}, Project: "open"})
}

// dropped waits until a person has no connection any more.
func (s *stage) dropped(user domain.UserID) bool {
	for range 500 {
		if s.ConnectionsOf(user) == 0 {
			return true
		}
		time.Sleep(10 * time.Millisecond) // nothing tells of it: whoever is dropped hears nothing
	}
	return false
}

// TestASlowReaderIsDroppedSlowsNobodyAndCanComeBack has one client stop reading what it asked for, much
// and more of it, while a thousand others hear everything.
func TestASlowReaderIsDroppedSlowsNobodyAndCanComeBack(t *testing.T) {
	s := newStage(t)
	slow := s.dialSmall(t, "tomas")
	slow.ws.SetReadLimit(1 << 20)
	slow.subscribe("topic=ftrack.update", `{"id":"a"}`)
	const others, rounds = 1000, 20
	var all sync.WaitGroup
	heard := make(chan error, others)
	for i := range others {
		c := s.dial(t, fmt.Sprintf("person%d", i/100))
		c.subscribe("topic=ftrack.update and not data.text=xxx*", `{"id":"a"}`)
		all.Go(func() { heard <- c.rounds(rounds) })
	}
	for round := range rounds {
		s.update("", strings.Repeat("x", 300<<10))
		s.update(fmt.Sprint(round), "short")
	}
	all.Wait()
	for range others {
		if err := <-heard; err != nil {
			t.Fatal(err)
		}
	}
	if !s.dropped("tomas") {
		t.Error("the slow reader was not dropped")
	}
	back := s.dial(t, "tomas")
	back.subscribe("topic=ftrack.update", `{"id":"a"}`)
	s.update("after", "short")
	if got := back.event(); got.ID != "after" {
		t.Errorf("heard %s", got.ID)
	}
}

// rounds reads that many events, which are numbered.
func (c *socket) rounds(count int) error {
	ctx, cancel := context.WithTimeout(c.t.Context(), time.Minute)
	defer cancel()
	for next := 0; next < count; {
		_, text, err := c.ws.Read(ctx)
		if err != nil {
			return err
		}
		packet, err := wire.ParsePacket(string(text))
		if err != nil {
			return err
		}
		if packet.Kind == wire.Heartbeat {
			continue
		}
		event, err := packet.Event()
		if err != nil || event.ID != fmt.Sprint(next) {
			return fmt.Errorf("heard %q for %d: %w", event.ID, next, err)
		}
		next++
	}
	return nil
}

func TestAReaderThatHangsIsDroppedWithinTwoHeartbeats(t *testing.T) {
	s := newStage(t)
	hangs, maya := s.dialSmall(t, "tomas"), s.dial(t, "maya")
	hangs.ws.SetReadLimit(-1)
	hangs.subscribe("topic=ftrack.update", `{"id":"a"}`)
	maya.subscribe("topic=ftrack.update and data.text=short", `{"id":"a"}`)
	s.update("", strings.Repeat("x", 6<<20)) // more than the system's buffers hold
	s.update("then", "short")
	maya.event()
	s.Beat()
	maya.subscribe("topic=x", `{"id":"b"}`) // its ack comes after the heartbeat: hers does not hang
	s.Beat()
	if !s.dropped("tomas") {
		t.Error("it stays")
	}
	maya.subscribe("topic=y", `{"id":"b"}`)
}

func TestWhoAnswersNoHeartbeatIsDroppedInTime(t *testing.T) {
	s := newStage(t)
	maya := s.dial(t, "maya")
	s.dial(t, "tomas") // who says nothing
	for range 9 {
		s.Beat()
		if got := maya.read(); got.String() != "2::" {
			t.Errorf("read %s", got)
		}
		maya.send("2:::")
		maya.subscribe("topic=x", `{"id":"a"}`) // its ack tells that the answer was read
	}
	if !s.dropped("tomas") {
		t.Error("it stays")
	}
	s.Beat()
	maya.read()
}

func TestAClientThatFloodsIsToldAndPutOut(t *testing.T) {
	for name, packet := range map[string]string{"many packets": "2::", "many bytes": "2::" + strings.Repeat("x", 400<<10)} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			flood, maya := s.dial(t, "tomas"), s.dial(t, "maya")
			go func() {
				for range 3000 {
					if flood.ws.Write(t.Context(), websocket.MessageText, []byte(packet)) != nil {
						return
					}
				}
			}()
			flood.ends("too many packets: slow down")
			maya.subscribe("topic=x", `{"id":"a"}`)
		})
	}
}

func TestAPacketThatIsTooLargeEndsTheConnection(t *testing.T) {
	s := newStage(t)
	maya := s.dial(t, "maya")
	go func() { _ = maya.ws.Write(t.Context(), websocket.MessageText, []byte(strings.Repeat("2", 600<<10))) }()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if _, _, err := maya.ws.Read(ctx); websocket.CloseStatus(err) != websocket.StatusMessageTooBig {
		t.Errorf("it ended with %v", err)
	}
}

func TestWhatAConnectionSubscribesToIsBounded(t *testing.T) {
	s := newStage(t)
	maya := s.dial(t, "maya")
	subscribe := func(id, more string) error {
		return maya.publish(wire.Event{Topic: wire.TopicSubscribe, Data: []byte(`{"subscriber":{"id":"` + id + `","more":"` + more + `"},"subscription":"topic=x"}`)})
	}
	for range 3 { // the same again replaces what was there
		if err := subscribe("large", strings.Repeat("x", 200<<10)); err != nil {
			t.Fatal(err)
		}
	}
	if subscribe("too large", strings.Repeat("x", 100<<10)) == nil {
		t.Error("metadata without end were taken")
	}
	for i := range 999 {
		if err := subscribe(fmt.Sprint(i), ""); err != nil {
			t.Fatal(i, err)
		}
	}
	if subscribe("one more", "") == nil {
		t.Error("subscriptions without end were taken")
	}
	if err := subscribe("large", ""); err != nil {
		t.Error(err)
	}
	if err := maya.publish(wire.Event{Topic: wire.TopicSubscribe, Data: []byte(`{"subscriber":{"id":"0"},"subscription":"` + strings.Repeat("(", 5000) + `"}`)}); err == nil {
		t.Error("an expression of 5,000 parentheses was taken")
	}
}
