package media

import "syscall"

// noSpace is how the system says that a disk is full: ERROR_DISK_FULL.
const noSpace = syscall.Errno(112)
