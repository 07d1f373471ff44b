package media

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/callboard/callboard/backend/domain"
)

// writeFile puts content at path through a temporary neighbour, so that a crash leaves either no file
// or a whole one.
func writeFile(path string, content io.Reader) (err error) {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	temporary, err := os.CreateTemp(folder, ".new-*")
	if err != nil {
		return err
	}
	_, err = io.Copy(temporary, content)
	if err == nil {
		err = temporary.Sync()
	}
	if err = errors.Join(err, temporary.Close()); err == nil {
		err = move(temporary.Name(), path)
	}
	if err != nil {
		err = errors.Join(err, ifThere(os.Remove(temporary.Name())))
	}
	return err
}

// move gives a file its place at once, and durably.
func move(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(to))
}

// syncFolder makes the names in a folder durable. Windows knows no such thing, nor needs it.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// ifThere is the error of removing a file, nil where there was none.
func ifThere(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// ReasonNoSpace is the Reason of the error where the disk is full.
const ReasonNoSpace = "no_space"

// unstored words the failure of a disk; nil stays nil.
func unstored(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errNoSpace):
		return &domain.Error{Code: domain.Internal, Reason: ReasonNoSpace, Message: "The server has no space left for this file.", Err: err}
	default:
		return domain.Errorf(domain.Internal, "store an upload: %w", err)
	}
}
