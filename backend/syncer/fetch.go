package syncer

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// catchUp fetches what comes after the copy's position, then what was chosen, and then replays what
// waits. Fetching goes first so that an action the server chokes on does not keep news away. following
// says that the copy was equal to the server's inbox before, so that what arrives now was not missed.
func (s *Syncer) catchUp(ctx context.Context, epoch string, hints *mailbox, following bool) error {
	hint, account := hints.take()
	if hint.Epoch != "" && hint.Epoch != epoch {
		return domain.Errorf(domain.Conflict, "the server has started a new epoch")
	}
	missed, err := s.fetch(ctx, hint, following)
	if len(missed) > 0 {
		slices.SortFunc(missed, func(a, b domain.Notification) int { return cmp.Compare(a.Seq, b.Seq) })
		err = errors.Join(err, s.tell(Event{Arrived: missed, Backlog: true}))
	}
	if err != nil {
		return err
	}
	now := s.cfg.Clock()
	s.connection(func(c *domain.ConnectionState) {
		// The state is told where something in it changes; the time alone is no news while connected.
		if !c.Online || c.Syncing || c.SyncedAt == nil {
			c.SyncedAt = &now
		}
		c.Online, c.Syncing, c.Problem = true, false, nil
	})
	if err := s.cfg.Cache.MarkSynced(now); err != nil {
		return err
	}
	if account {
		if err := s.fetchAccount(ctx); err != nil {
			return err
		}
	}
	return s.replay(ctx)
}

// fetch brings the copy up to the hint, page by page, or to the end where the hint tells none. News
// while following is told with its page, because somebody waits for the toast; what was missed is
// answered in one piece, for one summary, also where fetching failed half-way. Where it is much, the
// newest of it comes first: that is what somebody looks at while the rest follows.
func (s *Syncer) fetch(ctx context.Context, hint domain.Position, following bool) (missed []domain.Notification, err error) {
	position, err := s.cfg.Cache.Position()
	if err != nil {
		return nil, err
	}
	pages := 0
	for more := hint.Seq == 0 || hint.Seq > position.Seq; more; pages++ {
		asked := time.Now()
		rows, err := s.cfg.Remote.Inbox(ctx, position.Seq, pageSize)
		if err != nil {
			return missed, err
		}
		fetched := time.Now()
		if more = len(rows) == pageSize; more && !s.Connection().Syncing {
			s.connection(func(c *domain.ConnectionState) { c.Syncing = true })
		}
		filling := position.Filling
		if len(rows) == 0 && !filling {
			break
		}
		if len(rows) > 0 {
			position.Seq = rows[len(rows)-1].Seq
		}
		position.Filling = filling && more
		late, err := s.take(position, rows, filling, following)
		if missed = append(missed, late...); err != nil {
			return missed, err
		}
		s.cfg.Log.DebugContext(ctx, "rows taken in", "rows", len(rows), "asked", asked, "fetched", fetched, "kept", time.Now())
		if more && pages == 0 {
			late, err := s.glance(ctx, position, filling, following)
			if missed = append(missed, late...); err != nil {
				return missed, err
			}
		}
	}
	return missed, nil
}

// glance takes in the newest rows before those that come between. The position stays: it tells of what
// is complete.
func (s *Syncer) glance(ctx context.Context, position domain.Position, filling, following bool) (missed []domain.Notification, err error) {
	rows, err := s.cfg.Remote.Newest(ctx, position.Seq, glanceSize)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return s.take(position, rows, filling, following)
}

// take keeps rows and tells of them. It answers those of them that were missed.
func (s *Syncer) take(position domain.Position, rows []domain.Notification, filling, following bool) (missed []domain.Notification, err error) {
	shown, fresh, err := s.cfg.Cache.Apply(position, rows, false)
	if err != nil {
		return nil, err
	}
	event := Event{Inbox: changeOf(shown)}
	switch {
	case filling: // the past of somebody who signed in just now
	case following:
		event.Arrived = fresh
	default:
		missed = fresh
	}
	return missed, s.tell(event)
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
	slices.SortStableFunc(change.Changed, func(a, b domain.Notification) int { return b.CreatedAt.Compare(a.CreatedAt) })
	return change
}
