package syncer

import (
	"context"
	"errors"

	"github.com/callboard/callboard/backend/domain"
)

// fetchAccount asks what the person and the workspace chose. A server that cannot say it keeps neither
// news nor actions away.
func (s *Syncer) fetchAccount(ctx context.Context) error {
	state, err := s.cfg.Remote.Account(ctx)
	switch {
	case err == nil:
	case domain.CodeOf(err) == domain.Offline, domain.CodeOf(err) == domain.Unauthorized, ctx.Err() != nil:
		return err
	default:
		s.cfg.Log.WarnContext(ctx, "the server does not say what was chosen", "error", err)
		return nil
	}
	now := s.cfg.Clock().UTC()
	state.FetchedAt = &now
	if err := s.cfg.Cache.PutState(state); err != nil {
		return err
	}
	return s.tellAccount(nil)
}

// tellAccount tells what was chosen as it is shown now, and what the server refused of it. It is read in
// the turn in which it is told, so that the last that is told is how it stands.
func (s *Syncer) tellAccount(refused *domain.Error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	state, err := s.cfg.Cache.State()
	if err != nil {
		return err
	}
	s.cfg.Out(Event{Account: &state, Problem: refused})
	return nil
}

// change carries a change of the account to the server. Of one that is refused the parts are tried one by
// one, so that one bad field does not undo the others; what stays refused is taken back and told.
func (s *Syncer) change(ctx context.Context, action domain.Action) error {
	accepted, cause, err := s.attemptChange(ctx, *action.Change)
	if err != nil {
		return err
	}
	if err := s.cfg.Cache.SettleChange(action, accepted); err != nil || cause == nil {
		return err
	}
	s.cfg.Log.WarnContext(ctx, "the server refused a change of the account", "accepted", len(accepted), "error", cause)
	return s.tellAccount(cause)
}

func (s *Syncer) attemptChange(ctx context.Context, change domain.AccountChange) (accepted []domain.AccountChange, cause *domain.Error, err error) {
	err = s.cfg.Remote.Change(ctx, change)
	switch {
	case err == nil:
		return []domain.AccountChange{change}, nil, nil
	case !refusal(err):
		return nil, nil, err
	}
	errors.As(err, &cause)
	parts := change.Parts()
	if len(parts) == 1 {
		return nil, cause, nil
	}
	for _, part := range parts {
		err := s.cfg.Remote.Change(ctx, part)
		switch {
		case err == nil:
			accepted = append(accepted, part)
		case refusal(err):
			errors.As(err, &cause)
		default:
			return nil, nil, err // carried out twice is carried out once: all of it is tried again
		}
	}
	return accepted, cause, nil
}
