package tracker_test

import (
	"flag"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// studioModel says in a few lines who may do what in two projects, as the tests' people are: lena and
// maya are users, tomas manages what is open, ines administers, vera manages what she is named for.
type studioModel struct {
	private map[string]bool            // projects
	part    map[string]map[string]bool // by project, those assigned to its task
	named   map[string]bool            // projects that vera manages
	names   map[string]string          // of tasks, one a project: its id with -task
}

func (m *studioModel) sees(who, project string) bool {
	return !m.private[project] || who == "ines" || m.part[project][who] || who == "vera" && m.named[project]
}

func (m *studioModel) manages(who, project string) bool {
	return who == "ines" || who == "tomas" && !m.private[project] || who == "vera" && m.named[project]
}

// may is the code of the error that somebody meets who changes a task: name, or else status.
func (m *studioModel) may(who, project string, name bool) domain.Code {
	switch {
	case !m.sees(who, project):
		return domain.NotFound
	case name && !m.manages(who, project):
		return domain.Forbidden
	default:
		return ""
	}
}

func TestNobodySeesOrChangesMoreThanThePlainModelSays(t *testing.T) {
	fewer(t, 8) // each opens a database
	rapid.Check(t, func(rt *rapid.T) {
		s := open(t)
		projects, people := []string{"one", "two"}, []string{"maya", "lena", "tomas", "vera", "ines"}
		m := &studioModel{private: map[string]bool{}, part: map[string]map[string]bool{}, named: map[string]bool{}, names: map[string]string{}}
		s.do(t, "", create("UserSecurityRole", data{"id": "v", "user_id": "vera", "security_role_id": "manage"}))
		for _, project := range projects {
			s.do(t, "", create("Project", data{"id": project, "name": project}), create("Task", data{"id": project + "-task", "name": "new", "parent_id": project}))
			m.part[project], m.names[project] = map[string]bool{}, "new"
		}
		for i := range rapid.IntRange(5, 25).Draw(rt, "steps") {
			project, who := rapid.SampledFrom(projects).Draw(rt, "project"), rapid.SampledFrom(people).Draw(rt, "who")
			task, assigned := project+"-task", project+"-"+who
			switch rapid.SampledFrom([]string{"private", "part", "named", "rename", "status", "claim"}).Draw(rt, "step") {
			case "private":
				m.private[project] = !m.private[project]
				s.do(t, "", update("Project", project, data{"is_private": m.private[project]}))
			case "part":
				if m.part[project][who] {
					s.do(t, "", remove("Appointment", assigned))
				} else {
					s.do(t, "", create("Appointment", data{"id": assigned, "context_id": task, "resource_id": who}))
				}
				m.part[project][who] = !m.part[project][who]
			case "named":
				if m.named[project] {
					s.do(t, "", remove("UserSecurityRoleProject", "v-"+project))
				} else {
					s.do(t, "", create("UserSecurityRoleProject", data{"id": "v-" + project, "user_security_role_id": "v", "project_id": project}))
				}
				m.named[project] = !m.named[project]
			case "rename":
				name := fmt.Sprintf("name %d", i)
				_, err := s.try(who, update("Task", task, data{"name": name}))
				if want := m.may(who, project, true); domain.CodeOf(err) != want {
					rt.Fatalf("%s renames the task of %s: %v, want %q", who, project, err, want)
				}
				if err == nil {
					m.names[project] = name
				}
			case "status":
				_, err := s.try(who, update("Task", task, data{"status_id": "later"}))
				if want := m.may(who, project, false); domain.CodeOf(err) != want {
					rt.Fatalf("%s sets the status of the task of %s: %v, want %q", who, project, err, want)
				}
			case "claim":
				_, err := s.try(who, create("Appointment", data{"id": assigned, "context_id": task, "resource_id": who}))
				if may := m.sees(who, project) && !m.part[project][who]; (err == nil) != may {
					rt.Fatalf("%s claims the task of %s: %v", who, project, err)
				}
				m.part[project][who] = m.part[project][who] || err == nil
			}
			for _, reader := range people {
				m.compare(rt, t, s, reader, projects)
			}
		}
	})
}

// fewer has rapid check a property so many times, for what takes its time.
func fewer(t *testing.T, checks int) {
	t.Helper()
	before := flag.Lookup("rapid.checks").Value.String()
	if err := flag.Set("rapid.checks", strconv.Itoa(checks)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set("rapid.checks", before) })
}

// compare asks for all tasks as somebody, plainly and counted, and compares with what they should see.
func (m *studioModel) compare(rt *rapid.T, t *testing.T, s *studio, reader string, projects []string) {
	var want, got []string
	for _, project := range projects {
		if m.sees(reader, project) {
			want = append(want, project+": "+m.names[project])
		}
	}
	for _, row := range s.ask(t, reader, "select name, project_id from Task where project_id in (one, two) order by id") {
		got = append(got, fmt.Sprintf("%v: %v", row["project_id"], row["name"]))
	}
	if !slices.Equal(got, want) {
		rt.Fatalf("%s sees %v, want %v", reader, got, want)
	}
	counted, err := s.try(reader, wire.Operation{Action: "query", Expression: "select count(id) from Project where children any (name like '%n%') and id in (one, two)"})
	if err != nil {
		rt.Fatal(err)
	}
	row := counted[0].(wire.Answer).Data.([]any)[0].(map[string]any)
	if fmt.Sprint(row["count_id"]) != fmt.Sprint(len(want)) {
		rt.Fatalf("%s counts %v projects, want %d", reader, row, len(want))
	}
}
