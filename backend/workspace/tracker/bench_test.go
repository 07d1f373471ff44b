package tracker_test

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/callboard/callboard/backend/workspace/store/storetest"
)

// BenchmarkNotesFromEightClients is that request from eight at once: what a studio can write in a second,
// every commit durable.
func BenchmarkNotesFromEightClients(b *testing.B) {
	s := openAt(b, storetest.Durable(b))
	var sent atomic.Int64
	b.SetParallelism((8 + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0))
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			id := fmt.Sprintf("n%d", sent.Add(1))
			s.do(b, "tomas", create("Note", data{"id": id, "content": "Edge is crawling.", "parent_id": "comp"}), recipient(id, "ines"))
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "notes/s")
}

// BenchmarkNoteWithOneRecipient is a whole request, durable: two operations, two people told.
func BenchmarkNoteWithOneRecipient(b *testing.B) {
	s := open(b)
	for i := range b.N {
		id := fmt.Sprintf("n%d", i)
		s.do(b, "tomas", create("Note", data{"id": id, "content": "Edge is crawling.", "parent_id": "comp"}), recipient(id, "ines"))
	}
}

// BenchmarkNoteToTwoHundred is one note on a project of a thousand people, sent to a group of 200.
func BenchmarkNoteToTwoHundred(b *testing.B) {
	s := open(b)
	s.do(b, "", create("Group", data{"id": "crowd", "name": "Crowd"}))
	for i := range 1000 {
		id := fmt.Sprintf("p%d", i)
		s.do(b, "", create("User", data{"id": id, "username": id}))
		if i < 200 {
			s.do(b, "", create("Membership", data{"group_id": "crowd", "user_id": id}))
		}
	}
	b.ResetTimer()
	for i := range b.N {
		id := fmt.Sprintf("n%d", i)
		s.do(b, "tomas", create("Note", data{"id": id, "content": "Dailies at four.", "parent_id": "comp"}), recipient(id, "crowd"))
	}
}
