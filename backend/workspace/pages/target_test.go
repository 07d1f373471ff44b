package pages

import (
	"net/url"
	"testing"
)

func TestAKeyGoesToThisComputerOnly(t *testing.T) {
	for text, want := range map[string]string{
		"http://localhost:51234":            "http://localhost:51234/?api_key=k&api_user=maya",
		"http://localhost:51234/":           "http://localhost:51234/?api_key=k&api_user=maya",
		"http://127.0.0.1:1/done?a=b":       "http://127.0.0.1:1/done?a=b&api_key=k&api_user=maya",
		"http://[::1]:65535":                "http://[::1]:65535/?api_key=k&api_user=maya",
		"http://localhost":                  "http://localhost/?api_key=k&api_user=maya",
		"http://localhost?api_key=x":        "http://localhost/?api_key=k&api_user=maya",
		"http://localhost:8000/a%20b?c=%26": "http://localhost:8000/a%20b?api_key=k&api_user=maya&c=%26",
	} {
		got, ok := targetOf(text)
		if !ok || got.with("maya", "k") != want {
			t.Errorf("%s: %v %s", text, ok, got.with("maya", "k"))
		}
	}
	for _, text := range []string{
		"", "localhost:1", "//localhost:1", "https://localhost:1", "HTTP://localhost:1", "javascript:alert(1)", "http:localhost:1", "http:///localhost", "http://",
		"http://evil.example", "http://localhost.evil.example", "http://evil.example/http://localhost", "http://localhost.:1", "http://127.0.0.2:1", "http://0.0.0.0:1",
		"http://127.1:1", "http://2130706433:1", "http://0x7f.0.0.1:1", "http://[::]:1", "http://[::ffff:127.0.0.1]:1", "http://[::1%25lo]:1", "http://::1:1",
		"http://localhost@evil.example", "http://evil.example@localhost:1", "http://a:b@localhost:1", "http://localhost:1@evil.example/", "http://localhost:80:80",
		`http://localhost\@evil.example`, `http://localhost:1\.evil.example`, `http:\\localhost`, "http://localhost%2eevil.example", "http://localhost%00.evil.example",
		"http://local%68ost:1", "http://localhost:%31", "http://localhost:", "http://localhost:0", "http://localhost:65536", "http://localhost:-1", "http://localhost:+1",
		"http://localhost:1#@evil.example", "http://localhost:1\r\nSet-Cookie: a=b", "http://localhost:1/\x00", " http://localhost:1", "http://localhost:1 ",
		"http://localhost;evil.example", "http://ⓛocalhost:1", "http://LOCALHOST:1", "http://localhost,evil.example", "http://localhost:1?a;b",
	} {
		if got, ok := targetOf(text); ok {
			t.Errorf("%q would be sent to %s", text, got.origin())
		}
	}
}

// Whatever is accepted leads, for the strictest and the plainest reader of addresses, to this computer.
func FuzzTarget(f *testing.F) {
	f.Add("http://localhost:51234/?a=b")
	f.Add(`http://localhost:1\@evil.example`)
	f.Add("http://[::1]:1/x")
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := targetOf(text)
		if !ok {
			return
		}
		u, err := url.Parse(got.with("maya", "k"))
		if err != nil || u.Scheme != "http" || u.User != nil || u.Query().Get("api_key") != "k" {
			t.Fatalf("%q became %s", text, got.with("maya", "k"))
		}
		switch u.Hostname() {
		case "localhost", "127.0.0.1", "::1":
		default:
			t.Fatalf("%q leads to %s", text, u.Host)
		}
	})
}
