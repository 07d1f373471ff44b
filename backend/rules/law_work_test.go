package rules_test

import (
	"testing"

	"github.com/callboard/callboard/backend/domain"
)

// TestTheLawOfWork is the rows about assignments, statuses and versions.
func TestTheLawOfWork(t *testing.T) {
	obey(t, map[string]example{
		"assignment: I am assigned to a task": {
			changes: []domain.Change{domain.AssignmentAdded{Assignment: domain.Assignment{ID: "9", On: comp, To: user("lena")}}},
			want:    is{"lena: assignment (assigned)"},
		},
		"assignment: not through a group, not to an object": {
			changes: []domain.Change{
				domain.AssignmentAdded{Assignment: domain.Assignment{ID: "8", On: comp, To: crew("lighting")}},
				domain.AssignmentAdded{Assignment: domain.Assignment{ID: "9", On: shot, To: user("lena")}},
			},
		},
		"unassignment: my assignment to a task is removed": {
			changes: []domain.Change{domain.AssignmentRemoved{Assignment: domain.Assignment{ID: "1", On: comp, To: user("maya")}}},
			want:    is{"maya: unassignment (assigned)"},
		},
		"unassignment: not through a group, not from an object": {
			changes: []domain.Change{
				domain.AssignmentRemoved{Assignment: domain.Assignment{ID: "8", On: comp, To: crew("lighting")}},
				domain.AssignmentRemoved{Assignment: domain.Assignment{ID: "9", On: shot, To: user("lena")}},
			},
		},
		"unassignment: giving a task back is no claim of anybody's": {
			actor:   "maya",
			changes: []domain.Change{domain.AssignmentRemoved{Assignment: domain.Assignment{ID: "1", On: comp, To: user("maya")}}},
		},
		"task claimed: somebody assigns a task to themselves and I am manager of it; they hear nothing": {
			changes: []domain.Change{domain.AssignmentAdded{Assignment: domain.Assignment{ID: "9", On: comp, To: user("tomas")}}},
			want:    is{"pat: task_claimed (manages Northern Lights)", "sam: task_claimed (manages sq020)"},
		},
		"task claimed: I am manager of the task itself": {
			also:    func(s *studio) { s.managers = []manager{{on: "comp", user: "lena"}, {on: "edit", user: "ed"}} },
			changes: []domain.Change{domain.AssignmentAdded{Assignment: domain.Assignment{ID: "9", On: comp, To: user("tomas")}}},
			want:    is{"lena: task_claimed (manages comp)"},
		},
		"task claimed: a manager who claims a task themselves hears nothing": {
			actor:   "sam",
			changes: []domain.Change{domain.AssignmentAdded{Assignment: domain.Assignment{ID: "9", On: comp, To: user("sam")}}},
			want:    is{"pat: task_claimed (manages Northern Lights)"},
		},
		"task claimed: taking a shot is no claim": {
			changes: []domain.Change{domain.AssignmentAdded{Assignment: domain.Assignment{ID: "9", On: shot, To: user("tomas")}}},
		},
		"task status: assigned to it, or manager of it; groups do not count": {
			also: func(s *studio) {
				s.assignments = append(s.assignments, domain.Assignment{ID: "9", On: comp, To: crew("lighting")})
			},
			changes: []domain.Change{domain.StatusChanged{ID: "c", On: comp, From: "todo", To: "done"}},
			want: is{
				"maya: task_status (assigned)", "pat: task_status (manages Northern Lights)", "sam: task_status (manages sq020)",
			},
		},
		"task status: manager of the task itself is named by the nearest that they manage": {
			also: func(s *studio) {
				s.managers = []manager{{on: "film", user: "maya"}, {on: "comp", user: "sam"}, {on: "sq", user: "sam"}}
			},
			changes: []domain.Change{domain.StatusChanged{ID: "c", On: comp, From: "todo", To: "done"}},
			want:    is{"maya: task_status (assigned, manages Northern Lights)", "sam: task_status (manages comp)"},
		},
		"status: my group is assigned to it, I manage it, or am assigned to a task below it": {
			changes: []domain.Change{domain.StatusChanged{ID: "c", On: shot, From: "todo", To: "done"}},
			want: is{
				"kenji: status (object_assigned sh0140)", "lena: status (group_assigned Lighting)", "maya: status (assigned_below sh0140)",
				"nia: status (group_assigned Lighting)", "pat: status (manages Northern Lights)", "sam: status (manages sq020)",
			},
		},
		"status: assigned far below counts, assigned to an object below does not": {
			changes: []domain.Change{domain.StatusChanged{ID: "c", On: sq, To: "done"}},
			want: is{
				"ed: status (assigned_below sq020)", "maya: status (assigned_below sq020)",
				"pat: status (manages Northern Lights)", "sam: status (manages sq020)",
			},
		},
		"status: a group assigned to a task below does not count": {
			also: func(s *studio) {
				s.managers, s.assignments = nil, []domain.Assignment{{ID: "9", On: comp, To: crew("lighting")}}
			},
			changes: []domain.Change{domain.StatusChanged{ID: "c", On: shot, To: "done"}},
		},
		"asset status: I published it, or manage its task or what it hangs on": {
			changes: []domain.Change{domain.StatusChanged{ID: "c", On: take, From: "todo", To: "done"}},
			want: is{
				"pat: asset_status (manages Northern Lights)", "sam: asset_status (manages sq020)", "vera: asset_status (version_user)",
			},
		},
		"asset status: manager of its task alone, or of what it hangs on alone": {
			also: func(s *studio) {
				s.managers = []manager{{on: "comp", user: "lena"}, {on: "shot", user: "kenji"}, {on: "edit", user: "ed"}}
			},
			changes: []domain.Change{domain.StatusChanged{ID: "c", On: take, To: "done"}},
			want:    is{"kenji: asset_status (manages sh0140)", "lena: asset_status (manages comp)", "vera: asset_status (version_user)"},
		},
		"asset status: of a version made on no task; assigned where it hangs does not count": {
			also: func(s *studio) {
				s.versions["take"] = version{asset: "precomp", parent: "shot", user: "vera"}
			},
			changes: []domain.Change{domain.StatusChanged{ID: "c", On: take, To: "done"}},
			want: is{
				"pat: asset_status (manages Northern Lights)", "sam: asset_status (manages sq020)", "vera: asset_status (version_user)",
			},
		},
		"version assigned and supervised: published on my task, or where I manage": {
			actor:   "vera",
			changes: []domain.Change{domain.VersionPublished{Version: "take"}, domain.VersionPublished{Version: "take"}},
			want: is{
				"maya: version_assigned (assigned)", "pat: version_supervised (manages Northern Lights)", "sam: version_supervised (manages sq020)",
			},
		},
		"version assigned: by someone else, even where another publishes for me": {
			also: func(s *studio) {
				s.versions["take"] = version{asset: "precomp", task: "comp", parent: "shot", user: "maya"}
			},
			changes: []domain.Change{domain.VersionPublished{Version: "take"}},
			want:    is{"pat: version_supervised (manages Northern Lights)", "sam: version_supervised (manages sq020)"},
		},
		"version assigned: not through a group": {
			also: func(s *studio) {
				s.managers, s.assignments = nil, []domain.Assignment{{ID: "9", On: comp, To: crew("lighting")}}
			},
			changes: []domain.Change{domain.VersionPublished{Version: "take"}},
		},
		"version supervised: published on an object, on no task": {
			also: func(s *studio) {
				s.versions["take"] = version{asset: "precomp", parent: "shot", user: "vera"}
			},
			changes: []domain.Change{domain.VersionPublished{Version: "take"}},
			want:    is{"pat: version_supervised (manages Northern Lights)", "sam: version_supervised (manages sq020)"},
		},
		"version supervised: manager of the task alone": {
			also:    func(s *studio) { s.managers = []manager{{on: "comp", user: "lena"}} },
			changes: []domain.Change{domain.VersionPublished{Version: "take"}},
			want:    is{"lena: version_supervised (manages comp)", "maya: version_assigned (assigned)"},
		},
		"version dependent: my task follows the publishing task": {
			actor: "sam", also: func(s *studio) { s.links = [][2]string{{"comp", "edit"}} },
			changes: []domain.Change{domain.VersionPublished{Version: "take"}},
			want: is{
				"ed: version_dependent (task_follows edit)", "maya: version_assigned (assigned)", "pat: version_supervised (manages Northern Lights)",
			},
		},
		"version dependent: my task follows what the asset hangs on; a shot that follows is not my task": {
			actor: "sam", also: func(s *studio) { s.links = [][2]string{{"shot", "edit"}, {"comp", "shot"}} },
			changes: []domain.Change{domain.VersionPublished{Version: "take"}},
			want: is{
				"ed: version_dependent (task_follows edit)", "maya: version_assigned (assigned)", "pat: version_supervised (manages Northern Lights)",
			},
		},
		"version dependent: what was published on my task uses any version of the asset": {
			actor: "sam", also: func(s *studio) {
				s.versions["older"] = version{asset: "precomp", task: "comp", parent: "shot", user: "vera"}
				s.versions["cut"] = version{asset: "edl", task: "edit", parent: "sq", user: "ed"}
				s.uses = [][2]domain.VersionID{{"cut", "older"}}
			},
			changes: []domain.Change{domain.VersionPublished{Version: "take"}},
			want: is{
				"ed: version_dependent (task_uses edit)", "maya: version_assigned (assigned)", "pat: version_supervised (manages Northern Lights)",
			},
		},
		"version dependent: what my task has not published does not count": {
			actor: "sam", also: func(s *studio) {
				s.versions["cut"] = version{asset: "edl", task: "edit", parent: "sq", user: "ed", hidden: true}
				s.uses = [][2]domain.VersionID{{"cut", "take"}}
			},
			changes: []domain.Change{domain.VersionPublished{Version: "take"}},
			want:    is{"maya: version_assigned (assigned)", "pat: version_supervised (manages Northern Lights)"},
		},
		"version dependent: not through a group, and not who comes before": {
			actor: "sam", also: func(s *studio) {
				s.assignments = []domain.Assignment{{ID: "8", On: edit, To: crew("lighting")}, {ID: "9", On: core, To: user("tomas")}}
				s.links = [][2]string{{"comp", "edit"}, {"core", "comp"}}
			},
			changes: []domain.Change{domain.VersionPublished{Version: "take"}},
			want:    is{"pat: version_supervised (manages Northern Lights)"},
		},
		"version: gone again, it tells nobody": {
			changes: []domain.Change{domain.VersionPublished{Version: "gone"}},
		},
	})
}
