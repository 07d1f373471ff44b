package tracker

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// What people and workspaces choose exists once: one entity for a person, a person's kind in a project, a
// person's muted thing, a kind, a name. To create it again is to change it, and the answer carries the id
// of the one that was there: of two devices that choose while they are apart the last one counts, as with
// any change, and neither is refused for what it could not know.

// onlyOnce lists, by type, the attributes that tell one choice from another.
var onlyOnce = map[string][]string{
	"UserPreference":         {"user_id"},
	"NotificationPreference": {"user_id", "kind", "project_id"},
	"NotificationMute":       {"user_id", "entity_id"},
	"NotificationDefault":    {"kind"},
	"WorkspaceSetting":       {"name"},
}

// chosen finds the choice that an entity about to be created would repeat; nil where it is the first. From
// here to the commit nobody else makes one like it.
func (r *request) chosen(ctx context.Context, t *schema.Type, values map[string]any) (*store.Row, error) {
	names, ok := onlyOnce[t.Name]
	if !ok {
		return nil, nil
	}
	if err := r.tx.Hold(ctx, t.Name+" "+text(values, names[0])); err != nil {
		return nil, err
	}
	terms := make([]string, len(names))
	for i, name := range names {
		value := "none"
		if given := text(values, name); given != "" {
			value = quoted(given)
		}
		terms[i] = name + " is " + value
	}
	row, err := r.one(ctx, "select id from "+t.Name+" where "+strings.Join(terms, " and ")+" limit 1")
	switch {
	case err != nil:
		return nil, err
	case row != nil:
		return r.get(ctx, t.Name, text(row.Values, "id"))
	case t.Name == "NotificationMute":
		return nil, r.roomToMute(ctx, text(values, "user_id"))
	}
	return nil, nil
}

// chooseAgain changes a choice to what was sent as a new one. What was not sent stays.
func (r *request) chooseAgain(ctx context.Context, row *store.Row, values map[string]any, sent []string) (*store.Row, error) {
	changes := map[string]any{}
	for _, name := range sent {
		if a, _ := row.Type.Attribute(name); a != nil && !a.Immutable && !a.Key {
			changes[name] = values[name]
		}
	}
	if row.Type.Name == "NotificationMute" && r.over(row) { // it begins anew
		for _, name := range []string{"until", "created_at", "subject"} {
			changes[name] = values[name]
		}
	}
	return r.change(ctx, row, changes)
}

// own refuses a choice in another's name, whoever asks: what is a person's alone nobody makes for them.
func (r *request) own(t *schema.Type, values map[string]any) error {
	if r.level < server && text(values, "user_id") != string(r.caller.UserID) {
		return refusal("create", t, "user_id")
	}
	return nil
}

// settleChoice checks the new values of a choice, given how it is to be, and puts them into their normal
// form.
func (r *request) settleChoice(ctx context.Context, t *schema.Type, merged, values map[string]any) error {
	switch t.Name {
	case "UserPreference":
		return settlePreference(t, merged, values)
	case "NotificationPreference", "NotificationDefault":
		return settleChannels(t, values)
	case "WorkspaceSetting":
		return r.settleSetting(ctx, merged, values)
	}
	return nil
}

// quietForm says how quiet hours are written.
const quietForm = `spans by weekday, such as {"monday": [{"from": "20:00", "to": "24:00"}]}`

// settlePreference checks a person's preferences as a whole.
func settlePreference(t *schema.Type, merged, values map[string]any) error {
	var hours domain.QuietHours
	if err := decode(t, "quiet_hours", merged["quiet_hours"], &hours, quietForm); err != nil {
		return err
	}
	p := domain.Preferences{
		DefaultPage: domain.DefaultPage(text(merged, "default_page")), Language: text(merged, "language"), Theme: domain.Theme(text(merged, "theme")),
		Timezone: text(merged, "timezone"), DigestInterval: domain.DigestInterval(text(merged, "digest_interval")), QuietHours: hours,
	}
	if hour, ok := merged["digest_hour"].(int64); ok {
		number := int(hour)
		p.DigestHour = &number
	}
	p, err := p.Valid()
	if err != nil {
		return err
	}
	if _, given := values["quiet_hours"]; given && p.QuietHours != nil {
		values["quiet_hours"] = p.QuietHours
	}
	return checkPlayer(t, "player", merged["player"])
}

// checkPlayer refuses what cannot be the id of a player in a catalogue: the path of a program, above all,
// which is each computer's own.
func checkPlayer(t *schema.Type, name string, value any) error {
	player, _ := value.(string)
	if len(player) > maxPlayer || strings.ContainsFunc(player, func(c rune) bool { return !strings.ContainsRune(playerRunes, c) }) {
		return &domain.Error{
			Code: domain.Invalid, Field: name, Reason: "unknown_player",
			Message: t.Name + "." + name + " must be the id of a player in the catalogue; the paths of programs stay on their computer",
		}
	}
	return nil
}

const (
	maxPlayer   = 64
	playerRunes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
)

// settleChannels checks the channels of a kind, and the kind where it is said.
func settleChannels(t *schema.Type, values map[string]any) error {
	if kind, given := values["kind"]; given && !slices.Contains(domain.Kinds, domain.Kind(text(values, "kind"))) {
		return &domain.Error{Code: domain.Invalid, Field: "kind", Reason: "unknown_kind", Message: "there is no kind of notification " + quoted(textOf(kind))}
	}
	value, given := values["channels"]
	if !given || value == nil {
		return nil
	}
	var channels []domain.Channel
	if err := decode(t, "channels", value, &channels, "a list of mail, internal and digest"); err != nil {
		return err
	}
	ordered, err := domain.ValidChannels(channels)
	values["channels"] = ordered
	return err
}

func textOf(value any) string { s, _ := value.(string); return s }

// decode reads a variable as what it must be.
func decode(t *schema.Type, name string, value any, into any, what string) error {
	if value == nil {
		return nil
	}
	written, err := json.Marshal(value)
	if err == nil {
		decoder := json.NewDecoder(bytes.NewReader(written))
		decoder.DisallowUnknownFields()
		err = decoder.Decode(into)
	}
	if err != nil {
		return wrong(t, name, "must be %s", what)
	}
	return nil
}

func (r *request) completePreference(ctx context.Context, t *schema.Type, values map[string]any) error {
	if err := r.own(t, values); err != nil {
		return err
	}
	return r.settleChoice(ctx, t, values, values)
}

func (r *request) completeDefault(ctx context.Context, t *schema.Type, values map[string]any) error {
	if values["kind"] == nil {
		return missing(t, "kind")
	}
	return r.settleChoice(ctx, t, values, values)
}

func (r *request) completeChannels(ctx context.Context, t *schema.Type, values map[string]any) error {
	if err := r.own(t, values); err != nil {
		return err
	}
	return r.completeDefault(ctx, t, values)
}
