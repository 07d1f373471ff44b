//go:build !bindings

package system

import (
	"os"
	"path/filepath"
)

// HasDisplay says whether there is a screen to open a window on. The window's library panics without.
func HasDisplay() bool {
	return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// HasBus says whether there is a session bus. Asking for one where there is none starts one that nobody
// shares, and some calls on it then wait two minutes.
func HasBus() bool {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return true
	}
	dir := os.Getenv("XDG_RUNTIME_DIR")
	_, err := os.Stat(filepath.Join(dir, "bus"))
	return dir != "" && err == nil
}

// TuneWebView sets what the web view should do where nobody chose: its fast path leaves the window
// blank with some graphics drivers.
func TuneWebView() error {
	if _, chosen := os.LookupEnv("WEBKIT_DISABLE_DMABUF_RENDERER"); chosen {
		return nil
	}
	return os.Setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
}
