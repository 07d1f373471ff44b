package tracker

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// audit records what the caller did to somebody's account, or to the workspace where subject is "".
func (r *request) audit(ctx context.Context, what domain.Audited, subject string, detail map[string]any) error {
	e := store.AuditEntry{
		ActorID: string(r.caller.UserID), Auth: domain.AuthKey, What: what, SubjectID: subject, Outcome: domain.OutcomeOK, Detail: detail,
	}
	switch {
	case r.caller.UserID == "":
		e.Auth = domain.AuthServer
	case r.caller.Session:
		e.Auth = domain.AuthSession
	}
	return r.tx.Audit(ctx, e)
}
