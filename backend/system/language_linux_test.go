package system

import "testing"

func TestTheLanguageFollowsTheLocale(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"LANG": "es_MX.UTF-8"}, "es"},
		{map[string]string{"LANG": "es_MX.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"},
		{map[string]string{"LANG": "fi_FI.UTF-8", "LANGUAGE": "sv:es"}, "es"},
		{map[string]string{"LANG": "C.UTF-8", "LANGUAGE": "es"}, "en"},
		{nil, "en"},
	} {
		if got := languageOf(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v: %q, want %q", c.env, got, c.want)
		}
	}
}

func TestFoldersFollowTheEnvironment(t *testing.T) {
	env := map[string]string{"XDG_DATA_HOME": "/data", "XDG_STATE_HOME": "relative"}
	got, err := defaultFolders(func(name string) string { return env[name] }, func() (string, error) { return "/home/maya", nil })
	want := Folders{Settings: "/home/maya/.config/callboard", Data: "/data/callboard", Logs: "/home/maya/.local/state/callboard"}
	if err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
}
