package server

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/build/bench/figures"
	"github.com/callboard/callboard/build/bench/studio"
)

// lawBars are what it may cost that people are told, in milliseconds from a request to its answer.
var lawBars = map[string]struct{ note, status float64 }{"SQLite": {40, 5}, "PostgreSQL": {25, 5}}

const (
	lawPeople, lawTasks = 1000, 20_000
	larger              = 10  // times as many of both, which may change the figures
	growth              = 1.5 // by less than that
	tellings            = 200
)

// MeasureLaw measures what it costs that a change tells people, in a studio and in one that is ten times as
// large, and what an inbox of very many rows costs its person.
func MeasureLaw(ctx context.Context, program, dir string) (found []figures.Figure, err error) {
	for _, engine := range engines {
		found = append(found, figures.Figure{What: engine.name + ": the law"})
		var before costs
		for _, size := range []int{1, larger} {
			address, err := engine.address(ctx)
			if err != nil {
				return nil, fmt.Errorf("find a %s: %w", engine.name, err)
			}
			cfg := workspace.Config{DataDir: filepath.Join(dir, fmt.Sprintf("law-%s-%d", engine.name, size)), Database: address}
			cost, more, err := lawOf(ctx, program, cfg, size, size == 1)
			if err != nil {
				return nil, fmt.Errorf("with %s: %w", engine.name, err)
			}
			bars := lawBars[engine.name]
			found = append(found,
				figures.Figure{What: fmt.Sprintf("  note, %d of %d people told, median", studio.Told, size*lawPeople), Measured: cost.note, Bar: bars.note, Unit: "ms"},
				figures.Figure{What: fmt.Sprintf("  status of a task, %d told, median", studio.StatusTold), Measured: cost.status, Bar: bars.status, Unit: "ms"})
			if size > 1 {
				found = append(found,
					figures.Figure{What: fmt.Sprintf("  the note's cost in %d times the studio", larger), Measured: cost.note / before.note, Bar: growth, Unit: "times"},
					figures.Figure{What: fmt.Sprintf("  the status's cost in %d times the studio", larger), Measured: cost.status / before.status, Bar: growth, Unit: "times"})
			}
			found, before = append(found, more...), cost
		}
	}
	return found, nil
}

// costs are medians, in milliseconds.
type costs struct{ note, status float64 }

func lawOf(ctx context.Context, program string, cfg workspace.Config, size int, hoard bool) (cost costs, found []figures.Figure, err error) {
	law, err := fill(ctx, cfg, func(ctx context.Context, st *store.Store) (*studio.Law, error) {
		return studio.FillLaw(ctx, st, size*lawPeople, size*lawTasks)
	})
	if err != nil {
		return cost, nil, err
	}
	running, err := start(ctx, program, cfg)
	if err != nil {
		return cost, nil, err
	}
	b := lawBench{url: running.url, law: law}
	cost, err = b.tell(ctx)
	if err == nil && hoard {
		found, err = b.hoard(ctx)
	}
	if err := errors.Join(err, running.stop()); err != nil {
		return cost, nil, err
	}
	return cost, found, inStore(ctx, cfg, func(st *store.Store) error { return b.wereTold(ctx, st) })
}

type lawBench struct {
	url          string
	law          *studio.Law
	note, status string // of the last ones
}

func (b *lawBench) as(who studio.Person) *client { return (&bench{url: b.url}).as(who) }

// tell times the two changes, one after the other on one connection.
func (b *lawBench) tell(ctx context.Context) (costs, error) {
	c := b.as(b.law.Writer)
	var notes, statuses []float64
	for i := range warmed + tellings {
		b.note, b.status = uuid.NewString(), b.law.Statuses[i%2]
		began := time.Now()
		_, err := c.call(ctx,
			create("Note", map[string]any{"id": b.note, "content": fmt.Sprintf("Dailies at four, for the %d. time.", i), "parent_id": b.law.Quiet[0], "parent_type": "Task"}),
			create("Recipient", map[string]any{"note_id": b.note, "resource_id": b.law.Crowd}))
		if err != nil {
			return costs{}, err
		}
		wrote := time.Now()
		_, err = c.call(ctx, map[string]any{"action": "update", "entity_type": "Task", "entity_key": []string{b.law.Task}, "entity_data": map[string]any{"status_id": b.status}})
		if err != nil {
			return costs{}, err
		}
		if i >= warmed {
			notes, statuses = append(notes, figures.Milliseconds(wrote.Sub(began))), append(statuses, figures.Milliseconds(time.Since(wrote)))
		}
	}
	return costs{figures.Part(notes, 0.5), figures.Part(statuses, 0.5)}, nil
}

