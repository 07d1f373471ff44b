package demo

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// stage is a studio that only remembers: what was created, by whom and when.
type stage struct {
	t        *testing.T
	entities map[string]map[string]map[string]any // by type and id
	done     []deed
	mu       sync.Mutex // guards pictures: they are kept by several painters at once
	pictures map[domain.ComponentID]int
}

type deed struct {
	by domain.UserID
	at time.Time
	op wire.Operation
}

func newStage(t *testing.T) *stage {
	s := &stage{t: t, entities: map[string]map[string]map[string]any{}, pictures: map[domain.ComponentID]int{}}
	s.entities["ProjectSchema"] = map[string]map[string]any{"film": {"id": "film", "name": "Film"}}
	return s
}

func (s *stage) Do(_ context.Context, by domain.UserID, at time.Time, ops []wire.Operation) error {
	for _, op := range ops {
		s.done = append(s.done, deed{by, at, op})
		all := s.entities[op.EntityType]
		if all == nil {
			all = map[string]map[string]any{}
			s.entities[op.EntityType] = all
		}
		switch op.Action {
		case "create":
			id, _ := op.EntityData["id"].(string)
			if op.EntityType == "Recipient" {
				id = fmt.Sprint(op.EntityData["note_id"], op.EntityData["resource_id"])
			}
			if id == "" || all[id] != nil {
				return fmt.Errorf("create %s %q: no id, or taken", op.EntityType, id)
			}
			all[id] = maps.Clone(op.EntityData)
		case "update":
			if all[op.EntityKey[0]] == nil {
				return fmt.Errorf("update %s %q: not there", op.EntityType, op.EntityKey[0])
			}
			maps.Copy(all[op.EntityKey[0]], op.EntityData)
		case "delete":
			if all[op.EntityKey[0]] == nil {
				return fmt.Errorf("delete %s %q: not there", op.EntityType, op.EntityKey[0])
			}
			delete(all, op.EntityKey[0])
		}
	}
	return nil
}

