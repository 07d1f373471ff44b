//go:build !cgo

// Package tray needs the system's frameworks on macOS, and with them cgo; without it there is nothing
// here to build.
package tray
