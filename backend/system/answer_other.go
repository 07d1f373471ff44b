//go:build !windows

package system

// AnswerLinks has nothing to do here: the desktop file or the bundle says that links are ours.
func AnswerLinks() error { return nil }
