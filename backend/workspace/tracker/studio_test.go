package tracker_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/backend/workspace/store/storetest"
	"github.com/callboard/callboard/backend/workspace/tracker"
)

// studio is a real store with a small production in it, used through Do as clients use it. Ids are
// plain names.
//
// maya animates comp on sh0140; lighting (lena, and nia through its night shift) is assigned to the
// shot; tomas is a project manager, ines an administrator, old deactivated; vault is a private project
// of tomas with a task of its own, core; take is a version of vera's that nobody else has seen yet.
type studio struct {
	tracker *tracker.Tracker
	store   *store.Store

	mu        sync.Mutex // guards what follows
	now       time.Time
	announced []tracker.Committed
}

// TestMain runs every test on every engine of the store.
func TestMain(m *testing.M) { os.Exit(storetest.Run(m)) }

type summaries struct{}

func (summaries) Summary(n domain.Notification) string {
	return fmt.Sprintf("%s: %s", n.Actor.Name, strings.Join(n.Thing(), "/"))
}

func open(t testing.TB) *studio {
	t.Helper()
	return openAt(t, storetest.Empty(t))
}

func openAt(t testing.TB, at store.Config) *studio {
	t.Helper()
	s := &studio{now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	at.Clock = s.tick
	var err error
	s.store, err = store.Open(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.store.Close(); err != nil {
			t.Error(err)
		}
	})
	s.tracker = tracker.New(tracker.Config{
		Store: s.store, BaseURL: "http://studio.test", Phraser: summaries{}, Files: shelf{},
		Announce: func(_ context.Context, c tracker.Committed) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.announced = append(s.announced, c)
		},
	})
	s.do(t, "", production()...)
	s.heard()
	return s
}

// tick gives every transaction a second of its own.
func (s *studio) tick() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(time.Second)
	return s.now
}

// later moves the clock on.
func (s *studio) later(by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(by)
}

// in is an instant so long from now, as clients write it.
func (s *studio) in(d time.Duration) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return wire.FormatTime(s.now.Add(d))
}

// heard gives what was announced since it was last asked.
func (s *studio) heard() []tracker.Committed {
	s.mu.Lock()
	defer s.mu.Unlock()
	heard := s.announced
	s.announced = nil
	return heard
}

type data = map[string]any

func create(entity string, d data) wire.Operation {
	return wire.Operation{Action: "create", EntityType: entity, EntityData: d}
}

func update(entity, key string, d data) wire.Operation {
	return wire.Operation{Action: "update", EntityType: entity, EntityKey: strings.Split(key, ","), EntityData: d}
}

func remove(entity, key string) wire.Operation {
	return wire.Operation{Action: "delete", EntityType: entity, EntityKey: strings.Split(key, ",")}
}

func ref(entity, id string) wire.Reference {
	return wire.Reference{Type: entity, Key: map[string]string{"id": id}}
}

func recipient(note, who string) wire.Operation {
	return create("Recipient", data{"note_id": note, "resource_id": who})
}

