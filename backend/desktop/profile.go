package desktop

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// SetEmail gives the person another mail address. The server alone can say that nobody else has it, and
// whether they have to show first who they are (domain.ReasonConfirm); so it is asked at once.
func (d *Desktop) SetEmail(ctx context.Context, address string) error {
	l, err := d.online(ctx)
	if err != nil {
		return err
	}
	if address, err = domain.ValidEmail(address); err != nil {
		return err
	}
	if err := l.remote.SetEmail(ctx, address); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	l.state.Profile.Email = address // until the server tells of it
	if d.shown == l {
		d.emitLocked(domain.Update{Account: d.accountState()})
	}
	return nil
}
