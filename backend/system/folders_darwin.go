package system

import "path/filepath"

func defaultFolders(_ func(string) string, home func() (string, error)) (Folders, error) {
	own, err := home()
	folders := FoldersIn(filepath.Join(own, "Library", "Application Support", "Callboard"))
	folders.Logs = filepath.Join(own, "Library", "Logs", "Callboard")
	return folders, err
}
