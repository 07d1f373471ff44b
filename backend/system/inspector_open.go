//go:build inspect

package system

// CloseInspector leaves WebKit's inspector reachable: this build is for end-to-end tests.
func CloseInspector() error { return nil }
