package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// producer is who set the show up.
const producer = "dana"

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
	before := moments(now, toldBefore)[toldBefore-1].Add(-time.Hour)
	if err := d.hire(ctx, names, before); err != nil {
		return err
	}
	if err := d.studio.Do(ctx, domain.UserID(userID(producer)), before, append(showOps(names, now), workOps(names)...)); err != nil {
		return fmt.Errorf("make the demo show: %w", err)
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

// showOps are the project, its sequences, shots and asset builds.
func showOps(names *catalogue, now time.Time) []wire.Operation {
	ops := []wire.Operation{create("Project", map[string]any{
		"id": projectID(), "name": "northern_lights", "full_name": "Northern Lights", "status": "active", "color": "#5f8f7f",
		"project_schema_id": names.schema, "start_date": now.AddDate(0, -5, 0), "end_date": now.AddDate(0, 3, 0),
	})}
	under := func(entity, id, parent, name, description, status string, more map[string]any) {
		data := map[string]any{
			"id": id, "name": name, "parent_id": parent, "project_id": projectID(), "description": description, "status_id": names.status[status],
		}
		for attribute, value := range more {
			data[attribute] = value
		}
		ops = append(ops, create(entity, data))
	}
	for _, s := range sequences {
		under("Sequence", idOf("sequence/"+s.name), projectID(), s.name, s.description, inProgress, nil)
		for _, shot := range s.shots {
			at := "shot/" + shot
			under("Shot", thingID(at), idOf("sequence/"+s.name), shot, "", inProgress, map[string]any{"thumbnail_id": string(pictureOf(at))})
		}
	}
	for _, b := range builds {
		at := "build/" + b.name
		under("AssetBuild", thingID(at), projectID(), b.name, b.description, inProgress, map[string]any{"thumbnail_id": string(pictureOf(at))})
	}
	return ops
}

// workOps are the tasks, who does and who manages them, and what was published so far.
func workOps(names *catalogue) []wire.Operation {
	dice := rand.New(rand.NewPCG(11, 23)) // the same show every time
	progress := []string{notStarted, ready, inProgress, inProgress, inReview, revise, approved}
	manage := func(context, user string) wire.Operation {
		return create("Manager", map[string]any{"id": idOf("manager/" + context + user), "context_id": context, "user_id": userID(user)})
	}
	ops := []wire.Operation{
		manage(projectID(), "dana"), manage(idOf("sequence/sq010"), "tomas"), manage(idOf("sequence/sq020"), "tomas"),
		create("Appointment", map[string]any{
			"id": idOf("assigned/group"), "context_id": thingID("shot/sh0150"), "resource_id": groupID("Animation"), "type": "assignment",
		}),
	}
	for _, t := range tasks() {
		ops = append(ops,
			create("Task", map[string]any{
				"id": t.id, "name": t.craft.name, "parent_id": t.thing, "project_id": projectID(), "type_id": names.kind[t.craft.kind],
				"status_id": names.status[progress[dice.IntN(len(progress))]], "bid": t.craft.days * 8 * 3600, "thumbnail_id": string(t.picture),
			}),
			create("Appointment", map[string]any{
				"id": idOf("assigned/" + t.id), "context_id": t.id, "resource_id": userID(t.artist), "type": "assignment",
			}),
			create("Asset", map[string]any{
				"id": t.asset(), "name": t.craft.name, "context_id": t.thing, "type_id": names.assetKind["Upload"],
			}))
		for number := range 1 + dice.IntN(3) {
			ops = append(ops, publishOp(t, number+1, comments[dice.IntN(len(comments))], names.status[inReview]))
		}
	}
	return ops
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
