package syncer_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack"
	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// quietStudio is a real server with the demo's people, of whom nobody does anything by themselves.
func quietStudio(t *testing.T) *workspace.Server {
	t.Helper()
	server, err := workspace.Start(context.WithoutCancel(t.Context()), workspace.ServeConfig{Config: workspace.Config{
		DataDir: t.TempDir(), Version: "1.2.3", Demo: &demo.Config{Quiet: true}, Log: slog.New(slog.DiscardHandler),
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	return server
}

func signIn(t *testing.T, server *workspace.Server, username string) (*ftrack.Client, domain.Person) {
	t.Helper()
	who := server.Users[slices.IndexFunc(server.Users, func(u workspace.DemoUser) bool { return u.Username == username })]
	session, err := ftrack.SignIn(t.Context(), ftrack.Config{Device: "test"}, domain.SignIn{Address: server.URL, Username: who.Username, Password: who.Password})
	if err != nil {
		t.Fatal(err)
	}
	return ftrack.New(ftrack.Config{Address: server.URL, Token: session.Token}), session.User
}

// device is one of a person's computers, online.
func device(t *testing.T, server *workspace.Server, username string) (*desk, *ftrack.Client) {
	t.Helper()
	client, _ := signIn(t, server, username)
	d := start(t, client, t.TempDir()+"/inbox.db")
	t.Cleanup(d.stop)
	eventually(t, func() bool {
		state, err := d.copy.State()
		return err == nil && state.FetchedAt != nil && d.Connection().Online
	})
	return d, client
}

func TestWhatOneDeviceChoosesTheOtherShows(t *testing.T) {
	server := quietStudio(t)
	here, client := device(t, server, "maya")
	there, _ := device(t, server, "maya")
	projects, err := client.Projects(t.Context(), "northern")
	if err != nil || len(projects) != 2 || projects[0].Name != "Northern Lights" {
		t.Fatalf("%+v, %v", projects, err)
	}
	until, hours, theme := time.Now().Add(time.Hour).UTC().Truncate(time.Microsecond), domain.QuietHours{"monday": {{From: "18:00", To: "24:00"}}}, domain.ThemeLight
	here.change(domain.AccountChange{
		Theme: &theme, PausedUntil: &until, QuietHours: &hours,
		Channels: []domain.ChannelChange{
			{Kind: domain.KindNote, Channels: []domain.Channel{domain.Mail}},
			{Kind: domain.KindStatus, Project: projects[0].ID, Channels: []domain.Channel{}},
		},
		Mute: []domain.Mute{{ID: "00000000-0000-4000-8000-00000000aaaa", EntityType: domain.TypeProject, EntityID: string(projects[0].ID)}},
	})
	var got domain.AccountState
	eventually(t, func() bool { got, _ = there.copy.State(); return len(got.Mutes) == 1 })
	p := got.Preferences
	if p.Theme != theme || !p.PausedUntil.Equal(until) || !reflect.DeepEqual(p.QuietHours, hours) || !got.Able.Preferences || got.Able.Administrator {
		t.Errorf("preferences %+v, able %+v", p, got.Able)
	}
	if choice := got.Choices().For(domain.KindNote, ""); choice.Layer != domain.LayerOwn || !slices.Equal(choice.Channels, []domain.Channel{domain.Mail}) {
		t.Errorf("notes go %+v", choice)
	}
	if len(got.Overrides) != 1 || got.Overrides[0].Name != projects[0].Name || got.Mutes[0].Path[0].Name != projects[0].Name || got.Mutes[0].CreatedAt.IsZero() {
		t.Errorf("overrides %+v, mutes %+v", got.Overrides, got.Mutes)
	}
	there.change(domain.AccountChange{
		Reset: []string{"pausedUntil", "quietHours", "theme"}, Unmute: []string{got.Mutes[0].ID},
		Channels: []domain.ChannelChange{{Kind: domain.KindNote, Reset: true}, {Kind: domain.KindStatus, Project: projects[0].ID, Reset: true}},
	})
	eventually(t, func() bool { got, _ = here.copy.State(); return len(got.Mutes) == 0 })
	if p := got.Preferences; p.Theme != "" || p.PausedUntil != nil || p.QuietHours != nil || len(got.Overrides) != 0 || got.Choices().For(domain.KindNote, "").Layer != domain.LayerBuiltIn {
		t.Errorf("after the reset %+v", got)
	}
}

func TestARealRefusalPutsTheFieldBackAndKeepsTheOthers(t *testing.T) {
	server := quietStudio(t)
	d, _ := device(t, server, "maya")
	theme := domain.ThemeLight
	d.change(domain.AccountChange{
		Theme:    &theme,
		Channels: []domain.ChannelChange{{Kind: domain.KindNote, Project: "00000000-0000-4000-8000-00000000beef", Channels: []domain.Channel{}}},
	})
	eventually(t, func() bool { return len(d.problems()) == 1 && d.Connection().Waiting == 0 })
	if got := d.account(); got.Preferences.Theme != theme || len(got.Overrides) != 0 {
		t.Errorf("%+v, overrides %+v", got.Preferences, got.Overrides)
	}
}

func TestAnAdministratorChangesWhatCountsForEverybody(t *testing.T) {
	server := quietStudio(t)
	maya, _ := device(t, server, "maya")
	admin := server.Users[slices.IndexFunc(server.Users, func(u workspace.DemoUser) bool { return u.Role == "Administrator" })]
	boss, client := device(t, server, admin.Username)
	if state, err := boss.copy.State(); err != nil || !state.Able.Administrator {
		t.Errorf("%+v, %v", state.Able, err)
	}
	days, hour := 90, 9
	err := client.SaveDefaults(t.Context(), domain.DefaultsChange{
		RetentionDays: &days, DigestHour: &hour, Channels: []domain.ChannelChange{{Kind: domain.KindStatus, Channels: []domain.Channel{domain.Digest}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, func() bool {
		state, _ := maya.copy.State()
		return state.Defaults.DigestHour == 9 && slices.Equal(state.Choices().For(domain.KindStatus, "").Channels, []domain.Channel{domain.Digest})
	})
	got, err := client.Defaults(t.Context())
	status := slices.IndexFunc(got.Kinds, func(s domain.DefaultSetting) bool { return s.Kind == domain.KindStatus })
	if err != nil || got.RetentionDays != 90 || got.DoneRetentionDays != domain.DefaultDoneRetention || got.People < 7 || got.Kinds[status].Followers != got.People || got.Kinds[status].Default.Layer != domain.LayerWorkspace ||
		!slices.Equal(got.Kinds[status].BuiltIn, domain.BuiltInChannels(domain.KindStatus)) {
		t.Errorf("%+v, %v", got, err)
	}
	if err := client.SaveDefaults(t.Context(), domain.DefaultsChange{Reset: []string{"retentionDays"}, Channels: []domain.ChannelChange{{Kind: domain.KindStatus, Reset: true}}}); err != nil {
		t.Fatal(err)
	}
	if got, err = client.Defaults(t.Context()); err != nil || got.RetentionDays != domain.DefaultRetention || got.Kinds[status].Default.Layer != domain.LayerBuiltIn {
		t.Errorf("after the reset %+v, %v", got, err)
	}
}

// TestTwoDevicesThatDoThingsAtOnceEndEqual lets two computers of one person do what they like to the same
// rows and preferences, cut off from each other and at the same moment.
func TestTwoDevicesThatDoThingsAtOnceEndEqual(t *testing.T) {
	server := quietStudio(t)
	here, client := device(t, server, "maya")
	there, _ := device(t, server, "maya")
	_, maya := signIn(t, server, "maya")
	writer := server.Users[slices.IndexFunc(server.Users, func(u workspace.DemoUser) bool { return u.Role == "Administrator" })]
	for n := range 12 {
		message(t, server.URL, writer, string(maya.ID), fmt.Sprintf("00000000-0000-4000-8000-%012d", n))
	}
	ids := func(d *desk) (found []domain.NotificationID) {
		for _, filter := range []domain.InboxFilter{{}, {Done: true}} {
			page, err := d.copy.Page(filter, "", 500, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range page.Items {
				found = append(found, row.ID)
			}
		}
		return found
	}
	want := len(ids(here)) // what the demo wrote before may be there already
	eventually(t, func() bool {
		a, _ := here.arrived()
		b, _ := there.arrived()
		return len(a) >= 12 && len(b) >= 12
	})
	rows := ids(here)
	if len(rows) < want {
		t.Fatal("rows went away")
	}
	verbs := []domain.Verb{domain.MarkRead, domain.MarkUnread, domain.MarkDone, domain.MarkUndone, domain.WakeRows, domain.SnoozeRows}
	languages := domain.Languages
	var both sync.WaitGroup
	for seed, d := range []*desk{here, there} {
		both.Go(func() {
			dice := rand.New(rand.NewPCG(uint64(seed), 1))
			for range 60 {
				action := domain.Action{Verb: verbs[dice.IntN(len(verbs))], Items: []domain.NotificationID{rows[dice.IntN(len(rows))]}}
				if action.Verb == domain.SnoozeRows {
					until := time.Now().Add(time.Duration(1+dice.IntN(90)) * time.Minute).UTC().Truncate(time.Microsecond)
					action.Snooze = &domain.Snooze{Until: &until}
				}
				if dice.IntN(4) == 0 {
					change := language(languages[dice.IntN(len(languages))])
					action = domain.Action{Verb: domain.ChangeAccount, Change: &change}
				}
				if err := d.Do(t.Context(), action); err != nil {
					t.Error(err)
				}
			}
		})
	}
	both.Wait()
	// The truth is the server's; each copy reaches it once nothing waits any more.
	equal := func(d *desk) bool {
		if d.Connection().Waiting > 0 {
			return false
		}
		truth, err := client.Inbox(t.Context(), 0, 500)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range truth {
			got, err := d.copy.Get(row.ID)
			if err != nil || !reflect.DeepEqual(got, row) {
				return false
			}
		}
		state, err := client.Account(t.Context())
		mine, mineErr := d.copy.State()
		return err == nil && mineErr == nil && state.Preferences.Language == mine.Preferences.Language
	}
	eventually(t, func() bool { return equal(here) && equal(there) })
	if codes := append(here.problems(), there.problems()...); len(codes) > 0 {
		t.Errorf("refused: %v", codes)
	}
}
