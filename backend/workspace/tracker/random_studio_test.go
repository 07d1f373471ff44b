package tracker_test

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/callboard/callboard/backend/ftrack/wire"
)

// randomStudio is one random production among others in a workspace, as far as tests must know it to make
// up requests: the ids of what there is. What went along with something deleted stays among them, and is refused.
type randomStudio struct {
	prefix string
	made   int // ids so far
	// home is the project that an asset or a version is of.
	home map[string]string

	people, groups, guests []string
	projects               []string
	tasks, objects, shots  []string // shots are those of the objects whose status changes
	assets, versions       []string
	reviews, items         []string
	invitees, judgements   []string
	notes, appointments    []string
}

// even draws a number below 1,024, each with the same chance: rapid's own prefer the small ones, and then
// the first person does nearly everything to the first task.
var even = rapid.Custom(func(t *rapid.T) (n int) {
	for range 10 {
		if n *= 2; rapid.Bool().Draw(t, "bit") {
			n++
		}
	}
	return n
})

// of draws one of some ids.
func of(t *rapid.T, ids []string) string { return ids[even.Draw(t, "which")%len(ids)] }

// chance is true so many times in a hundred.
func chance(t *rapid.T, percent int) bool { return even.Draw(t, "chance")%100 >= 100-percent }

// times draws how often something is done.
func times(t *rapid.T, least, most int) int {
	return least + even.Draw(t, "times")%(most-least+1)
}

func (s *randomStudio) id(what string) string {
	s.made++
	return fmt.Sprintf("%s-%s%d", s.prefix, what, s.made)
}

// somebody draws a person or a group.
func (s *randomStudio) somebody(t *rapid.T) string {
	if chance(t, 60) {
		return of(t, s.people)
	}
	return of(t, s.groups)
}

// somewhere draws a project or anything below one.
func (s *randomStudio) somewhere(t *rapid.T) string {
	switch {
	case chance(t, 15):
		return of(t, s.projects)
	case chance(t, 50):
		return of(t, s.objects)
	default:
		return of(t, s.tasks)
	}
}

// furnish makes the production: people in nested groups, two projects with things at several heights,
// managers and assignments anywhere, links, versions made of others, reviews and old threads of notes.
func (s *randomStudio) furnish(t *rapid.T) []wire.Operation {
	ops := append(s.staff(t), s.stage(t)...)
	for range times(t, 3, 6) {
		ops = append(ops, s.manager(t))
	}
	for range times(t, 6, 12) {
		ops = append(ops, s.assignment(t, s.somewhere(t), s.somebody(t)))
	}
	for range times(t, 3, 6) {
		ops = append(ops, s.assignment(t, of(t, s.tasks), of(t, s.people)))
	}
	for range times(t, 3, 6) {
		ops = append(ops, s.link(t))
	}
	for range times(t, 3, 6) {
		ops = append(ops, s.version(t, of(t, s.people), chance(t, 60)))
	}
	for range times(t, 2, 4) {
		ops = append(ops, s.use(t))
	}
	for range times(t, 1, 2) {
		ops = append(ops, s.review(t)...)
	}
	for range times(t, 3, 6) {
		ops = append(ops, s.note(t, of(t, s.people))...)
	}
	return ops
}

func (s *randomStudio) staff(t *rapid.T) (ops []wire.Operation) {
	for range 7 {
		id := s.id("person")
		s.people = append(s.people, id)
		ops = append(ops, create("User", data{"id": id, "username": id, "is_active": len(s.people) == 1 || chance(t, 85)}))
	}
	ops = append(ops,
		create("UserSecurityRole", data{"user_id": s.boss(), "security_role_id": "administer"}),
		create("UserSecurityRole", data{"id": s.people[1] + "-role", "user_id": s.people[1], "security_role_id": "manage", "is_all_open_projects": true}))
	guest := s.id("guest")
	s.guests = append(s.guests, guest)
	ops = append(ops, create("Collaborator", data{"id": guest, "first_name": "Gus", "email": guest + "@client.test"}))
	for range 6 {
		group := data{"id": s.id("group"), "name": fmt.Sprintf("Group %d", s.made)}
		switch {
		case len(s.groups) > 0 && chance(t, 60):
			group["parent_id"] = s.groups[len(s.groups)-1] // so that some nest deep
		case len(s.groups) > 0 && chance(t, 50):
			group["parent_id"] = of(t, s.groups)
		}
		s.groups = append(s.groups, group["id"].(string))
		ops = append(ops, create("Group", group))
	}
	for range times(t, 4, 9) {
		ops = append(ops, s.member(t))
	}
	return ops
}

// boss administers the workspace, and is never deactivated.
func (s *randomStudio) boss() string { return s.people[0] }

