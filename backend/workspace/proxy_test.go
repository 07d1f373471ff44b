package workspace

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/callboard/callboard/backend/domain"
)

func TestOnlyAProxyOfOursSaysWhoAsks(t *testing.T) {
	ours, err := parseProxies("10.0.0.0/24, 192.0.2.7, ::ffff:203.0.113.9")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		peer string
		said []string
		want string
	}{
		"nobody stands between":            {"198.51.100.4:5000", nil, "198.51.100.4"},
		"a stranger claims to be another":  {"198.51.100.4:5000", []string{"10.0.0.1"}, "198.51.100.4"},
		"our proxy says who":               {"10.0.0.1:5000", []string{"198.51.100.4"}, "198.51.100.4"},
		"what the client claimed before":   {"10.0.0.1:5000", []string{"127.0.0.1, 198.51.100.4"}, "198.51.100.4"},
		"two of ours in a row":             {"10.0.0.1:5000", []string{"198.51.100.4, 192.0.2.7"}, "198.51.100.4"},
		"in two headers":                   {"10.0.0.1:5000", []string{"127.0.0.1", "198.51.100.4"}, "198.51.100.4"},
		"our proxy says nothing":           {"10.0.0.1:5000", nil, "10.0.0.1"},
		"what cannot be read ends the way": {"10.0.0.1:5000", []string{"198.51.100.4, unknown, 192.0.2.7"}, "192.0.2.7"},
		"the last cannot be read":          {"10.0.0.1:5000", []string{"198.51.100.4, <script>"}, "10.0.0.1"},
		"the sixth version of the fourth":  {"[::ffff:10.0.0.1]:5000", []string{"::ffff:198.51.100.4"}, "198.51.100.4"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.peer
		for _, said := range c.said {
			r.Header.Add("X-Forwarded-For", said)
		}
		if got := ours.address(r); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestWithoutTLSOfItsOwnOnlyTheProxyIsServed(t *testing.T) {
	ours, err := parseProxies("10.0.0.0/24")
	if err != nil {
		t.Fatal(err)
	}
	served := ours.only(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	for peer, want := range map[string]int{
		"10.0.0.9:1": http.StatusNoContent, "127.0.0.1:1": http.StatusNoContent, "198.51.100.4:1": http.StatusForbidden, "nonsense": http.StatusForbidden,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = peer
		r.Header.Set("X-Forwarded-For", "10.0.0.9")
		w := httptest.NewRecorder()
		served.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: %d, want %d", peer, w.Code, want)
		}
	}
}

func TestAProxyIsANetwork(t *testing.T) {
	if none, err := parseProxies(" , "); err != nil || len(none) != 0 {
		t.Errorf("%v, %v", none, err)
	}
	for _, bad := range []string{"10.0.0.0/99", "proxy.studio", "10.0.0.1/24/8"} {
		if _, err := parseProxies(bad); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
