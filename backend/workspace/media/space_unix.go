//go:build !windows

package media

import "syscall"

// noSpace is how the system says that a disk is full.
const noSpace = syscall.ENOSPC
