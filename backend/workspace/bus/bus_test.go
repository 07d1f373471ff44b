package bus_test

import (
	"slices"
	"testing"

	"github.com/callboard/callboard/backend/workspace/bus"
)

func TestSubscribersHearTheirSubjectUntilTheyStop(t *testing.T) {
	var b bus.Local
	var heard []string
	stop := b.Subscribe("a", func(message []byte) { heard = append(heard, string(message)) })
	b.Publish("a", []byte("1"))
	b.Publish("b", []byte("2"))
	stop()
	b.Publish("a", []byte("3"))
	if !slices.Equal(heard, []string{"1"}) {
		t.Errorf("heard %v", heard)
	}
}

func TestASubscriberMayPublishAndStopWhileItIsTold(t *testing.T) {
	var b bus.Local
	var heard []string
	b.Subscribe("answer", func(message []byte) { heard = append(heard, string(message)) })
	var stop func()
	stop = b.Subscribe("question", func([]byte) {
		stop()
		b.Publish("answer", []byte("yes"))
	})
	b.Publish("question", nil)
	b.Publish("question", nil)
	if !slices.Equal(heard, []string{"yes"}) {
		t.Errorf("heard %v", heard)
	}
}
