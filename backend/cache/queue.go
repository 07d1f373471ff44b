package cache

import (
	"slices"

	"github.com/callboard/callboard/backend/domain"
)

// Enqueue keeps an action until the server confirms it, and applies it to the copy: both or neither.
// It answers the action with its place in the queue and the rows as they are shown now. Rows that are
// not in the copy are left out.
func (a *Account) Enqueue(action domain.Action) (queued domain.Action, shown []domain.Notification, err error) {
	queued = action
	err = a.update(func(r room) error {
		shown = shown[:0]
		next, err := r.in(queueBucket).NextSequence()
		if err != nil {
			return err
		}
		queued.ID = next
		for _, id := range action.Items {
			row, known, err := r.row(id)
			if err != nil {
				return err
			}
			if !known {
				continue
			}
			if err := r.keepTruth(row); err != nil {
				return err
			}
			row = action.Apply(row)
			if err := r.store(row); err != nil {
				return err
			}
			shown = append(shown, row)
		}
		return put(r.in(queueBucket), number(queued.ID), queued)
	})
	return queued, shown, err
}

// keepTruth remembers a row as the server has it before the first action changes it here.
func (r room) keepTruth(row domain.Notification) error {
	if r.in(truthBucket).Get([]byte(row.ID)) != nil {
		return nil
	}
	return put(r.in(truthBucket), []byte(row.ID), row)
}

// Queue lists what the server has not confirmed, oldest first.
func (a *Account) Queue() (actions []domain.Action, err error) {
	err = a.view(func(r room) (err error) {
		actions, err = r.queue()
		return err
	})
	return actions, err
}

func (r room) queue() (actions []domain.Action, err error) {
	err = r.in(queueBucket).ForEach(func(place, _ []byte) error {
		action, _, err := get[domain.Action](r.in(queueBucket), place)
		actions = append(actions, action)
		return err
	})
	return actions, err
}

// Settle drops an action the server has answered, whose effect it refused on some rows. There the effect
// is taken back, and those rows come back as they are shown now. The others stay as they are shown: the
// server sends them again with their next seq.
func (a *Account) Settle(action domain.Action, refused []domain.NotificationID) (shown []domain.Notification, err error) {
	err = a.update(func(r room) error {
		shown = shown[:0]
		if err := r.in(queueBucket).Delete(number(action.ID)); err != nil {
			return err
		}
		waiting, err := r.queue()
		if err != nil {
			return err
		}
		for _, id := range action.Items {
			row, known, err := get[domain.Notification](r.in(truthBucket), []byte(id))
			if err != nil {
				return err
			}
			if !known {
				continue
			}
			isRefused := slices.Contains(refused, id)
			if !isRefused {
				row = action.Apply(row)
			}
			row, err = r.take(row, waiting)
			if err != nil {
				return err
			}
			if isRefused {
				shown = append(shown, row)
			}
		}
		return nil
	})
	return shown, err
}
