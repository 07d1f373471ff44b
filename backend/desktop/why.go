package desktop

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// Why tells why a notification came and which way, and what became of its toast on this computer.
func (d *Desktop) Why(ctx context.Context, id domain.NotificationID) (domain.Explanation, error) {
	l, err := d.signedIn(ctx)
	if err != nil {
		return domain.Explanation{}, err
	}
	item, err := l.held.Get(id)
	if err != nil {
		return domain.Explanation{}, err
	}
	why := domain.Explanation{Reasons: append([]domain.Reason{}, item.Reasons...), Routes: append([]domain.Route{}, item.Routes...)}
	decision, err := l.held.Toast(id)
	switch {
	case err == nil:
		why.Toast, why.ToastAt = decision.Toast, &decision.At
	case domain.CodeOf(err) != domain.NotFound:
		return domain.Explanation{}, err
	}
	return why, nil
}
