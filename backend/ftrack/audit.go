package ftrack

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// mostAudited is how many entries one page of the audit has.
const mostAudited = 50

// Audit reads the audit, the newest entries first. The cursor is the entry that the page before ended with, so
// that what is added meanwhile moves nothing.
func (c *Client) Audit(ctx context.Context, filter domain.AuditFilter, cursor string) (domain.AuditPage, error) {
	var terms []string
	if before, err := strconv.ParseInt(cursor, 10, 64); err == nil {
		terms = append(terms, fmt.Sprintf("seq < %d", before))
	}
	if len(filter.What) > 0 {
		terms = append(terms, "what in ("+quoted(filter.What)+")")
	}
	if user := strings.TrimSpace(filter.User); user != "" {
		terms = append(terms, fmt.Sprintf("(actor_name like %[1]s or subject_name like %[1]s)", holding(user)))
	}
	if filter.Outcome != "" {
		terms = append(terms, "outcome is "+quote(string(filter.Outcome)))
	}
	for _, bound := range []struct{ op, at string }{{">=", filter.Since}, {"<", filter.Until}} {
		if bound.at == "" {
			continue
		}
		at, err := time.Parse(time.RFC3339, bound.at)
		if err != nil {
			return domain.AuditPage{}, domain.Errorf(domain.Invalid, "the time of the audit cannot be read: %w", err)
		}
		terms = append(terms, fmt.Sprintf("created_at %s %s", bound.op, quote(wire.FormatTime(at))))
	}
	rows, next, err := c.part(ctx, "select seq, created_at, actor_name, subject_name, auth, what, outcome, address, device, detail from AuditEntry"+
		where(terms)+" order by seq desc", 0, mostAudited)
	if err != nil {
		return domain.AuditPage{}, err
	}
	page := domain.AuditPage{Lines: []domain.AuditLine{}}
	for _, fields := range rows {
		line, err := auditLine(fields)
		if err != nil {
			return domain.AuditPage{}, err
		}
		page.Lines = append(page.Lines, line)
	}
	if next != "" {
		page.Next = strconv.FormatInt(page.Lines[len(page.Lines)-1].Seq, 10)
	}
	return page, nil
}

func auditLine(fields map[string]any) (domain.AuditLine, error) {
	line := domain.AuditLine{
		Seq: int64(number(fields, "seq")), Actor: text(fields, "actor_name"), Subject: text(fields, "subject_name"),
		Auth: domain.AuthKind(text(fields, "auth")), What: domain.Audited(text(fields, "what")), Outcome: domain.Outcome(text(fields, "outcome")),
		Address: text(fields, "address"), Device: text(fields, "device"), Detail: map[string]any{},
	}
	if at := instant(fields, "created_at"); at != nil {
		line.At = at.Format(time.RFC3339Nano)
	}
	if err := variable(fields["detail"], &line.Detail); err != nil {
		return line, domain.Errorf(domain.Unsupported, "an entry of the audit cannot be read: %w", err)
	}
	return line, nil
}
