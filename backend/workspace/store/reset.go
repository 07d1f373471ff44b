package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
)

// Reset is a link by which a person chooses a new password, or as an Invitation their first.
type Reset struct {
	UserID     string
	Invitation bool
	// First says that the person has no password yet.
	First bool
}

// unsent is how long a letter with a link may wait until it is not worth sending.
const unsent = 24 * time.Hour

// OfferReset prepares a link for a person and gives the ticket for which the letter gets it. A link they
// had opens nothing any more.
func (tx *Tx) OfferReset(ctx context.Context, userID string, invitation bool) (ticket string, err error) {
	ticket = uuid.NewString()
	_, err = tx.exec(ctx, `INSERT INTO password_reset (user_id, id, invitation, email, token_hash, expires_at)
		SELECT u.id, $1, $2, COALESCE(u.email, ''), NULL, $3 FROM "resource" AS u WHERE u.resource_type = 'user' AND u.id = $4
		ON CONFLICT (user_id) DO UPDATE SET id = excluded.id, invitation = excluded.invitation, email = excluded.email, token_hash = NULL, expires_at = excluded.expires_at`,
		ticket, invitation, micros(tx.now.Add(unsent)), userID)
	return ticket, wrap("prepare a new password", err)
}

// ArmReset gives the link of a ticket its token, from now on for as long as lasts says. Where the ticket was
// used, replaced or is too old, the error is a domain.NotFound. An armed link gets another token: the
// letter is sent again, and the last one counts.
func (tx *Tx) ArmReset(ctx context.Context, ticket, tokenHash string, lasts func(invitation bool) time.Duration) error {
	var invitation bool
	err := tx.queryRow(ctx, `SELECT invitation FROM password_reset WHERE id = $1 AND expires_at > $2`, ticket, micros(tx.now)).Scan(&invitation)
	if errors.Is(err, sql.ErrNoRows) {
		return noReset()
	}
	if err != nil {
		return wrap("find a link to a new password", err)
	}
	result, err := tx.exec(ctx, `UPDATE password_reset SET token_hash = $1, expires_at = $2 WHERE id = $3`, tokenHash, micros(tx.now.Add(lasts(invitation))), ticket)
	if err != nil {
		return wrap("make a link to a new password", err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(noReset(), err)
	}
	return nil
}

// live is the condition that a link opens, at the moment $2, by the hash $1 of its token.
const live = ` token_hash = $1 AND expires_at > $2 AND EXISTS (SELECT 1 FROM "resource" AS u
	WHERE u.id = password_reset.user_id AND COALESCE(u.email, '') = password_reset.email AND COALESCE(u.is_active, FALSE))`

const resetColumns = `user_id, invitation, NOT EXISTS (SELECT 1 FROM password AS p WHERE p.user_id = password_reset.user_id)`

// Reset looks at a link without using it.
func (tx *Tx) Reset(ctx context.Context, tokenHash string) (Reset, error) {
	return scanReset(tx.queryRow(ctx, `SELECT `+resetColumns+` FROM password_reset WHERE`+live, tokenHash, micros(tx.now)))
}

// UseReset uses a link up. Of any number of transactions one gets it.
func (tx *Tx) UseReset(ctx context.Context, tokenHash string) (Reset, error) {
	return scanReset(tx.queryRow(ctx, `DELETE FROM password_reset WHERE`+live+` RETURNING `+resetColumns, tokenHash, micros(tx.now)))
}

// VoidReset ends a person's link to a new password, where they have one.
func (tx *Tx) VoidReset(ctx context.Context, userID string) error {
	_, err := tx.exec(ctx, `DELETE FROM password_reset WHERE user_id = $1`, userID)
	return wrap("end a link to a new password", err)
}

func scanReset(row *sql.Row) (Reset, error) {
	var r Reset
	err := row.Scan(&r.UserID, &r.Invitation, &r.First)
	if errors.Is(err, sql.ErrNoRows) {
		return r, noReset()
	}
	return r, wrap("find a link to a new password", err)
}

func noReset() error {
	return &domain.Error{Code: domain.NotFound, Reason: "reset_link", Message: "The link was used already, is too old, or was not copied whole."}
}

// Mailboxes finds the people of a username or an e-mail address: several may share one address.
func (tx *Tx) Mailboxes(ctx context.Context, login string) ([]Mailbox, error) {
	rows, err := tx.query(ctx, `SELECT `+mailboxColumns+` FROM "resource" AS u
		WHERE u.resource_type = 'user' AND (u.username = $1 OR lower(u.email) = lower($1)) ORDER BY u.id`, login)
	if err != nil {
		return nil, wrap("find people by address", err)
	}
	var found []Mailbox
	for rows.Next() {
		m, err := scanMailbox(rows)
		if err != nil {
			return nil, closing(rows, err)
		}
		found = append(found, m)
	}
	return found, closing(rows, nil)
}
