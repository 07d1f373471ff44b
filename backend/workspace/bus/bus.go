// Package bus carries what the replicas of a workspace tell each other: hints that something happened,
// and the events of clients. Nothing on it is the truth: a lost message costs time, never a row.
//
// This is the bus of one process. Its trap: a subscriber is called by the publisher, one message after
// another, and must hand on and return.
package bus

import (
	"sync"
)

// Local is a bus within one process. Its zero value is ready.
type Local struct {
	mu   sync.RWMutex // guards what follows
	next int
	subs map[string]map[int]func([]byte)
}

// Publish tells every subscriber of the subject, and returns when all were told.
func (b *Local) Publish(subject string, message []byte) {
	b.mu.RLock()
	told := make([]func([]byte), 0, len(b.subs[subject]))
	for _, tell := range b.subs[subject] {
		told = append(told, tell)
	}
	b.mu.RUnlock()
	for _, tell := range told {
		tell(message)
	}
}

// Subscribe has tell called with every message on the subject until stop is called.
func (b *Local) Subscribe(subject string, tell func(message []byte)) (stop func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	id := b.next
	b.next++
	if b.subs == nil {
		b.subs = map[string]map[int]func([]byte){}
	}
	if b.subs[subject] == nil {
		b.subs[subject] = map[int]func([]byte){}
	}
	b.subs[subject][id] = tell
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.subs[subject], id)
	}
}
