package syncer_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack"
	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// office is a real server with the demo's people, its folder, and its administrator.
func office(t *testing.T) (server *workspace.Server, dir string, client *ftrack.Client, boss domain.Person) {
	t.Helper()
	dir = t.TempDir()
	server, err := workspace.Start(context.WithoutCancel(t.Context()), workspace.ServeConfig{Config: workspace.Config{
		DataDir: dir, Demo: &demo.Config{Quiet: true}, Log: slog.New(slog.DiscardHandler),
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	admin := server.Users[slices.IndexFunc(server.Users, func(u workspace.DemoUser) bool { return u.Role == "Administrator" })]
	client, boss = signIn(t, server, admin.Username)
	return server, dir, client, boss
}

func reasonOf(err error) string {
	var e *domain.Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return ""
}

func named(t *testing.T, all []domain.Named, name string) string {
	t.Helper()
	i := slices.IndexFunc(all, func(n domain.Named) bool { return n.Name == name })
	if i < 0 {
		t.Fatalf("no %q in %+v", name, all)
	}
	return all[i].ID
}

func account(t *testing.T, c *ftrack.Client, search string) domain.AccountOf {
	t.Helper()
	page, err := c.Accounts(t.Context(), domain.PeopleFilter{Search: search}, "")
	if err != nil || len(page.People) != 1 {
		t.Fatalf("%q finds %+v, %v", search, page.People, err)
	}
	return page.People[0]
}

func TestAnAdministratorInvitesRenamesAndDeactivatesPeople(t *testing.T) {
	server, dir, client, _ := office(t)
	choices, err := client.PeopleChoices(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	user, manager := named(t, choices.Roles, "User"), named(t, choices.Roles, "Project Manager")
	invitation := domain.Invitation{Username: "nora", FirstName: "Nora", LastName: "Bech", Email: "nora@aurora.example", Role: user, Groups: []string{choices.Groups[0].ID}}
	nora, err := client.Invite(t.Context(), invitation)
	if err != nil {
		t.Fatal(err)
	}
	got := account(t, client, "bech nora@")
	if got.ID != nora || !got.Active || got.SecondFactor || len(got.Roles) != 1 || got.Roles[0].Name != "User" || len(got.Roles[0].Projects) != 0 || len(got.Groups) != 1 || got.Groups[0].Group != choices.Groups[0].ID {
		t.Errorf("%+v", got)
	}
	if _, err := client.Invite(t.Context(), invitation); reasonOf(err) != domain.ReasonUsernameTaken {
		t.Errorf("invited twice: %v", err)
	}
	other := invitation
	other.Username = "nora.two"
	if _, err := client.Invite(t.Context(), other); reasonOf(err) != domain.ReasonEmailTaken {
		t.Errorf("with somebody's address: %v", err)
	}
	if page, err := client.Accounts(t.Context(), domain.PeopleFilter{Search: "nora.two"}, ""); err != nil || len(page.People) != 0 {
		t.Errorf("half an invitation stayed: %+v, %v", page, err)
	}

	name := "nora.bech"
	if err := client.ChangeAccountOf(t.Context(), nora, domain.AccountOfChange{
		Username: &name, GiveRoles: []string{manager}, TakeRoles: []string{got.Roles[0].ID}, Leave: []string{got.Groups[0].ID},
	}); err != nil {
		t.Fatal(err)
	}
	if got := account(t, client, name); got.Roles[0].Name != "Project Manager" || len(got.Roles) != 1 || len(got.Groups) != 0 {
		t.Errorf("%+v", got)
	}
	taken := "maya"
	if err := client.ChangeAccountOf(t.Context(), nora, domain.AccountOfChange{Username: &taken}); reasonOf(err) != domain.ReasonUsernameTaken {
		t.Errorf("renamed to somebody's name: %v", err)
	}
	if err := client.SendReset(t.Context(), nora); err != nil {
		t.Error(err)
	}
	eventually(t, func() bool { files, _ := filepath.Glob(filepath.Join(dir, "mail", "*.eml")); return len(files) == 2 })

	maya, person := signIn(t, server, "maya")
	off, on := false, true
	if err := client.ChangeAccountOf(t.Context(), person.ID, domain.AccountOfChange{Active: &off}); err != nil {
		t.Fatal(err)
	}
	if _, err := maya.Accounts(t.Context(), domain.PeopleFilter{}, ""); domain.CodeOf(err) != domain.Unauthorized {
		t.Errorf("who was deactivated asks on: %v", err)
	}
	if page, err := client.Accounts(t.Context(), domain.PeopleFilter{Shown: domain.PeopleDeactivated}, ""); err != nil || len(page.People) != 1 || page.People[0].ID != person.ID {
		t.Errorf("%+v, %v", page, err)
	}
	if err := client.ChangeAccountOf(t.Context(), person.ID, domain.AccountOfChange{Active: &on}); err != nil {
		t.Error(err)
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	_, _, client, boss := office(t)
	mine, err := client.AccountOf(t.Context(), boss.ID)
	if err != nil {
		t.Fatal(err)
	}
	off := false
	for name, change := range map[string]domain.AccountOfChange{
		"deactivated": {Active: &off}, "without the role": {TakeRoles: []string{mine.Roles[0].ID}},
	} {
		if err := client.ChangeAccountOf(t.Context(), boss.ID, change); reasonOf(err) != domain.ReasonLastAdministrator {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := client.ResetSecondFactor(t.Context(), boss.ID); domain.CodeOf(err) != domain.Forbidden {
		t.Errorf("one's own second factor: %v", err)
	}
}

func TestAnAdministratorReadsTheAudit(t *testing.T) {
	server, _, client, _ := office(t)
	begin := time.Now().Add(-time.Minute)
	_, maya := signIn(t, server, "maya")
	for _, name := range []string{"maya.chen", "maya"} {
		if err := client.ChangeAccountOf(t.Context(), maya.ID, domain.AccountOfChange{Username: &name}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := ftrack.SignIn(t.Context(), ftrack.Config{Device: "test"}, domain.SignIn{Address: server.URL, Username: "maya", Password: "not hers at all"}); err == nil {
		t.Error("a wrong password let somebody in")
	}
	read := func(filter domain.AuditFilter) []domain.AuditLine {
		t.Helper()
		var all []domain.AuditLine
		for cursor := ""; ; {
			page, err := client.Audit(t.Context(), filter, cursor)
			if err != nil {
				t.Fatal(err)
			}
			if all = append(all, page.Lines...); page.Next == "" {
				return all
			}
			cursor = page.Next
		}
	}
	renamed := read(domain.AuditFilter{What: []domain.Audited{domain.AuditUserRenamed}, User: "maya", Since: begin.Format(time.RFC3339)})
	if len(renamed) != 2 || renamed[0].Seq < renamed[1].Seq || renamed[0].Detail["to"] != "maya" || renamed[0].Actor == "" || renamed[0].Subject != "maya" || renamed[0].Auth != domain.AuthSession || renamed[0].At == "" {
		t.Errorf("%+v", renamed)
	}
	if lines := read(domain.AuditFilter{Outcome: domain.OutcomeRefused}); len(lines) != 1 || lines[0].What != domain.AuditSignIn || lines[0].Device != "test" {
		t.Errorf("refused: %+v", lines)
	}
	if lines := read(domain.AuditFilter{Since: time.Now().Add(time.Hour).Format(time.RFC3339)}); len(lines) != 0 {
		t.Errorf("from tomorrow: %+v", lines)
	}
	if lines := read(domain.AuditFilter{Until: begin.Format(time.RFC3339), What: []domain.Audited{domain.AuditUserRenamed}}); len(lines) != 0 {
		t.Errorf("from before: %+v", lines)
	}
	for range 30 { // more than a page
		for _, active := range []bool{false, true} {
			if err := client.ChangeAccountOf(t.Context(), maya.ID, domain.AccountOfChange{Active: &active}); err != nil {
				t.Fatal(err)
			}
		}
	}
	lines := read(domain.AuditFilter{User: "maya", What: []domain.Audited{domain.AuditUserActivated, domain.AuditUserDeactivated}})
	if len(lines) != 60 || !slices.IsSortedFunc(lines, func(a, b domain.AuditLine) int { return int(b.Seq - a.Seq) }) {
		t.Errorf("%d lines", len(lines))
	}
	theirs, _ := signIn(t, server, "maya")
	if page, err := theirs.Audit(t.Context(), domain.AuditFilter{}, ""); len(page.Lines) != 0 {
		t.Errorf("somebody else reads %+v, %v", page.Lines, err)
	}
}

func TestAnAdministratorHasEverybodyUseTwoFactor(t *testing.T) {
	_, _, client, _ := office(t)
	before, err := client.Policy(t.Context())
	if err != nil || before.Enforced || !before.MayEnforce || before.Edition != domain.EditionEnterprise || before.People < 7 || before.Without != before.People || before.Mine {
		t.Errorf("%+v, %v", before, err)
	}
	if page, err := client.Accounts(t.Context(), domain.PeopleFilter{Shown: domain.PeopleNoFactor}, ""); err != nil || len(page.People) != before.Without {
		t.Errorf("%d people, %v", len(page.People), err)
	}
	if err := client.Enforce(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Policy(t.Context()); reasonOf(err) != "enrolment_required" {
		t.Errorf("the administrator has none either: %v", err)
	}
}
