package system

import "path/filepath"

// defaultFolders keeps everything on this computer: a roaming profile would carry the copy of the inbox
// about.
func defaultFolders(env func(string) string, home func() (string, error)) (Folders, error) {
	if local := env("LOCALAPPDATA"); local != "" {
		return FoldersIn(filepath.Join(local, "Callboard")), nil
	}
	own, err := home()
	return FoldersIn(filepath.Join(own, "AppData", "Local", "Callboard")), err
}
