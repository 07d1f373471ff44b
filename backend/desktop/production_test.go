package desktop_test

import (
	"context"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// production is what the world's server knows of the person's work, and what was kept of it.
type production struct {
	tasks    domain.TaskList
	overview domain.Overview
	away     error // every question fails
	asked    []domain.View

	kept         domain.TaskList
	keptOverview domain.Overview
	watched      map[string]bool // accounts whose server reports changes
	browsed      []string
}

func (h held) Tasks() (list domain.TaskList, err error) {
	h.w.do(func() { list = h.w.production.kept })
	return list, nil
}

func (h held) PutTasks(list domain.TaskList) (domain.TaskList, error) {
	h.w.do(func() { h.w.production.kept = list })
	return list, nil
}

func (h held) Overview() (overview domain.Overview, err error) {
	h.w.do(func() { overview = h.w.production.keptOverview })
	return overview, nil
}

func (h held) PutOverview(overview domain.Overview) error {
	h.w.do(func() { h.w.production.keptOverview = overview })
	return nil
}

func (held) UnreadNotes(time.Time) (map[string]int, error) { return map[string]int{"comp": 2}, nil }

func (h held) About(thing string, _ int) (rows []domain.Notification, err error) {
	h.w.do(func() {
		for _, row := range *h.rows() {
			if row.EntityID == thing {
				rows = append(rows, row)
			}
		}
	})
	return rows, nil
}

func (held) Telling(keys []string) (map[string]domain.NotificationID, error) {
	rows := map[string]domain.NotificationID{}
	for _, key := range keys {
		rows[key] = domain.NotificationID("row of " + key)
	}
	return rows, nil
}

func (l *fakeLine) Tasks(context.Context, domain.UserID) (list domain.TaskList, err error) {
	l.world.do(func() {
		l.world.production.asked = append(l.world.production.asked, domain.ViewTasks)
		list, err = l.world.production.tasks, l.world.production.away
	})
	return list, err
}

func (l *fakeLine) Overview(context.Context, domain.UserID, time.Time) (overview domain.Overview, err error) {
	l.world.do(func() {
		l.world.production.asked = append(l.world.production.asked, domain.ViewOverview)
		overview, err = l.world.production.overview, l.world.production.away
	})
	return overview, err
}

func (l *fakeLine) Watch(on bool) {
	l.world.do(func() {
		if l.world.production.watched == nil {
			l.world.production.watched = map[string]bool{}
		}
		l.world.production.watched[l.key] = on
	})
}

func (o window) Browse(address string) {
	o.w.do(func() { o.w.production.browsed = append(o.w.production.browsed, address) })
}