func (s *randomStudio) stage(t *rapid.T) (ops []wire.Operation) {
	place := func(entity, above string) string {
		id := s.id(entity)
		ops = append(ops, create(entity, data{"id": id, "name": "the " + id, "parent_id": above}))
		if entity == "Task" {
			s.tasks = append(s.tasks, id)
			return id
		}
		s.objects = append(s.objects, id)
		if entity == "Shot" || entity == "AssetBuild" {
			s.shots = append(s.shots, id)
		}
		return id
	}
	asset := func(above string) string {
		id := s.id("asset")
		ops = append(ops, create("Asset", data{"id": id, "name": "the " + id, "context_id": above}))
		s.assets = append(s.assets, id)
		return id
	}
	for i := range 2 {
		project := s.id("project")
		s.projects = append(s.projects, project)
		ops = append(ops, create("Project", data{"id": project, "name": project, "full_name": "The " + project, "is_private": chance(t, 20+30*i)}))
		sequence := place("Sequence", project)
		shot := place("Shot", sequence)
		place("Task", project)
		place("Task", sequence)
		place("Task", shot)
		place("Task", shot)
		for _, above := range []string{project, sequence, shot} {
			s.home[asset(above)] = project
		}
		if i == 0 {
			place("Task", place("AssetBuild", place("Folder", shot)))
		}
	}
	ops = append(ops, create("UserSecurityRoleProject", data{"user_security_role_id": s.people[1] + "-role", "project_id": of(t, s.projects)}))
	return ops
}

func (s *randomStudio) member(t *rapid.T) wire.Operation {
	return create("Membership", data{"group_id": of(t, s.groups), "user_id": of(t, s.people)})
}

func (s *randomStudio) manager(t *rapid.T) wire.Operation {
	return create("Manager", data{"context_id": s.somewhere(t), "user_id": of(t, s.people)})
}

func (s *randomStudio) assignment(t *rapid.T, on, to string) wire.Operation {
	id, kind := s.id("appointment"), "assignment"
	if chance(t, 15) {
		kind = "allocation"
	}
	s.appointments = append(s.appointments, id)
	return create("Appointment", data{"id": id, "context_id": on, "resource_id": to, "type": kind})
}

func (s *randomStudio) link(t *rapid.T) wire.Operation {
	all := append(append([]string{}, s.tasks...), s.objects...)
	return create("TypedContextLink", data{"from_id": of(t, all), "to_id": of(t, append(all, s.tasks...))})
}

func (s *randomStudio) version(t *rapid.T, user string, published bool) wire.Operation {
	id, asset := s.id("version"), of(t, s.assets)
	version := data{"id": id, "asset_id": asset, "user_id": user, "is_published": published}
	s.home[id] = s.home[asset]
	if chance(t, 85) {
		version["task_id"] = of(t, s.tasks)
	}
	s.versions = append(s.versions, id)
	return create("AssetVersion", version)
}

func (s *randomStudio) use(t *rapid.T) wire.Operation {
	return create("AssetVersionLink", data{"from_id": of(t, s.versions), "to_id": of(t, s.versions)})
}

func (s *randomStudio) review(t *rapid.T) []wire.Operation {
	review, version := s.id("review"), of(t, s.versions)
	s.reviews = append(s.reviews, review)
	ops := []wire.Operation{create("ReviewSession", data{"id": review, "name": review, "project_id": s.home[version], "created_by_id": of(t, s.people)})}
	for range times(t, 1, 2) {
		item := s.id("item")
		s.items = append(s.items, item)
		ops = append(ops, create("ReviewSessionObject", data{"id": item, "review_session_id": review, "version_id": version, "name": item}))
	}
	for range times(t, 0, 3) {
		ops = append(ops, s.invitation(t, review))
	}
	return ops
}

func (s *randomStudio) invitation(t *rapid.T, review string) wire.Operation {
	id := s.id("invitee")
	invitee := data{"id": id, "review_session_id": review, "email": id + "@client.test", "name": id, "created_by_id": s.boss()}
	switch {
	case chance(t, 15):
		invitee["resource_id"] = of(t, s.guests)
	case chance(t, 90):
		invitee["resource_id"] = s.somebody(t)
	}
	s.invitees = append(s.invitees, id)
	return create("ReviewSessionInvitee", invitee)
}

// note is a note on anything, a message or a reply to either, with recipients.
func (s *randomStudio) note(t *rapid.T, author string) []wire.Operation {
	id := s.id("note")
	note := data{"id": id, "content": id, "user_id": author}
	switch {
	case len(s.notes) > 0 && chance(t, 45):
		note["in_reply_to_id"] = of(t, s.notes)
		if chance(t, 50) {
			note["in_reply_to_id"] = s.notes[len(s.notes)-1] // so that some threads are deep
		}
		if chance(t, 10) {
			note["parent_id"] = s.somewhere(t)
		}
	case chance(t, 25): // a message
	case chance(t, 20) && len(s.items) > 0:
		note["parent_id"] = of(t, s.items)
	case chance(t, 25):
		note["parent_id"] = of(t, s.versions)
	default:
		note["parent_id"] = s.somewhere(t)
	}
	s.notes = append(s.notes, id)
	ops := []wire.Operation{create("Note", note)}
	sent := map[string]bool{}
	for range times(t, 0, 3) {
		if who := s.somebody(t); !sent[who] {
			sent[who] = true
			ops = append(ops, recipient(id, who))
		}
	}
	return ops
}
