package syncer

import (
	"context"
	"errors"

	"github.com/callboard/callboard/backend/domain"
)

// Do keeps an action and shows its effect. When it returns, the action survives everything; the server
// hears of it as soon as it can be reached.
func (s *Syncer) Do(_ context.Context, action domain.Action) error {
	if len(action.Items) == 0 {
		return nil
	}
	if action.At.IsZero() {
		action.At = s.cfg.Clock().UTC()
	}
	_, shown, err := s.cfg.Cache.Enqueue(action)
	if err != nil {
		return err
	}
	if err := s.tell(Event{Inbox: changeOf(shown)}); err != nil {
		return err
	}
	if err := s.countWaiting(); err != nil {
		return err
	}
	nudge(s.work)
	return nil
}

// replay carries what waits to the server, oldest first. An error means that the rest must wait.
func (s *Syncer) replay(ctx context.Context) error {
	for {
		actions, err := s.cfg.Cache.Queue()
		if err != nil || len(actions) == 0 {
			return errors.Join(err, s.countWaiting())
		}
		if err := s.carryOut(ctx, actions[0]); err != nil {
			return err
		}
	}
}

// carryOut does one action on the server and takes it off the queue. Where the server refuses one of
// several rows, the others are done alone.
func (s *Syncer) carryOut(ctx context.Context, action domain.Action) error {
	err := s.cfg.Remote.Do(ctx, action)
	if err == nil {
		return s.cfg.Cache.Confirm(action)
	}
	if !refusal(err) {
		return err
	}
	done, refused := action, action
	done.Items, refused.Items = nil, action.Items
	if len(action.Items) > 1 {
		refused.Items = nil
		for _, id := range action.Items {
			alone := action
			alone.Items = []domain.NotificationID{id}
			switch err := s.cfg.Remote.Do(ctx, alone); {
			case err == nil:
				done.Items = append(done.Items, id)
			case refusal(err):
				refused.Items = append(refused.Items, id)
			default:
				return err
			}
		}
	}
	return s.takeBack(ctx, done, refused, err)
}

func (s *Syncer) takeBack(ctx context.Context, done, refused domain.Action, cause error) error {
	s.cfg.Log.WarnContext(ctx, "the server refused an action", "verb", refused.Verb, "items", len(refused.Items), "error", cause)
	if err := s.cfg.Cache.Confirm(done); err != nil {
		return err
	}
	shown, err := s.cfg.Cache.Refuse(refused)
	if err != nil || len(refused.Items) == 0 {
		return err
	}
	problem := &domain.Error{Code: domain.Internal, Message: "the server did not carry out an action"}
	errors.As(cause, &problem)
	return s.tell(Event{Inbox: changeOf(shown), Problem: problem})
}

// refusal says whether trying again would fail again.
func refusal(err error) bool {
	switch domain.CodeOf(err) {
	case domain.Invalid, domain.NotFound, domain.Conflict, domain.Forbidden, domain.Unsupported:
		return true
	default:
		return false
	}
}

func (s *Syncer) countWaiting() error {
	actions, err := s.cfg.Cache.Queue()
	if err != nil {
		return err
	}
	s.connection(func(c *domain.ConnectionState) { c.Waiting = len(actions) })
	return nil
}
