package cache

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"math"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"github.com/callboard/callboard/backend/domain"
)

// capacity is how many rows an account keeps; beyond it the oldest go. The server keeps them all.
const capacity = 20_000

var (
	positionKey = []byte("position")
	syncedKey   = []byte("synced")
)

// Position is how far the copy has come; the zero Position when nothing was fetched yet.
func (a *Account) Position() (position domain.Position, err error) {
	err = a.view(func(r room) (err error) {
		position, _, err = get[domain.Position](r.in(stateBucket), positionKey)
		return err
	})
	return position, err
}

// SyncedAt is when the copy last equalled the server's inbox; nil when it never did.
func (a *Account) SyncedAt() (at *time.Time, err error) {
	err = a.view(func(r room) error {
		kept, known, err := get[time.Time](r.in(stateBucket), syncedKey)
		if known {
			at = &kept
		}
		return err
	})
	return at, err
}

// MarkSynced notes that the copy equals the server's inbox at that moment.
func (a *Account) MarkSynced(at time.Time) error {
	return a.update(func(r room) error { return put(r.in(stateBucket), syncedKey, at) })
}

// Apply takes in rows as the server has them, together with the position they bring the copy to: both
// or neither. With reset the rows kept so far are dropped first; what waits in the queue stays. The
// rows come back as they are shown now, with waiting actions applied; fresh are those of them that were
// not known before and want attention.
func (a *Account) Apply(position domain.Position, rows []domain.Notification, reset bool) (shown, fresh []domain.Notification, err error) {
	err = a.update(func(r room) error {
		if reset {
			if err := r.empty(itemsBucket, truthBucket, openBucket, unreadBucket, doneBucket, threadsBucket, threadsAgesBucket, threadOfBucket,
				toastsBucket, heldBucket); err != nil {
				return err
			}
		}
		waiting, err := r.queue()
		if err != nil {
			return err
		}
		shown, fresh = shown[:0], fresh[:0]
		if err := r.met(actors(rows)...); err != nil {
			return err
		}
		for _, row := range rows {
			known := r.in(itemsBucket).Get([]byte(row.ID)) != nil
			effective, err := r.take(row, waiting)
			if err != nil {
				return err
			}
			shown = append(shown, effective)
			if !known && effective.ReadAt == nil && effective.DoneAt == nil && effective.RemovedAt == nil {
				fresh = append(fresh, effective)
			}
		}
		if err := r.trim(); err != nil {
			return err
		}
		// An old row that found no room is no news, however new it is to this copy.
		fresh = slices.DeleteFunc(fresh, func(row domain.Notification) bool { return r.in(itemsBucket).Get([]byte(row.ID)) == nil })
		return put(r.in(stateBucket), positionKey, position)
	})
	return shown, fresh, err
}

// take stores a row as the server has it, with the waiting actions on top.
func (r room) take(row domain.Notification, waiting []domain.Action) (domain.Notification, error) {
	if row.RemovedAt != nil {
		return row, r.drop(row.ID)
	}
	effective, touched := row, false
	for _, action := range waiting {
		for _, id := range action.Items {
			if id == row.ID {
				effective, touched = action.Apply(effective), true
			}
		}
	}
	truth := r.in(truthBucket)
	var err error
	if touched {
		err = put(truth, []byte(row.ID), row)
	} else {
		err = truth.Delete([]byte(row.ID))
	}
	if err != nil {
		return row, err
	}
	return effective, r.store(effective)
}

// store writes a row and its place in the lists.
func (r room) store(row domain.Notification) error {
	if err := r.unlist(row.ID); err != nil {
		return err
	}
	if err := put(r.in(itemsBucket), []byte(row.ID), row); err != nil {
		return err
	}
	place, snooze := order(row), snoozeOf(row)
	if row.DoneAt != nil {
		return r.in(doneBucket).Put(place, snooze)
	}
	if row.ReadAt == nil {
		if err := r.in(unreadBucket).Put(place, snooze); err != nil {
			return err
		}
	}
	return r.in(openBucket).Put(place, snooze)
}

// drop removes a row and every trace of it.
func (r room) drop(id domain.NotificationID) error {
	if err := r.unlist(id); err != nil {
		return err
	}
	for _, name := range [][]byte{truthBucket, toastsBucket, heldBucket, itemsBucket} {
		if err := r.in(name).Delete([]byte(id)); err != nil {
			return err
		}
	}
	return nil
}

// unlist takes a row out of the lists.
func (r room) unlist(id domain.NotificationID) error {
	row, known, err := r.row(id)
	if err != nil || !known {
		return err
	}
	for _, list := range [][]byte{openBucket, unreadBucket, doneBucket} {
		if err := r.in(list).Delete(order(row)); err != nil {
			return err
		}
	}
	return nil
}

