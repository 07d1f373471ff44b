package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// producer is who set the show up.
const producer = "dana"

// setUp is how many days ago the show was set up: before everything that happened in it.
const setUp = 9

// Fill makes the show in a workspace that does not have it, with some days of history. A show that is
// there already is left as it is. Its people come first and then the show, each whole or not at all.
func (d *Demo) Fill(ctx context.Context) error {
	there, err := d.has(ctx, "Project", projectID())
	if err != nil || there {
		return err
	}
	names, err := d.lookUp(ctx)
	if err != nil {
		return err
	}
	now := d.cfg.Clock()
	before := now.AddDate(0, 0, -setUp)
	if err := d.hire(ctx, names, before); err != nil {
		return err
	}
	work := planned(now)
	var show []wire.Operation
	for _, f := range films {
		show = append(show, showOps(names, f, now)...)
	}
	if err := d.studio.Do(ctx, domain.UserID(userID(producer)), before, append(show, workOps(names, work)...)); err != nil {
		return fmt.Errorf("make the demo show: %w", err)
	}
	if err := d.progress(ctx, names, work); err != nil {
		return fmt.Errorf("move the demo's tasks on: %w", err)
	}
	if err := d.remember(ctx, now); err != nil {
		return fmt.Errorf("make the demo's history: %w", err)
	}
	return nil
}

// hire brings in the people with their pictures, and what the workspace lacks of names.
func (d *Demo) hire(ctx context.Context, names *catalogue, at time.Time) error {
	there, err := d.has(ctx, "User", userID(producer))
	if err != nil || there {
		return err
	}
	pictures, err := d.paintAll(ctx)
	if err != nil {
		return fmt.Errorf("paint the demo's pictures: %w", err)
	}
	if err := d.studio.Do(ctx, "", at, slices.Concat(names.missing, pictures, castOps(names))); err != nil {
		return fmt.Errorf("hire the demo's people: %w", err)
	}
	return nil
}

func (d *Demo) has(ctx context.Context, entity, id string) (bool, error) {
	rows, err := d.studio.Ask(ctx, "", fmt.Sprintf("select id from %s where id is %q", entity, id))
	if err != nil {
		return false, fmt.Errorf("look for the demo's %s: %w", entity, err)
	}
	return len(rows) > 0, nil
}

// castOps are the people, their departments and what they may do.
func castOps(names *catalogue) []wire.Operation {
	var ops []wire.Operation
	for _, p := range People {
		ops = append(ops,
			create("User", map[string]any{
				"id": string(p.ID()), "username": p.Username, "first_name": p.First, "last_name": p.Last,
				"email": p.Username + "@aurora.example", "is_active": true, "thumbnail_id": string(p.picture()),
			}),
			create("UserSecurityRole", map[string]any{
				"id": idOf("role/" + p.Username), "user_id": string(p.ID()), "security_role_id": names.role[p.Role], "is_all_open_projects": true,
			}))
	}
	for _, g := range groups {
		ops = append(ops, create("Group", map[string]any{"id": groupID(g.name), "name": g.name, "local": false}))
		for _, member := range g.members {
			ops = append(ops, create("Membership", map[string]any{
				"id": idOf("member/" + g.name + "/" + member), "group_id": groupID(g.name), "user_id": userID(member),
			}))
		}
	}
	return ops
}

