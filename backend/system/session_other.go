//go:build !linux || bindings

// The program that only writes the page's bindings opens no window and needs none of this.

package system

// HasDisplay says whether there is a screen to open a window on.
func HasDisplay() bool { return true }

// HasBus says whether programs of one session can find each other.
func HasBus() bool { return true }

// TuneWebView has nothing to set here.
func TuneWebView() error { return nil }
