package desktop_test

import (
	"slices"
	"strconv"
	"time"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

// copies and held are the cache of a world: rows in memory.
type copies struct{ w *world }

func (copies) Recovered() bool                      { return false }
func (copies) Close() error                         { return nil }
func (c copies) Account(key string) desktop.Account { return held{c.w, key} }
func (c copies) Forget(key string) error {
	c.w.do(func() { c.w.forgot = append(c.w.forgot, key); *held{c.w, key}.rows() = nil })
	return nil
}

type held struct {
	w   *world
	key string
}

// rows are those of the account. The caller holds the world's mu.
func (h held) rows() *[]domain.Notification {
	if rows, apart := h.w.others[h.key]; apart {
		return rows
	}
	return &h.w.rows
}

func (h held) Page(filter domain.InboxFilter, cursor string, limit int, now time.Time) (page domain.InboxPage, err error) {
	h.w.mu.Lock()
	defer h.w.mu.Unlock()
	from, _ := strconv.Atoi(cursor)
	var rows []domain.Notification
	for _, row := range *h.rows() {
		if filter.Matches(row, now) {
			rows = append(rows, row)
		}
	}
	page.Total = len(rows)
	page.Items = slices.Clone(rows[min(from, len(rows)):min(from+limit, len(rows))])
	if from+limit < len(rows) {
		page.Next = strconv.Itoa(from + limit)
	}
	return page, nil
}

func (h held) Get(id domain.NotificationID) (domain.Notification, error) {
	h.w.mu.Lock()
	defer h.w.mu.Unlock()
	for _, row := range *h.rows() {
		if row.ID == id {
			return row, nil
		}
	}
	return domain.Notification{}, domain.Errorf(domain.NotFound, "no such row")
}

func (h held) Unread(now time.Time) (int, error) {
	page, err := h.Page(domain.InboxFilter{Unread: true}, "", 1, now)
	return page.Total, err
}

func (h held) Newest(limit int) ([]domain.Notification, error) {
	page, err := h.Page(domain.InboxFilter{}, "", limit, time.Now())
	return page.Items, err
}

func (h held) Thread(id domain.NoteID) (domain.Thread, error) {
	h.w.mu.Lock()
	defer h.w.mu.Unlock()
	if thread, ok := h.w.threads[id]; ok {
		return thread, nil
	}
	return domain.Thread{}, domain.Errorf(domain.NotFound, "no such thread")
}

func (h held) PutThread(t domain.Thread) error {
	h.w.do(func() { h.w.threads[t.First] = t })
	return nil
}

func (held) Picture(domain.ComponentID, int) ([]byte, string, error) {
	return nil, "", domain.Errorf(domain.NotFound, "no such picture")
}

func (held) PutPicture(domain.ComponentID, int, []byte, string) error { return nil }
