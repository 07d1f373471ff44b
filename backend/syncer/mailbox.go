package syncer

import (
	"sync"

	"github.com/callboard/callboard/backend/domain"
)

// mailbox holds the newest hints. Hints that come while one is being followed fold into one. A zero hint
// wins over all others: it asks for everything, because what came before it may have been missed.
type mailbox struct {
	ready chan struct{}

	mu      sync.Mutex // guards what follows
	hint    domain.Position
	all     bool
	account bool
}

func newMailbox() *mailbox { return &mailbox{ready: make(chan struct{}, 1)} }

func (m *mailbox) put(hint domain.Position) {
	m.mu.Lock()
	m.all = m.all || hint == domain.Position{}
	m.account = m.account || hint == domain.Position{}
	if hint.Epoch != m.hint.Epoch || hint.Seq > m.hint.Seq {
		m.hint = hint
	}
	m.mu.Unlock()
	nudge(m.ready)
}

func (m *mailbox) putAccount() {
	m.mu.Lock()
	m.account = true
	m.mu.Unlock()
	nudge(m.ready)
}

// take gives how far the inbox has come, and whether what was chosen has changed.
func (m *mailbox) take() (hint domain.Position, account bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	hint, account = m.hint, m.account
	if m.all {
		hint.Seq = 0
	}
	m.all, m.account = false, false
	return hint, account
}