// showOps are the project of a film, its sequences, shots, asset builds and milestones.
func showOps(names *catalogue, f film, now time.Time) []wire.Operation {
	ops := []wire.Operation{create("Project", map[string]any{
		"id": f.id(), "name": f.code, "full_name": f.title, "status": "active", "color": f.color, "project_schema_id": names.schema,
		"start_date": now.AddDate(0, 0, f.begun), "end_date": day(now, f.ends), "thumbnail_id": string(pictureOf("shot/" + f.cover)),
	})}
	under := func(entity, id, parent, name, description, status string, more map[string]any) {
		data := map[string]any{
			"id": id, "name": name, "parent_id": parent, "project_id": f.id(), "description": description, "status_id": names.status[status],
		}
		for attribute, value := range more {
			data[attribute] = value
		}
		ops = append(ops, create(entity, data))
	}
	for _, s := range f.sequences {
		under("Sequence", idOf("sequence/"+s.name), f.id(), s.name, s.description, inProgress, nil)
		for _, shot := range s.shots {
			at := "shot/" + shot
			under("Shot", thingID(at), idOf("sequence/"+s.name), shot, "", inProgress, map[string]any{"thumbnail_id": string(pictureOf(at))})
		}
	}
	for _, b := range f.builds {
		at := "build/" + b.name
		under("AssetBuild", thingID(at), f.id(), b.name, b.description, inProgress, map[string]any{"thumbnail_id": string(pictureOf(at))})
	}
	for _, m := range f.milestones {
		under("Milestone", idOf("milestone/"+f.code+"/"+m.name), f.id(), m.name, "", notStarted, map[string]any{"end_date": day(now, m.in)})
	}
	return ops
}

// workOps are the tasks, who does and who manages them, and what was published so far.
func workOps(names *catalogue, work []plan) []wire.Operation {
	manage := func(context, user string) wire.Operation {
		return create("Manager", map[string]any{"id": idOf("manager/" + context + user), "context_id": context, "user_id": userID(user)})
	}
	assign := func(name, context, resource string) wire.Operation {
		return create("Appointment", map[string]any{"id": idOf("assigned/" + name), "context_id": context, "resource_id": resource, "type": "assignment"})
	}
	var ops []wire.Operation
	for _, f := range films {
		ops = append(ops, manage(f.id(), producer))
		for _, s := range f.sequences {
			ops = append(ops, manage(idOf("sequence/"+s.name), "tomas"))
		}
	}
	ops = append(ops, assign("group", thingID("shot/sh0150"), groupID("Animation")))
	for _, p := range work {
		t := p.task
		who := userID(t.artist)
		if t.craft.team != "" {
			who = groupID(t.craft.team)
		}
		ops = append(ops,
			create("Task", map[string]any{
				"id": t.id, "name": t.craft.name, "parent_id": t.thing, "project_id": t.film.id(), "type_id": names.kind[t.craft.kind],
				"status_id": names.status[p.before()], "priority_id": names.priority[p.priority], "start_date": p.start, "end_date": p.due,
				"bid": t.craft.days * 8 * 3600, "thumbnail_id": string(t.picture),
			}),
			assign(t.id, t.id, who),
			create("Asset", map[string]any{
				"id": t.asset(), "name": t.craft.name, "context_id": t.thing, "type_id": names.assetKind["Upload"],
			}))
		for i, v := range p.versions {
			op := publishOp(t, i+1, v.comment, names.status[v.status])
			op.EntityData["date"] = v.at
			ops = append(ops, op)
		}
	}
	return ops
}

// progress gives the tasks that moved on in the last days their present status, each at its hour.
func (d *Demo) progress(ctx context.Context, names *catalogue, work []plan) error {
	moved := slices.DeleteFunc(slices.Clone(work), func(p plan) bool { return p.moved == nil })
	slices.SortFunc(moved, func(a, b plan) int { return a.moved.at.Compare(b.moved.at) })
	for _, p := range moved {
		op := update("Task", p.task.id, map[string]any{"status_id": names.status[p.status]})
		if err := d.perform(ctx, act{domain.UserID(userID(p.moved.by)), []wire.Operation{op}}, p.moved.at); err != nil {
			return err
		}
	}
	return nil
}

func publishOp(t task, number int, comment, status string) wire.Operation {
	return create("AssetVersion", map[string]any{
		"id": versionID(t, number), "asset_id": t.asset(), "task_id": t.id, "version": float64(number),
		"user_id": userID(t.artist), "status_id": status, "comment": comment, "is_published": true, "thumbnail_id": string(t.picture),
	})
}

func versionID(t task, number int) string {
	return idOf(fmt.Sprintf("version/%s/%d", t.asset(), number))
}
