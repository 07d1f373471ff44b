package syncer

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// catchUp replays what waits and fetches what comes after the copy's position, page by page.
// following says that the copy was equal to the server's inbox before, so that what arrives is news and
// no backlog.
func (s *Syncer) catchUp(ctx context.Context, epoch string, hint domain.Position, following bool) error {
	if hint.Epoch != "" && hint.Epoch != epoch {
		return domain.Errorf(domain.Conflict, "the server has started a new epoch")
	}
	if err := s.replay(ctx); err != nil {
		return err
	}
	position, err := s.cfg.Cache.Position()
	if err != nil {
		return err
	}
	first := position.Seq == 0 && !following
	for more := hint.Seq == 0 || hint.Seq > position.Seq; more; {
		rows, err := s.cfg.Remote.Inbox(ctx, position.Seq, pageSize)
		if err != nil {
			return err
		}
		if more = len(rows) == pageSize; more && !s.Connection().Syncing {
			s.connection(func(c *domain.ConnectionState) { c.Syncing = true })
		}
		if len(rows) == 0 {
			break
		}
		position.Seq = rows[len(rows)-1].Seq
		if err := s.takeIn(position, rows, first, !following); err != nil {
			return err
		}
	}
	now := s.cfg.Clock()
	s.connection(func(c *domain.ConnectionState) {
		// The state is told where something in it changes; the time alone is no news while connected.
		if !c.Online || c.Syncing || c.SyncedAt == nil {
			c.SyncedAt = &now
		}
		c.Online, c.Syncing, c.Problem = true, false, nil
	})
	return nil
}

// takeIn keeps a page of rows and tells of it. Nothing of a first fetch counts as arrived: it is the
// past of somebody who signed in just now.
func (s *Syncer) takeIn(position domain.Position, rows []domain.Notification, first, backlog bool) error {
	shown, fresh, err := s.cfg.Cache.Apply(position, rows, false)
	if err != nil {
		return err
	}
	event := Event{Inbox: changeOf(shown), Backlog: backlog}
	if !first {
		event.Arrived = fresh
	}
	return s.tell(event)
}

// changeOf sorts rows into changed and removed; very many are better asked for again.
func changeOf(shown []domain.Notification) *domain.InboxChange {
	if len(shown) >= manyRows {
		return &domain.InboxChange{Reset: true}
	}
	change := &domain.InboxChange{}
	for _, row := range shown {
		if row.RemovedAt != nil {
			change.Removed = append(change.Removed, row.ID)
		} else {
			change.Changed = append(change.Changed, row)
		}
	}
	return change
}
