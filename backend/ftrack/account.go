package ftrack

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// chosenTypes are Callboard's own types of what people and workspaces choose. A server without them keeps
// no preferences.
var chosenTypes = []string{"UserPreference", "NotificationPreference", "NotificationMute", "NotificationDefault", "WorkspaceSetting"}

// Account asks for everything that was chosen, by the person and for them, in one request.
func (c *Client) Account(ctx context.Context) (domain.AccountState, error) {
	me, err := c.self(ctx)
	if err != nil {
		return domain.AccountState{}, err
	}
	profile := []string{
		"select id, username, first_name, last_name, email, thumbnail_id from User where id is " + quote(string(me)),
		"select security_role.name from UserSecurityRole where user_id is " + quote(string(me)),
	}
	chosen := []string{
		"select fuzzy_dates, default_page, language, theme, timezone, digest_interval, digest_hour, quiet_hours, paused_until, player from UserPreference",
		"select kind, project_id, project.name, project.full_name, channels from NotificationPreference",
		"select id, entity_type, entity_id, until, created_at, subject from NotificationMute order by created_at",
		"select kind, channels from NotificationDefault",
		"select name, value from WorkspaceSetting",
	}
	rows, err := c.queries(ctx, append(profile, chosen...)...)
	able := true
	if domain.CodeOf(err) == domain.Invalid {
		able, err = c.keepsChoices(ctx, err)
		if err == nil {
			rows, err = c.queries(ctx, profile...)
		}
	}
	if err != nil {
		return domain.AccountState{}, err
	}
	if len(rows[0]) == 0 {
		return domain.AccountState{}, domain.Errorf(domain.NotFound, "the server does not know who asks")
	}
	state := domain.AccountState{
		Profile: profileOf(rows[0][0]), Defaults: domain.BuiltInDefaults(), Overrides: []domain.ProjectSetting{}, Mutes: []domain.Mute{},
		Able: domain.Abilities{Preferences: able, Administrator: isAdministrator(rows[1])},
	}
	var own, workspace map[domain.Kind][]domain.Channel
	if able {
		if err := choose(&state, rows[2:]); err != nil {
			return domain.AccountState{}, err
		}
		own, workspace = ownChannels(rows[3]), ownChannels(rows[5])
	}
	choices := domain.Choices{Workspace: workspace}
	for _, kind := range domain.Kinds {
		state.Kinds = append(state.Kinds, domain.KindSetting{Kind: kind, Own: own[kind], Default: choices.Default(kind)})
	}
	return state, nil
}

// keepsChoices asks, after a server refused to tell what was chosen, whether it has the types at all. The
// refusal stays the answer of one that has them.
func (c *Client) keepsChoices(ctx context.Context, refused error) (bool, error) {
	replies, err := c.call(ctx, wire.Operation{Action: "query_schemas"})
	if err != nil {
		return false, err
	}
	var schemas []struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(replies[0].Raw, &schemas); err != nil {
		return false, notCallboard(err)
	}
	known := map[string]bool{}
	for _, schema := range schemas {
		known[schema.ID] = true
	}
	for _, name := range chosenTypes {
		if !known[name] {
			return false, nil
		}
	}
	return true, refused
}

// self is the id of the person who asks.
func (c *Client) self(ctx context.Context) (domain.UserID, error) {
	if me := c.asker.Load(); me != nil {
		return *me, nil
	}
	workspace, err := c.Workspace(ctx)
	return workspace.UserID, err
}

// queries answers several queries in one request.
func (c *Client) queries(ctx context.Context, expressions ...string) ([][]map[string]any, error) {
	ops := make([]wire.Operation, len(expressions))
	for i, expression := range expressions {
		ops[i] = wire.Operation{Action: "query", Expression: expression}
	}
	replies, err := c.call(ctx, ops...)
	if err != nil {
		return nil, err
	}
	rows := make([][]map[string]any, len(replies))
	for i, reply := range replies {
		rows[i] = reply.Rows()
	}
	return rows, nil
}

func profileOf(fields map[string]any) domain.Profile {
	return domain.Profile{
		ID: domain.UserID(text(fields, "id")), Username: text(fields, "username"), FirstName: text(fields, "first_name"),
		LastName: text(fields, "last_name"), Email: text(fields, "email"), ThumbnailID: domain.ComponentID(text(fields, "thumbnail_id")),
	}
}

func isAdministrator(roles []map[string]any) bool {
	return slices.ContainsFunc(roles, func(fields map[string]any) bool {
		role, _ := fields["security_role"].(map[string]any)
		return text(role, "name") == administrator
	})
}

// choose reads preferences, overrides, mutes and the workspace's settings, in the order they were asked for.
func choose(state *domain.AccountState, rows [][]map[string]any) (err error) {
	if preferences := rows[0]; len(preferences) > 0 {
		if state.Preferences, err = preferencesOf(preferences[0]); err != nil {
			return err
		}
	}
	state.Overrides = overrides(rows[1])
	for _, fields := range rows[2] {
		mute, err := muteOf(fields)
		if err != nil {
			return err
		}
		state.Mutes = append(state.Mutes, mute)
	}
	return settle(&state.Defaults, rows[4])
}

