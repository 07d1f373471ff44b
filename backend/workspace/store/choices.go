package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/callboard/callboard/backend/domain"
)

// Choices reads what bears on notifications of these kinds to people, in projects and outside of them.
// It looks at the given people alone, however many others chose something.
func (tx *Tx) Choices(ctx context.Context, people []domain.UserID, kinds []domain.Kind, projects []domain.ProjectID) (map[domain.UserID]domain.Choices, error) {
	found := make(map[domain.UserID]domain.Choices, len(people))
	if len(people) == 0 || len(kinds) == 0 {
		return found, nil
	}
	if len(projects) == 0 {
		projects = []domain.ProjectID{""} // what belongs to none is asked for as well
	}
	workspace := map[domain.Kind][]domain.Channel{}
	for _, user := range people {
		found[user] = domain.Choices{Workspace: workspace}
	}
	known := channelLists{}
	for chunk := range slices.Chunk(people, batch) {
		for some := range slices.Chunk(projects, batch) {
			c := newCompiler(Viewer{}, nil)
			text := fmt.Sprintf(choicesOf, among(tx, c, chunk), among(tx, c, some), bindIDs(c, kinds))
			if err := tx.chosen(ctx, text, c.args, known, workspace, found); err != nil {
				return nil, fmt.Errorf("read what people chose: %w", err)
			}
		}
	}
	return found, nil
}

// choicesOf answers the workspace's choices, those of people, and those of people for projects: each as
// who, project, kind and channels.
const choicesOf = `SELECT '', '', kind, channels FROM "notificationdefault" WHERE kind IN (%[3]s)
	UNION ALL SELECT user_id, '', kind, channels FROM "notificationpreference" WHERE project_id IS NULL AND user_id IN (%[1]s) AND kind IN (%[3]s)
	UNION ALL SELECT user_id, project_id, kind, channels FROM "notificationpreference" WHERE user_id IN (%[1]s) AND project_id IN (%[2]s) AND kind IN (%[3]s)`

// chosen adds what a statement finds to the choices of the workspace and of people.
func (tx *Tx) chosen(ctx context.Context, text string, args []any, known channelLists, workspace map[domain.Kind][]domain.Channel, into map[domain.UserID]domain.Choices) error {
	rows, err := tx.query(ctx, text, args...)
	if err != nil {
		return err
	}
	for rows.Next() {
		var user domain.UserID
		var project domain.ProjectID
		var kind domain.Kind
		var list string
		if err := rows.Scan(&user, &project, &kind, &list); err != nil {
			return closing(rows, err)
		}
		channels, err := known.read(list)
		if err != nil {
			return closing(rows, err)
		}
		if user == "" {
			workspace[kind] = channels
			continue
		}
		c := into[user]
		switch {
		case project == "" && c.Own == nil:
			c.Own = map[domain.Kind][]domain.Channel{kind: channels}
		case project == "":
			c.Own[kind] = channels
		default:
			if c.Projects == nil {
				c.Projects = map[domain.ProjectID]map[domain.Kind][]domain.Channel{}
			}
			if c.Projects[project] == nil {
				c.Projects[project] = map[domain.Kind][]domain.Channel{}
			}
			c.Projects[project][kind] = channels
		}
		into[user] = c
	}
	return closing(rows, nil)
}

// WorkspaceChannels are the channels that administrators chose for whoever chose nothing.
func (tx *Tx) WorkspaceChannels(ctx context.Context) (map[domain.Kind][]domain.Channel, error) {
	found := map[string][]string{}
	if err := tx.collect(ctx, found, `SELECT kind, channels FROM "notificationdefault"`, nil); err != nil {
		return nil, fmt.Errorf("read the workspace's channels: %w", err)
	}
	known := channelLists{}
	workspace := make(map[domain.Kind][]domain.Channel, len(found))
	for kind, lists := range found {
		channels, err := known.read(lists[0])
		if err != nil {
			return nil, err
		}
		workspace[domain.Kind(kind)] = channels
	}
	return workspace, nil
}

// channelLists are lists of channels by how they are stored. There are few, and many people have each.
type channelLists map[string][]domain.Channel

func (l channelLists) read(text string) ([]domain.Channel, error) {
	if channels, known := l[text]; known {
		return channels, nil
	}
	var channels []domain.Channel
	if err := json.Unmarshal([]byte(text), &channels); err != nil {
		return nil, fmt.Errorf("read the channels %q: %w", strings.ToValidUTF8(text, "?"), err)
	}
	l[text] = channels
	return channels, nil
}

// Chose counts, of the active people, all of them and those who chose the channels of each kind for
// themselves.
func (tx *Tx) Chose(ctx context.Context) (people int, chose map[domain.Kind]int, err error) {
	if err := tx.queryRow(ctx, `SELECT count(*) FROM "resource" WHERE resource_type = 'user' AND is_active = TRUE`).Scan(&people); err != nil {
		return 0, nil, fmt.Errorf("count the people: %w", err)
	}
	rows, err := tx.query(ctx, `SELECT p.kind, count(*) FROM "notificationpreference" AS p
		JOIN "resource" AS u ON u.id = p.user_id AND u.resource_type = 'user' AND u.is_active = TRUE WHERE p.project_id IS NULL GROUP BY p.kind`)
	if err != nil {
		return 0, nil, fmt.Errorf("count who chose: %w", err)
	}
	chose = map[domain.Kind]int{}
	for rows.Next() {
		var kind domain.Kind
		var n int
		if err := rows.Scan(&kind, &n); err != nil {
			return 0, nil, closing(rows, err)
		}
		chose[kind] = n
	}
	return people, chose, closing(rows, nil)
}
