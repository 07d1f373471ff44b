//go:build !windows

package media

import "syscall"

// errNoSpace is how the system says that a disk is full.
const errNoSpace = syscall.ENOSPC
