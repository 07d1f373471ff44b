//go:build unix

package postgrestest

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// unprivileged says as whom the server runs: it refuses to be root's, so that where we are root, as tests
// in containers are, the folder is given to somebody else.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	// A group of its own: an interrupt at the terminal is for the test process.
	as := &syscall.SysProcAttr{Setpgid: true}
	if os.Geteuid() != 0 {
		return as, nil
	}
	uid, gid, err := somebody("postgres", "nobody")
	if err != nil {
		return nil, err
	}
	as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return as, os.Chown(dir, uid, gid)
}

func somebody(names ...string) (uid, gid int, err error) {
	for _, name := range names {
		who, lookup := user.Lookup(name)
		if lookup != nil {
			err = errors.Join(err, lookup)
			continue
		}
		uid, uidErr := strconv.Atoi(who.Uid)
		gid, gidErr := strconv.Atoi(who.Gid)
		return uid, gid, errors.Join(uidErr, gidErr)
	}
	return 0, 0, fmt.Errorf("PostgreSQL does not run as root, and there is nobody else: %w", err)
}