// wereTold sees that as many were told as we think.
func (b *lawBench) wereTold(ctx context.Context, st *store.Store) error {
	return st.Read(ctx, func(tx *store.Tx) error {
		for text, want := range map[string]int{
			fmt.Sprintf("select id from Notification where note_id is %q", b.note):                                                             studio.Told,
			fmt.Sprintf("select id from Notification where entity_id is %q and kind is task_status and status_id is %q", b.law.Task, b.status): studio.StatusTold * (warmed + tellings) / 2,
		} {
			q, err := query.Parse(text)
			if err != nil {
				return err
			}
			result, err := tx.Select(ctx, q, store.Viewer{Everything: true})
			if err != nil {
				return err
			}
			if len(result.Rows) != want {
				return fmt.Errorf("%s: %d were told, %d were expected", text, len(result.Rows), want)
			}
		}
		return nil
	})
}

// hoard times what somebody with a very full inbox does all day.
func (b *lawBench) hoard(ctx context.Context) ([]figures.Figure, error) {
	c := b.as(b.law.Hoarder)
	page := "select id, seq, event_key, kind, kinds, reasons, routes, subject, actor.id, actor.first_name, actor.last_name, actor.username, actor.thumbnail_id, " +
		"project_id, entity_type, entity_id, note_id, version_id, status_id, summary, created_at, read_at, done_at, snoozed_until, snooze_until_change, removed_at " +
		"from Notification where seq > %d order by seq limit 500"
	var found []figures.Figure
	for _, q := range []struct {
		what, text string
		rows       int
		bar        float64
	}{
		{"a page from the beginning", fmt.Sprintf(page, 0), 500, 40},
		{"a page from the middle", fmt.Sprintf(page, studio.Hoard/2), 500, 40},
		{"the look for what is new", fmt.Sprintf(page, studio.Hoard), 0, 10},
		{"the unread count, all of them unread", "select count(id) from Notification where read_at is none and done_at is none and removed_at is none", 1, 100},
	} {
		rows, err := c.rows(ctx, q.text)
		if err != nil {
			return nil, err
		}
		if rows != q.rows {
			return nil, fmt.Errorf("%s: %d rows, %d were expected", q.what, rows, q.rows)
		}
		took, err := (&bench{url: b.url}).time(ctx, b.law.Hoarder, q.text)
		if err != nil {
			return nil, err
		}
		found = append(found, figures.Figure{What: fmt.Sprintf("  of %d rows in an inbox, %s, p99", studio.Hoard, q.what), Measured: figures.Part(took, 0.99), Bar: q.bar, Unit: "ms"})
	}
	changes, err := b.change(ctx, c)
	return append(found, figures.Figure{What: fmt.Sprintf("  of %d rows in an inbox, one is read, p99", studio.Hoard), Measured: figures.Part(changes, 0.99), Bar: 10, Unit: "ms"}), err
}

// change has rows of the inbox read, one after the other.
func (b *lawBench) change(ctx context.Context, c *client) ([]float64, error) {
	ids, err := c.ids(ctx, fmt.Sprintf("select id from Notification where seq > %d order by seq limit %d", studio.Hoard/3, warmed+tellings))
	if err != nil {
		return nil, err
	}
	var took []float64
	for i, id := range ids {
		began := time.Now()
		_, err := c.call(ctx, map[string]any{"action": "update", "entity_type": "Notification", "entity_key": []string{id}, "entity_data": map[string]any{"read_at": began.UTC().Format(time.RFC3339)}})
		if err != nil {
			return nil, err
		}
		if i >= warmed {
			took = append(took, figures.Milliseconds(time.Since(began)))
		}
	}
	return took, nil
}
