package ftrack

import (
	"context"
	"fmt"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// Conversations gives the whole thread of each note, under the note asked for.
func (g Graph) Conversations(ctx context.Context, notes []domain.NoteID) (map[domain.NoteID]domain.Conversation, error) {
	ways, err := g.above(ctx, threads, texts(notes))
	if err != nil {
		return nil, fmt.Errorf("find where threads begin: %w", err)
	}
	var firsts []string
	for _, way := range ways {
		firsts = append(firsts, way[len(way)-1])
	}
	rows, err := g.below(ctx, threads, "user_id, parent_id, parent_type, project_id, recipients.recipient.id", firsts)
	if err != nil {
		return nil, fmt.Errorf("read threads: %w", err)
	}
	begun := map[string]domain.Conversation{}
	for first, thread := range rows {
		begun[first] = conversation(first, thread)
	}
	if err := g.name(ctx, begun); err != nil {
		return nil, fmt.Errorf("read what threads hang on: %w", err)
	}
	found := map[domain.NoteID]domain.Conversation{}
	for note, way := range ways {
		if thread, ok := begun[way[len(way)-1]]; ok {
			found[domain.NoteID(note)] = thread
		}
	}
	return found, nil
}

// conversation is a thread as its notes tell it.
func conversation(first string, rows []map[string]any) domain.Conversation {
	thread := domain.Conversation{First: domain.NoteID(first), Notes: map[domain.NoteID]domain.NoteFacts{}}
	for _, row := range rows {
		id := text(row, "id")
		if on := text(row, "parent_id"); id == first && on != "" {
			thread.On = domain.Thing{Type: text(row, "parent_type"), ID: on, Project: domain.ProjectID(text(row, "project_id"))}
		}
		facts := domain.NoteFacts{Author: domain.UserID(text(row, "user_id")), InReplyTo: domain.NoteID(text(row, "in_reply_to_id"))}
		for _, recipient := range many(row, "recipients") {
			if who, ok := resource(one(recipient, "recipient")); ok {
				facts.Sent = append(facts.Sent, who)
			}
		}
		thread.Notes[domain.NoteID(id)] = facts
	}
	return thread
}

// name tells what threads hang on by the type and name of its own: of a note a server may say no more
// than that it hangs on some task, and mean a shot.
func (g Graph) name(ctx context.Context, threads map[string]domain.Conversation) error {
	var contexts, versions, items []string
	for _, thread := range threads {
		switch thread.On.Type {
		case domain.TypeVersion:
			versions = append(versions, thread.On.ID)
		case domain.TypeReviewItem:
			items = append(items, thread.On.ID)
		default:
			contexts = append(contexts, thread.On.ID)
		}
	}
	things := map[string]domain.Thing{}
	err := g.each(ctx, "select id, name from Context where id in ({ids}) order by id", contexts, func(row map[string]any) {
		things[text(row, "id")] = domain.Thing{Type: wire.TypeOf(row), Name: text(row, "name")}
	})
	if err != nil {
		return err
	}
	if err := g.each(ctx, "select id, asset.name, version from AssetVersion where id in ({ids}) order by id", versions, func(row map[string]any) {
		things[text(row, "id")] = domain.Thing{Type: domain.TypeVersion, Name: called(row)}
	}); err != nil {
		return err
	}
	if err := g.each(ctx, "select id, asset_version.asset.name, asset_version.version from ReviewSessionObject where id in ({ids}) order by id", items, func(row map[string]any) {
		things[text(row, "id")] = domain.Thing{Type: domain.TypeReviewItem, Name: called(one(row, "asset_version"))}
	}); err != nil {
		return err
	}
	titles, err := g.titles(ctx, contexts)
	if err != nil {
		return err
	}
	for first, thread := range threads {
		thing, there := things[thread.On.ID]
		if !there {
			continue
		}
		thread.On.Type, thread.On.Name = thing.Type, thing.Name
		if title, ok := titles[thread.On.ID]; ok {
			thread.On.Name = title
		}
		threads[first] = thread
	}
	return nil
}

// called is an asset version's name as people say it: comp v003.
func called(version map[string]any) string {
	return fmt.Sprintf("%s v%03d", text(one(version, "asset"), "name"), number(version, "version"))
}
