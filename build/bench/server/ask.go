package server

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/callboard/callboard/build/bench/figures"
	"github.com/callboard/callboard/build/bench/studio"
)

const (
	asked  = 300 // times each question is asked and timed
	warmed = 30  // times before that
)

// question is a query that clients ask all day, as somebody.
type question struct {
	what  string
	who   studio.Person
	query string
	least int     // rows it must find, or it is not what we think
	bar   float64 // for the 99th percentile, in milliseconds
}

// ask times the questions one after the other, each again and again on one connection.
func (b *bench) ask(ctx context.Context) ([]figures.Figure, error) {
	nothing, err := b.time(ctx, b.show.Artist, `select id from State where id is "none"`)
	if err != nil {
		return nil, err
	}
	found := []figures.Figure{{What: "a query that finds nothing, median", Measured: figures.Part(nothing, 0.5), Unit: "ms"}}
	for _, q := range b.questions() {
		rows, err := b.as(q.who).rows(ctx, q.query)
		if err != nil {
			return nil, err
		}
		if rows < q.least {
			return nil, fmt.Errorf("%s: %d rows, at least %d were expected: %s", q.what, rows, q.least, q.query)
		}
		took, err := b.time(ctx, q.who, q.query)
		if err != nil {
			return nil, err
		}
		what := fmt.Sprintf("%s (%d)", q.what, rows)
		found = append(found,
			figures.Figure{What: what + ", p99", Measured: figures.Part(took, 0.99), Bar: q.bar, Unit: "ms"},
			figures.Figure{What: "  median", Measured: figures.Part(took, 0.5), Unit: "ms"})
	}
	return found, nil
}

func (b *bench) questions() []question {
	artist, supervisor, admin := b.show.Artist, b.show.Supervisor, b.show.Admin
	mine := `select link, name, status.name, thumbnail_url from Task where assignments.resource.username is %q and status.state.short is_not 'DONE' ` +
		`and project.status is_not 'hidden' order by status.sort asc, name asc limit 200`
	toMe := `select content, date, author.first_name, author.last_name, parent_id, parent_type, in_reply_to_id, recipients.resource_id ` +
		`from Note where recipients any (resource_id is %q) order by date desc limit 100`
	page := `select name, parent.name, status.name, type.name from Task where project_id is %q order by name limit 500`
	inbox := "select id, seq, event_key, kind, kinds, reasons, subject, actor.id, actor.first_name, actor.last_name, " +
		"actor.username, actor.thumbnail_id, project_id, entity_type, entity_id, note_id, version_id, status_id, summary, " +
		"created_at, read_at, done_at, snoozed_until, snooze_until_change, removed_at from Notification where seq > %d order by seq limit 500"
	thread := "select id, content, date, in_reply_to_id, frame_number, author.id, author.first_name, author.last_name, author.username, " +
		"author.thumbnail_id, recipients.resource_id, recipients.recipient.name, recipients.recipient.first_name, " +
		"recipients.recipient.last_name, recipients.recipient.username from Note where id is %[1]q or in_reply_to_id is %[1]q order by date, id limit 500"
	return []question{
		{"my tasks, an artist's", artist, fmt.Sprintf(mine, artist.Username), 100, 15},
		{"my tasks, asked by an administrator", admin, fmt.Sprintf(mine, artist.Username), 100, 15},
		{"notes to me, an artist's", artist, fmt.Sprintf(toMe, artist.ID), 20, 10},
		{"notes to me, a supervisor's of 2,000", supervisor, fmt.Sprintf(toMe, supervisor.ID), 100, 10},
		{"a page of tasks with three dotted projections", artist, fmt.Sprintf(page, b.show.Project), 500, 40},
		{"  asked by an administrator", admin, fmt.Sprintf(page, b.show.Project), 500, 40},
		{"the app's page of the inbox", supervisor, fmt.Sprintf(inbox, 0), 500, 40},
		{"the app's look for what is new", supervisor, fmt.Sprintf(inbox, 1<<40), 0, 10},
		{"the app's look at a thread", artist, fmt.Sprintf(thread, b.show.Note), 2, 10},
		{"all notes below a project, the newest 100", artist, fmt.Sprintf(`select content, author.first_name from Note where project_id is %q order by date desc limit 100`, b.show.Project), 100, 40},
	}
}

// time asks one question again and again and says how long each answer took to its last byte, in milliseconds.
func (b *bench) time(ctx context.Context, who studio.Person, query string) ([]float64, error) {
	c := b.as(who)
	body, err := json.Marshal([]any{map[string]any{"action": "query", "expression": query}})
	if err != nil {
		return nil, err
	}
	var took []float64
	for i := range warmed + asked {
		began := time.Now()
		if _, err := c.post(ctx, body); err != nil {
			return nil, fmt.Errorf("%s: %w", query, err)
		}
		if i >= warmed {
			took = append(took, figures.Milliseconds(time.Since(began)))
		}
	}
	return took, nil
}
