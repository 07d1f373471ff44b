package tracker

import (
	"context"
	"fmt"
	"time"

	"github.com/callboard/callboard/backend/workspace/schema"
)

// A review is open for a week from now when nobody says how long.
const reviewTime = 7 * 24 * time.Hour

func (r *request) completeReview(_ context.Context, t *schema.Type, values map[string]any) error {
	setDefault(values, "start_date", r.now)
	start, _ := values["start_date"].(time.Time)
	setDefault(values, "end_date", start.Add(reviewTime))
	return spanOf(t, values)
}

// spanOf refuses what ends before it begins.
func spanOf(t *schema.Type, values map[string]any) error {
	start, begins := values["start_date"].(time.Time)
	end, ends := values["end_date"].(time.Time)
	if begins && ends && end.Before(start) {
		return wrong(t, "end_date", "lies before its start")
	}
	return nil
}

// completeReviewObject names an item of a review after the version it shows, and puts it last.
func (r *request) completeReviewObject(ctx context.Context, t *schema.Type, values map[string]any) error {
	if text(values, "version_id") == "" {
		return missing(t, "version_id")
	}
	version, err := r.get(ctx, "AssetVersion", text(values, "version_id"))
	if err != nil {
		return err
	}
	if text(values, "name") == "" {
		asset, err := r.get(ctx, "Asset", text(version.Values, "asset_id"))
		if err != nil {
			return err
		}
		values["name"] = asset.Values["name"]
	}
	if number, ok := version.Values["version"].(int64); ok && text(values, "version") == "" {
		values["version"] = fmt.Sprintf("Version %d", number)
	}
	if values["sort_order"] != nil {
		return nil
	}
	last, err := r.one(ctx, fmt.Sprintf("select sort_order from ReviewSessionObject where review_session_id is %s order by sort_order desc limit 1", quoted(text(values, "review_session_id"))))
	if err != nil {
		return err
	}
	values["sort_order"] = 0.0
	if last != nil {
		if at, ok := last.Values["sort_order"].(float64); ok {
			values["sort_order"] = at + 1
		}
	}
	return nil
}

// completeInvitee fills in name and address of somebody who is known here.
func (r *request) completeInvitee(ctx context.Context, t *schema.Type, values map[string]any) error {
	id := text(values, "resource_id")
	if id == "" {
		return nil
	}
	row, err := r.whole(ctx, "Resource", id)
	if err != nil {
		return err
	}
	setDefault(values, "email", text(row.Values, "email"))
	name := text(row.Values, "first_name")
	if last := text(row.Values, "last_name"); last != "" {
		name += " " + last
	}
	setDefault(values, "name", name)
	if text(values, "name") == "" {
		return missing(t, "name")
	}
	return nil
}

// completeReviewStatus takes an invitee's person from the invitation.
func (r *request) completeReviewStatus(ctx context.Context, t *schema.Type, values map[string]any) error {
	if text(values, "review_session_object_id") == "" {
		return missing(t, "review_session_object_id")
	}
	invitee := text(values, "review_session_invitee_id")
	if invitee == "" {
		setDefault(values, "resource_id", string(r.caller.UserID))
		return nil
	}
	row, err := r.get(ctx, "ReviewSessionInvitee", invitee)
	if err != nil {
		return err
	}
	setDefault(values, "resource_id", text(row.Values, "resource_id"))
	return nil
}
