package store

import (
	"errors"
	"fmt"
	"os"

	"github.com/callboard/callboard/backend/domain"
)

// fileLock keeps a second process from the data file. The system lets it go when the process ends,
// however it ends, so that nothing is left behind after a kill. The file itself stays: removing it
// would let two processes hold locks on two files of one name.
type fileLock struct{ file *os.File }

var errLocked = errors.New("locked by another process")

func takeLock(path string) (*fileLock, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the lock file: %w", err)
	}
	if err := lockFile(file); err != nil {
		_ = file.Close() // nothing was written
		if errors.Is(err, errLocked) {
			return nil, &domain.Error{
				Code: domain.Conflict, Reason: "in_use", Err: err,
				Message: "another Callboard server is already using " + path,
			}
		}
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return &fileLock{file: file}, nil
}

// LockFile keeps other processes from what the lock file at path stands for, until it is released or the
// process ends. The error is a domain.Conflict where another has it.
func LockFile(path string) (release func() error, err error) {
	lock, err := takeLock(path)
	if err != nil {
		return nil, err
	}
	return lock.release, nil
}

func (l *fileLock) release() error { return l.file.Close() }
