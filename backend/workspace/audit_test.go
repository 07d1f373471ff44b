package workspace_test

import (
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// TestTheAuditIsReadWhileTheServerRuns reads beside the one process that has the data file.
func TestTheAuditIsReadWhileTheServerRuns(t *testing.T) {
	dir := t.TempDir()
	server := start(t, dir, &demo.Config{Quiet: true})
	cfg := workspace.Config{DataDir: dir}
	before, err := workspace.VerifyAudit(t.Context(), cfg, workspace.AuditEnd{})
	if err != nil {
		t.Fatal(err)
	}
	maya := id(t, server, `User where username is "maya"`)
	call(t, server, "ines", changed("update", "User", maya, `"email":"maya@elsewhere.example"`))
	var found []workspace.AuditEntry
	err = workspace.ReadAudit(t.Context(), cfg, workspace.AuditFilter{User: "maya", What: domain.AuditEmailChanged}, func(e workspace.AuditEntry) error {
		found = append(found, e)
		return nil
	})
	if err != nil || len(found) != 1 || found[0].Actor != "ines" || found[0].SubjectID != maya {
		t.Errorf("%+v %v", found, err)
	}
	if after, err := workspace.VerifyAudit(t.Context(), cfg, before); err != nil || after.Seq <= before.Seq {
		t.Errorf("%+v %v", after, err)
	}
	if edition, err := workspace.Edition(t.Context(), cfg); err != nil || edition != domain.EditionEnterprise {
		t.Errorf("%s %v", edition, err)
	}
	if err := workspace.SetEdition(t.Context(), cfg, domain.EditionStandard); domain.CodeOf(err) != domain.Conflict {
		t.Errorf("a second process writes: %v", err)
	}
}
