package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// APIKey is what is kept of a key, but for its hash.
type APIKey struct {
	ID         string
	UserID     string
	Identifier string // what its person calls it
	Prefix     string // its first characters, by which people tell their keys apart
}

// LoginByKey finds the person of an API key by the key's hash.
func (tx *Tx) LoginByKey(ctx context.Context, keyHash string) (Login, error) {
	var id string
	var used int64
	login, err := scanLogin(tx.queryRow(ctx, `SELECT `+loginColumns+`, k.key_id, COALESCE(a.last_used_at, 0) FROM api_key_secret AS k
		JOIN "apikey" AS a ON a.id = k.key_id JOIN "resource" AS u ON u.id = k.user_id WHERE k.key_hash = $1`, keyHash), &id, &used)
	login.KeyID, login.KeyUsedAt = id, fromMicros(used)
	return login, err
}

// TouchKey notes that an API key is in use.
func (tx *Tx) TouchKey(ctx context.Context, id string, at time.Time) error {
	_, err := tx.exec(ctx, `UPDATE "apikey" SET last_used_at = $1 WHERE id = $2`, micros(at), id)
	return wrap("note a key's use", err)
}

// InsertKey keeps an API key: what people may read of it, and the hash that opens.
func (tx *Tx) InsertKey(ctx context.Context, key APIKey, keyHash string) error {
	if _, err := tx.exec(ctx, `INSERT INTO "apikey" (id, identifier, resource_id, prefix) VALUES ($1, $2, $3, $4)`,
		key.ID, key.Identifier, key.UserID, key.Prefix); err != nil {
		return wrap("keep an API key", err)
	}
	_, err := tx.exec(ctx, `INSERT INTO api_key_secret (key_hash, key_id, user_id) VALUES ($1, $2, $3)`, keyHash, key.ID, key.UserID)
	return wrap("keep an API key", err)
}

// KeysOf lists a person's API keys.
func (tx *Tx) KeysOf(ctx context.Context, userID string) ([]APIKey, error) {
	rows, err := tx.query(ctx, `SELECT id, COALESCE(identifier, ''), resource_id, COALESCE(prefix, '') FROM "apikey" WHERE resource_id = $1 ORDER BY id`, userID)
	if err != nil {
		return nil, err
	}
	var keys []APIKey
	for rows.Next() {
		var k APIKey
		if err := rows.Scan(&k.ID, &k.Identifier, &k.UserID, &k.Prefix); err != nil {
			return nil, closing(rows, err)
		}
		keys = append(keys, k)
	}
	return keys, closing(rows, nil)
}

// Key finds an API key by its id.
func (tx *Tx) Key(ctx context.Context, id string) (APIKey, error) {
	k := APIKey{ID: id}
	err := tx.queryRow(ctx, `SELECT COALESCE(identifier, ''), resource_id, COALESCE(prefix, '') FROM "apikey" WHERE id = $1`, id).
		Scan(&k.Identifier, &k.UserID, &k.Prefix)
	if errors.Is(err, sql.ErrNoRows) {
		return APIKey{}, domain.Errorf(domain.NotFound, "there is no such API key")
	}
	return k, wrap("find an API key", err)
}

// ReplaceKey gives an API key another secret. It answers the hash of the one that opens no more, "" where
// there was none.
func (tx *Tx) ReplaceKey(ctx context.Context, key APIKey, keyHash string) (string, error) {
	var old string
	err := tx.queryRow(ctx, `SELECT key_hash FROM api_key_secret WHERE key_id = $1`, key.ID).Scan(&old)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", wrap("find an API key", err)
	}
	for _, statement := range []struct {
		text string
		args []any
	}{
		{`DELETE FROM api_key_secret WHERE key_id = $1`, []any{key.ID}},
		{`INSERT INTO api_key_secret (key_hash, key_id, user_id) VALUES ($1, $2, $3)`, []any{keyHash, key.ID, key.UserID}},
		{`UPDATE "apikey" SET identifier = $1, prefix = $2, last_used_at = NULL WHERE id = $3`, []any{key.Identifier, key.Prefix, key.ID}},
	} {
		if _, err := tx.exec(ctx, statement.text, statement.args...); err != nil {
			return "", wrap("replace an API key", err)
		}
	}
	return old, nil
}
