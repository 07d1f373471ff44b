package media

import "syscall"

// errNoSpace is how the system says that a disk is full: ERROR_DISK_FULL.
const errNoSpace = syscall.Errno(112)
