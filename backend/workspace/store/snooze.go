package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/callboard/callboard/backend/domain"
)

// snoozed finds the rows that their people snoozed until they change, and of which the deliveries are
// news: rows about the same thing, or of the same thread of messages. It gives their ids by person.
func (tx *Tx) snoozed(ctx context.Context, deliveries []Delivery) (map[domain.UserID][]string, error) {
	news := map[telling]bool{} // who hears of which thing, or of which thread by its first note
	var people []domain.UserID
	var things []string
	var messages []domain.NoteID
	for _, d := range deliveries {
		people = append(people, d.To)
		if d.Notification.EntityID != "" {
			things = append(things, d.Notification.EntityID)
			news[telling{d.To, d.Notification.EntityID}] = true
		} else {
			messages = append(messages, d.Notification.NoteID)
		}
	}
	threadOf, err := tx.messagesAround(ctx, uniqueOf(messages))
	if err != nil {
		return nil, err
	}
	for _, d := range deliveries {
		if first, ok := threadOf[string(d.Notification.NoteID)]; ok && d.Notification.EntityID == "" {
			news[telling{d.To, first}] = true
		}
	}
	found := map[domain.UserID][]string{}
	add := func(attribute string, ids []string, about func(id string) string) error {
		return tx.snoozedBy(ctx, attribute, ids, uniqueOf(people), func(user domain.UserID, of, row string) {
			if news[telling{user, about(of)}] {
				found[user] = append(found[user], row)
			}
		})
	}
	if err := add("entity_id", unique(things), func(id string) string { return id }); err != nil {
		return nil, err
	}
	return found, add("note_id", slices.Sorted(maps.Keys(threadOf)), func(id string) string { return threadOf[id] })
}

// messagesAround gives all notes of the threads that notes are in, each with the first of its thread.
func (tx *Tx) messagesAround(ctx context.Context, notes []domain.NoteID) (map[string]string, error) {
	firsts, err := tx.firsts(ctx, notes)
	if err != nil {
		return nil, err
	}
	threads, err := tx.threads(ctx, unique(texts(slices.Collect(maps.Values(firsts)))))
	if err != nil {
		return nil, err
	}
	around := map[string]string{}
	for first, thread := range threads {
		for note := range thread.Notes {
			around[string(note)] = string(first)
		}
	}
	return around, nil
}

// snoozedBy reads the rows of people that are snoozed until they change and have one of the ids.
func (tx *Tx) snoozedBy(ctx context.Context, attribute string, ids []string, people []domain.UserID, each func(user domain.UserID, of, row string)) error {
	for some := range slices.Chunk(ids, batch) {
		for chunk := range slices.Chunk(people, batch) {
			c := newCompiler(Viewer{}, nil)
			rows, err := tx.query(ctx, fmt.Sprintf(snoozing, attribute, among(tx, c, chunk), among(tx, c, some)), c.args...)
			if err != nil {
				return err
			}
			for rows.Next() {
				var user domain.UserID
				var of, row string
				if err := rows.Scan(&user, &of, &row); err != nil {
					return closing(rows, err)
				}
				each(user, of, row)
			}
			if err := closing(rows, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// snoozing asks for no order: for its sake SQLite would read whole inboxes.
const snoozing = `SELECT user_id, %[1]s, id FROM "notification" WHERE snooze_until_change = TRUE AND removed_at IS NULL
	AND user_id IN (%[2]s) AND %[1]s IN (%[3]s)`
