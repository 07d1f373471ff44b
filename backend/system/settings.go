package system

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/callboard/callboard/backend/domain"
)

// SettingsFile keeps this computer's choices in a small file of its own, so that a lost cache loses no
// choice.
type SettingsFile struct {
	path string
}

// NewSettingsFile names the file. It is made with the first Save.
func NewSettingsFile(path string) *SettingsFile { return &SettingsFile{path: path} }

// Load reads the choices; what the file lacks has its usual value. A damaged file is set aside and told
// of, and usable settings are given all the same.
func (f *SettingsFile) Load() (domain.Settings, error) {
	settings := domain.DefaultSettings()
	text, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return settings, nil
	}
	if err != nil {
		return settings, domain.Errorf(domain.Internal, "read the settings: %w", err)
	}
	if err := json.Unmarshal(text, &settings); err != nil {
		aside := os.Rename(f.path, f.path+".damaged")
		return domain.DefaultSettings(), domain.Errorf(domain.Internal, "read the settings: %w", errors.Join(err, aside))
	}
	return usable(settings), nil
}

// usable puts usual values in the place of those that a hand or a later version wrote and this one does
// not know.
func usable(s domain.Settings) domain.Settings {
	if s.Theme != domain.ThemeDark && s.Theme != domain.ThemeLight && s.Theme != domain.ThemeSystem {
		s.Theme = domain.ThemeDark
	}
	if s.Language != "" && !slices.Contains(domain.Languages, s.Language) {
		s.Language = ""
	}
	return s
}

// Save writes the choices: all of them or none, also if the power fails.
func (f *SettingsFile) Save(settings domain.Settings) error {
	text, err := json.MarshalIndent(settings, "", "  ")
	if err == nil {
		err = replace(f.path, append(text, '\n'))
	}
	if err != nil {
		return domain.Errorf(domain.Internal, "write the settings: %w", err)
	}
	return nil
}

// replace writes a file beside the old one and puts it in its place, for its owner alone.
func replace(path string, text []byte) error {
	fresh, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // made with mode 0600
	if err != nil {
		return err
	}
	_, err = fresh.Write(text)
	err = errors.Join(err, fresh.Sync(), fresh.Close())
	if err == nil {
		err = os.Rename(fresh.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(fresh.Name()))
	}
	return nil
}
