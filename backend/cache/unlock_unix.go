//go:build unix

package cache

import (
	"os"
	"syscall"
)

// unlock ends the lock that bbolt took on the file.
func unlock(file *os.File) error { return syscall.Flock(int(file.Fd()), syscall.LOCK_UN) }