// row is a row with its actor as they look now.
func (r room) row(id domain.NotificationID) (row domain.Notification, known bool, err error) {
	row, known, err = get[domain.Notification](r.in(itemsBucket), []byte(id))
	if err == nil && known {
		row.Actor, err = r.asNow(row.Actor)
	}
	return row, known, err
}

func actors(rows []domain.Notification) []domain.Person {
	people := make([]domain.Person, len(rows))
	for i, row := range rows {
		people[i] = row.Actor
	}
	return people
}

// trim drops the oldest rows beyond the capacity, done ones first.
func (r room) trim() error {
	open, done := r.in(openBucket), r.in(doneBucket)
	over := count(open, nil) + count(done, nil) - capacity
	for _, list := range []*bbolt.Bucket{done, open} {
		for ; over > 0; over-- {
			oldest, _ := list.Cursor().Last()
			if oldest == nil {
				break
			}
			if err := r.drop(idOf(oldest)); err != nil {
				return err
			}
		}
	}
	return nil
}

// Page gives a stretch of the inbox, newest first, at most limit rows. The cursor is "" or an earlier
// page's Next; a row that came in the meantime neither repeats nor hides others.
func (a *Account) Page(filter domain.InboxFilter, cursor string, limit int, now time.Time) (page domain.InboxPage, err error) {
	after, err := hex.DecodeString(cursor)
	if err != nil {
		return page, domain.Errorf(domain.Invalid, "%q is no place in the inbox", cursor)
	}
	page.Items = []domain.Notification{}
	if filter.Done && filter.Unread {
		return page, nil // nothing is both
	}
	err = a.view(func(r room) error {
		list := r.in(listOf(filter))
		other := func(snooze []byte) bool { return !filter.Done && asleep(snooze, now) != filter.Snoozed }
		page.Total = count(list, other)
		c := list.Cursor()
		for place, snooze := start(c, after); place != nil; place, snooze = c.Next() {
			if other(snooze) {
				continue
			}
			if len(page.Items) == limit {
				page.Next = hex.EncodeToString(order(page.Items[limit-1]))
				return nil
			}
			row, known, err := r.row(idOf(place))
			if err != nil {
				return err
			}
			if known {
				page.Items = append(page.Items, row)
			}
		}
		return nil
	})
	return page, err
}

func listOf(filter domain.InboxFilter) []byte {
	switch {
	case filter.Done:
		return doneBucket
	case filter.Unread:
		return unreadBucket
	default:
		return openBucket
	}
}

// start is the first place after another, or the very first.
func start(c *bbolt.Cursor, after []byte) (place, snooze []byte) {
	if len(after) == 0 {
		return c.First()
	}
	place, snooze = c.Seek(after)
	if bytes.Equal(place, after) {
		return c.Next()
	}
	return place, snooze
}

// Get reads one row as it is shown; its error is a domain.NotFound where there is none.
func (a *Account) Get(id domain.NotificationID) (row domain.Notification, err error) {
	known := false
	err = a.view(func(r room) (err error) {
		row, known, err = r.row(id)
		return err
	})
	if err == nil && !known {
		err = domain.Errorf(domain.NotFound, "there is no notification %s", id)
	}
	return row, err
}

// Unread counts the rows that want attention at that moment.
func (a *Account) Unread(now time.Time) (unread int, err error) {
	err = a.view(func(r room) error {
		unread = count(r.in(unreadBucket), func(snooze []byte) bool { return asleep(snooze, now) })
		return nil
	})
	return unread, err
}

// order is a row's place in a list: newest first, then by id.
func order(row domain.Notification) []byte {
	newestFirst := uint64(math.MaxInt64 - row.CreatedAt.UnixMicro())
	return append(number(newestFirst), row.ID...)
}

func idOf(place []byte) domain.NotificationID { return domain.NotificationID(place[8:]) }

// snoozeOf is until when a row is put off, in microseconds: nothing where it is not.
func snoozeOf(row domain.Notification) []byte {
	switch {
	case row.SnoozeUntilChange:
		return number(math.MaxInt64)
	case row.SnoozedUntil != nil:
		return number(uint64(max(row.SnoozedUntil.UnixMicro(), 0)))
	default:
		return []byte{}
	}
}

func asleep(snooze []byte, now time.Time) bool {
	return len(snooze) == 8 && int64(binary.BigEndian.Uint64(snooze)) > now.UnixMicro()
}

// count counts the places of a list, but for others.
func count(list *bbolt.Bucket, other func(snooze []byte) bool) int {
	n := 0
	c := list.Cursor()
	for place, snooze := c.First(); place != nil; place, snooze = c.Next() {
		if other == nil || !other(snooze) {
			n++
		}
	}
	return n
}

func (r room) empty(names ...[]byte) error {
	for _, name := range names {
		if err := r.b.DeleteBucket(name); err != nil {
			return err
		}
		if _, err := r.b.CreateBucket(name); err != nil {
			return err
		}
	}
	return nil
}
