package syncer

import (
	"context"
	"errors"

	"github.com/callboard/callboard/backend/domain"
)

// setStatus carries a task's new status to the server. Where it refuses, the task is told as it was.
func (s *Syncer) setStatus(ctx context.Context, action domain.Action) error {
	err := s.cfg.Remote.Do(ctx, action)
	if err != nil && !refusal(err) {
		return err
	}
	var cause *domain.Error
	errors.As(err, &cause)
	if err := s.cfg.Cache.SettleStatus(action, cause == nil); err != nil {
		return err
	}
	if cause != nil {
		s.cfg.Log.WarnContext(ctx, "the server refused a status", "task", action.Status.Task, "error", cause)
	}
	return s.tellTask(action.Status.Task, cause)
}

// tellTask tells a task as it is shown now, and why it is not as the person wanted it. It is read in the turn
// in which it is told, so that the last that is told is how it stands.
func (s *Syncer) tellTask(id domain.ContextID, refused *domain.Error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	list, err := s.cfg.Cache.Tasks()
	if err != nil {
		return err
	}
	event := Event{Problem: refused}
	if task, known := list.Find(id); known {
		event.Tasks = &domain.TaskChange{Changed: []domain.Task{task}}
	}
	s.cfg.Out(event)
	return nil
}
