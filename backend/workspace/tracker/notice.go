package tracker

import (
	"context"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// What rules must know of statuses, publications, completions and judgements is collected here; of notes
// and assignments, beside what creates, changes and deletes them.

// noticeStatus keeps the history of statuses and collects the change. A project's status is a word of
// another kind and none of these.
func (r *request) noticeStatus(ctx context.Context, before, after *store.Row) error {
	id, err := r.keepStatusChange(ctx, before, after)
	if err != nil {
		return err
	}
	r.changes = append(r.changes, domain.StatusChanged{
		ID: id, On: thing(after), From: text(before.Values, "status_id"), To: text(after.Values, "status_id"),
	})
	return r.statusActivity(ctx, before, after)
}

// noticePublished collects that an asset version is there for others to see.
func (r *request) noticePublished(ctx context.Context, version *store.Row) error {
	r.changes = append(r.changes, domain.VersionPublished{Version: domain.VersionID(text(version.Values, "id"))})
	return r.keepActivity(ctx, version, "asset.published", map[string]any{"version": version.Values["version"]})
}

// noticeVersion collects that a version became published, and takes back what this very request published.
func (r *request) noticeVersion(ctx context.Context, before, after *store.Row) error {
	was, is := before.Values["is_published"] == true, after.Values["is_published"] == true
	switch {
	case is && !was:
		return r.noticePublished(ctx, after)
	case was && !is:
		r.takeBack(domain.VersionPublished{Version: domain.VersionID(text(after.Values, "id"))})
	}
	return nil
}

// noticeCompletion counts how often a note was completed: each time is an event of its own.
func (r *request) noticeCompletion(ctx context.Context, before, after *store.Row) error {
	was, is := before.Values["completed_at"] != nil, after.Values["completed_at"] != nil
	if was == is {
		return nil
	}
	note := domain.NoteID(text(after.Values, "id"))
	n, _ := before.Values["completions"].(int64)
	if !is {
		r.takeBack(domain.NoteCompleted{Note: note, N: int(n)})
		return nil
	}
	r.changes = append(r.changes, domain.NoteCompleted{Note: note, N: int(n) + 1})
	return r.tx.Update(ctx, after.Type, []string{string(note)}, map[string]any{"completions": n + 1})
}

// noticeReviewStatus collects what somebody thinks of an item of a client review.
func (r *request) noticeReviewStatus(row *store.Row) {
	if status := reviewStatus(row); status.Status != "" {
		r.changes = append(r.changes, status)
	}
}

func reviewStatus(row *store.Row) domain.ReviewStatusSet {
	return domain.ReviewStatusSet{
		ID: text(row.Values, "id"), Item: text(row.Values, "review_session_object_id"), Status: text(row.Values, "status"),
	}
}

// takeBack drops what this very request collected before.
func (r *request) takeBack(gone domain.Change) {
	r.changes = slices.DeleteFunc(r.changes, func(c domain.Change) bool { return c == gone })
}
