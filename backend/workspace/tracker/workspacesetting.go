package tracker

import (
	"context"
	"fmt"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// settings are what an administrator may set for the workspace, by name. Each says what its value must be,
// and gives it as it is kept; a value that is none, as is one whose setting is deleted, means what is built
// in, and is asked about as well.
var settings = map[string]func(r *request, ctx context.Context, value any) (any, error){
	"quiet_hours":     (*request).hoursSetting,
	"digest_interval": (*request).intervalSetting,
	"digest_hour":     whole(0, 23),
	"player":          (*request).playerSetting,
	"allowed_players": (*request).playersSetting,
	// Of how many days notifications stay, and how many of those that are done.
	"retention_days":      whole(1, maxRetention),
	"retention_done_days": whole(1, maxRetention),

	domain.SettingEdition:          (*request).editionSetting,
	domain.SettingEnforceTwoFactor: (*request).enforceSetting,
}

// maxRetention is ten years.
const maxRetention = 3650

func (r *request) completeSetting(ctx context.Context, t *schema.Type, values map[string]any) error {
	if values["name"] == nil {
		return missing(t, "name")
	}
	return r.settleChoice(ctx, t, values, values)
}

// settleSetting checks the value of a setting of the workspace.
func (r *request) settleSetting(ctx context.Context, merged, values map[string]any) error {
	name := text(merged, "name")
	check, known := settings[name]
	if !known {
		return &domain.Error{Code: domain.Invalid, Field: "name", Reason: "unknown_setting", Message: "a workspace has no setting " + quoted(name)}
	}
	value, err := check(r, ctx, merged["value"])
	if err != nil {
		return err
	}
	if _, given := values["value"]; given {
		values["value"] = value
	}
	return nil
}

// dropSetting is asked before a setting of the workspace is deleted.
func (r *request) dropSetting(ctx context.Context, name string) error {
	check, known := settings[name]
	if !known {
		return nil
	}
	_, err := check(r, ctx, nil)
	return err
}

func wrongSetting(reason, format string, args ...any) error {
	return &domain.Error{Code: domain.Invalid, Field: "value", Reason: reason, Message: fmt.Sprintf(format, args...)}
}

// whole makes a check for a whole number.
func whole(least, most int) func(*request, context.Context, any) (any, error) {
	return func(_ *request, _ context.Context, value any) (any, error) {
		if value == nil {
			return nil, nil
		}
		var number int
		if err := decode(settingType(), "value", value, &number, "a whole number"); err != nil {
			return nil, err
		}
		if number < least || number > most {
			return nil, wrongSetting("out_of_range", "the setting must be from %d to %d", least, most)
		}
		return number, nil
	}
}

func (r *request) hoursSetting(_ context.Context, value any) (any, error) {
	var hours domain.QuietHours
	if err := decode(settingType(), "value", value, &hours, quietForm); err != nil || hours == nil {
		return nil, err
	}
	return hours.Normal()
}

func (r *request) intervalSetting(_ context.Context, value any) (any, error) {
	var interval domain.DigestInterval
	if err := decode(settingType(), "value", value, &interval, "the name of an interval"); err != nil || value == nil {
		return nil, err
	}
	_, err := domain.Preferences{DigestInterval: interval}.Valid()
	return interval, err
}

func (r *request) playerSetting(_ context.Context, value any) (any, error) {
	var player string
	if err := decode(settingType(), "value", value, &player, "the id of a player"); err != nil || value == nil {
		return nil, err
	}
	return player, checkPlayer(settingType(), "value", player)
}

// playersSetting is the players that people may choose from; none is all of them.
func (r *request) playersSetting(_ context.Context, value any) (any, error) {
	var players []string
	if err := decode(settingType(), "value", value, &players, "a list of ids of players"); err != nil || value == nil {
		return nil, err
	}
	for _, player := range players {
		if err := checkPlayer(settingType(), "value", player); err != nil {
			return nil, err
		}
	}
	slices.Sort(players)
	return slices.Compact(players), nil
}

func settingType() *schema.Type {
	t, _ := schema.ByName("WorkspaceSetting")
	return t
}
