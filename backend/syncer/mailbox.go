package syncer

import (
	"sync"

	"github.com/callboard/callboard/backend/domain"
)

// mailbox holds the newest hint. Hints that come while one is being followed fold into one.
type mailbox struct {
	ready chan struct{}

	mu   sync.Mutex
	hint domain.Position
}

func newMailbox() *mailbox { return &mailbox{ready: make(chan struct{}, 1)} }

func (m *mailbox) put(hint domain.Position) {
	m.mu.Lock()
	if hint.Epoch != m.hint.Epoch || hint.Seq > m.hint.Seq {
		m.hint = hint
	}
	m.mu.Unlock()
	nudge(m.ready)
}

func (m *mailbox) take() domain.Position {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.hint
}
