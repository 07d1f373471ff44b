package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// AuditEntry is one line of the audit: who did what, about whom, from where, and how it ended.
type AuditEntry struct {
	// ActorID is who did it, "" for the server itself and for strangers. ActorName is filled in.
	ActorID, ActorName string
	Auth               domain.AuthKind
	What               domain.Audited
	// SubjectID is whose account it is about, "" where it is about none. SubjectName is filled in.
	SubjectID, SubjectName string
	// Address is where the request came from, Device what the device calls itself.
	Address, Device string
	Outcome         domain.Outcome
	// Detail says more, in few words. It never holds a secret, nor what a stranger typed.
	Detail map[string]any
}

// audited is an entry that waits for the end of its transaction.
type audited struct {
	AuditEntry
	detail string // as JSON
}

// Audit adds an entry to the audit, in the transaction of what it records: neither exists without the
// other. It stands there from the commit on, behind all others, and nothing ever changes it.
func (tx *Tx) Audit(ctx context.Context, e AuditEntry) error {
	if !e.What.Known() || e.Auth == "" || e.Outcome == "" {
		return domain.Errorf(domain.Internal, "the audit does not know %q by %q ended %q", e.What, e.Auth, e.Outcome)
	}
	for _, person := range []struct{ id, name *string }{{&e.ActorID, &e.ActorName}, {&e.SubjectID, &e.SubjectName}} {
		if *person.id == "" || *person.name != "" {
			continue
		}
		name, err := tx.nameOf(ctx, *person.id)
		if err != nil {
			return err
		}
		*person.name = name
	}
	if e.Detail == nil {
		e.Detail = map[string]any{}
	}
	detail, err := json.Marshal(e.Detail) // with sorted keys
	if err != nil {
		return fmt.Errorf("write the detail of an audit entry: %w", err)
	}
	for _, text := range []*string{&e.ActorName, &e.SubjectName, &e.Address, &e.Device} {
		*text = keepable(*text)
	}
	tx.audits = append(tx.audits, audited{e, strings.ReplaceAll(string(detail), `\u0000`, "")})
	return nil
}

// keepable is a text of any origin as every engine keeps it.
func keepable(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "")
	if runes := []rune(text); len(runes) > 255 {
		return string(runes[:255])
	}
	return text
}

// nameOf is the name by which a person signs in, "" for nobody.
func (tx *Tx) nameOf(ctx context.Context, id string) (string, error) {
	login, err := tx.LoginByID(ctx, id)
	if domain.CodeOf(err) == domain.NotFound {
		return "", nil
	}
	return login.Username, err
}

// keepAudits writes what was audited. It comes last in a transaction: whoever else audits waits from here
// until the commit, and nobody waits for anything else meanwhile.
func (tx *Tx) keepAudits(ctx context.Context) error {
	if len(tx.audits) == 0 {
		return nil
	}
	var seq int64
	var hash string
	err := tx.queryRow(ctx, `INSERT INTO audit_head (name, seq, hash) VALUES ('audit', 0, '')
		ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING seq, hash`).Scan(&seq, &hash)
	if err != nil {
		return wrap("find the end of the audit", err)
	}
	for _, e := range tx.audits {
		seq++
		id := uuid.NewString()
		hash = e.hash(hash, id, seq, micros(tx.now))
		_, err := tx.exec(ctx, `INSERT INTO "auditentry" (id, seq, created_at, actor_id, actor_name, auth, what, subject_id, subject_name, address, device, outcome, detail, hash)
			VALUES ($1, $2, $3, NULLIF($4, ''), NULLIF($5, ''), $6, $7, NULLIF($8, ''), NULLIF($9, ''), NULLIF($10, ''), NULLIF($11, ''), $12, $13, $14)`,
			id, seq, micros(tx.now), e.ActorID, e.ActorName, string(e.Auth), string(e.What), e.SubjectID, e.SubjectName, e.Address, e.Device, string(e.Outcome), e.detail, hash)
		if err != nil {
			return wrap("write the audit", err)
		}
	}
	_, err = tx.exec(ctx, `UPDATE audit_head SET seq = $1, hash = $2 WHERE name = 'audit'`, seq, hash)
	return wrap("write the end of the audit", err)
}

