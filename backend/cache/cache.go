// Package cache is the copy of a person's inbox on this computer, in one bbolt file: rows, how far the
// copy has come, what was done here and not yet confirmed, threads and pictures. It makes the inbox
// appear at once, also offline. It knows no server.
//
// It may always be thrown away: choices are in the settings file, secrets in the keychain, the truth is
// on the server. So a damaged file is set aside and a new one begun. The trap: bbolt panics on damaged
// pages instead of answering errors, therefore every transaction here runs under recover.
package cache

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"

	"github.com/callboard/callboard/backend/domain"
)

// version is the layout of the file. One from furnished on gets the buckets it lacks; a file of any other
// layout is set aside.
const (
	version   = 3
	furnished = 1
)

// brokenMark ends the name of the empty file that says: what lies beside was found damaged in use.
const brokenMark = ".broken"

// lockPatience is how long another process may take to let go of the file.
const lockPatience = time.Second

// ErrLocked says that another Callboard has the file open.
var ErrLocked = &domain.Error{Code: domain.Conflict, Reason: "in_use", Message: "the cache is in use by another Callboard"}

// errPanicked says that bbolt gave up in the middle of something.
var errPanicked = errors.New("bbolt panicked")

// errDamaged says that the file cannot be trusted.
var errDamaged = errors.New("the cache file is damaged")

var (
	metaBucket     = []byte("meta")
	accountsBucket = []byte("accounts")
	versionKey     = []byte("version")
)

// Cache is the open file.
type Cache struct {
	db        *bbolt.DB
	file      *os.File // db's, for the case that db cannot close it
	recovered bool
	// broken is set where bbolt gave up in the middle of something: it may hold its locks for ever, so it
	// is not asked again.
	broken atomic.Bool
}

// Open opens the file, or begins it. It waits up to a second for another process to let go, and then
// answers ErrLocked. A damaged file is renamed to .damaged, in place of an earlier one; Recovered tells.
func Open(path string) (*Cache, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the cache folder: %w", err)
	}
	c, err := open(path)
	if _, markErr := os.Stat(path + brokenMark); err == nil && markErr == nil {
		err = errors.Join(errDamaged, c.Close())
	}
	if !errors.Is(err, errDamaged) {
		return c, err
	}
	if err := os.Rename(path, path+".damaged"); err != nil {
		return nil, fmt.Errorf("set the damaged cache aside: %w", err)
	}
	if err := os.Remove(path + brokenMark); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("begin a new cache: %w", err)
	}
	if c, err = open(path); err != nil {
		return nil, err
	}
	c.recovered = true
	return c, nil
}

func open(path string) (*Cache, error) {
	var (
		db   *bbolt.DB
		file *os.File
	)
	err := guarded(func() (err error) {
		db, err = bbolt.Open(path, 0o600, &bbolt.Options{
			Timeout: lockPatience, FreelistType: bbolt.FreelistMapType, NoStatistics: true,
			OpenFile: func(name string, flag int, mode os.FileMode) (_ *os.File, err error) {
				file, err = os.OpenFile(name, flag, mode)
				return file, err
			},
		})
		return err
	})
	var system syscall.Errno
	switch {
	case errors.Is(err, bbolterrors.ErrTimeout):
		return nil, ErrLocked
	case errors.As(err, &system):
		return nil, fmt.Errorf("open the cache: %w", err) // a full disk or a missing right is no damage
	case err != nil:
		if errors.Is(err, errDamaged) {
			// bbolt panicked and left the file open and locked.
			err = errors.Join(err, letGo(file))
		}
		return nil, errors.Join(errDamaged, err)
	}
	c := &Cache{db: db, file: file}
	if err := c.prepare(); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// prepare checks what is there by reading all of it once, and begins an empty file.
func (c *Cache) prepare() error {
	var found []byte
	err := c.view(func(tx *bbolt.Tx) error {
		if meta := tx.Bucket(metaBucket); meta != nil {
			found = bytes.Clone(meta.Get(versionKey))
		}
		return nil
	})
	if err == nil && len(found) == 8 {
		if before := binary.BigEndian.Uint64(found); before >= furnished && before < version {
			err, found = c.update(furnish), number(version)
		}
	}
	if err == nil {
		err = c.view(check)
	}
	switch {
	case err != nil:
		return err
	case bytes.Equal(found, number(version)):
		return nil
	case found != nil:
		return fmt.Errorf("%w: it has the layout of another version", errDamaged)
	}
	return c.update(func(tx *bbolt.Tx) error {
		meta, err := tx.CreateBucketIfNotExists(metaBucket)
		if err != nil {
			return err
		}
		if _, err := tx.CreateBucketIfNotExists(accountsBucket); err != nil {
			return err
		}
		return meta.Put(versionKey, number(version))
	})
}

// furnish brings a file of an earlier layout up to this one: what waits in its queues must not be lost.
func furnish(tx *bbolt.Tx) error {
	accounts := tx.Bucket(accountsBucket)
	err := accounts.ForEachBucket(func(key []byte) error { return room{accounts.Bucket(key)}.furnish() })
	if err != nil {
		return err
	}
	return tx.Bucket(metaBucket).Put(versionKey, number(version))
}

// Recovered says whether a damaged file was set aside when the cache was opened.
func (c *Cache) Recovered() bool { return c.recovered }

// Close lets the file go.
func (c *Cache) Close() error {
	if c.broken.Load() {
		return letGo(c.file)
	}
	return c.db.Close()
}

// letGo closes a file that bbolt left open. Closing alone would not end its lock: the memory map that
// bbolt left too holds on to it.
func letGo(file *os.File) error { return errors.Join(unlock(file), file.Close()) }

// Forget drops everything kept for an account.
func (c *Cache) Forget(account string) error {
	return c.update(func(tx *bbolt.Tx) error {
		err := tx.Bucket(accountsBucket).DeleteBucket([]byte(account))
		if errors.Is(err, bbolterrors.ErrBucketNotFound) {
			return nil
		}
		return err
	})
}

func (c *Cache) view(do func(*bbolt.Tx) error) error {
	return c.guarded(func() error { return c.db.View(do) })
}

func (c *Cache) update(do func(*bbolt.Tx) error) error {
	return c.guarded(func() error { return c.db.Update(do) })
}

func (c *Cache) guarded(do func() error) error {
	if c.broken.Load() {
		return damaged(errors.New("it was found damaged before"))
	}
	err := guarded(do)
	if errors.Is(err, errPanicked) && !c.broken.Swap(true) {
		// Some damage shows only when it is written over: the next start must not trust the file either.
		err = errors.Join(err, os.WriteFile(c.file.Name()+brokenMark, nil, 0o600))
	}
	return err
}

// guarded turns what bbolt panics about, and faults of its memory map, into an error.
func guarded(do func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if found := recover(); found != nil {
			err = damaged(fmt.Errorf("%w: %v", errPanicked, found))
		}
	}()
	return do()
}

func damaged(cause error) error {
	return &domain.Error{Code: domain.Internal, Message: "the cache file is damaged", Err: fmt.Errorf("%w: %w", errDamaged, cause)}
}

// number is a sortable form of n.
func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }
