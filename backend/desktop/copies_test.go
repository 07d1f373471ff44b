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

// chosen is what somebody chose in an account of the world, and what became of toasts there.
type chosen struct {
	state  domain.AccountState
	toasts map[domain.NotificationID]domain.ToastDecision
	held   []domain.NotificationID
	woken  time.Time
}

// chosen is that of the account. The caller holds the world's mu.
func (h held) chosen() *chosen {
	if h.w.chosen[h.key] == nil {
		h.w.chosen[h.key] = &chosen{toasts: map[domain.NotificationID]domain.ToastDecision{}}
	}
	return h.w.chosen[h.key]
}

func (h held) State() (domain.AccountState, error) {
	h.w.mu.Lock()
	defer h.w.mu.Unlock()
	return h.chosen().state, nil
}

func (h held) Toast(id domain.NotificationID) (domain.ToastDecision, error) {
	h.w.mu.Lock()
	defer h.w.mu.Unlock()
	if decision, known := h.chosen().toasts[id]; known {
		return decision, nil
	}
	return domain.ToastDecision{}, domain.Errorf(domain.NotFound, "nothing was decided")
}

func (h held) PutToasts(decisions []domain.ToastDecision) error {
	h.w.do(func() {
		for _, decision := range decisions {
			h.chosen().toasts[decision.ID] = decision
			if decision.Toast.Waits() {
				h.chosen().held = append(h.chosen().held, decision.ID)
			}
		}
	})
	return nil
}

func (h held) Release(now time.Time) (rows []domain.Notification, err error) {
	h.w.mu.Lock()
	defer h.w.mu.Unlock()
	for _, row := range *h.rows() {
		if row.Unread(now) && slices.Contains(h.chosen().held, row.ID) {
			rows = append(rows, row)
		}
	}
	h.chosen().held = nil
	return rows, nil
}

func (h held) Woken(now time.Time) (rows []domain.Notification, next time.Time, err error) {
	h.w.mu.Lock()
	defer h.w.mu.Unlock()
	mark := h.chosen().woken
	h.chosen().woken = now
	for _, row := range *h.rows() {
		switch until := row.SnoozedUntil; {
		case until == nil:
		case until.After(now):
			if next.IsZero() || until.Before(next) {
				next = *until
			}
		case until.After(mark) && !mark.IsZero():
			rows = append(rows, row)
		}
	}
	return rows, next, nil
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
