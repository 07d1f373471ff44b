package workspace

import (
	"context"
	"sync"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// fresh is how long an answer to "are you ready?" holds. Whoever asks faster gets the same one: anybody may
// ask, and each look writes to the disk.
const fresh = 2 * time.Second

// patience is how long a database may take to show that it works.
const patience = 5 * time.Second

// health knows whether the database can be read and written.
type health struct {
	store *store.Store
	clock func() time.Time

	mu      sync.Mutex // guards what follows; held while one caller looks and the others wait for it
	checked time.Time
	fault   error
}

// ready says why the workspace cannot serve just now; nil is ready. Its messages are for strangers.
func (h *health) ready(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if now := h.clock(); h.checked.IsZero() || now.Sub(h.checked) >= fresh || now.Before(h.checked) {
		// Whoever asked may go away: the answer is everybody's.
		looking, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		defer cancel()
		h.fault, h.checked = h.look(looking), now
	}
	return h.fault
}

func (h *health) look(ctx context.Context) error {
	err := h.store.Read(ctx, func(tx *store.Tx) error {
		_, err := find(ctx, tx, "select id from State limit 1")
		return err
	})
	if err != nil {
		return &domain.Error{Code: domain.Offline, Message: "the database cannot be read", Err: err}
	}
	if err := h.store.Write(ctx, func(tx *store.Tx) error { return tx.Beat(ctx) }); err != nil {
		return &domain.Error{Code: domain.Offline, Message: "the database cannot be written", Err: err}
	}
	return nil
}