// hash covers an entry and the hash of the one before. Each part stands behind its length, so that none
// can be moved into another.
func (e audited) hash(before, id string, seq, at int64) string {
	sum := sha256.New()
	for _, part := range []string{
		before, id, strconv.FormatInt(seq, 10), strconv.FormatInt(at, 10), e.ActorID, e.ActorName, string(e.Auth), string(e.What),
		e.SubjectID, e.SubjectName, e.Address, e.Device, string(e.Outcome), e.detail,
	} {
		fmt.Fprintf(sum, "%d:%s,", len(part), part)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// AuditEnd names the newest entry of the audit. Who keeps it elsewhere can tell later whether the entries
// up to it are still those.
type AuditEnd struct {
	Seq  int64
	Hash string
}

// changeable refuses to change or delete what only grows.
func changeable(t *schema.Type) error {
	if t.Name == "AuditEntry" {
		return domain.Errorf(domain.Forbidden, "what the audit says never changes")
	}
	return nil
}

// AuditLine is an entry as it stands in the audit.
type AuditLine struct {
	AuditEntry
	Seq    int64
	At     time.Time
	Detail json.RawMessage
}

// AuditFilter says which entries are wanted; what is empty does not count.
type AuditFilter struct {
	Since time.Time
	// User is the name or the id of somebody who did it or whom it is about.
	User string
	What domain.Audited
}

// Audited gives the entries of the audit to each, from the oldest to the newest.
func (tx *Tx) Audited(ctx context.Context, f AuditFilter, each func(AuditLine) error) error {
	since := int64(math.MinInt64)
	if !f.Since.IsZero() {
		since = micros(f.Since)
	}
	rows, err := tx.query(ctx, `SELECT seq, created_at, `+auditColumns+` FROM "auditentry"
		WHERE created_at >= $1 AND ($2 = '' OR $2 IN (actor_id, actor_name, subject_id, subject_name)) AND ($3 = '' OR what = $3) ORDER BY seq`,
		since, f.User, string(f.What))
	if err != nil {
		return wrap("read the audit", err)
	}
	for rows.Next() {
		var line AuditLine
		var at int64
		var detail string
		err := rows.Scan(append([]any{&line.Seq, &at}, line.into(&detail)...)...)
		if line.At, line.Detail = fromMicros(at), json.RawMessage(detail); err == nil {
			err = each(line)
		}
		if err != nil {
			return closing(rows, err)
		}
	}
	return closing(rows, nil)
}

// auditColumns are read into what into lists.
const auditColumns = `COALESCE(actor_id, ''), COALESCE(actor_name, ''), auth, what, COALESCE(subject_id, ''), COALESCE(subject_name, ''), COALESCE(address, ''), COALESCE(device, ''), outcome, detail`

func (e *AuditEntry) into(detail *string) []any {
	return []any{&e.ActorID, &e.ActorName, &e.Auth, &e.What, &e.SubjectID, &e.SubjectName, &e.Address, &e.Device, &e.Outcome, detail}
}

// VerifyAudit reads the whole audit and says where it ends. The error is a domain.Conflict with the Reason
// "audit_broken" where an entry is missing or does not follow from the one before, or the end is not that
// of the chain. known, unless its Seq is 0, is an end that was kept elsewhere: it must lie on the chain.
func (tx *Tx) VerifyAudit(ctx context.Context, known AuditEnd) (AuditEnd, error) {
	var end, head AuditEnd
	for {
		next, err := tx.verifyAudit(ctx, end, known)
		if err != nil {
			return end, err
		}
		if next == end {
			break
		}
		end = next
	}
	err := tx.queryRow(ctx, `SELECT seq, hash FROM audit_head WHERE name = 'audit'`).Scan(&head.Seq, &head.Hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) { // of an audit that has not begun
		return end, wrap("find the end of the audit", err)
	}
	if head != end {
		return end, broken("the audit ends with entry %d, but %d were written", end.Seq, head.Seq)
	}
	if known.Seq > end.Seq {
		return end, broken("the audit ends with entry %d, before the known entry %d", end.Seq, known.Seq)
	}
	return end, nil
}

func broken(format string, args ...any) error {
	return &domain.Error{Code: domain.Conflict, Reason: "audit_broken", Message: fmt.Sprintf(format, args...)}
}

// verifyAudit goes on with some entries behind end.
func (tx *Tx) verifyAudit(ctx context.Context, end, known AuditEnd) (AuditEnd, error) {
	rows, err := tx.query(ctx, `SELECT id, seq, created_at, hash, `+auditColumns+` FROM "auditentry" WHERE seq > $1 ORDER BY seq LIMIT 1000`, end.Seq)
	if err != nil {
		return end, wrap("read the audit", err)
	}
	for rows.Next() {
		var e audited
		var id, hash string
		var seq, at int64
		err := rows.Scan(append([]any{&id, &seq, &at, &hash}, e.into(&e.detail)...)...)
		switch {
		case err != nil:
		case seq != end.Seq+1:
			err = broken("entry %d of the audit is missing", end.Seq+1)
		case hash != e.hash(end.Hash, id, seq, at):
			err = broken("entry %d of the audit is not as it was written, or does not follow from the one before", seq)
		case seq == known.Seq && hash != known.Hash:
			err = broken("entry %d of the audit is not the one that was known: the audit was written anew", seq)
		}
		if err != nil {
			return end, closing(rows, err)
		}
		end = AuditEnd{seq, hash}
	}
	return end, closing(rows, nil)
}
