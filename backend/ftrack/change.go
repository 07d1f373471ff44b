package ftrack

import (
	"context"
	"slices"
	"strings"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// attributes are the preferences by their names in a change, with those of the wire.
var attributes = map[string]string{
	"fuzzyDates": "fuzzy_dates", "defaultPage": "default_page", "language": "language", "theme": "theme", "timezone": "timezone",
	"digestInterval": "digest_interval", "digestHour": "digest_hour", "quietHours": "quiet_hours", "pausedUntil": "paused_until",
}

// Change carries a change of the account out, in one request: all of it or nothing. A choice is made by
// creating it: where there is one already the server changes it. Doing it twice is doing it once.
func (c *Client) Change(ctx context.Context, change domain.AccountChange) error {
	me, err := c.self(ctx)
	if err != nil {
		return err
	}
	var ops []wire.Operation
	if change.SetsPreferences() {
		ops = append(ops, creation("UserPreference", preferenceData(me, change)))
	}
	dropped, err := c.dropped(ctx, me, change)
	if err != nil {
		return err
	}
	ops = append(ops, dropped...)
	for _, channel := range change.Channels {
		if channel.Reset {
			continue
		}
		data := map[string]any{"user_id": string(me), "kind": string(channel.Kind), "channels": channelValues(channel.Channels)}
		if channel.Project != "" {
			data["project_id"] = string(channel.Project)
		}
		ops = append(ops, creation("NotificationPreference", data))
	}
	for _, mute := range change.Mute {
		data := map[string]any{"id": mute.ID, "user_id": string(me), "entity_type": mute.EntityType, "entity_id": mute.EntityID, "until": nil}
		if mute.Until != nil {
			data["until"] = *mute.Until
		}
		ops = append(ops, creation("NotificationMute", data))
	}
	if names := change.Names(); len(names) > 0 {
		data := map[string]any{}
		for name, value := range names {
			data[name] = value
		}
		ops = append(ops, wire.Operation{Action: "update", EntityType: "User", EntityKey: []string{string(me)}, EntityData: data})
	}
	if len(ops) == 0 {
		return nil
	}
	_, err = c.call(ctx, ops...)
	return err
}

func creation(entityType string, data map[string]any) wire.Operation {
	return wire.Operation{Action: "create", EntityType: entityType, EntityData: data}
}

// preferenceData are the preferences that a change sets or drops; the others stay as they are.
func preferenceData(me domain.UserID, change domain.AccountChange) map[string]any {
	data := map[string]any{"user_id": string(me)}
	p := change.Apply(domain.AccountState{}).Preferences
	for _, part := range change.Parts() {
		switch {
		case part.FuzzyDates != nil:
			data["fuzzy_dates"] = *p.FuzzyDates
		case part.DefaultPage != nil:
			data["default_page"] = nothing(string(p.DefaultPage))
		case part.Language != nil:
			data["language"] = nothing(p.Language)
		case part.Theme != nil:
			data["theme"] = nothing(string(p.Theme))
		case part.Timezone != nil:
			data["timezone"] = nothing(p.Timezone)
		case part.DigestInterval != nil:
			data["digest_interval"] = nothing(string(p.DigestInterval))
		case part.DigestHour != nil:
			data["digest_hour"] = float64(*p.DigestHour)
		case part.QuietHours != nil:
			data["quiet_hours"] = hoursValue(p.QuietHours)
		case part.PausedUntil != nil:
			data["paused_until"] = *p.PausedUntil
		case len(part.Reset) == 1:
			data[attributes[part.Reset[0]]] = nil
		}
	}
	return data
}

// nothing is a text as the wire has it: none where it is empty.
func nothing(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func channelValues(channels []domain.Channel) []any {
	values := []any{}
	for _, channel := range channels {
		values = append(values, string(channel))
	}
	return values
}

func hoursValue(hours domain.QuietHours) map[string]any {
	values := map[string]any{}
	for day, spans := range hours {
		list := []any{}
		for _, span := range spans {
			list = append(list, map[string]any{"from": span.From, "to": span.To})
		}
		values[day] = list
	}
	return values
}

// dropped deletes the choices of channels and the mutes that a change ends, those of them that are there.
func (c *Client) dropped(ctx context.Context, me domain.UserID, change domain.AccountChange) ([]wire.Operation, error) {
	var kinds []string
	for _, channel := range change.Channels {
		if kind := quote(string(channel.Kind)); channel.Reset && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	var mutes []string
	for _, id := range change.Unmute {
		mutes = append(mutes, quote(id))
	}
	var ops []wire.Operation
	if len(kinds) > 0 {
		rows, err := c.query(ctx, "select id, kind, project_id from NotificationPreference where user_id is "+quote(string(me))+" and kind in ("+strings.Join(kinds, ", ")+")")
		if err != nil {
			return nil, err
		}
		for _, fields := range rows {
			of := func(channel domain.ChannelChange) bool {
				return channel.Reset && string(channel.Kind) == text(fields, "kind") && string(channel.Project) == text(fields, "project_id")
			}
			if slices.ContainsFunc(change.Channels, of) {
				ops = append(ops, deletion("NotificationPreference", text(fields, "id")))
			}
		}
	}
	if len(mutes) > 0 {
		rows, err := c.query(ctx, "select id from NotificationMute where id in ("+strings.Join(mutes, ", ")+")")
		if err != nil {
			return nil, err
		}
		for _, fields := range rows {
			ops = append(ops, deletion("NotificationMute", text(fields, "id")))
		}
	}
	return ops, nil
}

func deletion(entityType, id string) wire.Operation {
	return wire.Operation{Action: "delete", EntityType: entityType, EntityKey: []string{id}}
}
