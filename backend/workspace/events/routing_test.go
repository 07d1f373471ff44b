package events_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/events"
)

func TestASubscriptionChoosesByAnythingInTheEvent(t *testing.T) {
	s := newStage(t)
	maya, tomas := s.dial(t, "maya"), s.dial(t, "tomas")
	for i, expression := range []string{
		"topic=ftrack.action.discover and source.user.username=tomas",
		"(topic=studio.* or topic=farm.done) AND NOT data.frames < 10",
		`data.job.name = 'comp \\\"v2\\\"'`,
		"source.user.id!=maya and data.missing!=x",
	} {
		maya.subscribe(expression, fmt.Sprintf(`{"id":"s%d"}`, i))
	}
	send := func(by *socket, topic, id, data string) {
		t.Helper()
		if err := by.publish(wire.Event{Topic: topic, ID: id, Data: []byte(data)}); err != nil {
			t.Fatal(err)
		}
	}
	send(maya, "ftrack.action.discover", "by another", `{}`)
	send(tomas, "ftrack.action.discover", "1", `{}`)
	send(tomas, "studio.render", "too few", `{"frames":9}`)
	send(tomas, "studio.render", "2", `{"frames":10}`)
	send(tomas, "farm.started", "not this one", `{"frames":10}`)
	send(tomas, "farm.done", "3", `{"frames":"many"}`)
	send(tomas, "x", "4", `{"job":{"name":"comp \"v2\""}}`)
	for _, want := range []string{"1", "2", "3", "4"} {
		if got := maya.event(); got.ID != want {
			t.Errorf("heard %s, want %s", got.ID, want)
		}
	}
	maya.silent(tomas)
}

func TestATargetChoosesSubscribersByTheirMetadata(t *testing.T) {
	s := newStage(t)
	maya, tomas := s.dial(t, "maya"), s.dial(t, "tomas")
	for _, c := range []struct {
		*socket
		id string
	}{{maya, "maya"}, {tomas, "tomas"}} {
		c.subscribe("topic=ftrack.action.trigger-user-interface", `{"id":"web-`+c.id+`","applicationId":"ftrack.client.web","user":{"id":"`+c.id+`"}}`)
		c.subscribe("topic=ftrack.action.trigger-user-interface", `{"id":"connect-`+c.id+`","applicationId":"ftrack.connect"}`)
	}
	say := func(target, id string) {
		t.Helper()
		if err := tomas.publish(wire.Event{Topic: "ftrack.action.trigger-user-interface", ID: id, Target: target}); err != nil {
			t.Fatal(err)
		}
	}
	say(`applicationId=ftrack.client.web and user.id="maya"`, "1")
	say("id=web-tomas", "not to maya")
	say("id=web-maya and applicationId=ftrack.connect", "to nobody")
	say("user.name=maya", "to nobody either")
	say("id=web-* and not user.id=tomas", "2")
	say("", "3")
	for _, want := range []string{"1", "2", "3"} {
		if got := maya.event(); got.ID != want {
			t.Errorf("heard %s, want %s", got.ID, want)
		}
	}
	maya.silent(tomas)
	if tomas.publish(wire.Event{Topic: "x", Target: "id="}) == nil {
		t.Error("an unreadable target was accepted")
	}
}

func TestTheUnsubscribedHearNoMore(t *testing.T) {
	s := newStage(t)
	maya, tomas := s.dial(t, "maya"), s.dial(t, "tomas")
	maya.subscribe("topic=a", `{"id":"1"}`)
	maya.subscribe("topic=b", `{"id":"2"}`)
	maya.subscribe("topic=c", `{"id":"2"}`) // wants that instead
	if err := maya.publish(wire.Event{Topic: wire.TopicUnsubscribe, Data: []byte(`{"subscriber":{"id":"1"}}`)}); err != nil {
		t.Fatal(err)
	}
	for _, topic := range []string{"a", "b", "c"} {
		if err := tomas.publish(wire.Event{Topic: topic}); err != nil {
			t.Fatal(err)
		}
	}
	if got := maya.event(); got.Topic != "c" {
		t.Errorf("heard %s", got.Topic)
	}
	maya.silent(tomas)
}

// TestAnEventHasTheKeysOfThePythonClientAlone holds what that client makes an event of: any other key
// would make it drop the event.
func TestAnEventHasTheKeysOfThePythonClientAlone(t *testing.T) {
	s := newStage(t)
	maya, tomas := s.dial(t, "maya"), s.dial(t, "tomas")
	maya.subscribe("topic=a", `{"id":"1"}`)
	tomas.send(`5:::{"name":"ftrack.event","args":[{"topic":"a","id":"e","data":[1,{"x":null}],"sent":"now","extra":1,"source":{"id":"hub","host":"ws07"},"target":null,"in_reply_to_event":"y"}]}`)
	packet := maya.read()
	var body struct {
		Name string
		Args []map[string]json.RawMessage
	}
	if err := json.Unmarshal([]byte(packet.Data), &body); err != nil || body.Name != "ftrack.event" || len(body.Args) != 1 || packet.ID != "" {
		t.Fatalf("%s: %v", packet, err)
	}
	keys := slices.Sorted(maps.Keys(body.Args[0]))
	if !slices.Equal(keys, []string{"data", "id", "inReplyToEvent", "sent", "source", "target", "topic"}) {
		t.Errorf("keys %v", keys)
	}
	if data, sent := string(body.Args[0]["data"]), string(body.Args[0]["sent"]); data != `[1,{"x":null}]` || sent != "null" {
		t.Errorf("data %s, sent %s", data, sent)
	}
}

func TestEventsOfAnyLengthArriveWhole(t *testing.T) {
	s := newStage(t)
	maya := s.dial(t, "maya")
	maya.ws.SetReadLimit(1 << 20)
	maya.subscribe("topic=ftrack.update", `{"id":"1"}`)
	for _, length := range []int{0, 1, 100, 125, 200, 1 << 10, 65_000, 65_536, 300_000} {
		want := `{"text":"` + strings.Repeat("å", length/2) + `"}`
		s.Updated(events.Update{Event: wire.Event{Topic: wire.TopicUpdate, Data: []byte(want)}})
		if got := maya.event(); string(got.Data) != want {
			t.Errorf("%d: %d bytes arrived, %d were sent", length, len(got.Data), len(want))
		}
	}
	// And what the library itself sends comes between whole events.
	const count = 50
	heard := make(chan error, 1)
	go func() { heard <- maya.rounds(count) }()
	for i := range count {
		s.Updated(events.Update{Event: wire.Event{Topic: wire.TopicUpdate, ID: strconv.Itoa(i), Data: []byte(`{}`)}})
		if i == count-1 {
			break // nobody reads the answer to a ping any more
		}
		if err := maya.ws.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := <-heard; err != nil {
		t.Error(err)
	}
}

func FuzzReadSubscription(f *testing.F) {
	for _, text := range []string{`{"subscriber":{"id":"a"},"subscription":"topic=x"}`, `{"subscriber":[],"subscription":null}`, `{"subscriber":{"id":{}}}`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if id, err := events.ReadSubscription([]byte(text)); err == nil && id == "" {
			t.Error("a subscriber without an id")
		}
	})
}
