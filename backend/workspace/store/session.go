package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// Login is a person as far as signing in goes.
type Login struct {
	UserID      string
	Username    string
	FirstName   string
	LastName    string
	ThumbnailID string
	Active      bool
	// Guest is a collaborator from outside, known by their address. There is no deactivating them: they are
	// deleted.
	Guest         bool
	Administrator bool
	// Local is false for an account that is kept elsewhere: its password is not ours to check.
	Local bool
	// SecondFactor says that they have one, Enforced that the workspace wants everybody to.
	SecondFactor, Enforced bool
	// KeyID is that of the API key that was shown, KeyUsedAt when it was used last, to the hour; zero where
	// none was.
	KeyID     string
	KeyUsedAt time.Time
}

// Password is the hash of a person's password, and the key that went into it. The zero value is that of
// nobody.
type Password struct{ Hash, KeyID string }

// Session is one signed-in device.
type Session struct {
	ID        string
	TokenHash string
	UserID    string
	Device    string
	CreatedAt time.Time
	UsedAt    time.Time
	ExpiresAt time.Time
	// ConfirmedAt is when its person last showed who they are, by signing in or anew.
	ConfirmedAt time.Time
}

// administrator is the name of the security role that may do everything.
const administrator = "Administrator"

// loginColumns are read by scanLogin; a person stands in u.
const loginColumns = `u.id, COALESCE(u.username, u.email, ''), COALESCE(u.first_name, ''), COALESCE(u.last_name, ''), COALESCE(u.thumbnail_id, ''),
	COALESCE(u.is_active, FALSE) OR u.resource_type = 'collaborator', u.resource_type = 'collaborator', EXISTS (SELECT 1 FROM "usersecurityrole" AS r JOIN "securityrole" AS s ON s.id = r.security_role_id
		WHERE r.user_id = u.id AND s.name = '` + administrator + `'),
	COALESCE(NULLIF(u.auth_source, ''), '` + LocalAccount + `') = '` + LocalAccount + `', EXISTS (SELECT 1 FROM second_factor AS f WHERE f.user_id = u.id),
	EXISTS (SELECT 1 FROM "workspacesetting" AS w WHERE w.name = '` + domain.SettingEnforceTwoFactor + `' AND w.value = 'true')`

func scanLogin(row *sql.Row, more ...any) (Login, error) {
	var l Login
	into := append([]any{&l.UserID, &l.Username, &l.FirstName, &l.LastName, &l.ThumbnailID, &l.Active, &l.Guest, &l.Administrator, &l.Local, &l.SecondFactor, &l.Enforced}, more...)
	err := row.Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return Login{}, domain.Errorf(domain.NotFound, "there is no such person")
	}
	if err != nil {
		return Login{}, fmt.Errorf("find a person: %w", err)
	}
	return l, nil
}

// LoginByName finds a person by username or, where nobody is called so, by a mail address that only one
// active person has; with their password.
func (tx *Tx) LoginByName(ctx context.Context, name string) (Login, Password, error) {
	const of = ` FROM "resource" AS u LEFT JOIN password AS p ON p.user_id = u.id WHERE u.resource_type = 'user' AND `
	login, password, err := tx.loginWithPassword(ctx, of+`u.username = $1`, name)
	if domain.CodeOf(err) == domain.NotFound && strings.Contains(name, "@") {
		return tx.loginWithPassword(ctx, of+`u.id = (SELECT min(o.id) FROM "resource" AS o
			WHERE o.resource_type = 'user' AND o.is_active = TRUE AND fold(o.email) = $1 HAVING count(*) = 1)`, fold(name))
	}
	return login, password, err
}

func (tx *Tx) loginWithPassword(ctx context.Context, from string, args ...any) (Login, Password, error) {
	var p Password
	l, err := scanLogin(tx.queryRow(ctx, `SELECT `+loginColumns+`, COALESCE(p.hash, ''), COALESCE(p.key_id, '')`+from, args...), &p.Hash, &p.KeyID)
	return l, p, err
}

// Password reads a person's password.
func (tx *Tx) Password(ctx context.Context, userID string) (Password, error) {
	_, p, err := tx.loginWithPassword(ctx, ` FROM "resource" AS u LEFT JOIN password AS p ON p.user_id = u.id WHERE u.resource_type = 'user' AND u.id = $1`, userID)
	return p, err
}

// LoginByID finds a person, or a guest of reviews.
func (tx *Tx) LoginByID(ctx context.Context, userID string) (Login, error) {
	return scanLogin(tx.queryRow(ctx, `SELECT `+loginColumns+` FROM "resource" AS u WHERE u.resource_type IN ('user', 'collaborator') AND u.id = $1`, userID))
}

// LoginByToken finds a session by its token's hash, and its person.
func (tx *Tx) LoginByToken(ctx context.Context, tokenHash string) (Login, Session, error) {
	s := Session{TokenHash: tokenHash}
	var created, used, expires, confirmed int64
	l, err := scanLogin(tx.queryRow(ctx, `SELECT `+loginColumns+`, s.id, s.user_id, s.device, s.creation_time, s.accessed_time, s.expires_at, COALESCE(s.confirmed_at, s.creation_time)
		FROM "usersession" AS s JOIN "resource" AS u ON u.id = s.user_id WHERE s.token_hash = $1`, tokenHash),
		&s.ID, &s.UserID, &s.Device, &created, &used, &expires, &confirmed)
	s.CreatedAt, s.UsedAt, s.ExpiresAt, s.ConfirmedAt = fromMicros(created), fromMicros(used), fromMicros(expires), fromMicros(confirmed)
	return l, s, err
}