// preferencesOf reads a person's preferences. What a newer server knows and we do not counts as not chosen.
func preferencesOf(fields map[string]any) (domain.Preferences, error) {
	p := domain.Preferences{PausedUntil: instant(fields, "paused_until"), Player: text(fields, "player")}
	if fuzzy, chosen := fields["fuzzy_dates"].(bool); chosen {
		p.FuzzyDates = &fuzzy
	}
	if hour, chosen := fields["digest_hour"].(float64); chosen {
		number := int(hour)
		p.DigestHour = &number
	}
	if err := variable(fields["quiet_hours"], &p.QuietHours); err != nil {
		return p, domain.Errorf(domain.Unsupported, "the quiet hours cannot be read: %w", err)
	}
	for _, known := range []domain.Preferences{
		{DefaultPage: domain.DefaultPage(text(fields, "default_page"))},
		{Language: text(fields, "language")},
		{Theme: domain.Theme(text(fields, "theme"))},
		{Timezone: text(fields, "timezone")},
		{DigestInterval: domain.DigestInterval(text(fields, "digest_interval"))},
	} {
		if _, err := known.Valid(); err != nil {
			continue
		}
		p.DefaultPage, p.Language, p.Theme = p.DefaultPage+known.DefaultPage, p.Language+known.Language, p.Theme+known.Theme
		p.Timezone, p.DigestInterval = p.Timezone+known.Timezone, p.DigestInterval+known.DigestInterval
	}
	return p, nil
}

// ownChannels reads the channels of kinds in rows that are of no project.
func ownChannels(rows []map[string]any) map[domain.Kind][]domain.Channel {
	own := map[domain.Kind][]domain.Channel{}
	for _, fields := range rows {
		if text(fields, "project_id") == "" {
			own[domain.Kind(text(fields, "kind"))] = channelsOf(fields["channels"])
		}
	}
	return own
}

// channelsOf reads a list of channels, without those we do not know.
func channelsOf(value any) []domain.Channel {
	channels := []domain.Channel{}
	list, _ := value.([]any)
	for _, item := range list {
		name, _ := item.(string)
		if channel := domain.Channel(name); slices.Contains(domain.Channels, channel) {
			channels = append(channels, channel)
		}
	}
	return channels
}

// overrides sorts what was chosen for projects by project.
func overrides(rows []map[string]any) []domain.ProjectSetting {
	settings := []domain.ProjectSetting{}
	places := map[domain.ProjectID]int{}
	for _, fields := range rows {
		id := domain.ProjectID(text(fields, "project_id"))
		if id == "" {
			continue
		}
		place, known := places[id]
		if !known {
			project, _ := fields["project"].(map[string]any)
			place, places[id] = len(settings), len(settings)
			settings = append(settings, domain.ProjectSetting{Project: id, Name: projectName(project), Kinds: map[domain.Kind][]domain.Channel{}})
		}
		settings[place].Kinds[domain.Kind(text(fields, "kind"))] = channelsOf(fields["channels"])
	}
	slices.SortStableFunc(settings, func(a, b domain.ProjectSetting) int { return strings.Compare(a.Name, b.Name) })
	return settings
}

func projectName(fields map[string]any) string {
	if name := text(fields, "full_name"); name != "" {
		return name
	}
	return text(fields, "name")
}

func muteOf(fields map[string]any) (domain.Mute, error) {
	var subject domain.Subject
	if err := variable(fields["subject"], &subject); err != nil {
		return domain.Mute{}, domain.Errorf(domain.Unsupported, "what is muted cannot be read: %w", err)
	}
	mute := domain.Mute{
		ID: text(fields, "id"), EntityType: text(fields, "entity_type"), EntityID: text(fields, "entity_id"),
		Path: append([]domain.Crumb{}, subject.Path...), Text: subject.Text, Until: instant(fields, "until"),
	}
	if at := instant(fields, "created_at"); at != nil {
		mute.CreatedAt = *at
	}
	return mute, nil
}

// settle reads the workspace's settings. A value that cannot be read, or is none, leaves what is built in.
func settle(defaults *domain.WorkspaceDefaults, rows []map[string]any) error {
	for _, fields := range rows {
		into, known := map[string]any{
			"digest_interval": &defaults.DigestInterval, "digest_hour": &defaults.DigestHour,
			"quiet_hours": &defaults.QuietHours, "player": &defaults.Player,
		}[text(fields, "name")]
		if !known {
			continue
		}
		if err := variable(fields["value"], into); err != nil {
			return domain.Errorf(domain.Unsupported, "the workspace's %s cannot be read: %w", text(fields, "name"), err)
		}
	}
	return nil
}

// mostProjects is how many projects one search finds.
const mostProjects = 20

// Projects finds projects whose name holds the words.
func (c *Client) Projects(ctx context.Context, search string) ([]domain.ProjectName, error) {
	pattern := quote("%" + strings.ReplaceAll(strings.TrimSpace(search), "%", "") + "%")
	rows, err := c.query(ctx, fmt.Sprintf("select id, name, full_name from Project where full_name like %s or name like %s order by full_name limit %d",
		pattern, pattern, mostProjects))
	if err != nil {
		return nil, err
	}
	found := make([]domain.ProjectName, len(rows))
	for i, fields := range rows {
		found[i] = domain.ProjectName{ID: domain.ProjectID(text(fields, "id")), Name: projectName(fields)}
	}
	return found, nil
}

// quote makes a value of a query of any text.
func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
