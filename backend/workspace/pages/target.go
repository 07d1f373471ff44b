package pages

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// target is where a key may be sent: a program that listens on the person's own computer. Any other
// place would be handed the keys of whoever follows a link and types their password.
type target struct {
	host, port string // localhost, 127.0.0.1 or ::1; the port may be "", which is 80
	path       string
	query      url.Values
}

// targetOf reads a redirect address. It is strict where browsers are lenient: what two parsers might
// read in two ways is refused.
func targetOf(text string) (target, bool) {
	authority, ok := strings.CutPrefix(text, "http://")
	if !ok || len(text) > 2000 || strings.ContainsFunc(text, odd) {
		return target{}, false
	}
	if end := strings.IndexAny(authority, "/?"); end >= 0 {
		authority = authority[:end]
	}
	u, err := url.Parse(text)
	if err != nil || u.User != nil || u.Host != authority || u.Opaque != "" {
		return target{}, false
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil || !slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, u.Hostname()) || !port(authority, u) {
		return target{}, false
	}
	return target{host: u.Hostname(), port: u.Port(), path: u.EscapedPath(), query: query}, true
}

// odd says whether a character has no business in such an address: whatever is not printable ASCII,
// and what begins a fragment, a user or, for some browsers, a path.
func odd(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`\#@`, r) }

// port says whether the authority is the host and, where it says more, a port in digits.
func port(authority string, u *url.URL) bool {
	host := u.Hostname()
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if authority == host {
		return true
	}
	n, err := strconv.ParseUint(u.Port(), 10, 16)
	return err == nil && n > 0 && authority == host+":"+u.Port()
}

// origin is the place without its path, as people read it.
func (t target) origin() string {
	host := t.host
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if t.port != "" {
		host += ":" + t.port
	}
	return "http://" + host
}

// source is the origin as a content security policy can say it: it has no words for IPv6 addresses.
func (t target) source() string {
	if strings.Contains(t.host, ":") {
		return "http:"
	}
	return t.origin()
}

// with is the address with a name and a key in its query, under the names that Connect reads.
func (t target) with(username, key string) string {
	t.query.Set("api_user", username)
	t.query.Set("api_key", key)
	path := t.path
	if path == "" {
		path = "/"
	}
	return t.origin() + path + "?" + t.query.Encode()
}
