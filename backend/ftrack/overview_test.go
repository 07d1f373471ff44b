package ftrack_test

import (
	"slices"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

func TestTheOverviewShowsTheWeekOfMyProjects(t *testing.T) {
	s := openStudio(t)
	client, maya := s.as("maya")
	o, err := client.Overview(t.Context(), maya, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Projects) != 2 || o.Projects[0].Name != "Northern Lights" || o.Projects[0].Manages || o.Projects[0].Mine < 8 || o.Projects[0].Ends == nil {
		t.Errorf("projects %+v", o.Projects)
	}
	for _, project := range o.Projects {
		if len(project.Statuses) < 3 || project.Statuses[0].Status.Name != "Not started" || project.Statuses[0].Count == 0 {
			t.Errorf("%s stands at %+v", project.Name, project.Statuses)
		}
	}
	kinds := map[domain.HappeningKind]int{}
	for i, h := range o.Happened {
		kinds[h.Kind]++
		if i > 0 && h.At.After(o.Happened[i-1].At) || time.Since(h.At) > 8*24*time.Hour || h.By.Name == "" || len(h.Path) < 3 || h.Picture == "" {
			t.Errorf("%+v", h)
		}
		switch h.Kind {
		case domain.HappenedVersion:
			if h.Version == 0 || h.Text == "" {
				t.Errorf("a version: %+v", h)
			}
		case domain.HappenedStatus:
			if h.From == nil || h.To == nil {
				t.Errorf("a status: %+v", h)
			}
		case domain.HappenedNote:
			if h.Text == "" {
				t.Errorf("a note: %+v", h)
			}
		}
	}
	if kinds[domain.HappenedVersion] < 10 || kinds[domain.HappenedNote] < 20 || kinds[domain.HappenedStatus] < 10 {
		t.Errorf("%v happened", kinds)
	}
	mine, milestones := 0, 0
	for i, d := range o.Deadlines {
		if d.Mine {
			mine++
		}
		if d.Milestone {
			milestones++
		} else if len(d.Who) == 0 || d.Type == "" {
			t.Errorf("a deadline of nobody: %+v", d)
		}
		if i > 0 && d.Due.Before(o.Deadlines[i-1].Due) || d.Status.State == domain.StateDone {
			t.Errorf("%+v", d)
		}
	}
	if mine == 0 || milestones == 0 || len(o.Deadlines) <= mine {
		t.Errorf("%d deadlines, %d mine, %d milestones", len(o.Deadlines), mine, milestones)
	}
	if len(o.People) < 5 || slices.ContainsFunc(o.People, func(c domain.Colleague) bool { return c.Person.ID == maya || len(c.Work) == 0 || c.Shared == 0 }) {
		t.Errorf("people %+v", o.People)
	}
}

func TestWhoManagesSeesTheirProjectsWithoutATaskOfTheirOwn(t *testing.T) {
	s := openStudio(t)
	client, tomas := s.as("tomas")
	o, err := client.Overview(t.Context(), tomas, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Projects) != 2 || !o.Projects[0].Manages || o.Projects[0].Mine != 0 || len(o.People) < 5 {
		t.Errorf("%+v, %d people", o.Projects, len(o.People))
	}
}

func TestWhoHasNoPartInAnythingSeesNothing(t *testing.T) {
	s := openStudio(t)
	client, ines := s.as("ines")
	o, err := client.Overview(t.Context(), ines, time.Now())
	if err != nil || len(o.Projects)+len(o.Happened)+len(o.Deadlines)+len(o.People) != 0 || o.FetchedAt == nil {
		t.Errorf("%+v, %v", o, err)
	}
}
