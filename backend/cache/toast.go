package cache

import (
	"encoding/binary"
	"math"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// wokenKey names up to when the ends of snoozes were looked at.
var wokenKey = []byte("woken")

// Toast is what became of a row's toast; its error is a domain.NotFound where nothing was decided here.
func (a *Account) Toast(id domain.NotificationID) (decision domain.ToastDecision, err error) {
	known := false
	err = a.view(func(r room) (err error) {
		decision, known, err = get[domain.ToastDecision](r.in(toastsBucket), []byte(id))
		return err
	})
	if err == nil && !known {
		err = domain.Errorf(domain.NotFound, "nothing was decided about a toast of %s", id)
	}
	return decision, err
}

// PutToasts keeps what became of toasts, as long as their rows are kept. Those that wait are held for
// one summary.
func (a *Account) PutToasts(decisions []domain.ToastDecision) error {
	return a.update(func(r room) error {
		for _, decision := range decisions {
			id := []byte(decision.ID)
			if r.in(itemsBucket).Get(id) == nil {
				continue
			}
			if err := put(r.in(toastsBucket), id, decision); err != nil {
				return err
			}
			if !decision.Toast.Waits() {
				continue
			}
			if err := r.in(heldBucket).Put(id, []byte{}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Release lists the rows whose toasts wait and that still want attention at that moment. They wait no
// more: their summary is shown.
func (a *Account) Release(now time.Time) (rows []domain.Notification, err error) {
	waiting := false
	err = a.view(func(r room) error {
		id, _ := r.in(heldBucket).Cursor().First()
		waiting = id != nil
		return nil
	})
	if err != nil || !waiting {
		return nil, err
	}
	err = a.update(func(r room) error {
		rows = rows[:0]
		err := r.in(heldBucket).ForEach(func(id, _ []byte) error {
			row, known, err := r.row(domain.NotificationID(id))
			if known && row.Unread(now) {
				rows = append(rows, row)
			}
			return err
		})
		if err != nil {
			return err
		}
		return r.empty(heldBucket)
	})
	return rows, err
}

// Woken lists the unread rows whose snooze has ended since it was last asked, and when the next one
// ends; the zero time where none will. Rows that were told of since their snooze ended are left out.
func (a *Account) Woken(now time.Time) (rows []domain.Notification, next time.Time, err error) {
	begin := false
	var ended []domain.NotificationID
	err = a.view(func(r room) error {
		mark, known, err := get[time.Time](r.in(stateBucket), wokenKey)
		if err != nil {
			return err
		}
		// A clock that went back must not hide what ends from now on.
		if begin = !known || mark.After(now); begin {
			mark = now
		}
		c := r.in(unreadBucket).Cursor()
		for place, snooze := c.First(); place != nil; place, snooze = c.Next() {
			until, timed := endOf(snooze)
			switch {
			case !timed:
			case until.After(now):
				if next.IsZero() || until.Before(next) {
					next = until
				}
			case until.After(mark):
				ended = append(ended, idOf(place))
			}
		}
		return nil
	})
	if err != nil || !begin && len(ended) == 0 {
		return nil, next, err
	}
	err = a.update(func(r room) error {
		rows = rows[:0]
		for _, id := range ended {
			row, there, err := r.row(id)
			if err != nil {
				return err
			}
			decision, _, err := get[domain.ToastDecision](r.in(toastsBucket), []byte(id))
			if err != nil {
				return err
			}
			if there && row.Unread(now) && row.SnoozedUntil != nil && decision.At.Before(*row.SnoozedUntil) {
				rows = append(rows, row)
			}
		}
		return put(r.in(stateBucket), wokenKey, now)
	})
	return rows, next, err
}

// endOf is when a snooze ends, as snoozeOf wrote it; false where it does not end by the clock.
func endOf(snooze []byte) (time.Time, bool) {
	if len(snooze) != 8 {
		return time.Time{}, false
	}
	micros := binary.BigEndian.Uint64(snooze)
	return time.UnixMicro(int64(micros)), micros < math.MaxInt64
}
