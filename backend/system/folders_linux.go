package system

import "path/filepath"

// defaultFolders follows the XDG base directories, https://specifications.freedesktop.org/basedir-spec/.
func defaultFolders(env func(string) string, home func() (string, error)) (Folders, error) {
	own, err := home()
	if err != nil {
		return Folders{}, err
	}
	at := func(variable, fallback string) string {
		if dir := env(variable); filepath.IsAbs(dir) { // the specification says to ignore others
			return filepath.Join(dir, "callboard")
		}
		return filepath.Join(own, fallback, "callboard")
	}
	return Folders{
		Settings: at("XDG_CONFIG_HOME", ".config"),
		Data:     at("XDG_DATA_HOME", ".local/share"),
		Logs:     at("XDG_STATE_HOME", ".local/state"),
	}, nil
}
