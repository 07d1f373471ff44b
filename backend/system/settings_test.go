package system_test

import (
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/system"
)

func TestSettingsComeBackAsTheyWereSaved(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	want := domain.Settings{
		Theme: domain.ThemeLight, Language: "es", Current: "a",
		Accounts: []domain.Account{{Key: "a", Address: "https://studio.example", Username: "maya"}},
	}
	if err := system.NewSettingsFile(path).Save(want); err != nil {
		t.Fatal(err)
	}
	got, err := system.NewSettingsFile(path).Load()
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("files are left behind: %v, %v", left, err)
	}
}

func TestTheFirstStartHasTheUsualSettings(t *testing.T) {
	got, err := system.NewSettingsFile(filepath.Join(t.TempDir(), "settings.json")).Load()
	if err != nil || !reflect.DeepEqual(got, domain.DefaultSettings()) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestADamagedFileIsSetAside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	if err := os.WriteFile(path, []byte(`{"theme":"light","lang`), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := system.NewSettingsFile(path).Load()
	if err == nil || !reflect.DeepEqual(got, domain.DefaultSettings()) {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := os.Stat(path + ".damaged"); err != nil {
		t.Error(err)
	}
}

func TestUnknownValuesBecomeTheUsualOnes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	if err := os.WriteFile(path, []byte(`{"theme":"sepia","language":"tlh","later":1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := system.NewSettingsFile(path).Load()
	if err != nil || got.Theme != domain.ThemeDark || got.Language != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestSavingWhereNothingCanBeWrittenSaysSo(t *testing.T) {
	err := system.NewSettingsFile(filepath.Join(t.TempDir(), "missing", "settings.json")).Save(domain.Settings{})
	if domain.CodeOf(err) != domain.Internal {
		t.Errorf("%v", err)
	}
}