func production() []wire.Operation {
	ops := []wire.Operation{
		create("State", data{"id": "waiting", "name": "Waiting", "short": "NOT_STARTED"}),
		create("Status", data{"id": "later", "name": "Later", "sort": 2.0, "state": ref("State", "waiting")}),
		create("Status", data{"id": "ready", "name": "Ready", "sort": 1.0, "state": ref("State", "waiting")}),
		create("Type", data{"id": "compositing", "name": "Compositing"}),
		create("Priority", data{"id": "9661b320-3a0c-11e2-81c1-0800200c9a66", "name": "None"}),
		create("AssetType", data{"id": "upload", "name": "Upload", "short": "upload"}),
		create("ProjectSchema", data{"id": "vfx", "name": "VFX"}),
		create("SecurityRole", data{"id": "manage", "name": "Project Manager"}),
		create("SecurityRole", data{"id": "administer", "name": "Administrator"}),
	}
	for _, name := range []string{"maya", "tomas", "lena", "nia", "vera", "ines", "old"} {
		ops = append(ops, create("User", data{"id": name, "username": name, "first_name": strings.ToUpper(name[:1]) + name[1:], "is_active": name != "old"}))
	}
	return append(ops,
		create("UserSecurityRole", data{"id": "manages", "user_id": "tomas", "security_role_id": "manage", "is_all_open_projects": true}),
		create("UserSecurityRole", data{"user_id": "ines", "security_role_id": "administer"}),
		create("Group", data{"id": "lighting", "name": "Lighting"}),
		create("Group", data{"id": "night", "name": "Night", "parent_id": "lighting"}),
		create("Membership", data{"group_id": "lighting", "user_id": "lena"}),
		create("Membership", data{"group_id": "lighting", "user_id": "old"}),
		create("Membership", data{"group_id": "night", "user_id": "nia"}),
		create("Project", data{"id": "film", "name": "film", "full_name": "Northern Lights"}),
		create("Sequence", data{"id": "sq020", "name": "sq020", "parent_id": "film"}),
		create("Shot", data{"id": "sh0140", "name": "sh0140", "parent_id": "sq020"}),
		create("Task", data{"id": "comp", "name": "comp", "parent_id": "sh0140"}),
		create("Appointment", data{"id": "a1", "context_id": "comp", "resource_id": "maya", "type": "assignment"}),
		create("Appointment", data{"id": "a2", "context_id": "sh0140", "resource_id": "lighting", "type": "assignment"}),
		create("Asset", data{"id": "precomp", "name": "precomp", "context_id": "sh0140"}),
		create("AssetVersion", data{"id": "take", "asset_id": "precomp", "task_id": "comp", "user_id": "vera", "is_published": false}),
		create("Project", data{"id": "vault", "name": "vault", "is_private": true}),
		create("Manager", data{"id": "m1", "context_id": "vault", "user_id": "tomas"}),
		create("UserSecurityRoleProject", data{"user_security_role_id": "manages", "project_id": "vault"}),
		create("Task", data{"id": "core", "name": "core", "parent_id": "vault"}),
	)
}

func as(who string) tracker.Caller {
	return tracker.Caller{UserID: domain.UserID(who), Username: who, ClientToken: "client-" + who}
}

// try carries out operations as somebody.
func (s *studio) try(who string, ops ...wire.Operation) ([]any, error) {
	return s.tracker.Do(context.Background(), as(who), ops, wire.Mode{Strict: true})
}

func (s *studio) do(t testing.TB, who string, ops ...wire.Operation) []any {
	t.Helper()
	results, err := s.try(who, ops...)
	if err != nil {
		t.Fatalf("%s: %v", who, err)
	}
	return results
}

// ask gives the answer to a query as it reaches a client.
func (s *studio) ask(t testing.TB, who, expression string) []data {
	t.Helper()
	results := s.do(t, who, wire.Operation{Action: "query", Expression: expression})
	encoded, err := wire.EncodeAnswers(results, wire.Mode{Strict: true, Denormalize: true})
	if err != nil {
		t.Fatal(err)
	}
	var answers []struct{ Data []data }
	if err := json.Unmarshal(encoded, &answers); err != nil {
		t.Fatal(err)
	}
	return answers[0].Data
}

// one gives the only row a query answers.
func (s *studio) one(t testing.TB, who, expression string) data {
	t.Helper()
	rows := s.ask(t, who, expression)
	if len(rows) != 1 {
		t.Fatalf("%s as %s: %d rows: %v", expression, who, len(rows), rows)
	}
	return rows[0]
}

// inbox words somebody's inbox, one line a row in the order of seq: "2 note:n1 note (assigned, recipient)".
func (s *studio) inbox(t testing.TB, who string) []string {
	t.Helper()
	lines := []string{}
	for _, row := range s.ask(t, who, "select seq, event_key, kinds, reasons, removed_at from Notification order by seq") {
		var why []string
		for _, reason := range row["reasons"].([]any) {
			why = append(why, reason.(data)["rule"].(string))
		}
		line := fmt.Sprintf("%v %v %v (%s)", row["seq"], row["event_key"], strings.Trim(fmt.Sprint(row["kinds"]), "[]"), strings.Join(why, ", "))
		if row["removed_at"] != nil {
			line += " removed"
		}
		lines = append(lines, line)
	}
	return lines
}

func (s *studio) expect(t testing.TB, who string, want ...string) {
	t.Helper()
	got := s.inbox(t, who)
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("inbox of %s:\n  %s\nwant:\n  %s", who, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}
