package ftrack

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// noteProjection is everything of a note that a thread shows.
const noteProjection = "id, content, date, in_reply_to_id, frame_number, author.id, author.first_name, author.last_name, author.username, " +
	"author.thumbnail_id, recipients.resource_id, recipients.recipient.name, recipients.recipient.first_name, " +
	"recipients.recipient.last_name, recipients.recipient.username"

// deepest is over how many levels a thread is followed, up and down: replies to replies are rare.
const deepest = 8

// Thread gives the thread a note belongs to, oldest note first.
func (c *Client) Thread(ctx context.Context, note domain.NoteID) (domain.Thread, error) {
	first, err := c.first(ctx, note)
	if err != nil {
		return domain.Thread{}, err
	}
	asked := time.Now().UTC()
	thread := domain.Thread{First: first, FetchedAt: &asked, Notes: []domain.Note{}}
	where := fmt.Sprintf("id is %q or in_reply_to_id is %q", first, first)
	for range deepest {
		rows, err := c.query(ctx, fmt.Sprintf("select %s from Note where %s order by date, id limit 500", noteProjection, where))
		if err != nil {
			return domain.Thread{}, err
		}
		var level []domain.NoteID
		for _, row := range rows {
			n := noteOf(row)
			if slices.ContainsFunc(thread.Notes, func(known domain.Note) bool { return known.ID == n.ID }) {
				continue
			}
			thread.Notes = append(thread.Notes, n)
			if n.ID != first {
				level = append(level, n.ID)
			}
		}
		if len(level) == 0 {
			break
		}
		where = fmt.Sprintf("in_reply_to_id in (%s)", quoted(level))
	}
	slices.SortStableFunc(thread.Notes, func(a, b domain.Note) int { return a.Date.Compare(b.Date) })
	return thread, nil
}

// first finds the note that began the thread, as far up as this person may look.
func (c *Client) first(ctx context.Context, note domain.NoteID) (domain.NoteID, error) {
	found := domain.NoteID("")
	for range deepest {
		rows, err := c.query(ctx, fmt.Sprintf("select id, in_reply_to_id from Note where id is %q", note))
		switch {
		case err != nil:
			return "", err
		case len(rows) == 0 && found == "":
			return "", domain.Errorf(domain.NotFound, "there is no note %s", note)
		case len(rows) == 0:
			return found, nil
		}
		found = note
		if note = domain.NoteID(text(rows[0], "in_reply_to_id")); note == "" {
			return found, nil
		}
	}
	return found, nil
}

func noteOf(fields map[string]any) domain.Note {
	author, _ := fields["author"].(map[string]any)
	n := domain.Note{
		ID: domain.NoteID(text(fields, "id")), Author: person(author), Text: text(fields, "content"),
		InReplyTo: domain.NoteID(text(fields, "in_reply_to_id")), Recipients: []string{},
	}
	if at := instant(fields, "date"); at != nil {
		n.Date = *at
	}
	if frame, ok := fields["frame_number"].(float64); ok {
		number := int(frame)
		n.Frame = &number
	}
	recipients, _ := fields["recipients"].([]any)
	for _, item := range recipients {
		recipient, _ := item.(map[string]any)
		resource, _ := recipient["recipient"].(map[string]any)
		name := text(resource, "name")
		if name == "" {
			name = person(resource).Name
		}
		if name != "" {
			n.Recipients = append(n.Recipients, name)
		}
	}
	return n
}
