package tracker_test

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/callboard/callboard/backend/ftrack/wire"
)

// deeds are what people do in a random studio, each as often as it stands here for how often it is tried.
var deeds = []string{
	"note", "note", "note", "note", "for another", "send", "send", "complete", "complete", "complete",
	"assign", "assign", "assign", "claim", "claim", "claim", "unassign", "unassign", "unassign", "unassign", "unassign", "hand over",
	"task", "task", "task", "task", "object", "object", "object", "version", "version", "version", "version",
	"publish", "publish", "publish", "publish", "republish", "republish", "judge", "judge", "rejudge",
	"manage", "join", "deactivate", "hide", "nest", "link", "use", "invite",
	"delete note", "delete version", "fleeting",
}

// request makes up what somebody asks of the server at once. Some of it they may not do.
func (s *randomStudio) request(t *rapid.T, actor string) (ops []wire.Operation) {
	for range times(t, 1, 3) {
		deed := of(t, deeds)
		for _, act := range []func(*rapid.T, string, string) []wire.Operation{s.write, s.assign, s.change, s.publish, s.rearrange} {
			ops = append(ops, act(t, deed, actor)...)
		}
	}
	return ops
}

// gone draws one of some ids, and takes it from them.
func gone(t *rapid.T, ids *[]string) string {
	id := of(t, *ids)
	*ids = slices.DeleteFunc(slices.Clone(*ids), func(other string) bool { return other == id })
	return id
}

// later is a moment at which a note is completed, or none.
func later(t *rapid.T) any {
	if chance(t, 30) {
		return nil
	}
	return "2026-12-24T10:00:00"
}

func (s *randomStudio) write(t *rapid.T, deed, actor string) []wire.Operation {
	switch deed {
	case "note":
		return s.note(t, actor)
	case "for another":
		return s.note(t, of(t, s.people))
	case "send":
		return []wire.Operation{recipient(of(t, s.notes), s.somebody(t))}
	case "complete":
		return []wire.Operation{update("Note", of(t, s.notes), data{"completed_at": later(t)})}
	case "delete note":
		return []wire.Operation{remove("Note", gone(t, &s.notes))}
	case "fleeting":
		notes := s.notes
		ops := append(s.note(t, actor), remove("Note", s.notes[len(s.notes)-1]))
		s.notes = notes
		return ops
	}
	return nil
}

func (s *randomStudio) assign(t *rapid.T, deed, actor string) []wire.Operation {
	switch deed {
	case "assign":
		return []wire.Operation{s.assignment(t, s.somewhere(t), s.somebody(t))}
	case "claim":
		return []wire.Operation{s.assignment(t, of(t, s.tasks), actor)}
	case "unassign":
		return []wire.Operation{remove("Appointment", gone(t, &s.appointments))}
	case "hand over":
		return []wire.Operation{update("Appointment", of(t, s.appointments), data{"resource_id": s.somebody(t)})}
	}
	return nil
}

func (s *randomStudio) change(t *rapid.T, deed, _ string) []wire.Operation {
	status := data{"status_id": of(t, []string{"later", "ready"})}
	switch deed {
	case "task":
		return []wire.Operation{update("Task", of(t, s.tasks), status)}
	case "object":
		return []wire.Operation{update("TypedContext", of(t, s.shots), status)}
	case "version":
		return []wire.Operation{update("AssetVersion", of(t, s.versions), status)}
	}
	return nil
}

func (s *randomStudio) publish(t *rapid.T, deed, actor string) []wire.Operation {
	switch deed {
	case "publish":
		if chance(t, 30) {
			actor = of(t, s.people)
		}
		return []wire.Operation{s.version(t, actor, chance(t, 85))}
	case "republish":
		return []wire.Operation{update("AssetVersion", of(t, s.versions), data{"is_published": chance(t, 70)})}
	case "delete version":
		return []wire.Operation{remove("AssetVersion", gone(t, &s.versions))}
	case "judge":
		id := s.id("judgement")
		judgement := data{"id": id, "review_session_object_id": of(t, s.items), "status": "approved"}
		if len(s.invitees) > 0 && chance(t, 50) {
			judgement["review_session_invitee_id"] = of(t, s.invitees)
		}
		s.judgements = append(s.judgements, id)
		return []wire.Operation{create("ReviewSessionObjectStatus", judgement)}
	case "rejudge":
		if len(s.judgements) == 0 {
			return nil
		}
		return []wire.Operation{update("ReviewSessionObjectStatus", of(t, s.judgements), data{"status": "require_changes"})}
	}
	return nil
}

// rearrange changes what the law's answers hang on, and tells nobody itself.
func (s *randomStudio) rearrange(t *rapid.T, deed, _ string) []wire.Operation {
	switch deed {
	case "manage":
		return []wire.Operation{s.manager(t)}
	case "join":
		return []wire.Operation{s.member(t)}
	case "deactivate":
		return []wire.Operation{update("User", of(t, s.people[1:]), data{"is_active": chance(t, 50)})}
	case "hide":
		return []wire.Operation{update("Project", of(t, s.projects), data{"is_private": chance(t, 50)})}
	case "nest":
		return []wire.Operation{update("Group", of(t, s.groups), data{"parent_id": of(t, s.groups)})}
	case "link":
		return []wire.Operation{s.link(t)}
	case "use":
		return []wire.Operation{s.use(t)}
	case "invite":
		return []wire.Operation{s.invitation(t, of(t, s.reviews))}
	}
	return nil
}
