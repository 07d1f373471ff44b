package syncer

import (
	"sync"

	"github.com/callboard/callboard/backend/domain"
)

// mailbox holds the newest hint. Hints that come while one is being followed fold into one. A zero hint
// wins over all others: it asks for everything, because what came before it may have been missed.
type mailbox struct {
	ready chan struct{}

	mu   sync.Mutex // guards what follows
	hint domain.Position
	all  bool
}

func newMailbox() *mailbox { return &mailbox{ready: make(chan struct{}, 1)} }

func (m *mailbox) put(hint domain.Position) {
	m.mu.Lock()
	m.all = m.all || hint == domain.Position{}
	if hint.Epoch != m.hint.Epoch || hint.Seq > m.hint.Seq {
		m.hint = hint
	}
	m.mu.Unlock()
	nudge(m.ready)
}

func (m *mailbox) take() domain.Position {
	m.mu.Lock()
	defer m.mu.Unlock()
	hint := m.hint
	if m.all {
		hint.Seq, m.all = 0, false
	}
	return hint
}
