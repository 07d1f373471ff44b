package keychain

import (
	"errors"
	"os"
	"path/filepath"
)

// reachable refuses where there is no session bus: the library would start one, and then wait for two
// minutes for a keychain that is not on it. Both places are those where the library looks.
func reachable() error {
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" && address != "autolaunch:" {
		return nil
	}
	if dir := os.Getenv("XDG_RUNTIME_DIR"); dir != "" {
		if _, err := os.Stat(filepath.Join(dir, "bus")); err == nil {
			return nil
		}
	}
	return errors.New("there is no session bus")
}
