package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
)

// Backup writes a copy of a data file as it is at one moment. The server that has the file goes on
// meanwhile: SQLite lets others read beside it. The copy appears under its name when it is complete.
func Backup(ctx context.Context, path, into string) (err error) {
	if _, err := os.Stat(path); err != nil {
		return domain.Errorf(domain.NotFound, "there is no data file to back up: %w", err)
	}
	if _, err := os.Lstat(into); !errors.Is(err, fs.ErrNotExist) {
		return domain.Errorf(domain.Conflict, "%s exists already; a backup takes the place of nothing", into)
	}
	partial, err := copyData(ctx, path, into, "rw")
	if err != nil {
		return domain.Errorf(domain.Internal, "back up %s: %w", path, err)
	}
	return os.Rename(partial, into)
}

// copyData copies a data file with all that was committed to it into a file beside its destination, for
// its owner alone.
func copyData(ctx context.Context, path, beside, mode string) (partial string, err error) {
	file, err := os.CreateTemp(filepath.Dir(beside), filepath.Base(beside)+".*.partial")
	if err != nil {
		return "", err
	}
	partial = file.Name()
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(partial))
		}
	}()
	if err := file.Close(); err != nil {
		return partial, err
	}
	db, err := openData(path, mode)
	if err != nil {
		return partial, err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO $1", partial)
	if err := errors.Join(err, db.Close()); err != nil {
		return partial, err
	}
	return partial, persist(partial)
}

// openData opens a data file beside whoever has it. It is not made where it is missing.
func openData(path, mode string) (*sql.DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	registerFold()
	db, err := openPrepared(address(path) + "?mode=" + mode + "&_pragma=busy_timeout(10000)&_pragma=temp_store(MEMORY)")
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

// persist makes the content of a file durable.
func persist(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// Restore puts a backup in the place of a data file that nobody has, and begins a new epoch in it: every
// copy of an inbox starts over, because what came after the backup is no more. What was there before is
// kept beside it, under the name that Restore answers; "" where nothing was. The error is a domain.Conflict
// where a server has the file, and a domain.Invalid where the backup is none.
func Restore(ctx context.Context, path, from string, now time.Time) (kept string, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", fmt.Errorf("make the data folder: %w", err)
	}
	lock, err := takeLock(path + ".lock")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, lock.release()) }()
	if _, err := os.Stat(from); err != nil {
		return "", domain.Errorf(domain.NotFound, "the backup cannot be read: %w", err)
	}
	fresh, err := copyData(ctx, from, path, "ro")
	if err == nil {
		if err = begin(ctx, fresh); err != nil {
			err = errors.Join(err, os.Remove(fresh))
		}
	}
	if err != nil {
		return "", domain.Errorf(domain.Invalid, "%s is no backup of a workspace, or a damaged one: %w", from, err)
	}
	if kept, err = setAside(path, now); err != nil {
		return kept, err
	}
	return kept, os.Rename(fresh, path)
}

// begin looks through a restored data file, and begins a new epoch in it.
func begin(ctx context.Context, path string) (err error) {
	db, err := openData(path, "rw")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var found string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil || found != "ok" {
		return errors.Join(err, errors.New(found))
	}
	result, err := db.ExecContext(ctx, newEpoch, uuid.NewString())
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, errors.New("it names no epoch"))
	}
	return nil
}

const newEpoch = `UPDATE workspace_meta SET value = $1 WHERE name = 'epoch'`

// setAside renames a data file and what belongs to it, if it is there.
func setAside(path string, now time.Time) (kept string, err error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	kept = path + ".before-" + now.UTC().Format("20060102T150405Z")
	for _, part := range []string{"-wal", "-shm", ""} { // the file itself last: without it the others are nothing
		if err := os.Rename(path+part, kept+part); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return kept, err
		}
	}
	return kept, nil
}

// BeginEpoch begins a new epoch: every copy of an inbox starts over. It is for data that somebody restored
// by other means. Other processes that use the database know of it when they start again.
func (s *Store) BeginEpoch(ctx context.Context) error {
	epoch := uuid.NewString()
	err := s.Write(ctx, func(tx *Tx) error {
		_, err := tx.exec(ctx, newEpoch, epoch)
		return err
	})
	if err == nil {
		s.epoch = epoch
	}
	return wrap("begin a new epoch", err)
}
