package syncer

import (
	"context"
	"errors"

	"github.com/callboard/callboard/backend/domain"
)

// Do keeps an action and shows its effect. When it returns, the action survives everything; the server
// hears of it as soon as it can be reached.
func (s *Syncer) Do(_ context.Context, action domain.Action) error {
	if len(action.Items) == 0 && action.Status == nil && action.Change == nil {
		return nil
	}
	if action.At.IsZero() {
		action.At = s.cfg.Clock().UTC()
	}
	_, shown, err := s.cfg.Cache.Enqueue(action)
	if err != nil {
		return err
	}
	switch {
	case action.Status != nil:
		err = s.tellTask(action.Status.Task, nil)
	case action.Change != nil:
		err = s.tellAccount(nil)
	default:
		err = s.tell(Event{Inbox: changeOf(shown)})
	}
	if err != nil {
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

// carryOut does one action on the server, takes it off the queue, and takes its effect back where the
// server refused it.
func (s *Syncer) carryOut(ctx context.Context, action domain.Action) error {
	switch {
	case action.Status != nil:
		return s.setStatus(ctx, action)
	case action.Change != nil:
		return s.change(ctx, action)
	}
	refused, cause, err := s.attempt(ctx, action)
	if err != nil {
		return err
	}
	shown, err := s.cfg.Cache.Settle(action, refused)
	if err != nil || cause == nil {
		return err
	}
	s.cfg.Log.WarnContext(ctx, "the server refused an action", "verb", action.Verb, "items", len(refused), "error", cause)
	return s.tell(Event{Inbox: changeOf(shown), Problem: cause})
}

// attempt does an action on the server. What it refuses for several rows at once is tried again in
// halves, so that one bad row does not undo the others. It answers the refused rows and why; err means
// that nothing is known yet and the action must stay.
func (s *Syncer) attempt(ctx context.Context, action domain.Action) (refused []domain.NotificationID, cause *domain.Error, err error) {
	err = s.cfg.Remote.Do(ctx, action)
	if err == nil || !refusal(err) {
		return nil, nil, err
	}
	if len(action.Items) == 1 {
		errors.As(err, &cause)
		return action.Items, cause, nil
	}
	middle := len(action.Items) / 2
	for _, items := range [][]domain.NotificationID{action.Items[:middle], action.Items[middle:]} {
		half := action
		half.Items = items
		also, why, err := s.attempt(ctx, half)
		if err != nil {
			return nil, nil, err
		}
		if why != nil {
			refused, cause = append(refused, also...), why
		}
	}
	return refused, cause, nil
}

// refusal says whether trying again would fail again. Unsupported is none: a stranger between here and
// the server, such as a hotel's sign-in page, answers so too.
func refusal(err error) bool {
	switch domain.CodeOf(err) {
	case domain.Invalid, domain.NotFound, domain.Conflict, domain.Forbidden:
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
