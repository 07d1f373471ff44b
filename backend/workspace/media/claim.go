package media

import (
	"strings"
	"sync"

	"github.com/callboard/callboard/backend/domain"
)

// claims are the uploads and parts of uploads that somebody is working on.
type claims struct {
	mu   sync.Mutex
	held map[string]bool
}

// claim takes an upload ("id") or one of its parts ("id/3") for one worker at a time; release lets it go.
// An upload is free only while none of its parts is held.
func (m *Media) claim(what string) (release func(), err error) {
	c := &m.claims
	c.mu.Lock()
	defer c.mu.Unlock()
	upload, _, _ := strings.Cut(what, "/")
	for held := range c.held {
		if held == what || held == upload || strings.HasPrefix(held, what+"/") {
			return nil, domain.Errorf(domain.Conflict, "This is being uploaded already; wait until that ends.")
		}
	}
	if c.held == nil {
		c.held = map[string]bool{}
	}
	c.held[what] = true
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.held, what)
	}, nil
}
