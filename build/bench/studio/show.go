package studio

import (
	"context"
	"fmt"

	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/store"
)

// choices are what the furniture of a workspace offers.
type choices struct {
	schema, kind, administrator, manager, user string
	statuses, types                            []string
}

func look(ctx context.Context, st *store.Store) (choices, error) {
	var c choices
	ids := func(tx *store.Tx, text string) []string {
		q, err := query.Parse(text)
		if err != nil {
			return nil
		}
		result, err := tx.Select(ctx, q, store.Viewer{Everything: true})
		if err != nil {
			return nil
		}
		var found []string
		for _, r := range result.Rows {
			id, _ := r.Values["id"].(string)
			found = append(found, id)
		}
		return found
	}
	err := st.Read(ctx, func(tx *store.Tx) error {
		for text, into := range map[string]*string{
			"ProjectSchema limit 1": &c.schema, "AssetType order by name limit 1": &c.kind,
			`SecurityRole where name is "Administrator"`: &c.administrator, `SecurityRole where name is "Project Manager"`: &c.manager,
			`SecurityRole where name is "User"`: &c.user,
		} {
			found := ids(tx, text)
			if len(found) != 1 {
				return fmt.Errorf("the store is not furnished: %s", text)
			}
			*into = found[0]
		}
		c.statuses, c.types = ids(tx, "Status order by sort"), ids(tx, "Type order by sort")
		return nil
	})
	return c, err
}

// hire brings in people and groups: the first is the administrator, then come the artist and the supervisor.
func (b *builder) hire(ctx context.Context) {
	for i := range groups {
		team := b.id()
		b.teams = append(b.teams, team)
		values := map[string]any{"id": team, "name": fmt.Sprintf("team %02d", i), "local": false, "parent_id": nil}
		if i == groups-5 {
			b.flush(ctx) // the last ones lie in others
		}
		if i >= groups-5 {
			values["parent_id"] = b.teams[i-5]
		}
		b.add(ctx, "Group", values)
	}
	b.flush(ctx)
	for i := range People {
		p := Person{ID: b.id(), Username: fmt.Sprintf("user%03d", i)}
		role := b.user
		switch {
		case i == 0:
			b.studio.Admin, role = p, b.administrator
		case i == 1:
			p.Username = "jo"
			b.studio.Artist = p
		case i == 2:
			b.studio.Supervisor = p
		case i < 20:
			role = b.manager
		case i < 30:
			b.studio.Crew = append(b.studio.Crew, p)
		}
		b.people = append(b.people, p.ID)
		b.add(ctx, "User", map[string]any{
			"id": p.ID, "username": p.Username, "first_name": fmt.Sprintf("First%d", i), "last_name": fmt.Sprintf("Last%d", i),
			"email": p.Username + "@studio.example", "is_active": true, "thumbnail_id": b.id(),
		})
		b.add(ctx, "UserSecurityRole", map[string]any{"id": b.id(), "user_id": p.ID, "security_role_id": role, "is_all_open_projects": true})
		b.add(ctx, "Membership", map[string]any{"id": b.id(), "group_id": b.teams[i%groups], "user_id": p.ID})
	}
}

// plan makes the projects with their sequences, shots and tasks.
func (b *builder) plan(ctx context.Context) {
	for i := range Projects {
		project := b.id()
		b.projects = append(b.projects, project)
		status := "active"
		if i >= shown {
			status = "hidden"
		}
		if i == chosen {
			b.studio.Project = project
		}
		b.add(ctx, "Project", map[string]any{
			"id": project, "name": fmt.Sprintf("show%02d", i), "full_name": fmt.Sprintf("Show %02d", i), "status": status, "color": "#5f8f7f",
			"project_schema_id": b.schema, "is_private": i >= open, "is_global": false, "created_at": b.begun, "project_id": project,
		})
		b.add(ctx, "Manager", map[string]any{"id": b.id(), "context_id": project, "user_id": b.people[3+i%15]})
		for s := range Sequences {
			name := fmt.Sprintf("sq%03d", 10*(s+1))
			sequence := b.context(ctx, "Sequence", name, project, project)
			for n := range Shots {
				b.shot(ctx, i, sequence, fmt.Sprintf("%s_sh%04d", name, 10*(n+1)))
			}
		}
	}
}

func (b *builder) context(ctx context.Context, kind, name, parent, project string) string {
	id := b.id()
	values := map[string]any{
		"id": id, "name": name, "parent_id": parent, "project_id": project, "status_id": b.pick(b.statuses), "type_id": b.pick(b.types),
		"bid": 28800.0, "sort": 0.0, "created_at": b.begun, "created_by_id": b.people[0], "description": "made up", "thumbnail_id": nil,
	}
	if b.dice.IntN(2) == 0 {
		values["thumbnail_id"] = b.id()
	}
	b.add(ctx, kind, values)
	return id
}

// shot makes a shot with its tasks, who does them and what was published. The artists of a project are
// few, though now and then others help.
func (b *builder) shot(ctx context.Context, number int, sequence, name string) {
	project := b.projects[number]
	shot := b.context(ctx, "Shot", name, sequence, project)
	for _, craft := range crafts {
		id := b.context(ctx, "Task", craft, shot, project)
		who := b.people[(number+Projects*b.dice.IntN(People/Projects))%People]
		switch n := b.dice.IntN(teamwork); {
		case n == 0:
			who = b.pick(b.teams)
		case n < 5:
			who = b.pick(b.people[:len(b.people)-People/10]) // the others see nothing of private projects
		}
		b.add(ctx, "Appointment", map[string]any{"id": b.id(), "type": "assignment", "context_id": id, "resource_id": who, "project_id": project})
		t := task{id, craft, project, name + " / " + craft}
		if b.dice.IntN(10) == 0 {
			b.tasks = append(b.tasks, t)
		}
		if b.dice.IntN(8) == 0 {
			b.publish(ctx, t, shot, who)
		}
	}
	if number == chosen && len(b.studio.Tasks) < 200 {
		b.studio.Tasks = append(b.studio.Tasks, b.tasks[len(b.tasks)-1].id)
	}
}

func (b *builder) publish(ctx context.Context, t task, shot, who string) {
	asset := b.id()
	b.add(ctx, "Asset", map[string]any{"id": asset, "name": t.name, "context_id": shot, "project_id": t.project, "type_id": b.kind})
	for number := range 2 {
		id := b.id()
		b.add(ctx, "AssetVersion", map[string]any{
			"id": id, "asset_id": asset, "task_id": t.id, "project_id": t.project, "version": number + 1, "user_id": who, "comment": "for review",
			"status_id": b.pick(b.statuses), "is_published": true, "date": b.begun, "thumbnail_id": b.id(),
		})
		b.versions = append(b.versions, task{id, t.name, t.project, t.path})
	}
}

func (b *builder) pick(from []string) string { return from[b.dice.IntN(len(from))] }
