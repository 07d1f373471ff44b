package keychain

import (
	"os"
	"path/filepath"
)

// reachable says whether there is a session bus to ask. Asking without one would start one, and then
// wait two minutes for a keychain on it.
func reachable() bool {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return true
	}
	folder := os.Getenv("XDG_RUNTIME_DIR")
	if folder == "" {
		return false
	}
	_, err := os.Stat(filepath.Join(folder, "bus"))
	return err == nil
}
