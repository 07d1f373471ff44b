package api

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// The actions that are answered here, of what the server is.
const (
	queryInformation = "query_server_information"
	querySchemas     = "query_schemas"
)

// startUp answers a request that only asks what the server is, as every client does first: from memory,
// with the schemas compressed already. ok is false where the request asks more.
func (a api) startUp(ctx context.Context, who auth.Who, ops []wire.Operation) (pieces []piece, ok bool, err error) {
	for i, op := range ops {
		before := ","
		if i == 0 {
			before = "["
		}
		pieces = append(pieces, piece{text: []byte(before)})
		switch op.Action {
		case queryInformation:
			information, err := a.serverInformation(ctx, who, op.Values)
			if err != nil {
				return nil, false, err
			}
			text, err := json.Marshal(information)
			if err != nil {
				return nil, false, domain.Errorf(domain.Internal, "write the server information: %w", err)
			}
			pieces = append(pieces, piece{text: text})
		case querySchemas:
			pieces = append(pieces, a.schemas)
		default:
			return nil, false, nil
		}
	}
	return append(pieces, piece{text: []byte("]")}), len(ops) > 0, nil
}

// serverInformation is what the server says of itself, or the values of it that a client asked for.
func (a api) serverInformation(ctx context.Context, who auth.Who, values []string) (map[string]any, error) {
	all := map[string]any{
		"version":                      Protocol,
		"schema_hash":                  schema.Hash(),
		"is_timezone_support_enabled":  true,
		"is_nested_subqueries_enabled": true,
		"storage_scenario":             map[string]any{"scenario": "ftrack.automatic", "data": map[string]any{}},
		"company_information":          map[string]any{"name": a.Name, "logo_url": nil},
		"user_information":             a.userInformation(who),
		"preferred_language":           domain.Languages[0],
		"week_startday":                1, // Monday
		"workday_length":               8 * 60 * 60,
		"display_week_numbers":         true,
		"display_task_dates_as_time":   false,
		"default_colors":               defaultColors,
		"license":                      []any{},
		"product":                      map[string]any{"name": "Callboard", "version": a.Version},
		"storage_limit":                nil,
		"custom_widget":                map[string]any{},
	}
	var err error
	if len(values) == 0 || slices.Contains(values, ours) {
		all[ours], err = a.callboard(ctx, who)
	}
	if len(values) > 0 {
		maps.DeleteFunc(all, func(name string, _ any) bool { return !slices.Contains(values, name) })
	}
	return all, err
}

// ours is the value by which a client knows that this is Callboard.
const ours = "callboard"

// callboard tells a client that keeps a copy of its person's inbox what that is worth. Of another epoch it
// is worth nothing. Where it has come to less than the horizon, but not to 0, which is an empty one, it may
// hold rows that are no more, and starts over too. A client that asks for it in one request with the rows
// after its position, after these, misses nothing that goes meanwhile.
func (a api) callboard(ctx context.Context, who auth.Who) (map[string]any, error) {
	horizon, err := a.Horizon(ctx, who.UserID)
	return map[string]any{"version": a.Version, "epoch": a.Epoch(), "horizon": horizon}, err
}

// defaultColors are offered for new statuses, types and priorities.
var defaultColors = []string{"#1cbc90", "#27ae60", "#3498db", "#2980b9", "#9b59b6", "#34495e", "#f1c40f", "#e67e22", "#e74c3c", "#95a5a6"}

func (a api) userInformation(who auth.Who) map[string]any {
	var thumbnail, url, key any
	if who.KeyID != "" {
		key = who.KeyID
	}
	if who.ThumbnailID != "" {
		thumbnail = string(who.ThumbnailID)
		url = a.BaseURL + "/component/thumbnail?id=" + string(who.ThumbnailID) + "&size=300"
	}
	return map[string]any{
		"id": string(who.UserID), "username": who.Username, "first_name": who.FirstName, "last_name": who.LastName,
		"thumbnail_id": thumbnail, "thumbnail_url": url, "restricted_user": !who.Administrator,
		"permissions": []any{}, "access_key_id": key, "is_global_access_key": false,
	}
}
