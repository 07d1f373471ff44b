//go:build !linux

package system

// HasDisplay says whether there is a screen to open a window on.
func HasDisplay() bool { return true }

// HasBus says whether programs of one session can find each other.
func HasBus() bool { return true }

// TuneWebView has nothing to set here.
func TuneWebView() error { return nil }
