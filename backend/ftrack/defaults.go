package ftrack

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// settingNames are the workspace's settings by their names in a change, with those of the wire.
var settingNames = map[string]string{
	"digestInterval": "digest_interval", "digestHour": "digest_hour", "quietHours": "quiet_hours",
	"retentionDays": "retention_days", "doneRetentionDays": "retention_done_days",
}

// Defaults asks what the workspace chose for whoever chose nothing, and for how many people that is. Only
// administrators are told.
func (c *Client) Defaults(ctx context.Context) (domain.DefaultsState, error) {
	replies, err := c.call(ctx, wire.Operation{Action: "notification_defaults"},
		wire.Operation{Action: "query", Expression: "select name, value from WorkspaceSetting"})
	if err != nil {
		return domain.DefaultsState{}, err
	}
	var said struct {
		Data struct {
			People int `json:"people"`
			Kinds  []struct {
				Kind      domain.Kind  `json:"kind"`
				Channels  []any        `json:"channels"`
				Layer     domain.Layer `json:"layer"`
				Followers int          `json:"followers"`
			} `json:"kinds"`
		} `json:"data"`
	}
	if err := json.Unmarshal(replies[0].Raw, &said); err != nil {
		return domain.DefaultsState{}, domain.Errorf(domain.Unsupported, "the workspace's defaults cannot be read: %w", err)
	}
	state := domain.BuiltInDefaultsState()
	state.People = said.Data.People
	for _, row := range said.Data.Kinds {
		if slices.Contains(domain.Kinds, row.Kind) {
			state.Kinds = append(state.Kinds, domain.DefaultSetting{
				Kind: row.Kind, Default: domain.Choice{Channels: channelsOf(row.Channels), Layer: row.Layer}, Followers: row.Followers,
				BuiltIn: domain.BuiltInChannels(row.Kind),
			})
		}
	}
	settings := replies[1].Rows()
	if err := settle(&state.Workspace, settings); err != nil {
		return state, err
	}
	for _, fields := range settings {
		days, ok := fields["value"].(float64)
		switch name := text(fields, "name"); {
		case ok && name == "retention_days":
			state.RetentionDays = int(days)
		case ok && name == "retention_done_days":
			state.DoneRetentionDays = int(days)
		}
	}
	return state, nil
}

// SaveDefaults changes what counts for whoever chose nothing, in one request: all of it or nothing.
func (c *Client) SaveDefaults(ctx context.Context, change domain.DefaultsChange) error {
	var ops []wire.Operation
	setting := func(name string, value any) {
		ops = append(ops, creation("WorkspaceSetting", map[string]any{"name": name, "value": value}))
	}
	for _, name := range change.Reset {
		setting(settingNames[name], nil)
	}
	if change.DigestInterval != nil {
		setting("digest_interval", string(*change.DigestInterval))
	}
	if change.DigestHour != nil {
		setting("digest_hour", float64(*change.DigestHour))
	}
	if change.QuietHours != nil {
		setting("quiet_hours", hoursValue(*change.QuietHours))
	}
	if change.RetentionDays != nil {
		setting("retention_days", float64(*change.RetentionDays))
	}
	if change.DoneRetentionDays != nil {
		setting("retention_done_days", float64(*change.DoneRetentionDays))
	}
	channels, err := c.defaultChannels(ctx, change.Channels)
	if err != nil {
		return err
	}
	if ops = append(ops, channels...); len(ops) == 0 {
		return nil
	}
	_, err = c.call(ctx, ops...)
	return err
}

// defaultChannels sets the workspace's channels of kinds, or drops them.
func (c *Client) defaultChannels(ctx context.Context, changes []domain.ChannelChange) ([]wire.Operation, error) {
	var ops []wire.Operation
	reset := map[string]bool{}
	for _, change := range changes {
		if change.Reset {
			reset[string(change.Kind)] = true
		} else {
			ops = append(ops, creation("NotificationDefault", map[string]any{"kind": string(change.Kind), "channels": channelValues(change.Channels)}))
		}
	}
	if len(reset) == 0 {
		return ops, nil
	}
	rows, err := c.query(ctx, "select id, kind from NotificationDefault")
	if err != nil {
		return nil, err
	}
	for _, fields := range rows {
		if reset[text(fields, "kind")] {
			ops = append(ops, deletion("NotificationDefault", text(fields, "id")))
		}
	}
	return ops, nil
}
