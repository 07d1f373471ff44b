package cache

import (
	"bytes"
	"time"

	"go.etcd.io/bbolt"

	"github.com/callboard/callboard/backend/domain"
)

// The keys of what is kept of the production: as the server had it when it was last asked.
var (
	tasksKey    = []byte("mytasks")
	overviewKey = []byte("overview")
)

// Tasks gives the tasks as last fetched, with what was changed here and waits in the queue.
func (a *Account) Tasks() (list domain.TaskList, err error) {
	err = a.view(func(r room) (err error) {
		list, err = r.tasks()
		return err
	})
	return list, err
}

// PutTasks keeps the tasks as the server has them. It answers them as they are shown.
func (a *Account) PutTasks(list domain.TaskList) (shown domain.TaskList, err error) {
	err = a.update(func(r room) (err error) {
		if err := put(r.in(stateBucket), tasksKey, list); err != nil {
			return err
		}
		shown, err = r.asShown(list)
		return err
	})
	return shown, err
}

// SettleStatus drops a status change that the server has answered. One that it accepted is true from now on;
// the effect of one that it refused is taken back.
func (a *Account) SettleStatus(action domain.Action, accepted bool) error {
	return a.update(func(r room) error {
		if err := r.in(queueBucket).Delete(number(action.ID)); err != nil {
			return err
		}
		list, known, err := get[domain.TaskList](r.in(stateBucket), tasksKey)
		if err != nil {
			return err
		}
		if !known || !accepted || action.Status == nil {
			return nil
		}
		list.Tasks = action.Status.Apply(list.Tasks)
		return put(r.in(stateBucket), tasksKey, list)
	})
}

func (r room) tasks() (domain.TaskList, error) {
	list, known, err := get[domain.TaskList](r.in(stateBucket), tasksKey)
	if err != nil || !known {
		return list, err
	}
	return r.asShown(list)
}

// asShown is a list with what waits in the queue applied.
func (r room) asShown(list domain.TaskList) (domain.TaskList, error) {
	waiting, err := r.queue()
	for _, action := range waiting {
		if action.Status != nil {
			list = list.With(*action.Status)
		}
	}
	return list, err
}

// Overview gives the overview as last fetched.
func (a *Account) Overview() (overview domain.Overview, err error) {
	err = a.view(func(r room) (err error) {
		overview, _, err = get[domain.Overview](r.in(stateBucket), overviewKey)
		return err
	})
	return overview, err
}

// PutOverview keeps the overview as the server has it.
func (a *Account) PutOverview(overview domain.Overview) error {
	return a.update(func(r room) error { return put(r.in(stateBucket), overviewKey, overview) })
}

// UnreadNotes counts the unread notes by the id of what they hang on.
func (a *Account) UnreadNotes(now time.Time) (counts map[string]int, err error) {
	counts = map[string]int{}
	err = a.view(func(r room) error {
		c := r.in(unreadBucket).Cursor()
		looked := 0
		for place, snooze := c.First(); place != nil && looked < mostLooked; place, snooze = c.Next() {
			if asleep(snooze, now) {
				continue
			}
			looked++
			row, known, err := r.row(idOf(place))
			if err != nil {
				return err
			}
			if known && row.Kind == domain.KindNote {
				counts[row.EntityID]++
			}
		}
		return nil
	})
	return counts, err
}

// About gives the newest rows about a thing, or about what lies below it, at most so many; those that are done
// too.
func (a *Account) About(id string, most int) (rows []domain.Notification, err error) {
	rows = []domain.Notification{}
	err = a.view(func(r room) error {
		c, d := r.in(openBucket).Cursor(), r.in(doneBucket).Cursor()
		open, _ := c.First()
		done, _ := d.First()
		for (open != nil || done != nil) && len(rows) < most {
			var place []byte
			if done == nil || open != nil && bytes.Compare(open, done) < 0 {
				place = open
				open, _ = c.Next()
			} else {
				place = done
				done, _ = d.Next()
			}
			row, about, err := r.about(idOf(place), id)
			if err != nil {
				return err
			}
			if about {
				rows = append(rows, row)
			}
		}
		return nil
	})
	return rows, err
}

// about reads a row if it is about a thing. Most rows do not name it anywhere, and are not decoded.
func (r room) about(id domain.NotificationID, thing string) (row domain.Notification, about bool, err error) {
	if !bytes.Contains(r.in(itemsBucket).Get([]byte(id)), []byte(thing)) {
		return row, false, nil
	}
	row, _, err = r.row(id)
	if err != nil || row.EntityID == thing {
		return row, true, err
	}
	for _, crumb := range row.Subject.Path {
		if crumb.ID == thing {
			return row, true, nil
		}
	}
	return row, false, nil
}

// Telling finds the rows that tell of events, by their event keys; those that are done too.
func (a *Account) Telling(keys []string) (rows map[string]domain.NotificationID, err error) {
	rows = map[string]domain.NotificationID{}
	wanted := map[string]bool{}
	for _, key := range keys {
		wanted[key] = true
	}
	err = a.view(func(r room) error {
		for _, list := range []*bbolt.Bucket{r.in(openBucket), r.in(doneBucket)} {
			c := list.Cursor()
			looked := 0
			for place, _ := c.First(); place != nil && looked < mostLooked && len(rows) < len(keys); place, _ = c.Next() {
				looked++
				row, known, err := r.row(idOf(place))
				if err != nil {
					return err
				}
				if known && wanted[row.EventKey] {
					rows[row.EventKey] = row.ID
				}
			}
		}
		return nil
	})
	return rows, err
}

// mostLooked is how many of the newest rows are looked through: what is asked for is of the last days.
const mostLooked = 1000
