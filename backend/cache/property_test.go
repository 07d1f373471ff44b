package cache_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/callboard/callboard/backend/cache"
	"github.com/callboard/callboard/backend/domain"
)

// model is what the copy must show, said in the simplest way: the server's rows and the actions on top.
type model struct {
	server map[domain.NotificationID]domain.Notification
	queue  []domain.Action
	seq    int64
}

func (m *model) shown(filter domain.InboxFilter, now time.Time) (list []domain.Notification) {
	for _, n := range m.server {
		for _, action := range m.queue {
			if slices.Contains(action.Items, n.ID) {
				n = action.Apply(n)
			}
		}
		if filter.Matches(n, now) {
			list = append(list, n)
		}
	}
	slices.SortFunc(list, func(a, b domain.Notification) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// TestTheListsEqualARecomputation runs any sequence of what can happen to a copy.
func TestTheListsEqualARecomputation(t *testing.T) {
	c := opened(t, t.TempDir()+"/inbox.db")
	rapid.Check(t, func(t *rapid.T) {
		if err := c.Forget("ada"); err != nil {
			t.Fatal(err)
		}
		a := c.Account("ada")
		m := &model{server: map[domain.NotificationID]domain.Notification{}}
		t.Repeat(map[string]func(*rapid.T){
			"rows come": func(t *rapid.T) { m.rowsCome(t, a) },
			"do":        func(t *rapid.T) { m.do(t, a) },
			"settle":    func(t *rapid.T) { m.settle(t, a) },
			"reset": func(t *rapid.T) {
				m.server, m.seq = map[domain.NotificationID]domain.Notification{}, 0
				if _, _, err := a.Apply(domain.Position{Epoch: "next"}, nil, true); err != nil {
					t.Fatal(err)
				}
			},
			"": func(t *rapid.T) { m.compare(t, a) },
		})
	})
}

func (m *model) rowsCome(t *rapid.T, a *cache.Account) {
	var list []domain.Notification
	for _, number := range rapid.SliceOfNDistinct(rapid.IntRange(1, 8), 1, 4, rapid.ID).Draw(t, "rows") {
		m.seq++
		n := row(number)
		n.Seq = m.seq
		n.CreatedAt = noon.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "age")) * time.Hour)
		n.ReadAt, n.DoneAt, n.SnoozedUntil = moment(t, "read"), moment(t, "done"), moment(t, "snoozed")
		n.SnoozeUntilChange = rapid.Bool().Draw(t, "snoozed until a change")
		if rapid.IntRange(0, 5).Draw(t, "removed") == 0 {
			n.RemovedAt = &noon
			delete(m.server, n.ID)
		} else {
			m.server[n.ID] = n
		}
		list = append(list, n)
	}
	if _, _, err := a.Apply(domain.Position{Epoch: "first", Seq: m.seq}, list, false); err != nil {
		t.Fatal(err)
	}
}

func moment(t *rapid.T, name string) *time.Time {
	if rapid.Bool().Draw(t, name) {
		return nil
	}
	at := noon.Add(time.Duration(rapid.IntRange(-1, 1).Draw(t, name+" at")) * time.Minute)
	return &at
}

func (m *model) do(t *rapid.T, a *cache.Account) {
	action := domain.Action{
		Verb: rapid.SampledFrom([]domain.Verb{domain.MarkRead, domain.MarkUnread, domain.MarkDone, domain.MarkUndone}).Draw(t, "verb"),
		At:   noon,
	}
	for _, number := range rapid.SliceOfN(rapid.IntRange(1, 8), 1, 4).Draw(t, "items") {
		action.Items = append(action.Items, row(number).ID)
	}
	queued, _, err := a.Enqueue(action)
	if err != nil {
		t.Fatal(err)
	}
	m.queue = append(m.queue, queued)
}

func (m *model) settle(t *rapid.T, a *cache.Account) {
	if len(m.queue) == 0 {
		return
	}
	action := m.queue[0]
	m.queue = m.queue[1:]
	var refused []domain.NotificationID
	for _, id := range slices.Compact(slices.Sorted(slices.Values(action.Items))) {
		if rapid.Bool().Draw(t, "refused") {
			refused = append(refused, id)
		} else if n, known := m.server[id]; known {
			m.server[id] = action.Apply(n)
		}
	}
	if _, err := a.Settle(action, refused); err != nil {
		t.Fatal(err)
	}
}

func (m *model) compare(t *rapid.T, a *cache.Account) {
	for _, filter := range []domain.InboxFilter{{}, {Unread: true}, {Done: true}, {Done: true, Unread: true}} {
		want := m.shown(filter, noon)
		page, err := a.Page(filter, "", 100, noon)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(ids(page.Items), ids(want)) || page.Total != len(want) {
			t.Fatalf("%+v: %v of %d, want %v", filter, ids(page.Items), page.Total, ids(want))
		}
		for i, n := range page.Items {
			if (n.ReadAt == nil) != (want[i].ReadAt == nil) || n.Seq != want[i].Seq {
				t.Fatalf("%+v: %+v, want %+v", filter, n, want[i])
			}
		}
	}
	if got, err := a.Unread(noon); err != nil || got != len(m.shown(domain.InboxFilter{Unread: true}, noon)) {
		t.Fatalf("%d unread, %v", got, err)
	}
}
