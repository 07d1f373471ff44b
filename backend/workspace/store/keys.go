package store

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// KeyChecks are what tells the keys that protect secrets here from others, by the keys' ids.
func (tx *Tx) KeyChecks(ctx context.Context) (map[string]string, error) {
	rows, err := tx.query(ctx, `SELECT key_id, value FROM key_check`)
	if err != nil {
		return nil, wrap("read the checks of keys", err)
	}
	checks := map[string]string{}
	for rows.Next() {
		var id, value string
		if err := rows.Scan(&id, &value); err != nil {
			return nil, closing(rows, err)
		}
		checks[id] = value
	}
	return checks, closing(rows, nil)
}

// KeepKeyCheck keeps what tells a key from others. One that is kept already stays.
func (tx *Tx) KeepKeyCheck(ctx context.Context, id, value string) error {
	_, err := tx.exec(ctx, `INSERT INTO key_check (key_id, value) VALUES ($1, $2) ON CONFLICT DO NOTHING`, id, value)
	return wrap("keep the check of a key", err)
}

// DropKeyCheck forgets a key that protects nothing any more.
func (tx *Tx) DropKeyCheck(ctx context.Context, id string) error {
	_, err := tx.exec(ctx, `DELETE FROM key_check WHERE key_id = $1`, id)
	return wrap("forget a key", err)
}

// KeyUse counts the secrets that each key protects.
func (tx *Tx) KeyUse(ctx context.Context) (map[string]int, error) {
	rows, err := tx.query(ctx, `SELECT key_id, count(*) FROM (
		SELECT key_id FROM second_factor UNION ALL SELECT key_id FROM backup_code UNION ALL SELECT key_id FROM password
	) AS used GROUP BY key_id`)
	if err != nil {
		return nil, wrap("count what keys protect", err)
	}
	use := map[string]int{}
	for rows.Next() {
		var id string
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return nil, closing(rows, err)
		}
		use[id] = n
	}
	return use, closing(rows, nil)
}

// SealedSecret is an encrypted secret of a person's: its text and the key it took.
type SealedSecret struct{ UserID, KeyID, Text string }

// SealedElsewhere gives some of the secrets of second factors that another key than that one protects.
func (tx *Tx) SealedElsewhere(ctx context.Context, keyID string, most int) ([]SealedSecret, error) {
	rows, err := tx.query(ctx, `SELECT user_id, key_id, secret FROM second_factor WHERE key_id <> $1 ORDER BY user_id LIMIT $2`, keyID, most)
	if err != nil {
		return nil, wrap("find secrets of an older key", err)
	}
	var found []SealedSecret
	for rows.Next() {
		var s SealedSecret
		if err := rows.Scan(&s.UserID, &s.KeyID, &s.Text); err != nil {
			return nil, closing(rows, err)
		}
		found = append(found, s)
	}
	return found, closing(rows, nil)
}

// Reseal puts the same secret, encrypted anew, in the place of what it was. Where that has changed
// meanwhile nothing happens.
func (tx *Tx) Reseal(ctx context.Context, old, sealed SealedSecret) error {
	if old.UserID != sealed.UserID {
		return domain.Errorf(domain.Internal, "a secret cannot move to another person")
	}
	_, err := tx.exec(ctx, `UPDATE second_factor SET secret = $1, key_id = $2 WHERE user_id = $3 AND key_id = $4 AND secret = $5`,
		sealed.Text, sealed.KeyID, sealed.UserID, old.KeyID, old.Text)
	return wrap("encrypt a secret anew", err)
}
