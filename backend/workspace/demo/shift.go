package demo

import (
	"context"
	"fmt"

	"github.com/callboard/callboard/backend/ftrack/wire"
)

// shift is the people at work since this start of the server: the playbook, and beside notes the
// statuses and versions of the show.
type shift struct {
	*playbook
	names    *catalogue
	versions map[string]int // the last version's number, by asset id
}

// startShift finds out where the show stands: earlier starts left threads, assignments and versions.
func (d *Demo) startShift(ctx context.Context) (*shift, error) {
	names, err := d.lookUp(ctx)
	if err != nil {
		return nil, err
	}
	s := &shift{playbook: newPlaybook(d.dice, d.focus), names: names, versions: map[string]int{}}
	for _, load := range []func(context.Context, *shift) error{d.loadThreads, d.loadAssignments, d.loadVersions} {
		if err := load(ctx, s); err != nil {
			return nil, fmt.Errorf("see where the demo stands: %w", err)
		}
	}
	return s, nil
}

func (d *Demo) loadThreads(ctx context.Context, s *shift) error {
	rows, err := d.studio.Ask(ctx, "",
		"select id, user_id, parent_id, in_reply_to_id, recipients.resource_id from Note where in_reply_to_id is none order by date")
	if err != nil {
		return err
	}
	byID := map[string]*task{}
	for i := range s.all {
		byID[s.all[i].id] = &s.all[i]
	}
	for _, row := range rows {
		known := thread{id: text(row, "id"), on: byID[text(row, "parent_id")]}
		people := []string{text(row, "user_id")}
		recipients, _ := row["recipients"].([]any)
		for _, r := range recipients {
			if entity, ok := r.(map[string]any); ok {
				people = append(people, text(entity, "resource_id"))
			}
		}
		for _, person := range People {
			for _, id := range people {
				if id == string(person.ID()) {
					known.about = append(known.about, person.Username)
				}
			}
		}
		s.threads = append(s.threads, known)
	}
	return nil
}

func (d *Demo) loadAssignments(ctx context.Context, s *shift) error {
	rows, err := d.studio.Ask(ctx, "", fmt.Sprintf("select id, context_id from Appointment where resource_id is %q", string(d.focus.ID())))
	if err != nil {
		return err
	}
	own := map[string]bool{}
	for _, t := range s.mine {
		own[t.id] = true
	}
	for _, row := range rows {
		if on := text(row, "context_id"); !own[on] {
			s.lent = append(s.lent, loan{on, text(row, "id")})
		}
	}
	return nil
}

func (d *Demo) loadVersions(ctx context.Context, s *shift) error {
	rows, err := d.studio.Ask(ctx, "", "select asset_id, version from AssetVersion")
	if err != nil {
		return err
	}
	for _, row := range rows {
		asset := text(row, "asset_id")
		if number, ok := row["version"].(float64); ok {
			s.versions[asset] = max(s.versions[asset], int(number))
		}
	}
	return nil
}

// aside is something that others hear of, or that is only seen by whoever looks.
func (s *shift) aside() act {
	switch t := s.elsewhere(); s.dice.IntN(10) {
	case 0, 1, 2:
		return s.move(t)
	case 3, 4:
		return s.publish(t)
	default:
		return s.playbook.aside()
	}
}

// steps are where a task goes from review and back.
var steps = []string{ready, inProgress, inProgress, inReview, inReview, revise, approved}

func (s *shift) move(t task) act {
	by := s.someone([]string{t.artist, "tomas"}, s.focus.Username)
	return act{by, []wire.Operation{update("Task", t.id, map[string]any{"status_id": s.names.status[steps[s.dice.IntN(len(steps))]]})}}
}

func (s *shift) publish(t task) act {
	by := s.someone([]string{t.artist}, s.focus.Username)
	comment := s.words.comments.deal(s.dice)
	last := s.versions[t.asset()]
	if last >= keptVersions {
		return act{by, []wire.Operation{update("AssetVersion", versionID(t, last), map[string]any{"comment": comment})}}
	}
	s.versions[t.asset()] = last + 1
	return act{by, []wire.Operation{publishOp(t, last+1, comment, s.names.status[inReview])}}
}