// LoginBySession finds a session by its id, and its person.
func (tx *Tx) LoginBySession(ctx context.Context, id string) (Login, Session, error) {
	var hash string
	err := tx.queryRow(ctx, `SELECT token_hash FROM "usersession" WHERE id = $1`, id).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		return Login{}, Session{}, domain.Errorf(domain.NotFound, "there is no such session")
	}
	if err != nil {
		return Login{}, Session{}, fmt.Errorf("find a session: %w", err)
	}
	return tx.LoginByToken(ctx, hash)
}

// InsertSession keeps a new session.
func (tx *Tx) InsertSession(ctx context.Context, s Session) error {
	_, err := tx.exec(ctx, `INSERT INTO "usersession" (id, token_hash, user_id, device, creation_time, accessed_time, expires_at, confirmed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		s.ID, s.TokenHash, s.UserID, s.Device, micros(s.CreatedAt), micros(s.UsedAt), micros(s.ExpiresAt), micros(s.ConfirmedAt))
	return wrap("keep a session", err)
}

// TouchSession notes that a session is in use.
func (tx *Tx) TouchSession(ctx context.Context, id string) error {
	_, err := tx.exec(ctx, `UPDATE "usersession" SET accessed_time = $1 WHERE id = $2`, micros(tx.now), id)
	return wrap("note a session's use", err)
}

// ConfirmSession notes that the person of a session showed anew who they are.
func (tx *Tx) ConfirmSession(ctx context.Context, id string) error {
	_, err := tx.exec(ctx, `UPDATE "usersession" SET confirmed_at = $1 WHERE id = $2`, micros(tx.now), id)
	return wrap("note a confirmation", err)
}

// DeleteSession ends a session.
func (tx *Tx) DeleteSession(ctx context.Context, id string) error {
	_, err := tx.exec(ctx, `DELETE FROM "usersession" WHERE id = $1`, id)
	return wrap("end a session", err)
}

// DeleteSessions ends all sessions of a person except one ("" ends all), and forgets those of anybody
// that are over.
func (tx *Tx) DeleteSessions(ctx context.Context, userID, except string) error {
	_, err := tx.exec(ctx, `DELETE FROM "usersession" WHERE user_id = $1 AND id <> $2 OR expires_at <= $3`, userID, except, micros(tx.now))
	return wrap("end sessions", err)
}

// ForgetSessions forgets sessions that are over or were not used since a moment, and devices that did not
// sign anybody in since another.
func (tx *Tx) ForgetSessions(ctx context.Context, unused, unseen time.Time) error {
	if _, err := tx.exec(ctx, `DELETE FROM "usersession" WHERE expires_at <= $1 OR accessed_time <= $2`, micros(tx.now), micros(unused)); err != nil {
		return wrap("forget sessions", err)
	}
	_, err := tx.exec(ctx, `DELETE FROM device WHERE seen_at <= $1`, micros(unseen))
	return wrap("forget devices", err)
}

// SetPassword keeps a person's password. A link to a new one opens nothing any more.
func (tx *Tx) SetPassword(ctx context.Context, userID string, p Password) error {
	if err := tx.VoidReset(ctx, userID); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `INSERT INTO password (user_id, hash, key_id, changed_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, key_id = excluded.key_id, changed_at = excluded.changed_at`, userID, p.Hash, p.KeyID, micros(tx.now))
	return wrap("keep a password", err)
}

// RehashPassword keeps another hash of the same password.
func (tx *Tx) RehashPassword(ctx context.Context, userID string, p Password) error {
	_, err := tx.exec(ctx, `UPDATE password SET hash = $1, key_id = $2 WHERE user_id = $3`, p.Hash, p.KeyID, userID)
	return wrap("keep a password's hash", err)
}

// KnownDevice says whether that device signed this person in before.
func (tx *Tx) KnownDevice(ctx context.Context, tokenHash, userID string) (bool, error) {
	var known bool
	err := tx.queryRow(ctx, `SELECT EXISTS (SELECT 1 FROM device WHERE token_hash = $1 AND user_id = $2)`, tokenHash, userID).Scan(&known)
	return known, wrap("look for a device", err)
}

// HasDevice says whether any device signed this person in before.
func (tx *Tx) HasDevice(ctx context.Context, userID string) (bool, error) {
	var has bool
	err := tx.queryRow(ctx, `SELECT EXISTS (SELECT 1 FROM device WHERE user_id = $1)`, userID).Scan(&has)
	return has, wrap("look for devices", err)
}

// KeepDevice remembers that a device signed this person in.
func (tx *Tx) KeepDevice(ctx context.Context, tokenHash, userID string) error {
	_, err := tx.exec(ctx, `INSERT INTO device (token_hash, user_id, seen_at) VALUES ($1, $2, $3)
		ON CONFLICT (token_hash, user_id) DO UPDATE SET seen_at = excluded.seen_at`, tokenHash, userID, micros(tx.now))
	return wrap("keep a device", err)
}

// shutOut removes what opened doors to a person who is no more.
func (tx *Tx) shutOut(ctx context.Context, userID string) error {
	for _, table := range []string{"password", "second_factor", "backup_code", "api_key_secret", "device", "inbox_head", "password_reset"} {
		if _, err := tx.exec(ctx, `DELETE FROM `+table+` WHERE user_id = $1`, userID); err != nil {
			return wrap("forget a person", err)
		}
	}
	return nil
}

func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}