// Ask answers the few forms of query the demo asks, from the condition's quoted texts alone.
func (s *stage) Ask(_ context.Context, _ domain.UserID, expression string) ([]map[string]any, error) {
	_, rest, _ := strings.Cut(expression, " from ")
	entity, condition, _ := strings.Cut(rest, " ")
	var wanted []string
	for i, part := range strings.Split(condition, `"`) {
		if i%2 == 1 {
			wanted = append(wanted, part)
		}
	}
	var rows []map[string]any
	for _, id := range slices.Sorted(maps.Keys(s.entities[entity])) {
		row := s.entities[entity][id]
		if strings.Contains(condition, "in_reply_to_id is none") && row["in_reply_to_id"] != nil {
			continue
		}
		matches := len(wanted) == 0
		for _, value := range row {
			if text, ok := value.(string); ok && slices.Contains(wanted, text) {
				matches = true
			}
		}
		if matches {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

func (s *stage) Keep(_ context.Context, id domain.ComponentID, content io.Reader) error {
	data, err := io.ReadAll(content)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pictures[id] = len(data)
	return nil
}

var monday = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// filled is a studio with the show in it, and with blank pictures: painting them takes a second or two.
func filled(t *testing.T, cfg Config) (*Demo, *stage) {
	t.Helper()
	return filledWith(t, cfg, func(canvas) ([]byte, error) { return []byte{0}, nil })
}

func filledWith(t *testing.T, cfg Config, brush func(canvas) ([]byte, error)) (*Demo, *stage) {
	t.Helper()
	on := newStage(t)
	if cfg.Clock == nil {
		cfg.Clock = func() time.Time { return monday }
	}
	d, err := New(cfg, on)
	if err != nil {
		t.Fatal(err)
	}
	d.brush = brush
	if err := d.Fill(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d, on
}

func TestTheShowIsOneWhole(t *testing.T) {
	_, on := filled(t, Config{})
	for entity, atLeast := range map[string]int{
		"User": 8, "Group": 2, "Project": 1, "Sequence": 2, "Shot": 12, "AssetBuild": 1, "Task": 40,
		"Appointment": 40, "Manager": 3, "AssetVersion": 40, "Note": 50, "Recipient": 40, "FileComponent": 20,
	} {
		if got := len(on.entities[entity]); got < atLeast {
			t.Errorf("%d of %s, want at least %d", got, entity, atLeast)
		}
	}
	known := map[string]bool{"film": true}
	for _, all := range on.entities {
		for id := range all {
			known[id] = true
		}
	}
	for entity, all := range on.entities {
		for id, data := range all {
			for attribute, value := range data {
				if text, isText := value.(string); isText && strings.HasSuffix(attribute, "_id") && text != "" && !known[text] {
					t.Errorf("%s %s: %s names %q, which is not there", entity, id, attribute, text)
				}
			}
		}
	}
}

func TestTheCastHasTheRolesThatAreAskedFor(t *testing.T) {
	count := map[string]int{}
	for _, p := range People {
		count[p.Role]++
	}
	if count[RoleAdministrator] < 1 || count[RoleProjectManager] < 1 || count[RoleUser] < 5 {
		t.Errorf("roles %v", count)
	}
}

func TestEveryPictureIsPaintedAndTheSameEveryTime(t *testing.T) {
	_, on := filledWith(t, Config{}, canvas.painted)
	_, again := filledWith(t, Config{Seed: 7}, canvas.painted)
	if len(on.pictures) != len(People)+18 || !maps.Equal(on.pictures, again.pictures) {
		t.Errorf("%d pictures; the same again: %v", len(on.pictures), maps.Equal(on.pictures, again.pictures))
	}
	for id, size := range on.pictures {
		if size < 1000 || on.entities["FileComponent"][string(id)] == nil {
			t.Errorf("picture %s: %d bytes", id, size)
		}
	}
}

func TestHistoryLiesInThePastAndIsSpread(t *testing.T) {
	_, on := filled(t, Config{})
	days := map[string]bool{}
	for _, deed := range on.done {
		if deed.at.After(monday) {
			t.Fatalf("%s %s at %v, in the future", deed.op.Action, deed.op.EntityType, deed.at)
		}
		if deed.op.EntityType == "Note" {
			days[deed.at.Format(time.DateOnly)] = true
		}
	}
	if len(days) < 3 {
		t.Errorf("notes on %d days", len(days))
	}
}

func TestNobodyWorkedAtNightBeforeToday(t *testing.T) {
	for hour := range 24 {
		now := time.Date(2026, 11, 23, hour, 30, 0, 0, time.UTC)
		all := moments(now, toldBefore)
		for i, at := range all {
			if i > 0 && !at.Before(all[i-1]) {
				t.Errorf("from %v: %v comes after %v", now, at, all[i-1])
			}
			if i > 3 && (at.Hour() < opens || at.Hour() >= closes) {
				t.Errorf("from %v: something at %v", now, at)
			}
		}
	}
}

func TestAFilledShowIsLeftAlone(t *testing.T) {
	d, on := filled(t, Config{})
	before := len(on.done)
	if err := d.Fill(t.Context()); err != nil || len(on.done) != before {
		t.Errorf("%d more operations, %v", len(on.done)-before, err)
	}
}

func TestNobodyReadsTheSameNoteTwiceInAShortTime(t *testing.T) {
	total := len(replies) + len(messages)
	for _, notes := range first {
		total += len(notes)
	}
	if total < 60 {
		t.Errorf("%d notes, want 60", total)
	}
	d, _ := filled(t, Config{})
	words := newWords()
	last := ""
	for range 500 {
		said := words.replies.deal(d.dice)
		if said == last {
			t.Fatalf("%q twice in a row", said)
		}
		last = said
	}
}

func TestAnUnknownFocusIsRefused(t *testing.T) {
	if _, err := New(Config{Focus: "nobody"}, newStage(t)); domain.CodeOf(err) != domain.Invalid {
		t.Error(err)
	}
}

// working runs the demo's people for a while of simulated time.
func working(t *testing.T, focus string, long time.Duration) *stage {
	t.Helper()
	now := monday
	d, on := filled(t, Config{Focus: focus, Clock: func() time.Time { return now }})
	on.done = nil
	d.wait = func(_ context.Context, pause time.Duration) bool {
		now = now.Add(max(pause, 0))
		return now.Sub(monday) <= long
	}
	if err := d.Run(t.Context(), slog.New(slog.NewTextHandler(failOnLog{t}, nil))); err != nil {
		t.Fatal(err)
	}
	return on
}

// failOnLog fails the test when the demo logs that something went wrong.
type failOnLog struct{ t *testing.T }

func (f failOnLog) Write(line []byte) (int, error) {
	f.t.Errorf("%s", line)
	return len(line), nil
}

// tells says whether a deed is one the focus person hears of, on a plain reading.
func tells(on *stage, deed deed, focus domain.UserID) bool {
	switch deed.op.EntityType {
	case "Recipient", "Appointment":
		return deed.op.Action == "delete" || deed.op.EntityData["resource_id"] == string(focus)
	case "Note":
		head, _ := deed.op.EntityData["in_reply_to_id"].(string)
		return on.entities["Recipient"][head+string(focus)] != nil || on.entities["Note"][head]["user_id"] == string(focus)
	}
	return false
}

func TestTheFocusPersonIsToldSoonAndThenEveryHalfMinute(t *testing.T) {
	maya := People[0].ID()
	on := working(t, "maya", 30*time.Minute)
	var moments []time.Time
	for _, deed := range on.done {
		if tells(on, deed, maya) && (len(moments) == 0 || !moments[len(moments)-1].Equal(deed.at)) {
			moments = append(moments, deed.at)
		}
	}
	if len(moments) < 40 || moments[0].Sub(monday) > 5*time.Second {
		t.Fatalf("told %d times, first at %v", len(moments), moments[:1])
	}
	for i := 1; i < len(moments); i++ {
		if gap := moments[i].Sub(moments[i-1]); gap > 42*time.Second {
			t.Errorf("nothing for %v", gap)
		}
	}
}

func TestTheFocusPersonNeverActs(t *testing.T) {
	for _, focus := range []string{"maya", "tomas", "ines"} {
		person, _ := personByName(focus)
		for _, deed := range working(t, focus, time.Hour).done {
			if deed.by == person.ID() {
				t.Fatalf("%s did %s %s", focus, deed.op.Action, deed.op.EntityType)
			}
		}
	}
}

func TestTheShowStopsGrowing(t *testing.T) {
	short, long := working(t, "maya", 12*time.Hour), working(t, "maya", 96*time.Hour)
	for _, entity := range []string{"Note", "AssetVersion", "Appointment"} {
		if a, b := len(short.entities[entity]), len(long.entities[entity]); b > a+a/2 {
			t.Errorf("%s: %d after half a day, %d after four days", entity, a, b)
		}
	}
}

func TestAQuietDemoDoesNothing(t *testing.T) {
	d, on := filled(t, Config{Quiet: true})
	before := len(on.done)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.Run(ctx, slog.New(slog.DiscardHandler)); err != nil || len(on.done) != before {
		t.Errorf("%d operations, %v", len(on.done)-before, err)
	}
}
