package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
)

// LocalAccount is the source of accounts that are kept here, whose passwords are ours to check.
const LocalAccount = "local"

// Mailbox is where letters reach a person, and how they are to be written.
type Mailbox struct {
	UserID   string
	Address  string // as they gave it: it need not be one
	Name     string
	Username string
	Language string // "" where they chose none
	Active   bool
	// Source is where their account is kept: LocalAccount, or a word for a directory elsewhere.
	Source string
}

const mailboxColumns = `u.id, COALESCE(u.email, ''), COALESCE(u.first_name, ''), COALESCE(u.last_name, ''), COALESCE(u.username, ''),
	COALESCE((SELECT p.language FROM "userpreference" AS p WHERE p.user_id = u.id), ''), COALESCE(u.is_active, FALSE), COALESCE(NULLIF(u.auth_source, ''), '` + LocalAccount + `')`

func scanMailbox(row interface{ Scan(...any) error }) (Mailbox, error) {
	var m Mailbox
	var first, last string
	err := row.Scan(&m.UserID, &m.Address, &first, &last, &m.Username, &m.Language, &m.Active, &m.Source)
	if m.Name = strings.TrimSpace(first + " " + last); m.Name == "" {
		m.Name = m.Username
	}
	return m, err
}

// Mailbox finds where letters reach a person.
func (tx *Tx) Mailbox(ctx context.Context, userID string) (Mailbox, error) {
	m, err := scanMailbox(tx.queryRow(ctx, `SELECT `+mailboxColumns+` FROM "resource" AS u WHERE u.resource_type = 'user' AND u.id = $1`, userID))
	if errors.Is(err, sql.ErrNoRows) {
		return m, domain.Errorf(domain.NotFound, "there is no such person")
	}
	return m, wrap("find a mailbox", err)
}

// SetAccountSource says where a person's account is kept.
func (tx *Tx) SetAccountSource(ctx context.Context, userID, source string) error {
	_, err := tx.exec(ctx, `UPDATE "resource" SET auth_source = $1 WHERE id = $2`, source, userID)
	return wrap("say where an account is kept", err)
}

// PostLetter puts a letter to a person into the outbox, in the transaction of what it tells of. Who it is
// for, in what language and when is filled in; To may be said, where it is not their address of now. A
// person without a valid address gets none.
func (tx *Tx) PostLetter(ctx context.Context, userID string, l domain.Letter) error {
	m, err := tx.Mailbox(ctx, userID)
	if err != nil {
		return err
	}
	if l.To == "" {
		l.To = m.Address
	}
	if !domain.ValidMailAddress(l.To) {
		return nil
	}
	at := tx.now
	l.ID, l.Reader, l.Username, l.Language, l.At = uuid.NewString(), m.Name, m.Username, m.Language, &at
	body, err := json.Marshal(l)
	if err != nil {
		return wrap("write a letter", err)
	}
	return tx.EnqueueJob(ctx, Job{ID: domain.LetterJob + ":" + l.ID, Kind: domain.LetterJob, Body: body, DueAt: tx.now})
}
