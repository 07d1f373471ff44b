package syncer_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack"
	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// TestANoteReachesTheCopyOfItsRecipient goes the whole way: a real server, the real client, a real cache.
func TestANoteReachesTheCopyOfItsRecipient(t *testing.T) {
	server, err := workspace.Start(context.WithoutCancel(t.Context()), workspace.ServeConfig{Config: workspace.Config{
		DataDir: t.TempDir(), Version: "1.2.3", Demo: &demo.Config{Quiet: true}, Log: slog.New(slog.DiscardHandler),
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	}()
	maya := server.Users[slices.IndexFunc(server.Users, func(u workspace.DemoUser) bool { return u.Username == "maya" })]
	writer := server.Users[slices.IndexFunc(server.Users, func(u workspace.DemoUser) bool { return u.Role == "Administrator" })]
	session, err := ftrack.SignIn(t.Context(), ftrack.Config{Device: "test"}, domain.SignIn{Address: server.URL, Username: maya.Username, Password: maya.Password})
	if err != nil {
		t.Fatal(err)
	}
	client := ftrack.New(ftrack.Config{Address: server.URL, Token: session.Token})
	d := start(t, client, t.TempDir()+"/inbox.db")
	defer d.stop()
	eventually(t, func() bool { return d.Connection().Online })
	var took []time.Duration
	for n := range 20 {
		began := time.Now()
		message(t, server.URL, writer, string(session.User.ID), fmt.Sprintf("00000000-0000-4000-8000-%012d", n))
		eventually(t, func() bool { ids, _ := d.arrived(); return len(ids) == n+1 })
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	t.Logf("call begun → row kept and told: median %s, slowest %s", took[10], took[19])

	page, err := d.copy.Page(domain.InboxFilter{Unread: true}, "", 1, time.Now())
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("%+v, %v", page, err)
	}
	row := page.Items[0]
	thread, err := client.Thread(t.Context(), row.NoteID)
	if err != nil || len(thread.Notes) != 1 || thread.Notes[0].Text != "Look at <this> & that" || len(thread.Notes[0].Recipients) != 1 {
		t.Errorf("thread %+v, %v", thread, err)
	}
	d.do(domain.MarkRead, row.ID)
	eventually(t, func() bool {
		rows, err := client.Inbox(t.Context(), row.Seq, 500)
		return err == nil && slices.ContainsFunc(rows, func(r domain.Notification) bool { return r.ID == row.ID && r.ReadAt != nil })
	})
	if err := client.SignOut(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := client.Inbox(t.Context(), 0, 1); domain.CodeOf(err) != domain.Unauthorized {
		t.Errorf("after signing out: %v", err)
	}
}

// TestARestoredServerMakesCopiesStartOver has a server backed up while it serves, go on, and come back with
// the backup: the copy of somebody who was there all the time ends with what the server has, and can be
// told of what is new.
func TestARestoredServerMakesCopiesStartOver(t *testing.T) {
	dir := t.TempDir()
	cfg := workspace.ServeConfig{Config: workspace.Config{DataDir: dir, Version: "1.2.3", Demo: &demo.Config{Quiet: true}, Log: slog.New(slog.DiscardHandler)}}
	server, err := workspace.Start(context.WithoutCancel(t.Context()), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	}()
	maya := server.Users[slices.IndexFunc(server.Users, func(u workspace.DemoUser) bool { return u.Username == "maya" })]
	writer := server.Users[slices.IndexFunc(server.Users, func(u workspace.DemoUser) bool { return u.Role == "Administrator" })]
	session, err := ftrack.SignIn(t.Context(), ftrack.Config{Device: "test"}, domain.SignIn{Address: server.URL, Username: maya.Username, Password: maya.Password})
	if err != nil {
		t.Fatal(err)
	}
	d := start(t, ftrack.New(ftrack.Config{Address: server.URL, Token: session.Token}), t.TempDir()+"/inbox.db")
	defer d.stop()
	note := func(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n) }
	write := func(n int) { message(t, server.URL, writer, string(session.User.ID), note(n)) }
	has := func(n int) bool {
		page, err := d.copy.Page(domain.InboxFilter{}, "", 500, time.Now())
		return err == nil && slices.ContainsFunc(page.Items, func(row domain.Notification) bool { return row.NoteID == domain.NoteID(note(n)) })
	}

	write(1)
	eventually(t, func() bool { return has(1) })
	backup := t.TempDir() + "/monday.db"
	if err := workspace.Backup(t.Context(), cfg.Config, backup); err != nil {
		t.Fatal(err)
	}
	write(2)
	eventually(t, func() bool { return has(2) })
	if _, err := workspace.Restore(t.Context(), cfg.Config, backup); domain.CodeOf(err) != domain.Conflict {
		t.Errorf("restored under a running server: %v", err)
	}

	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	if kept, err := workspace.Restore(t.Context(), cfg.Config, backup); err != nil || kept == "" {
		t.Fatalf("%q, %v", kept, err)
	}
	cfg.Listen = strings.TrimPrefix(server.URL, "http://")
	if server, err = workspace.Start(context.WithoutCancel(t.Context()), cfg); err != nil {
		t.Fatal(err)
	}
	d.Wake()
	eventually(t, func() bool { return has(1) && !has(2) && d.Connection().Online })
	write(3) // takes the seq that the lost one had
	eventually(t, func() bool { return has(1) && has(3) && !has(2) })
}

// message writes a note to somebody as scripts do it.
func message(t *testing.T, address string, from workspace.DemoUser, to, id string) {
	t.Helper()
	body := fmt.Sprintf(`[{"action":"create","entity_type":"Note","entity_data":{"id":%q,"content":"Look at <this> & that"}},
		{"action":"create","entity_type":"Recipient","entity_data":{"note_id":%q,"resource_id":%q}}]`, id, id, to)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"/api", bytes.NewBufferString(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Ftrack-User", from.Username)
	request.Header.Set("Ftrack-Api-Key", from.APIKey)
	request.Header.Set("Ftrack-Strict-Api", "true")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", response.Status, answer, err)
	}
}

func eventually(t *testing.T, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it did not come about in time")
		}
	}
}
