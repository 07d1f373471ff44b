package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
)

// SecondFactor is a person's authenticator as it is kept. LastStep is the newest time step whose code was
// used: none of it, or before it, counts again.
type SecondFactor struct {
	SealedSecret
	LastStep int64
}

// SecondFactor reads a person's second factor; ok is false for who has none.
func (tx *Tx) SecondFactor(ctx context.Context, userID string) (f SecondFactor, ok bool, err error) {
	f.UserID = userID
	err = tx.queryRow(ctx, `SELECT key_id, secret, last_step FROM second_factor WHERE user_id = $1`, userID).Scan(&f.KeyID, &f.Text, &f.LastStep)
	if errors.Is(err, sql.ErrNoRows) {
		return f, false, nil
	}
	return f, err == nil, wrap("read a second factor", err)
}

// InsertSecondFactor keeps a person's second factor. It says whether it did: they may have one already.
func (tx *Tx) InsertSecondFactor(ctx context.Context, f SecondFactor) (bool, error) {
	result, err := tx.exec(ctx, `INSERT INTO second_factor (user_id, secret, key_id, last_step, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		f.UserID, f.Text, f.KeyID, f.LastStep, micros(tx.now))
	if err != nil {
		return false, wrap("keep a second factor", err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return false, wrap("keep a second factor", err)
	}
	return true, tx.noteFactors(ctx, f.UserID)
}

// TakeStep uses up the code of a step, and those of all steps before it. It says whether it did: of any
// number that try at once only one does.
func (tx *Tx) TakeStep(ctx context.Context, userID string, step int64) (bool, error) {
	return tx.changed(ctx, `UPDATE second_factor SET last_step = $1 WHERE user_id = $2 AND last_step < $1`, step, userID)
}

// DeleteSecondFactor removes a person's second factor with the backup codes. It says whether there was one.
func (tx *Tx) DeleteSecondFactor(ctx context.Context, userID string) (bool, error) {
	if _, err := tx.exec(ctx, `DELETE FROM backup_code WHERE user_id = $1`, userID); err != nil {
		return false, wrap("remove backup codes", err)
	}
	there, err := tx.changed(ctx, `DELETE FROM second_factor WHERE user_id = $1`, userID)
	if err != nil {
		return false, err
	}
	return there, tx.noteFactors(ctx, userID)
}

// ReplaceBackupCodes keeps a new set of a person's backup codes, by their hashes; the old set opens nothing.
func (tx *Tx) ReplaceBackupCodes(ctx context.Context, userID, keyID string, hashes []string) error {
	if _, err := tx.exec(ctx, `DELETE FROM backup_code WHERE user_id = $1`, userID); err != nil {
		return wrap("remove backup codes", err)
	}
	for _, hash := range hashes {
		if _, err := tx.exec(ctx, `INSERT INTO backup_code (user_id, code_hash, key_id, used_at) VALUES ($1, $2, $3, 0)`, userID, hash, keyID); err != nil {
			return wrap("keep a backup code", err)
		}
	}
	return tx.noteFactors(ctx, userID)
}

// TakeBackupCode uses up a person's backup code, which is known by any of the hashes. took says whether it
// did: of any number that try at once only one does. Where it did not, used says whether somebody did before.
func (tx *Tx) TakeBackupCode(ctx context.Context, userID string, hashes []string) (took, used bool, err error) {
	for _, hash := range hashes {
		took, err = tx.changed(ctx, `UPDATE backup_code SET used_at = $1 WHERE user_id = $2 AND code_hash = $3 AND used_at = 0`, micros(tx.now), userID, hash)
		if err != nil || took {
			return took, false, errors.Join(err, tx.noteFactors(ctx, userID))
		}
	}
	known, err := tx.backupCodes(ctx, userID, `used_at > 0`)
	return false, slices.ContainsFunc(known, func(hash string) bool { return slices.Contains(hashes, hash) }), err
}

// BackupCodesLeft counts the backup codes that a person can still use.
func (tx *Tx) BackupCodesLeft(ctx context.Context, userID string) (int, error) {
	left, err := tx.backupCodes(ctx, userID, `used_at = 0`)
	return len(left), err
}

func (tx *Tx) backupCodes(ctx context.Context, userID, which string) ([]string, error) {
	rows, err := tx.query(ctx, `SELECT code_hash FROM backup_code WHERE user_id = $1 AND `+which, userID)
	if err != nil {
		return nil, wrap("read backup codes", err)
	}
	var hashes []string
	for rows.Next() {
		var hash string
		if err := rows.Scan(&hash); err != nil {
			return nil, closing(rows, err)
		}
		hashes = append(hashes, hash)
	}
	return hashes, closing(rows, nil)
}

// noteFactors shows on the person which factors they have.
func (tx *Tx) noteFactors(ctx context.Context, userID string) error {
	_, err := tx.exec(ctx, `UPDATE "resource" SET is_totp_enabled = EXISTS (SELECT 1 FROM second_factor AS f WHERE f.user_id = $1),
		is_otp_enabled = EXISTS (SELECT 1 FROM backup_code AS b WHERE b.user_id = $1 AND b.used_at = 0) WHERE id = $1`, userID)
	return wrap("note a person's factors", err)
}

// changed runs a statement and says whether it changed anything.
func (tx *Tx) changed(ctx context.Context, text string, args ...any) (bool, error) {
	result, err := tx.exec(ctx, text, args...)
	if err != nil {
		return false, wrap("take what may be taken once", err)
	}
	n, err := result.RowsAffected()
	return n > 0, err
}
