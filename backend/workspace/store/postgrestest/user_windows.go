//go:build windows

package postgrestest

import "syscall"

// unprivileged has nothing to change: PostgreSQL gives up an administrator's rights by itself.
func unprivileged(string) (*syscall.SysProcAttr, error) { return nil, nil }
