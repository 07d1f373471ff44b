// Package system is what Callboard needs from the computer beside windows and toasts: folders, the
// settings file, the system's language, links that open the app. It decides nothing.
//
// What a newcomer would get wrong: the binding generator runs the app's main, so nothing here may touch
// a file before it is asked to.
package system

import (
	"os"
	"path/filepath"

	"github.com/callboard/callboard/backend/domain"
)

// Folders are where Callboard keeps its files.
type Folders struct {
	Settings string // choices, worth a backup
	Data     string // the copy of the inbox with what waits for the server, and the demo studio
	Logs     string
}

// FoldersIn puts everything under one folder.
func FoldersIn(dir string) Folders {
	return Folders{Settings: dir, Data: dir, Logs: filepath.Join(dir, "logs")}
}

// DefaultFolders are the places this system has for such files.
func DefaultFolders() (Folders, error) {
	folders, err := defaultFolders(os.Getenv, os.UserHomeDir)
	if err != nil {
		return Folders{}, domain.Errorf(domain.Internal, "find a folder for Callboard's files: %w", err)
	}
	return folders, nil
}

// Make makes the folders, for their owner alone.
func (f Folders) Make() error {
	for _, dir := range []string{f.Settings, f.Data, f.Logs} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return domain.Errorf(domain.Internal, "make a folder for Callboard's files: %w", err)
		}
	}
	return nil
}
